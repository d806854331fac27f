package org.nutjvm.upsd.net;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.io.Reasons;

/// Opens the listening sockets (server/upsd.c: setuptcp, server_load).
final class Listeners {
    /// Which addresses are wanted: `-4`, `-6`.
    enum Family {
        ANY,
        IPV4,
        IPV6
    }

    /// How many clients may wait to be accepted; the system may allow fewer.
    private static final int BACKLOG = 1024;

    private record Attempt(String address, boolean listening) {}

    private final Family family;
    private final String file;
    private final Gate gate;
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();

    /// Nothing open yet.
    ///
    /// @param file the configuration file, for complaints
    Listeners(Family family, String file, Gate gate) {
        this.family = family;
        this.file = file;
        this.gate = gate;
    }

    /// Listens on all of these; an address that is in use is news, and fatal unless all that failed are names of this
    /// machine's loopback or the administrator allows it.
    List<Listener> open(List<UpsdConf.Listen> wanted, boolean allowNotAll) throws StartException {
        try {
            for (var listen : wanted.isEmpty() ? standard() : wanted) {
                open(listen);
            }
            judge(allowNotAll);
            return listeners;
        } catch (StartException e) {
            closeAll();
            throw e;
        }
    }

    private List<UpsdConf.Listen> standard() {
        var addresses = new ArrayList<UpsdConf.Listen>();
        if (family != Family.IPV4) {
            addresses.add(new UpsdConf.Listen("::1", UpsdConf.DEFAULT_PORT, 0));
        }
        if (family != Family.IPV6) {
            addresses.add(new UpsdConf.Listen("127.0.0.1", UpsdConf.DEFAULT_PORT, 0));
        }
        return addresses;
    }

    private void open(UpsdConf.Listen listen) throws StartException {
        int port = Ports.number(listen.port());
        if (port < 0) {
            throw new StartException("getaddrinfo('" + listen.address() + "'): Servname not supported for ai_socktype ("
                    + where(listen) + ": '" + listen.port() + "' is neither a port from 0 to 65535 nor a service)");
        }
        if (listen.address().equals("*")) {
            everywhere(listen, port);
            return;
        }
        var addresses = resolve(listen);
        String failure = "";
        boolean done = false;
        for (int i = 0; i < addresses.size() && !done; i++) {
            failure = bind(addresses.get(i), port);
            done = failure.isEmpty();
            if (done && i + 1 < addresses.size()) {
                Journal.log()
                        .warn(
                                "setuptcp: bound to {} as {} but there seem to be further (ignored) addresses resolved for this name",
                                listen.address(),
                                Addresses.text(addresses.get(i)));
            }
        }
        report(listen, listen.address(), port, failure);
    }

    /// `LISTEN *`: all IPv6 addresses and all IPv4 addresses, or what there is of these.
    private void everywhere(UpsdConf.Listen listen, int port) throws StartException {
        String failure = "";
        boolean any = false;
        if (family != Family.IPV4) {
            failure = bind(wildcard(16), port);
            any = failure.isEmpty();
            if (any) {
                report(listen, "::0", port, "");
            }
        }
        if (family != Family.IPV6) {
            String second = bind(wildcard(4), any ? boundPort(port) : port);
            if (second.isEmpty()) {
                any = true;
                report(listen, "0.0.0.0", port, "");
            } else {
                failure = second;
            }
        }
        if (!any) {
            throw new StartException("Handling of 'LISTEN * " + listen.port()
                    + "' directive failed to bind to 'ANY' address: " + failure + advice(listen, port));
        }
    }

    /// For port 0 the one the first socket was given.
    private int boundPort(int port) {
        try {
            return port == 0 ? listeners.getLast().port() : port;
        } catch (IOException e) {
            return port;
        }
    }

