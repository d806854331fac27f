package org.nutjvm.drivers.apcsmart;

import java.io.IOException;
import java.util.List;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SystemPorts;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;

/// apcsmart for the driver core.
final class ApcsmartProgram implements DriverProgram {
    private final SerialPort ports;

    ApcsmartProgram() {
        this(new SystemPorts());
    }

    ApcsmartProgram(SerialPort ports) {
        this.ports = ports;
    }

    @Override
    public String progname() {
        return "apcsmart";
    }

    @Override
    public String description() {
        return "APC Smart protocol driver";
    }

    @Override
    public String version() {
        return "3.40";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value("ttymode", "tty discipline selection"),
                Option.value("cable", "alternate cable (940-0095B) selection"),
                Option.value("awd", "hard hibernate's additional wake-up delay, in tenths of hours (default=0)"),
                Option.value("sdtype", "simple shutdown method, 0 to 5 (default=0)"),
                Option.value("advorder", "advanced shutdown control"),
                Option.value("cshdelay", "CS hack delay, in seconds (default=3.5)"));
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        return new SmartUps(device, ports, SmartSettings.of(device), Tables.load());
    }
}
