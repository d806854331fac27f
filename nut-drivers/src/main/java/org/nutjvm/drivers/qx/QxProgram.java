package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SystemPorts;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;
import org.nutjvm.drivers.usb.LibUsbBus;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbMatcher;

/// nutdrv_qx for the driver core.
final class QxProgram implements DriverProgram {
    private final SerialPort ports;
    private final UsbBus.Opener usb;
    private final UsbBridge.Pause pause;

    QxProgram() {
        this(new SystemPorts(), LibUsbBus::open);
    }

    QxProgram(SerialPort ports, UsbBus.Opener usb) {
        this(ports, usb, Links::sleep);
    }

    /// @param pause how time passes for a USB chip
    QxProgram(SerialPort ports, UsbBus.Opener usb, UsbBridge.Pause pause) {
        this.ports = ports;
        this.usb = usb;
        this.pause = pause;
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
        var options = new ArrayList<>(List.of(
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
                Option.value("cablepower", "Set cable power for serial interface (default=normal)")));
        options.addAll(ProtocolOptions.all());
        options.addAll(usbOptions());
        return List.copyOf(options);
    }

    static List<Option> usbOptions() {
        var options = new ArrayList<>(List.of(
                Option.value("subdriver", "Serial-over-USB subdriver selection"),
                Option.value(
                        "langid_fix", "Apply the language ID workaround to the krauler subdriver (0x409 or 0x4095)"),
                Option.flag("noscanlangid", "Don't autoscan valid range for langid")));
        options.addAll(UsbMatcher.options());
        return options;
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        String chosen = device.getval("protocol");
        var protocols = Protocols.of("ORDER", chosen, device.confpath());
        var settings = QxSettings.nutdrvQx(device, protocols, chosen != null);
        var link = Links.isUsb(device)
                ? Links.usb(device, usb, "usb.txt", UsbBridges.ALL, pause)
                : Links.serial(device, ports);
        return new QxUps(device, link, settings);
    }
}
