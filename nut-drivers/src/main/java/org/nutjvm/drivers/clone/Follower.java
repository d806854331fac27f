package org.nutjvm.drivers.clone;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.upstream.Mirror;
import org.nutjvm.drivers.upstream.Upstream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What both clone drivers have in common: the driver they follow, and its values repeated here.
///
/// Its data are good here while they are good there. C's clones go on with the last values when
/// that driver has died.
final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /// As in C, not to be set.
    private static final Duration MAXAGE = Duration.ofSeconds(15);

    private static final Duration AT_START = Duration.ofSeconds(2);

    /// Which variables are not repeated.
    interface Left {
        boolean out(String name);
    }

    private final Upstream upstream;
    private final Left left;
    private final Mirror mirror = new Mirror();
    private long shownVersion = -1;

    /// @throws DriverException if `port` cannot be a driver's socket
    Follower(Device device, Left left) throws DriverException {
        String port = device.port();
        String advice = "; 'port' in ups.conf has to name the socket of another driver: driver-section, such as"
                + " usbhid-ups-myups";
        if (port.isEmpty() || port.equals("auto")) {
            throw new DriverException("'" + port + "' is no driver's socket" + advice);
        }
        try {
            upstream = new Upstream(port, device, MAXAGE);
        } catch (IOException e) {
            throw new DriverException(Reasons.of(e) + advice);
        }
        this.left = left;
    }

    Upstream upstream() {
        return upstream;
    }

    /// Connects for the first time and waits a moment, so that there is something to show from the
    /// start.
    void begin(Dstate dstate) throws IOException {
        dstate.statusInit();
        dstate.statusSet("WAIT");
        dstate.statusCommit();
        connect();
        lossNamed(() -> upstream.awaitDump(AT_START));
        follow(dstate);
    }

    /// Takes in what there is, and shows it but for `ups.status`.
    ///
    /// @throws IOException if there is nothing to rely on
    void follow(Dstate dstate) throws IOException {
        if (!upstream.connected()) {
            connect();
        }
        lossNamed(upstream::read);
        if (!upstream.dumped()) {
            throw new IOException("UPS [" + upstream.name() + "] has not told everything yet");
        }
        var tree = upstream.tree();
        if (tree.version() != shownVersion) {
            mirror.vars(dstate, wanted(tree.vars()));
            shownVersion = tree.version();
        }
        if (!upstream.dataOk()) {
            throw new IOException("the driver of UPS [" + upstream.name() + "] says its data are stale");
        }
    }

    /// A value of that device, or null.
    @Nullable
    String value(String name) {
        return upstream.tree().value(name);
    }

    /// `ups.status` of that device.
    String status() {
        String status = value("ups.status");
        return status == null ? "WAIT" : status;
    }

    private Map<String, Variable> wanted(Map<String, Variable> vars) {
        var wanted = new TreeMap<String, Variable>(String.CASE_INSENSITIVE_ORDER);
        for (var entry : vars.entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith("driver.") && !name.equals("ups.status") && !left.out(name)) {
                wanted.put(name, new Variable(entry.getValue().value()));
            }
        }
        return wanted;
    }

    private void connect() throws IOException {
        try {
            upstream.connect();
        } catch (IOException e) {
            throw new IOException("Can't connect to UPS [" + upstream.name() + "]: " + Reasons.of(e), e);
        }
        shownVersion = -1;
        LOG.info("Connected to UPS [{}]", upstream.name());
    }

    private interface Step {
        void run() throws IOException;
    }

    private void lossNamed(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            throw new IOException("UPS [" + upstream.name() + "]: " + Reasons.of(e), e);
        }
    }

    @Override
    public void close() {
        upstream.close();
    }
}
