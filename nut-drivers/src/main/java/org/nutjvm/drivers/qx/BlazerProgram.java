package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SystemPorts;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;
import org.nutjvm.drivers.usb.UsbBus;

/// blazer_ser for the driver core, and what blazer_usb shares with it: the same driver with four protocols, an older
/// driver's settings and
/// its
/// names of variables (drivers/blazer.c).
final class BlazerProgram implements DriverProgram {
    private final SerialPort ports;
    private final UsbBus.@Nullable Opener usb;
    private final UsbBridge.Pause pause;

    BlazerProgram() {
        this(new SystemPorts(), null, Links::sleep);
    }

    private BlazerProgram(SerialPort ports, UsbBus.@Nullable Opener usb, UsbBridge.Pause pause) {
        this.ports = ports;
        this.usb = usb;
        this.pause = pause;
    }

    /// The one for serial lines.
    static BlazerProgram ser(SerialPort ports) {
        return new BlazerProgram(ports, null, Links::sleep);
    }

    /// The one for USB.
    static BlazerProgram usb(UsbBus.Opener usb, UsbBridge.Pause pause) {
        SerialPort none = (device, settings, lock) -> {
            throw new IOException(device + ": this driver is for USB");
        };
        return new BlazerProgram(none, usb, pause);
    }

    @Override
    public String progname() {
        return usb == null ? "blazer_ser" : "blazer_usb";
    }

    @Override
    public String description() {
        return usb == null ? "Megatec/Q1 protocol serial driver" : "Megatec/Q1 protocol USB driver";
    }

    @Override
    public String version() {
        return usb == null ? "1.65" : "0.26";
    }

    @Override
    public List<Option> options() {
        var options = new ArrayList<>(List.of(
                Option.value("ondelay", "Delay before UPS startup, in minutes (default=3)"),
                Option.value("offdelay", "Delay before UPS shutdown, in seconds (default=30)"),
                Option.value("runtimecal", "Parameters used for runtime calculation"),
                Option.value("chargetime", "Nominal charge time for UPS battery, in seconds (default=43200)"),
                Option.value("idleload", "Minimum load to be used for runtime calculation, in percent (default=10)"),
                Option.flag("norating", "Skip reading rating information from UPS"),
                Option.flag("novendor", "Skip reading vendor information from UPS"),
                Option.value("protocol", "Preselect communication protocol (skip autodetection)")));
        if (usb == null) {
            options.add(Option.value("cablepower", "Set cable power for serial interface (default=normal)"));
        } else {
            options.addAll(QxProgram.usbOptions());
            options.removeIf(option -> option.name().equals("noscanlangid"));
        }
        return List.copyOf(options);
    }

    @Override
    public Driver initups(Device device) throws IOException, DriverException {
        String chosen = device.getval("protocol");
        var protocols = Protocols.of("ORDER-BLAZER", chosen, device.confpath());
        var settings = QxSettings.blazer(device, protocols, chosen != null);
        UsbBus.Opener opener = usb;
        if (opener == null && device.port().equalsIgnoreCase("auto")) {
            throw new DriverException(
                    "port = auto means a device on USB, which is what blazer_usb and nutdrv_qx are for\n"
                            + "For a serial line set its device file, such as port = /dev/ttyS0");
        }
        var link = opener == null
                ? Links.serial(device, ports)
                : Links.usb(device, opener, "usb-blazer.txt", UsbBridges.BLAZER, pause);
        return new QxUps(device, link, settings);
    }
}
