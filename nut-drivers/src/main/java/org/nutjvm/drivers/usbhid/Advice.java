package org.nutjvm.drivers.usbhid;

import java.util.List;
import org.nutjvm.drivers.usb.Permissions;

/// What to tell an administrator whose device was not found: what was there, why it was not taken, and
/// the cure.
final class Advice {
    private static final String RULES = "/etc/udev/rules.d/62-nut-usbups.rules";

    private Advice() {}

    /// The whole text, several lines.
    static String notFound(List<Search.Rejected> rejected) {
        var text = new StringBuilder("No matching HID UPS found");
        if (rejected.isEmpty()) {
            return text.append("\nno USB devices at all were found: is /dev/bus/usb there, and readable?")
                    .toString();
        }
        for (var each : rejected) {
            var device = each.device();
            text.append('\n')
                    .append(device.id())
                    .append(" at ")
                    .append(device.node())
                    .append(": ")
                    .append(each.why());
            if (each.denied()) {
                text.append(" (" + Permissions.of(device.node()) + ")");
            }
        }
        for (var each : rejected) {
            if (each.denied()) {
                text.append(rule(each));
                break;
            }
        }
        return text.toString();
    }

    private static String rule(Search.Rejected denied) {
        String id = denied.device().id().toString();
        return "\nTo permit it, put this line into " + RULES + " and run"
                + " `udevadm control --reload && udevadm trigger --subsystem-match=usb`:"
                + "\nSUBSYSTEM==\"usb\", ATTR{idVendor}==\"" + id.substring(0, 4) + "\", ATTR{idProduct}==\""
                + id.substring(5) + "\", MODE=\"664\", GROUP=\"nut\"";
    }
}
