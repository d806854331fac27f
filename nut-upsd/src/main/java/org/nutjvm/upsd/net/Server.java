package org.nutjvm.upsd.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.HostsAccess;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.tls.ServerTls;
import org.nutjvm.upsd.session.Conversation;
import org.nutjvm.upsd.session.Descriptions;
import org.nutjvm.upsd.session.Devices;
import org.nutjvm.upsd.session.Tracking;

/// The event loop (server/upsd.c: mainloop). One thread owns all state; the others may only {@link #stop} it, ask it to
/// {@link #reload} or read its {@link #port}.
public final class Server implements AutoCloseable {
    /// A device as ups.conf has it.
    ///
    /// @param socket its driver's
    public record Served(String name, @Nullable String desc, Path socket) {}

    /// What the loop does for others.
    public interface Chores {
        /// Read the configuration again.
        void reload();

        /// Another second has passed.
        void tick();
    }

    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Descriptors descriptors;
    private final LongSupplier ticker;
    private final long start;
    private final Selector selector;
    private final Devices devices = new Devices();
    private final Tracking tracking;
    private final Conversation conversation;
    private final DriverLinks links;
    private final Clients clients;
    private final Gate gate;
    private final Consumer<SelectionKey> ready = Server::ready;
    private final AtomicBoolean reload = new AtomicBoolean();
    private volatile boolean stop;
    private volatile int port;
    private long maxage = 15;
    private long trackingDelay = 3600;
    private int maxconn = Integer.MAX_VALUE;

    /// A server without devices, users and listeners.
    ///
    /// @param version what stands in the banner
    /// @param ticker nanoseconds of a clock that never goes back
    /// @param random 64 bits at a time, for tracking ids
    public Server(
            Descriptors descriptors,
            Descriptions descriptions,
            String version,
            LongSupplier ticker,
            LongSupplier random)
            throws IOException {
        this.descriptors = descriptors;
        this.ticker = ticker;
        this.start = ticker.getAsLong();
        this.selector = Selector.open();
        this.tracking = new Tracking(random);
        this.conversation = new Conversation(devices, UpsdUsers.NONE, tracking, descriptions, version);
        this.links = new DriverLinks(selector, devices, tracking);
        this.clients = new Clients(selector, conversation, links);
        this.gate = new Gate(selector, clients);
    }

    /// Opens the listening sockets; clients are let in once the loop runs.
    ///
    /// @param ipv4 whether IPv4 addresses are wanted
    /// @param ipv6 whether IPv6 addresses are wanted
    /// @param file where the LISTEN lines are
    public void listen(List<UpsdConf.Listen> wanted, boolean ipv4, boolean ipv6, String file, boolean allowNotAll)
            throws StartException, IOException {
        var family = ipv4 == ipv6 ? Listeners.Family.ANY : ipv4 ? Listeners.Family.IPV4 : Listeners.Family.IPV6;
        gate.open(new Listeners(family, file, gate).open(wanted, allowNotAll));
        port = gate.port();
    }

    /// The port of the first listener, for who asked for port 0.
    public int port() {
        return port;
    }

    /// MAXAGE and TRACKINGDELAY.
    public void delays(int maxageSeconds, int trackingDelaySeconds) {
        maxage = maxageSeconds;
        trackingDelay = trackingDelaySeconds;
    }

    /// MAXCONN: devices, listeners and clients together.
    ///
    /// @param wanted 0 for what the system allows
    /// @throws StartException if the system does not allow so many; the former limit stays
    public void maxconn(int wanted) throws StartException {
        int room = descriptors.room() + clients.count() + gate.listeners() + links.count();
        if (wanted > room) {
            throw new StartException("You requested " + wanted + " as maximum number of connections, but the system"
                    + " only allows " + room + ". The server won't start until this problem is resolved (reduce MAXCONN"
                    + " or increase ulimit or similar settings).");
        }
        maxconn = wanted < 1 ? room : wanted;
        gate.limit(Math.max(1, maxconn - gate.listeners() - links.count()));
    }

    /// MAXCONN_ADDRESS, 0 for the usual; READ_REQUIRES_LOGIN.
    public void strangers(int maxconnAddress, boolean readersLogIn) {
        gate.limitEach(maxconnAddress);
        conversation.readersLogIn(readersLogIn);
    }

    /// hosts.allow and hosts.deny.
    public void hosts(HostsAccess hosts) {
        conversation.hosts(hosts);
    }

    /// These users count from now on.
    public void users(UpsdUsers users) {
        conversation.users(users);
    }

    /// Encrypts for clients that ask for it from now on, or for none. Connections that are encrypted stay so.
    public void tls(Optional<ServerTls> tls) {
        clients.tls(tls.orElse(null));
        conversation.tls(tls.isPresent());
    }

    /// Serves these devices from now on. Clients logged into one that is gone are disconnected.
    public void devices(List<Served> served) {
        for (var gone : links.define(served)) {
            clients.kick(gone);
        }
        clients.forgetReplies();
        gate.limit(Math.max(1, maxconn - gate.listeners() - links.count()));
    }

    /// Frees a file descriptor if one is in reserve, so that configuration can be read when all are in use.
    public void spareDescriptor() {
        gate.releaseReserve();
    }

    /// Serves until told to stop. What nobody foresaw ends it by an unchecked exception: a server that is half alive is
    /// worse than none.
    public void run(Chores chores) throws IOException {
        tick(chores, seconds());
        long next = ticker.getAsLong() + TICK_NANOS;
        while (!stop) {
            long wait = next - ticker.getAsLong();
            if (wait > 0) {
                selector.select(ready, Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)));
            } else {
                selector.selectNow(ready);
            }
            clients.resume();
            if (reload.getAndSet(false)) {
                chores.reload();
                links.tick(seconds(), maxage);
            }
            long now = ticker.getAsLong();
            if (now - next >= 0) {
                next = now + TICK_NANOS;
                tick(chores, seconds());
            }
        }
    }

    private static void ready(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Endpoint endpoint) {
            endpoint.ready(key);
        }
    }

    private void tick(Chores chores, long now) {
        clients.now(now);
        links.tick(now, maxage);
        gate.tick(now);
        clients.shed();
        tracking.expire(now, trackingDelay);
        chores.tick();
    }

    private long seconds() {
        return (ticker.getAsLong() - start) / TICK_NANOS;
    }

    /// Ends {@link #run}; for any thread.
    public void stop() {
        stop = true;
        selector.wakeup();
    }

    /// Asks for {@link Chores#reload}; for any thread.
    public void reload() {
        reload.set(true);
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        gate.close();
        clients.closeAll();
        links.closeAll();
        selector.close();
    }
}
