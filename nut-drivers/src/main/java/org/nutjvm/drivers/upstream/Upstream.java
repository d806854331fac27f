package org.nutjvm.drivers.upstream;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.state.DeviceTree;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A driver followed through its socket (drivers/clone.c: `sstate_*`; drivers/failover.c:
/// `ups_*`): what it has told
/// since the connection was made, and whether it still tells something.
///
/// Belongs to the loop's thread.
public final class Upstream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
    private static final long NEVER = Long.MIN_VALUE;

    private final String name;
    private final Path socket;
    private final Device device;
    private final long maxageNanos;
    private @Nullable DriverChannel channel;
    private DeviceTree tree = new DeviceTree();
    private boolean dumped;
    private boolean stale;
    private long heard;
    private long pinged = NEVER;
    private int asked;

    /// @param port `drivername-upsname`, or the socket's whole path
    /// @param device of this driver, whose loop is woken by news
    /// @param maxage silence after which the other driver counts as dead
    public Upstream(String port, Device device, Duration maxage) throws IOException {
        this.name = port;
        this.device = device;
        this.maxageNanos = maxage.toNanos();
        try {
            socket = device.statepath().resolve(port);
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + port + "' names no socket", e);
        }
    }

    /// As the administrator wrote it.
    public String name() {
        return name;
    }

    public boolean connected() {
        return channel != null;
    }

    /// Whether everything was told once on this connection.
    public boolean dumped() {
        return dumped && connected();
    }

    /// Whether it says that its data are good.
    public boolean dataOk() {
        return dumped() && !stale;
    }

    /// What it has told. Another one after each {@link #connect}.
    public DeviceTree tree() {
        return tree;
    }

    /// Connects and asks for everything.
    ///
    /// @throws IOException if nobody is there
    public void connect() throws IOException {
        hangUp();
        var opened = DriverChannel.connect(socket, device::pollSoon, name);
        channel = opened;
        tree = new DeviceTree();
        dumped = false;
        stale = true;
        heard = now();
        pinged = NEVER;
        try {
            opened.send(new DriverRequest.DumpAll());
        } catch (IOException e) {
            hangUp();
            throw e;
        }
    }

    /// Takes in what it has told meanwhile, and asks for a sign of life when it has been silent
    /// for long.
    ///
    /// @throws IOException if the connection is lost, or there is none
    public void read() throws IOException {
        while (take(0) != null) {
            // each is taken in
        }
        long silent = now() - heard;
        if (silent > maxageNanos) {
            hangUp();
            throw new IOException("no sign of life for " + maxageNanos / 1_000_000_000L + " seconds");
        }
        if (silent > maxageNanos / 3 && (pinged == NEVER || now() - pinged > maxageNanos / 3)) {
            pinged = now();
            send(new DriverRequest.Ping());
        }
    }

    /// Waits until everything was told, at most so long.
    ///
    /// @throws IOException if the connection is lost, or there is none
    public void awaitDump(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); !dumped && left > 0; left = end - System.nanoTime()) {
            take(left);
        }
    }

    /// Has it run a command, and waits for what becomes of it.
    ///
    /// @param limit how long to wait
    /// @return empty when it did not tell in time
    /// @throws IOException if the connection is lost, or there is none
    public Optional<Outcome> instcmd(String cmd, Optional<String> param, Duration limit) throws IOException {
        String id = nextId();
        send(new DriverRequest.Instcmd(cmd, param, Optional.of(id)));
        return outcome(id, limit);
    }

    /// Has it set a variable; as {@link #instcmd}.
    public Optional<Outcome> setvar(String var, String value, Duration limit) throws IOException {
        String id = nextId();
        send(new DriverRequest.Set(var, value, Optional.of(id)));
        return outcome(id, limit);
    }

    private String nextId() {
        return device.upsname() + '-' + ++asked;
    }

    private Optional<Outcome> outcome(String id, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (take(left) instanceof DriverLine.Tracking(String of, int code) && of.equals(id)) {
                for (var outcome : Outcome.values()) {
                    if (outcome.code() == code) {
                        return Optional.of(outcome);
                    }
                }
                return Optional.of(Outcome.FAILED);
            }
        }
        return Optional.empty();
    }

    private void send(DriverRequest request) throws IOException {
        var open = channel;
        if (open == null) {
            throw new IOException("not connected");
        }
        try {
            open.send(request);
        } catch (IOException e) {
            hangUp();
            throw new IOException(Reasons.of(e), e);
        }
    }

    private @Nullable DriverLine take(long nanos) throws IOException {
        var open = channel;
        if (open == null) {
            throw new IOException("not connected");
        }
        return switch (open.take(nanos)) {
            case null -> null;
            case DriverChannel.News.End(String why) -> {
                hangUp();
                throw new IOException(why);
            }
            case DriverChannel.News.Line(DriverLine line) -> {
                hear(line);
                yield line;
            }
        };
    }

    private void hear(DriverLine line) {
        switch (line) {
            case DriverLine.Unknown(var words) -> {
                LOG.debug("[{}]: ignored protocol line: {}", name, words);
                return;
            }
            case DriverLine.DumpDone() -> dumped = true;
            case DriverLine.DataOk() -> stale = false;
            case DriverLine.DataStale() -> stale = true;
            default -> tree.apply(line);
        }
        heard = now();
    }

    private long now() {
        return device.nanoTime().getAsLong();
    }

    /// Ends the connection, if there is one. What was told stays readable until the next.
    public void hangUp() {
        var open = channel;
        if (open != null) {
            channel = null;
            open.close();
        }
    }

    @Override
    public void close() {
        hangUp();
    }
}
