package org.nutjvm.tools.scanner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.scan.UsbModel;
import org.nutjvm.common.scan.UsbPorts;
import org.nutjvm.common.scan.UsbPorts.Names;
import org.nutjvm.common.scan.UsbPorts.Plugged;

/// Devices plugged in that a driver knows (tools/nut-scanner/scan_usb.c).
///
/// @param models what drivers know, the preferred driver first
/// @param detail 0 to 3: which of a device's places count
/// @param list what is known of devices by their names, read when it is needed
record UsbSearch(UsbPorts ports, List<UsbModel> models, Supplier<HardwareList> list, int detail, Progress progress)
        implements Search {
    /// Vendor id of hubs that are no devices.
    private static final int LINUX = 0x1d6b;

    /// Drivers that do not take the settings common to USB drivers.
    private static final List<String> WITHOUT_IDS = List.of("bcmxcp_usb", "nutdrv_atcl_usb");

    private static final String WITHOUT_VENDOR = "bcmxcp_usb";
    private static final String UNKNOWN_PORT = ".*";

    @Override
    public List<Device> find() throws IOException {
        var drivers = new LinkedHashMap<Integer, LinkedHashSet<String>>();
        for (UsbModel model : models) {
            drivers.computeIfAbsent(model.vendor() << 16 | model.product(), _ -> new LinkedHashSet<>())
                    .add(model.driver());
        }
        var devices = new ArrayList<Device>();
        for (Plugged plugged : ports.devices()) {
            var known = drivers.get(plugged.vendor() << 16 | plugged.product());
            progress.debug(
                    2,
                    "USB device " + hex(plugged.vendor()) + ':' + hex(plugged.product()) + " on bus " + plugged.bus()
                            + ": " + (known == null ? "no driver knows it" : known));
            if (known != null) {
                devices.add(device(plugged, new ArrayList<>(known)));
            } else {
                unknown(plugged);
            }
        }
        return devices;
    }

    private Device device(Plugged plugged, List<String> drivers) {
        Names names = names(plugged);
        String driver = drivers.getFirst();
        String ids = WITHOUT_IDS.contains(driver) ? "" : null;
        var device = Device.of(Kind.USB, driver, "auto").orDrivenBy(drivers.subList(1, drivers.size()));
        device = add(device, "vendorid", hex(plugged.vendor()), ids);
        device = add(device, "productid", hex(plugged.product()), ids);
        device = add(device, "product", trimmed(names.product()), ids);
        device = add(device, "serial", trimmed(names.serial()), ids);
        device = add(device, "vendor", trimmed(names.vendor()), driver.equals(WITHOUT_VENDOR) ? "" : null);
        device = add(device, "bus", plugged.bus(), detail >= 1 ? null : "");
        device = add(device, "device", plugged.address(), detail >= 2 ? null : "");
        String port = plugged.port().isEmpty() ? UNKNOWN_PORT : plugged.port();
        device = add(device, "busport", port, detail >= 1 ? null : "");
        return detail < 3 ? device : device.noted("bcdDevice", hex(plugged.release()), "NOTMATCHED-YET");
    }

    /// Says what the hardware list has of a device that no driver's table knows. It is no section of
    /// ups.conf: which port and settings it needs nobody can tell from here.
    private void unknown(Plugged plugged) {
        if (plugged.vendor() == LINUX) {
            return;
        }
        Names names;
        try {
            names = plugged.names();
        } catch (IOException e) {
            progress.debug(2, "its names are not known: " + e.getMessage());
            return;
        }
        String vendor = names.vendor() == null ? "" : names.vendor();
        String product = names.product() == null ? "" : names.product();
        if (!vendor.isEmpty() || !product.isEmpty()) {
            list.get()
                    .about(vendor, product)
                    .ifPresent(said -> progress.say("USB device " + hex(plugged.vendor()) + ':'
                            + hex(plugged.product()) + " (" + Device.clean((vendor + ' ' + product).strip())
                            + ") is in no driver's table. NUT's hardware list has " + said
                            + "; nut-check --model says more."));
        }
    }

    private static Device add(Device device, String name, @Nullable String value, @Nullable String comment) {
        return comment == null ? device.with(name, value) : device.noted(name, value, comment);
    }

    /// A device that cannot be opened is found all the same; its ids are known, and mostly enough.
    private Names names(Plugged plugged) {
        try {
            return plugged.names();
        } catch (IOException e) {
            progress.say("WARNING: Failed to open device bus '" + plugged.bus() + "' device/port '" + plugged.address()
                    + "' bus/port '" + plugged.port() + "' (" + hex(plugged.vendor()) + ':' + hex(plugged.product())
                    + "), its names and serial number are not known: " + e.getMessage());
            return new Names(null, null, null);
        }
    }

    private static @Nullable String trimmed(@Nullable String text) {
        return text == null ? null : text.stripTrailing();
    }

    private static String hex(int number) {
        return Integer.toHexString(0x10000 | number).substring(1).toUpperCase(Locale.ROOT);
    }
}
