package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.List;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SystemPorts;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// blazer_ser for the driver core: the same driver with four protocols, an older driver's settings and its names of
/// variables (drivers/blazer.c).
final class BlazerProgram implements DriverProgram {
    private final SerialPort ports;

    BlazerProgram() {
        this(new SystemPorts());
    }

    BlazerProgram(SerialPort ports) {
        this.ports = ports;
    }

    @Override
    public String progname() {
        return "blazer_ser";
    }

    @Override
    public String description() {
        return "Megatec/Q1 protocol serial driver";
    }

    @Override
    public String version() {
        return "1.65";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value("cablepower", "Set cable power for serial interface (default=normal)"),
                Option.value("ondelay", "Delay before UPS startup, in minutes (default=3)"),
                Option.value("offdelay", "Delay before UPS shutdown, in seconds (default=30)"),
                Option.value("runtimecal", "Parameters used for runtime calculation"),
                Option.value("chargetime", "Nominal charge time for UPS battery, in seconds (default=43200)"),
                Option.value("idleload", "Minimum load to be used for runtime calculation, in percent (default=10)"),
                Option.flag("norating", "Skip reading rating information from UPS"),
                Option.flag("novendor", "Skip reading vendor information from UPS"),
                Option.value("protocol", "Preselect communication protocol (skip autodetection)"));
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        QxProgram.refuseUsb(device);
        String chosen = device.getval("protocol");
        var protocols = Protocols.of("ORDER-BLAZER", chosen, device.confpath());
        return new QxUps(device, QxProgram.link(device, ports), QxSettings.blazer(device, protocols, chosen != null));
    }
}
