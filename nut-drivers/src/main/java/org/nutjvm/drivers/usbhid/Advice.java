package org.nutjvm.drivers.usbhid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

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
                text.append(permissions(device.node()));
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

    private static String permissions(String node) {
        try {
            var file = Files.readAttributes(Path.of(node), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return " (" + node + " belongs to " + file.owner().getName() + ':'
                    + file.group().getName() + ", mode "
                    + PosixFilePermissions.toString(file.permissions()) + "; this is user "
                    + System.getProperty("user.name") + ")";
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String rule(Search.Rejected denied) {
        String id = denied.device().id().toString();
        return "\nTo permit it, put this line into " + RULES + " and run"
                + " `udevadm control --reload && udevadm trigger --subsystem-match=usb`:"
                + "\nSUBSYSTEM==\"usb\", ATTR{idVendor}==\"" + id.substring(0, 4) + "\", ATTR{idProduct}==\""
                + id.substring(5) + "\", MODE=\"664\", GROUP=\"nut\"";
    }
}
