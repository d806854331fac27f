package org.nutjvm.tools.scanner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What looks wrong with the serial numbers of devices on one bus: they are what tells devices apart
/// (tools/nut-scanner/nutscan-display.c: nutscan_display_sanity_check_serial).
final class SanityCheck {
    private SanityCheck() {}

    /// Sentences without an end mark, in upstream's words.
    ///
    /// @param names of the devices' sections, in the same order
    static List<String> of(List<Device> bus, List<String> names) {
        var bearers = new LinkedHashMap<String, String>();
        for (int i = 0; i < bus.size(); i++) {
            String serial = bus.get(i).value("serial");
            if (serial != null) {
                bearers.merge(serial, names.get(i), (before, name) -> before + ',' + name);
            }
        }
        var warnings = new ArrayList<String>();
        bearers.forEach((serial, devices) -> check(serial, devices, warnings));
        return warnings;
    }

    private static void check(String serial, String devices, List<String> warnings) {
        if (serial.isEmpty()) {
            warnings.add("<empty> \"serial\" reported in some devices: " + devices);
            return;
        }
        if (serial.endsWith(" ")) {
            warnings.add("trailing blank space in \"serial\" value \"" + serial
                    + "\" reported in device configuration(s): " + devices);
        }
        String same = allSame(serial);
        if (same != null) {
            warnings.add("all-same character \"serial\" with " + same + " reported in some devices: " + devices);
        }
        if (devices.indexOf(',') > 0) {
            warnings.add("same \"serial\" value \"" + serial + "\" reported in several device configurations (maybe"
                    + " okay if multiple drivers for same device, likely a vendor bug if reported by same driver for"
                    + " many devices): " + devices);
        }
    }

    private static @Nullable String allSame(String serial) {
        char first = serial.charAt(0);
        for (int i = 1; i < serial.length(); i++) {
            if (serial.charAt(i) != first) {
                return null;
            }
        }
        String code = Integer.toHexString(0x100 | first).substring(1).toUpperCase(java.util.Locale.ROOT);
        return serial.length() + " copies of '" + first + "' (0x" + code + ")";
    }
}
