package org.nutjvm.drivers.nhs;

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

/// nhs_ser for the driver core: settings and the line.
final class NhsProgram implements DriverProgram {
    private static final String USUAL_PORT = "/dev/ttyACM0";

    private final SerialPort ports;

    NhsProgram() {
        this(new SystemPorts());
    }

    NhsProgram(SerialPort ports) {
        this.ports = ports;
    }

    @Override
    public String progname() {
        return "nhs_ser";
    }

    @Override
    public String description() {
        return "NHS Nobreak Drivers";
    }

    @Override
    public String version() {
        return "0.05";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value("baud", "Speed of the line (default=2400)"),
                Option.value("ah", "Capacity of the batteries in ampere hours (required)"),
                Option.value("va", "Nominal power in VA, for models that do not tell it"),
                Option.value("pf", "Power factor (default=0.9)"),
                Option.value("vin_low_warn_perc", "Percent above the lowest input voltage for a warning (default=2)"),
                Option.value(
                        "vin_low_crit_perc", "Percent above the lowest input voltage that are critical (default=2)"),
                Option.value("vin_high_warn_perc", "Percent above the highest input voltage for a warning (default=2)"),
                Option.value(
                        "vin_high_crit_perc", "Percent above the highest input voltage that are critical (default=2)"),
                Option.value("numbatteries", "Number of batteries (default=what the device says)"),
                Option.value("vbat", "Nominal voltage of one battery (default=12)"),
                Option.flag("debug_pkt_raw", "Log the bytes of packets"),
                Option.flag("debug_pkt_data", "Publish all of the packets with the device's state"),
                Option.flag("debug_pkt_hwinfo", "Publish all of the packet with what the device is"));
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        var settings = NhsSettings.of(device);
        var raw = new Raw(
                device.testvar("debug_pkt_raw"), device.testvar("debug_pkt_data"), device.testvar("debug_pkt_hwinfo"));
        var line = new Reopened(() -> open(device, settings));
        var ups = new NhsUps(device, line, new Publisher(settings, Models.read(), raw));
        ups.open();
        return ups;
    }

    private SerialLine open(Device device, NhsSettings settings) throws IOException {
        String port = device.port().equalsIgnoreCase("auto") ? USUAL_PORT : device.port();
        boolean lock = device.dstate().getinfo("driver.flag.nolock") == null;
        var as = new SerialSettings(settings.baud(), 8, SerialSettings.Parity.NONE, 1, SerialSettings.Flow.HARDWARE);
        SerialLine opened;
        try {
            opened = ports.open(port, as, lock);
        } catch (IllegalArgumentException e) {
            throw new IOException("baud = " + settings.baud() + " is no speed of a serial line", e);
        }
        opened.flushInput();
        return opened;
    }
}
