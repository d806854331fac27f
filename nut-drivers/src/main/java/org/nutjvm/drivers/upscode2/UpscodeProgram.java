package org.nutjvm.drivers.upscode2;

import java.io.IOException;
import java.util.List;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SystemPorts;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// upscode2 for the driver core: settings and the line.
final class UpscodeProgram implements DriverProgram {
    private final SerialPort ports;

    UpscodeProgram() {
        this(new SystemPorts());
    }

    UpscodeProgram(SerialPort ports) {
        this.ports = ports;
    }

    @Override
    public String progname() {
        return "upscode2";
    }

    @Override
    public String description() {
        return "UPScode II UPS driver";
    }

    @Override
    public String version() {
        return "0.96";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value("manufacturer", "Maker of the UPS, for ups.mfr (default=unknown)"),
                Option.value("baudrate", "Speed of the line (default=1200)"),
                Option.value("input_timeout", "Seconds to wait for an answer (default=2)"),
                Option.value("output_pace", "Microseconds between two characters that are sent (default=200)"),
                Option.value("full_update", "Seconds between two readings of nominal values (default=60)"),
                Option.flag("use_crlf", "End commands with CR and LF instead of CR"),
                Option.flag("use_pre_lf", "Begin commands with LF"));
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        var settings = UpscodeSettings.of(device);
        boolean lock = device.dstate().getinfo("driver.flag.nolock") == null;
        var line = new Reopened(() -> ports.open(device.port(), settings.serial(), lock));
        line.open();
        return new UpscodeUps(device, line, settings, Table.read());
    }
}
