package org.nutjvm.drivers.clone;

import java.util.List;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// clone for the driver core.
final class CloneProgram implements DriverProgram {
    @Override
    public String progname() {
        return "clone";
    }

    @Override
    public String description() {
        return "Clone UPS driver";
    }

    @Override
    public String version() {
        return "0.09";
    }

    @Override
    public List<Option> options() {
        return CloneSettings.OPTIONS;
    }

    @Override
    public Driver initups(Device device) throws DriverException {
        return new CloneDriver(device, CloneSettings.of(device));
    }
}
