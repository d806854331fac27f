package org.nutjvm.drivers.tripplite;

import java.io.IOException;
import java.util.List;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SerialSettings;
import org.nutjvm.drivers.port.SystemPorts;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// tripplite for the driver core: settings and the line.
final class TrippliteProgram implements DriverProgram {
    private static final SerialSettings SETTINGS = SerialSettings.of(2400);

    private final SerialPort ports;

    TrippliteProgram() {
        this(new SystemPorts());
    }

    TrippliteProgram(SerialPort ports) {
        this.ports = ports;
    }

    @Override
    public String progname() {
        return "tripplite";
    }

    @Override
    public String description() {
        return "Tripp-Lite SmartUPS driver";
    }

    @Override
    public String version() {
        return "0.100";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value("offdelay", "Seconds before it switches off, up to 255 (default=64)"),
                Option.value("startdelay", "Seconds before it switches on again after a reboot (default=60)"),
                Option.value("rebootdelay", "Seconds before a graceful reboot, up to 255 (default=64)"));
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        var delays = Delays.of(device);
        var tables = Tables.read();
        boolean lock = device.dstate().getinfo("driver.flag.nolock") == null;
        var line = new Reopened(() -> ports.open(device.port(), SETTINGS, lock));
        line.open();
        return new TrippliteUps(device, line, tables, delays);
    }
}
