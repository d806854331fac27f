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

/// nutdrv_qx for the driver core.
final class QxProgram implements DriverProgram {
    private final SerialPort ports;

    QxProgram() {
        this(new SystemPorts());
    }

    QxProgram(SerialPort ports) {
        this.ports = ports;
    }

    @Override
    public String progname() {
        return "nutdrv_qx";
    }

    @Override
    public String description() {
        return "Generic Q* USB/Serial driver";
    }

    @Override
    public String version() {
        return "0.54";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value("protocol", "Preselect communication protocol (skip autodetection), or a file *.qx"),
                Option.value("ondelay", "Set startup delay, in seconds (default=180)"),
                Option.value("offdelay", "Set shutdown delay, in seconds (default=30)"),
                Option.flag("stayoff", "If invoked the UPS won't return after a shutdown when FSD arises"),
                Option.value("pollfreq", "Set polling frequency, in seconds, to reduce data flow (default=30)"),
                Option.value("runtimecal", "Parameters used for runtime calculation"),
                Option.value("chargetime", "Nominal charge time for UPS battery, in seconds (default=43200)"),
                Option.value("idleload", "Minimum load to be used for runtime calculation, in percent (default=10)"),
                Option.flag(
                        "battery_voltage_reports_one_pack",
                        "The device tells the voltage of one battery pack; publish that of all"),
                Option.flag("norating", "Skip reading rating information from UPS"),
                Option.flag("novendor", "Skip reading vendor information from UPS"),
                Option.flag("nooutstats", "Skip reading output load stats information from UPS"),
                Option.flag("ignoresab", "Ignore 'Shutdown Active' bit in UPS status"),
                Option.value("cablepower", "Set cable power for serial interface (default=normal)"));
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        refuseUsb(device);
        String chosen = device.getval("protocol");
        var protocols = Protocols.of("ORDER", chosen, device.confpath());
        return new QxUps(device, link(device, ports), QxSettings.nutdrvQx(device, protocols, chosen != null));
    }

    static void refuseUsb(Device device) throws DriverException {
        if (device.port().equalsIgnoreCase("auto")) {
            throw new DriverException("port = auto means a device on USB, which this driver does not serve yet\n"
                    + "For a serial line set its device file, such as port = /dev/ttyS0; for USB let 'driverpath' in"
                    + " ups.conf name the directory of C NUT's drivers (Debian: /lib/nut)");
        }
    }

    static QxLink link(Device device, SerialPort ports) throws DriverException {
        String power = device.getval("cablepower");
        boolean demanded = power != null && !power.equalsIgnoreCase("none");
        return new SerialLink(device, ports, QxSettings.cablepower(power), demanded);
    }
}
