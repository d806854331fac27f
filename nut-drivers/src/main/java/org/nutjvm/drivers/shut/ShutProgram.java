package org.nutjvm.drivers.shut;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nutjvm.drivers.hidups.HidSettings;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.port.SerialLine;
import org.nutjvm.drivers.port.SerialLine.Signal;
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

/// mge-shut for the driver core: settings and the line.
final class ShutProgram implements DriverProgram {
    private static final Logger LOG = LoggerFactory.getLogger(ShutProgram.class);
    private static final SerialSettings SETTINGS = SerialSettings.of(2400);

    private final SerialPort ports;

    ShutProgram() {
        this(new SystemPorts());
    }

    ShutProgram(SerialPort ports) {
        this.ports = ports;
    }

    @Override
    public String progname() {
        return "mge-shut";
    }

    @Override
    public String description() {
        return "Eaton / SHUT driver";
    }

    @Override
    public String version() {
        return "0.73";
    }

    @Override
    public List<Option> options() {
        var options = new ArrayList<>(List.of(
                Option.value("lowbatt", "Set low battery level, in % (default=30)"),
                Option.value("offdelay", "Set shutdown delay, in seconds (default=20)"),
                Option.value("ondelay", "Set startup delay, in seconds (default=30)"),
                Option.value("pollfreq", "Set polling frequency, in seconds, to reduce data flow (default=30)"),
                Option.flag("pollonly", "Read also what never changes each time everything is read"),
                Option.value("interrupt_pipe_no_events_tolerance", "For USB; ignored"),
                Option.value("lbrb_log_delay_sec", "Seconds that LB or RB must last while online (default=0)"),
                Option.value("notification", "Set notification type (ignored, only for backward compatibility)")));
        options.addAll(HidSettings.options());
        return List.copyOf(options);
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        var ups = new ShutUps(device, new Reopened(() -> open(device)));
        ups.connect();
        return ups;
    }

    private SerialLine open(Device device) throws IOException {
        boolean lock = device.dstate().getinfo("driver.flag.nolock") == null;
        SerialLine opened = ports.open(device.port(), SETTINGS, lock);
        try {
            // The cable's power.
            opened.setSignal(Signal.DTR, false);
            opened.setSignal(Signal.RTS, true);
        } catch (IOException e) {
            LOG.debug("no cable power: {}", String.valueOf(e.getMessage()));
        }
        return opened;
    }
}
