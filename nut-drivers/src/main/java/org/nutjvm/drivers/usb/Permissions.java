package org.nutjvm.drivers.usb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// Why a device's file cannot be opened, for administrators.
public final class Permissions {
    private Permissions() {}

    /// Whose the file is and who asks: `/dev/bus/usb/001/004 belongs to root:root, mode rw-rw-r--; this is user nut`.
    public static String of(String node) {
        String asking = "this is user " + System.getProperty("user.name");
        try {
            var file = Files.readAttributes(Path.of(node), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return node + " belongs to " + file.owner().getName() + ':'
                    + file.group().getName() + ", mode "
                    + PosixFilePermissions.toString(file.permissions()) + "; " + asking;
        } catch (IOException | UnsupportedOperationException e) {
            return asking;
        }
    }
}
