package org.nutjvm.drivers.netxml;

import java.util.List;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// netxml-ups for the driver core.
final class NetXmlProgram implements DriverProgram {
    @Override
    public String progname() {
        return "netxml-ups";
    }

    @Override
    public String description() {
        return "network XML UPS";
    }

    @Override
    public String version() {
        return "0.49";
    }

    @Override
    public List<Option> options() {
        return NetXmlSettings.OPTIONS;
    }

    @Override
    public Driver initups(Device device) throws DriverException {
        return new NetXmlDriver(device, NetXmlSettings.of(device));
    }
}
