package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.List;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.usb.UsbBus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From settings to a link.
final class Links {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);
    /// A setting among these means USB.
    private static final List<String> USB_SETTINGS = List.of(
            "subdriver", "vendorid", "productid", "vendor", "product", "serial", "bus", "busport", "langid_fix");

    private Links() {}

    /// Whether the settings mean a device on USB.
    static boolean isUsb(Device device) {
        return device.port().equalsIgnoreCase("auto")
                || USB_SETTINGS.stream().anyMatch(name -> device.getval(name) != null);
    }

    static QxLink serial(Device device, SerialPort ports) throws DriverException {
        String power = device.getval("cablepower");
        boolean demanded = power != null && !power.equalsIgnoreCase("none");
        return new SerialLink(device, ports, QxSettings.cablepower(power), demanded);
    }

    /// Finds the device, too.
    ///
    /// @param table the file of devices the driver knows
    /// @param subdrivers those it has
    static QxLink usb(Device device, UsbBus.Opener opener, String table, List<String> subdrivers, UsbBridge.Pause pause)
            throws IOException, DriverException {
        if (!device.port().equalsIgnoreCase("auto")) {
            LOG.warn("port = {} is ignored, since other settings mean USB; write 'port = auto'", device.port());
        }
        String chosen = UsbBridges.chosen(device, subdrivers);
        int langid = UsbBridges.langid(device);
        var known = UsbTable.of(table);
        UsbBus bus = opener.open();
        boolean kept = false;
        try {
            var search = new UsbSearch(device, bus, known, chosen);
            var found = search.find();
            LOG.info("Using USB subdriver: {}", found.subdriver());
            if (langid >= 0 && !device.testvar("noscanlangid")) {
                LOG.debug(
                        "the device's name in its own language: {}",
                        String.valueOf(found.handle().product()));
            }
            kept = true;
            return new UsbLink(
                    search, found, UsbBridges.of(found.subdriver(), langid, device.testvar("novendor"), pause));
        } finally {
            if (!kept) {
                bus.close();
            }
        }
    }

    /// Real time.
    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
