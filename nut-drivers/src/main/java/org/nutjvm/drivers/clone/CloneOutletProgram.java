package org.nutjvm.drivers.clone;

import java.util.List;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// clone-outlet for the driver core.
final class CloneOutletProgram implements DriverProgram {
    private static final String PREFIX = "prefix";

    @Override
    public String progname() {
        return "clone-outlet";
    }

    @Override
    public String description() {
        return "Clone outlet UPS driver";
    }

    @Override
    public String version() {
        return "0.09";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.value(PREFIX, "Outlet prefix (mandatory)"));
    }

    @Override
    public Driver initups(Device device) throws DriverException {
        String prefix = device.getval(PREFIX);
        if (prefix == null || prefix.isEmpty()) {
            throw new DriverException("Outlet prefix is mandatory for this driver!\nSay for example 'prefix = outlet.1'"
                    + " in section [" + device.upsname() + "] of ups.conf");
        }
        return new CloneOutletDriver(device, prefix);
    }
}
