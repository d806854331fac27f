package org.nutjvm.common.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.client.UpsdClient.Family;

/// Finds a upsd: which addresses a name has, which of them answers, and why none does.
final class Dial {
    private Dial() {}

    /// Connects to the first address of the name that accepts. The time is shared among those left, so that one that
    /// does not answer leaves some for the next.
    ///
    /// @param connectTimeout for all addresses together, not counting the look-up; zero for the system's own limit
    static Socket reach(String host, int port, Family family, Duration connectTimeout) throws NutException {
        if (host.equals("localhost") && family != Family.IPV6) {
            // Nearly always right, and the resolver need not be loaded for it.
            try {
                return dial(InetAddress.getLoopbackAddress(), port, millis(connectTimeout));
            } catch (IOException e) {
                // Then by the long way, which may know more addresses of it, and says what is wrong.
            }
        }
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw NutException.of(Reason.NOSUCHHOST, host);
        }
        return reach(host, port, ofFamily(addresses, family), connectTimeout);
    }

    private static InetAddress[] ofFamily(InetAddress[] addresses, Family family) {
        if (family == Family.ANY) {
            return addresses;
        }
        var taken = new InetAddress[addresses.length];
        int count = 0;
        for (InetAddress address : addresses) {
            if (family.takes(address)) {
                taken[count++] = address;
            }
        }
        return Arrays.copyOf(taken, count);
    }

    private static Socket reach(String host, int port, InetAddress[] addresses, Duration connectTimeout)
            throws NutException {
        long deadline = System.nanoTime() + connectTimeout.toNanos();
        NutException failure = null;
        for (int i = 0; i < addresses.length; i++) {
            int limit = 0;
            if (!connectTimeout.isZero()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                limit = Math.clamp(left / (addresses.length - i), 1, Integer.MAX_VALUE);
            }
            try {
                return dial(addresses[i], port, limit);
            } catch (SocketTimeoutException e) {
                failure = NutException.ofTimeout(
                        Reason.CONNFAILURE, "Connection timed out", addresses[i].getHostAddress());
            } catch (IOException e) {
                failure = NutException.ofSystem(Reason.CONNFAILURE, system(e), e);
            }
        }
        throw failure == null ? NutException.of(Reason.NOSUCHHOST, host) : failure;
    }

    private static Socket dial(InetAddress address, int port, int limitMillis) throws IOException {
        var socket = new Socket(Proxy.NO_PROXY); // the plain kind; looking for proxies takes longer than all the rest
        try {
            socket.connect(new InetSocketAddress(address, port), limitMillis);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// The system's words for what went wrong, as strerror has them.
    static String system(IOException e) {
        String message = e.getMessage();
        if (message == null) {
            return e instanceof ConnectException
                    ? "Connection refused"
                    : e.getClass().getSimpleName();
        }
        return message.equals("Connection reset") ? "Connection reset by peer" : message;
    }

    static int millis(Duration duration) {
        return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
    }
}
