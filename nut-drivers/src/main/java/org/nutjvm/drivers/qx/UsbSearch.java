package org.nutjvm.drivers.qx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.usb.Identity;
import org.nutjvm.drivers.usb.Permissions;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbDevice;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;
import org.nutjvm.drivers.usb.UsbId;
import org.nutjvm.drivers.usb.UsbMatcher;

/// Looks for the device on the bus: the first that the settings mean and the table knows; later the same one again.
final class UsbSearch {
    private static final int HIGHEST = 255;

    private final Device device;
    private final UsbBus bus;
    private final UsbMatcher matcher;
    private final UsbTable table;
    private final String forced;
    private final int interfaceNumber;
    private final int altSetting;

    /// Whether another device with the same ids was ever there. Alone there later, it is not the one that is gone.
    private boolean twins;

    /// The device, open and claimed.
    record Found(UsbHandle handle, Identity identity, String subdriver) {}

    /// @param forced the subdriver the administrator has chosen, or empty
    UsbSearch(Device device, UsbBus bus, UsbTable table, String forced) throws DriverException {
        this.device = device;
        this.bus = bus;
        this.table = table;
        this.forced = forced;
        matcher = UsbMatcher.of(device::getval);
        interfaceNumber = number("usb_hid_rep_index", 16, 0);
        altSetting = device.testvar("usb_set_altinterface") ? number("usb_set_altinterface", 10, 0) : -1;
    }

    private int number(String name, int radix, int usual) throws DriverException {
        String text = device.getval(name);
        if (text == null || text.isBlank()) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text.strip(), radix);
            if (number >= 0 && number <= HIGHEST) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new DriverException("could not parse " + name + ": '" + text + "' is no number");
        }
        throw new DriverException("could not parse " + name + ": '" + text + "' is above " + HIGHEST);
    }

    /// The first device that fits.
    ///
    /// @throws DriverException saying what was there, and why it was not taken
    Found find() throws UsbException, DriverException {
        var why = new StringBuilder();
        for (var candidate : bus.devices()) {
            String complaint = matcher.rejects(candidate);
            if (complaint == null && forced.isEmpty() && !table.mayBe(candidate)) {
                complaint = "no subdriver knows it ('subdriver' with 'vendorid' and 'productid' chooses one)";
            }
            if (complaint == null) {
                try {
                    var found = taken(candidate);
                    if (found != null) {
                        twins = like(candidate.id()).size() > 1;
                        return found;
                    }
                    complaint = "it calls itself otherwise than the settings or the driver's table want it";
                } catch (UsbException e) {
                    if (e.kind() == UsbException.Kind.BUSY && !device.testvar("allow_duplicates")) {
                        // The next that looks the same would be another UPS.
                        throw new DriverException("Can't claim USB device [" + candidate.id() + "] at "
                                + candidate.node()
                                + ": " + e.getMessage() + "\nanother program holds it, perhaps the driver of another"
                                + " section; 'serial' or 'busport' tells equal devices apart, 'allow_duplicates' takes"
                                + " any that is free");
                    }
                    complaint = e.getMessage()
                            + (e.kind() == UsbException.Kind.ACCESS
                                    ? " (" + Permissions.of(candidate.node())
                                            + "; run as root, or permit it with a udev rule)"
                                    : "");
                }
            }
            why.append('\n')
                    .append(candidate.id())
                    .append(" at ")
                    .append(candidate.node())
                    .append(": ")
                    .append(complaint);
        }
        throw new DriverException("No supported devices found."
                + (why.isEmpty() ? "\nno USB devices at all were found: is /dev/bus/usb there, and readable?" : why));
    }

    private List<UsbDevice> like(UsbId id) throws UsbException {
        return bus.devices().stream().filter(other -> other.id().equals(id)).toList();
    }

    private @Nullable Found taken(UsbDevice candidate) throws UsbException {
        var handle = candidate.open();
        Found found = null;
        try {
            String subdriver = forced.isEmpty() ? table.subdriver(candidate, handle) : forced;
            if (subdriver != null && matcher.rejects(handle) == null) {
                claim(handle);
                found = new Found(handle, Identity.of(candidate, handle), subdriver);
            }
            return found;
        } finally {
            if (found == null) {
                handle.close();
            }
        }
    }

    private void claim(UsbHandle handle) throws UsbException {
        handle.claim(interfaceNumber);
        if (altSetting >= 0) {
            handle.setAltInterface(interfaceNumber, altSetting);
        }
    }

    /// The device that was lost.
    ///
    /// @throws UsbException if it is not back, or cannot be had
    UsbHandle again(Identity lost) throws UsbException {
        var candidates = like(lost.id());
        twins |= candidates.size() > 1;
        var why = new UsbException(UsbException.Kind.GONE, "the device is not on the bus");
        for (var candidate : candidates) {
            try {
                var handle = candidate.open();
                boolean kept = false;
                try {
                    if (Identity.of(candidate, handle).isSame(lost, twins || device.getval("busport") != null)) {
                        claim(handle);
                        kept = true;
                        return handle;
                    }
                    why = new UsbException(
                            UsbException.Kind.GONE, "another device of the same kind is there, this one is not");
                } finally {
                    if (!kept) {
                        handle.close();
                    }
                }
            } catch (UsbException e) {
                why = e;
            }
        }
        throw why;
    }

    /// For `driver.version.usb`.
    String version() {
        return bus.version();
    }

    /// Lets go of the bus.
    void close() {
        bus.close();
    }
}
