package org.nutjvm.drivers.dummy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Another server's device (drivers/dummy-ups.c: MODE_REPEATER). Its server is asked in a thread of its own, so
/// that a server that hangs does not keep this driver from answering its own.
///
/// What is stale there is stale here, which C's driver does not do; variables that vanish there vanish here. As
/// in C neither commands nor changes are passed on, so no variable claims to be writable.
final class Repeater implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(Repeater.class);
    private static final long PATIENCE_NANOS = 15_000_000_000L;

    private final Device device;
    private final UpsAddress address;
    private final boolean strictStart;
    private final RemoteUps remote;
    private final Set<String> mirrored = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable IOException trouble;
    private RemoteUps.@Nullable Reading arrived;
    private boolean asking;
    private long askedAt;

    Repeater(Device device, UpsAddress address, Credentials credentials, boolean strictStart) {
        this.device = device;
        this.address = address;
        this.strictStart = strictStart;
        remote = new RemoteUps(
                address,
                credentials,
                reading -> device.asked(() -> {
                    arrived = reading;
                    device.pollSoon();
                }));
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException, DriverException {
        dstate.addcmd("load.off");
        var first = remote.read();
        var failure = first.failure();
        if (failure != null && strictStart) {
            throw new DriverException(
                    failure instanceof NutException n && n.reason() == NutException.Reason.UNKCOMMAND
                            ? "Error: upsd is too old to support this query"
                            : "Error: " + text(failure)
                                    + ". Any errors encountered starting the repeater mode result in driver"
                                    + " termination, perhaps you want to set the 'repeater_disable_strict_start'"
                                    + " option?");
        }
        remote.start();
        take(dstate, first);
    }

    /// Shows what has arrived, or asks for it: it will wake the loop.
    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        var reading = arrived;
        if (reading != null) {
            arrived = null;
            asking = false;
            take(dstate, reading);
            return;
        }
        long now = device.nanoTime().getAsLong();
        if (!asking) {
            asking = true;
            askedAt = now;
            remote.ask();
        } else if (now - askedAt > PATIENCE_NANOS) {
            trouble = new IOException(address + ": no answer for " + PATIENCE_NANOS / 1_000_000_000L + " seconds");
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    private void take(Dstate dstate, RemoteUps.Reading reading) throws IOException {
        var failure = reading.failure();
        if (failure != null) {
            trouble = new IOException(text(failure), failure);
            throw trouble;
        }
        trouble = null;
        mirror(dstate, reading.vars());
    }

    private void mirror(Dstate dstate, Map<String, String> vars) {
        var seen = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        for (var entry : vars.entrySet()) {
            String name = entry.getKey();
            // The driver and the server in between are ours.
            if (name.startsWith("driver.") || name.startsWith("server.")) {
                continue;
            }
            seen.add(name);
            if (!name.equals("ups.status")) {
                dstate.setinfo(name, entry.getValue());
                if (DummyInfo.of(name).text()) {
                    dstate.setflags(name, Set.of(Variable.Flag.STRING));
                }
            }
        }
        for (String name : new ArrayList<>(mirrored)) {
            if (!seen.contains(name)) {
                dstate.delinfo(name);
                mirrored.remove(name);
            }
        }
        mirrored.addAll(seen);
        String status = vars.get("ups.status");
        if (status != null) {
            dstate.statusInit();
            dstate.statusSet(status);
            dstate.statusCommit();
        }
    }

    private String text(IOException failure) {
        return failure.getMessage() + " (" + address + ")";
    }

    @Override
    public Outcome shutdown() {
        LOG.error("shutdown not supported");
        return Outcome.FAILED;
    }

    @Override
    public void close() {
        remote.close();
    }
}