    private static InetAddress wildcard(int length) {
        try {
            return InetAddress.getByAddress(new byte[length]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<InetAddress> resolve(UpsdConf.Listen listen) throws StartException {
        var usable = new ArrayList<InetAddress>();
        try {
            for (var address : InetAddress.getAllByName(listen.address())) {
                boolean six = address instanceof Inet6Address;
                if (family == Family.ANY || six == (family == Family.IPV6)) {
                    usable.add(address);
                }
            }
        } catch (UnknownHostException e) {
            throw new StartException("getaddrinfo('" + listen.address() + "'): Name or service not known ("
                    + where(listen) + ": LISTEN takes an address of this machine, a name of one, or *)");
        }
        if (usable.isEmpty()) {
            throw new StartException("getaddrinfo('" + listen.address()
                    + "'): Address family for hostname not supported (" + where(listen) + ", -"
                    + (family == Family.IPV6 ? '6' : '4') + " was asked for)");
        }
        return usable;
    }

    /// Listens there.
    ///
    /// @return why not, or nothing
    private String bind(InetAddress address, int port) {
        try {
            listeners.add(listen(address, port));
            return "";
        } catch (BindException e) {
            if (address instanceof Inet4Address) {
                return standIn(address, port) ? "" : Reasons.of(e);
            }
            return address.isAnyLocalAddress() && replace(address, port) ? "" : Reasons.of(e);
        } catch (UnsupportedOperationException e) {
            return "Address family not supported by protocol";
        } catch (IOException e) {
            return Reasons.of(e);
        }
    }

    private Listener listen(InetAddress address, int port) throws IOException {
        ProtocolFamily protocol =
                address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        var channel = ServerSocketChannel.open(protocol);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(address, port), BACKLOG);
            return new Listener(channel, address, gate);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// An IPv4 address is in use: perhaps by our own socket for all of IPv6, which can serve it.
    private boolean standIn(InetAddress ipv4, int port) {
        for (var listener : listeners) {
            if (everyIpv6(listener) && samePort(listener, port)) {
                return listener.standInFor(ipv4);
            }
        }
        return false;
    }

    /// All of IPv6 cannot be had: perhaps because of our own IPv4 sockets, which it can replace.
    private boolean replace(InetAddress ipv6, int port) {
        var old = new ArrayList<Listener>();
        for (var listener : listeners) {
            if (listener.address() instanceof Inet4Address && samePort(listener, port)) {
                old.add(listener);
            }
        }
        if (old.isEmpty()) {
            return false;
        }
        listeners.removeAll(old);
        close(old);
        @Nullable Listener fresh = null;
        try {
            fresh = listen(ipv6, port);
            listeners.add(fresh);
        } catch (IOException e) {
            Journal.log().debug("bind to {}: {}", Addresses.text(ipv6), e.getMessage());
        }
        for (var listener : old) {
            if (fresh != null) {
                fresh.standInFor(listener.address());
            } else {
                bind(listener.address(), port);
            }
        }
        return fresh != null;
    }

    private static boolean everyIpv6(Listener listener) {
        return listener.address() instanceof Inet6Address && listener.address().isAnyLocalAddress();
    }

    private static boolean samePort(Listener listener, int port) {
        try {
            return listener.port() == port;
        } catch (IOException e) {
            return false;
        }
    }

    private void report(UpsdConf.Listen listen, String address, int port, String failure) {
        attempts.add(new Attempt(address, failure.isEmpty()));
        if (failure.isEmpty()) {
            Journal.log().info("listening on {} port {}", address, boundPort(port));
        } else {
            Journal.log().error("not listening on {} port {}: {}{}", address, port, failure, advice(listen, port));
        }
    }

    private String advice(UpsdConf.Listen listen, int port) {
        String holder = Ports.holder(port);
        return " (" + where(listen) + (holder.isEmpty() ? "" : "; the port is used by " + holder) + ")";
    }

    private String where(UpsdConf.Listen listen) {
        return listen.line() == 0 ? "the default, as " + file + " has no LISTEN" : file + ":" + listen.line();
    }

    private void judge(boolean allowNotAll) throws StartException {
        int failed = 0;
        int failedLoopback = 0;
        for (var attempt : attempts) {
            if (!attempt.listening()) {
                failed++;
                failedLoopback += loopback(attempt.address()) ? 1 : 0;
            }
        }
        if (failed == attempts.size()) {
            throw new StartException("no listening interface available: stop what uses the port (another upsd?), or"
                    + " choose another with LISTEN <address> <port> in " + file);
        }
        if (failed == 0 || failed == failedLoopback) {
            return;
        }
        if (allowNotAll) {
            Journal.log()
                    .warn(
                            "WARNING: some listening interfaces were not available, but the ALLOW_NOT_ALL_LISTENERS setting"
                                    + " is active");
            return;
        }
        Journal.log()
                .error("Reconcile available NUT server IP addresses and LISTEN configuration, or consider the"
                        + " ALLOW_NOT_ALL_LISTENERS setting!");
        throw new StartException("Fatal error: some listening interfaces were not available");
    }

    /// Several of these may well be one address, of which only the first can be had.
    private static boolean loopback(String address) {
        return switch (address) {
            case "localhost", "localhost6", "127.0.0.1", "::1" -> true;
            default -> false;
        };
    }

    private void closeAll() {
        close(listeners);
        listeners.clear();
    }

    static void close(List<Listener> which) {
        for (var listener : which) {
            try {
                listener.close();
            } catch (IOException e) {
                Journal.log().debug("close {}: {}", Addresses.text(listener.address()), e.getMessage());
            }
        }
    }
}
