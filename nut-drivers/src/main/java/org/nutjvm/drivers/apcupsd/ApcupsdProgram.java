package org.nutjvm.drivers.apcupsd;

import java.util.List;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// apcupsd-ups for the driver core.
final class ApcupsdProgram implements DriverProgram {
    @Override
    public String progname() {
        return "apcupsd-ups";
    }

    @Override
    public String description() {
        return "apcupsd network client UPS driver";
    }

    @Override
    public String version() {
        return "0.75";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Driver initups(Device device) throws DriverException {
        return new ApcupsdDriver(device, NisAddress.of(device.port()));
    }
}
