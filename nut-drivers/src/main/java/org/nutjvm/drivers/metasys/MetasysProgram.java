package org.nutjvm.drivers.metasys;

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

/// metasys for the driver core: the line. There are no settings.
final class MetasysProgram implements DriverProgram {
    private static final SerialSettings SETTINGS = SerialSettings.of(2400);

    private final SerialPort ports;

    MetasysProgram() {
        this(new SystemPorts());
    }

    MetasysProgram(SerialPort ports) {
        this.ports = ports;
    }

    @Override
    public String progname() {
        return "metasys";
    }

    @Override
    public String description() {
        return "Metasystem UPS driver";
    }

    @Override
    public String version() {
        return "0.14";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        boolean lock = device.dstate().getinfo("driver.flag.nolock") == null;
        var line = new Reopened(() -> ports.open(device.port(), SETTINGS, lock));
        line.open();
        return new MetasysUps(device, line, Models.read());
    }
}
