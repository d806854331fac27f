package org.nutjvm.drivers.powercom;

import java.io.IOException;
import java.util.List;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.port.SerialLine;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SerialSettings;
import org.nutjvm.drivers.port.SystemPorts;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// powercom for the driver core: settings and the line.
final class PowercomProgram implements DriverProgram {
    private static final Logger LOG = LoggerFactory.getLogger(PowercomProgram.class);
    private static final SerialSettings SETTINGS = SerialSettings.of(1200);

    private final SerialPort ports;

    PowercomProgram() {
        this(new SystemPorts());
    }

    PowercomProgram(SerialPort ports) {
        this.ports = ports;
    }

    @Override
    public String progname() {
        return "powercom";
    }

    @Override
    public String description() {
        return "PowerCom protocol UPS driver";
    }

    @Override
    public String version() {
        return "0.27";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value("type", "Trust, Egys, KP625AP, IMP, KIN, BNT, BNT-other or OPTI (default=Trust)"),
                Option.value("manufacturer", "Maker's name to show (default=PowerCom)"),
                Option.value("modelname", "Model's name to show (default=what is detected, or Unknown)"),
                Option.value("serialnumber", "Serial number to show (default=Unknown)"),
                Option.value(
                        "shutdownArguments",
                        "Delay of switching off: {{minutes,seconds},y}, or n to leave out minutes (default=type's)"),
                Option.value("linevoltage", "Nominal voltage, 100-120 or 200-240 (default=230)"),
                Option.value("numOfBytesFromUPS", "Length of an answer, 11 to 16 bytes (default=type's)"),
                Option.value("methodOfFlowControl", "dtr0rts1 or no_flow_control (default=type's)"),
                Option.value(
                        "validationSequence",
                        "Three places and values by which an answer is known: {{5,0x80},{7,0},{8,0}} (default=type's)"),
                Option.value("frequency", "{A,B}: frequency is 1/(A*x+B) (default=type's)"),
                Option.value("loadPercentage", "{A,B,C,D}: load is A*x+B, on line C*x+D (default=type's)"),
                Option.value(
                        "batteryPercentage", "{A,B,C,D,E}: charge is A*x+B*load+C, on line D*x+E (default=type's)"),
                Option.value("voltage", "{A,B,C,D}: voltage is A*x+B, below 220 V C*x+D (default=type's)"),
                Option.flag("nobt", "No battery test at the start"));
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        var tables = Tables.read();
        var settings = PowercomSettings.of(device, tables);
        var line = new Reopened(() -> open(device, settings.type()));
        line.open();
        return new PowercomUps(line, settings, tables);
    }

    private SerialLine open(Device device, UpsType type) throws IOException {
        boolean lock = device.dstate().getinfo("driver.flag.nolock") == null;
        SerialLine opened = ports.open(device.port(), SETTINGS, lock);
        if (type.feedsCable()) {
            try {
                opened.setSignal(SerialLine.Signal.DTR, false);
                opened.setSignal(SerialLine.Signal.RTS, true);
            } catch (IOException e) {
                LOG.warn(
                        "{} has no lines DTR and RTS to feed the cable with: {}",
                        device.port(),
                        String.valueOf(e.getMessage()));
            }
        }
        opened.flushInput();
        return opened;
    }
}
