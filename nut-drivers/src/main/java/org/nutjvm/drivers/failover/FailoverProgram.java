package org.nutjvm.drivers.failover;

import java.util.List;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// failover for the driver core.
final class FailoverProgram implements DriverProgram {
    @Override
    public String progname() {
        return "failover";
    }

    @Override
    public String description() {
        return "UPS Failover Driver";
    }

    @Override
    public String version() {
        return "0.02";
    }

    @Override
    public List<Option> options() {
        return FailoverSettings.OPTIONS;
    }

    @Override
    public Driver initups(Device device) throws DriverException {
        return new FailoverDriver(device, FailoverSettings.of(device));
    }
}
