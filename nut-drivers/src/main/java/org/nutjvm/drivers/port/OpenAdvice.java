package org.nutjvm.drivers.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.nutjvm.common.io.Posix;

/// Why a serial port could not be opened and what to do, for people (drivers/serial.c: ser_open_error).
final class OpenAdvice {
    static final int ENOTTY = 25;
    private static final int EACCES = 13;

    private OpenAdvice() {}

    /// The whole text, several lines.
    static String of(String device, Posix.PosixException e) {
        String reason = String.valueOf(e.getMessage());
        String text = "Unable to open " + device + ": " + reason.substring(reason.indexOf(' ') + 1) + "\n";
        PosixFileAttributes file;
        try {
            file = Files.readAttributes(Path.of(device), PosixFileAttributes.class);
        } catch (IOException | UnsupportedOperationException unreadable) {
            return text + missing(device);
        }
        text += "  Current user: " + System.getProperty("user.name") + "\n"
                + "Serial port owner: " + file.owner().getName() + "\n"
                + "Serial port group: " + file.group().getName() + "\n"
                + "     Mode of port: " + PosixFilePermissions.toString(file.permissions()) + "\n";
        return e.errno() == EACCES ? text + refused(device, file.group().getName()) : text;
    }

    private static String missing(String device) {
        if (Files.isSymbolicLink(Path.of(device)) && !Files.exists(Path.of(device))) {
            return "Things to try:\n - The link " + device + " points to nothing: is the adapter plugged in?";
        }
        Path directory = Path.of("/dev/serial/by-id");
        String known = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) ? " (see also " + directory + ")" : "";
        return "Things to try:\n - Check 'port=' in ups.conf" + known + "\n"
                + " - Check owner/permissions of all parts of path\n"
                + " - If it is an adapter on USB: plug it in, and look at the kernel's messages (dmesg)";
    }

    private static String refused(String device, String group) {
        String user = System.getProperty("user.name");
        String node = String.valueOf(Path.of(device).getFileName());
        return "Things to try:\n"
                + " - Let the user " + user + " into the port's group: usermod -aG " + group + " " + user
                + " (on Debian serial ports belong to dialout), then restart the driver\n"
                + " - Or give this port to NUT for good by a udev rule, such as\n"
                + "   KERNEL==\"" + node + "\", GROUP=\"nut\", MODE=\"0660\"\n"
                + "   in /etc/udev/rules.d/99-nut-serial.rules, then `udevadm control --reload` and"
                + " `udevadm trigger`\n"
                + " - Or run the driver as another user ('user=' in ups.conf, upsdrvctl -u)";
    }
}
