package org.nutjvm.common.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A user of the system.
///
/// @param uid its number
/// @param gid the number of its own group
public record OsUser(String name, int uid, int gid) {
    /// Finds a user by name: in /etc/passwd, or wherever else the system keeps users (getpwnam, loaded only
    /// then). To be done before chroot.
    ///
    /// @throws IOException `OS user NAME not found`, as upstream (common/common.c: get_user_pwent)
    public static OsUser named(String name) throws IOException {
        int[] ids = find(Path.of("/etc/passwd"), name, 2);
        if (ids == null) {
            ids = Posix.getpwnam(name);
        }
        if (ids == null) {
            throw new IOException("OS user " + name + " not found");
        }
        return new OsUser(name, ids[0], ids[1]);
    }

    /// The number of a group, found like a user.
    ///
    /// @throws IOException if there is none of that name
    public static int group(String name) throws IOException {
        int[] ids = find(Path.of("/etc/group"), name, 1);
        if (ids == null) {
            ids = Posix.getgrnam(name);
        }
        if (ids == null) {
            throw new IOException("OS group " + name + " not found");
        }
        return ids[0];
    }

    /// Of the line `name:x:number:number:...`, so many numbers.
    private static int @Nullable [] find(Path file, String name, int count) throws IOException {
        if (!Files.isReadable(file)) {
            return null;
        }
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            if (line.startsWith(name + ":")) {
                String[] fields = line.split(":", -1);
                if (fields.length > 2 + count) {
                    try {
                        return new int[] {number(fields[2]), count > 1 ? number(fields[3]) : 0};
                    } catch (NumberFormatException e) {
                        return null; // damaged; the system may read it otherwise
                    }
                }
            }
        }
        return null;
    }

    private static int number(String text) {
        return Integer.parseUnsignedInt(text);
    }
}
