package org.nutjvm.drivers.clone;

import java.io.IOException;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Numbers;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device made of another driver's device and one of its outlets, as that driver tells of it
/// (drivers/clone-outlet.c):
/// `FSD` when the outlet is about to go off, `OFF` when it has.
final class CloneOutletDriver implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(CloneOutletDriver.class);

    private final String prefix;
    private final Follower follower;

    CloneOutletDriver(Device device, String prefix) throws DriverException {
        this.prefix = prefix;
        follower = new Follower(device, name -> false);
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException {
        follower.begin(dstate);
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        follower.follow(dstate);
        dstate.statusInit();
        if ("off".equalsIgnoreCase(follower.value(prefix + ".status"))) {
            dstate.statusSet("OFF");
        }
        long timer = seconds("timer");
        if (timer > -1 && timer <= seconds("delay")) {
            dstate.statusSet("FSD");
        }
        dstate.statusSet(follower.status());
        dstate.statusCommit();
    }

    private long seconds(String kind) {
        String value = follower.value(prefix + '.' + kind + ".shutdown");
        return value == null ? -1 : Numbers.leading(value);
    }

    @Override
    public Outcome shutdown() {
        LOG.error("shutdown not supported");
        return Outcome.FAILED;
    }

    @Override
    public void close() {
        follower.close();
    }
}
