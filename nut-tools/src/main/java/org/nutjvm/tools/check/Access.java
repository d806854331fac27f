package org.nutjvm.tools.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.OsUser;

/// What a user of the system may do with files, by their owner, group and mode. Access control lists are not looked at.
final class Access {
    static final int READ = 4;
    static final int WRITE = 2;
    static final int EXECUTE = 1;

    private static final Path GROUPS = Path.of("/etc/group");

    private final OsUser user;
    private final Set<Integer> groups = new HashSet<>();

    private Access(OsUser user) {
        this.user = user;
        groups.add(user.gid());
    }

    /// The user of that name.
    ///
    /// @throws IOException if there is none
    static Access of(String name) throws IOException {
        var access = new Access(OsUser.named(name));
        if (Files.isReadable(GROUPS)) {
            for (String line : Files.readAllLines(GROUPS, StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", -1);
                if (fields.length == 4 && List.of(fields[3].split(",", -1)).contains(name)) {
                    access.groups.add(OsUser.group(fields[0]));
                }
            }
        }
        return access;
    }

    String name() {
        return user.name();
    }

    /// Whether the user has all these rights on the file, and may enter the directories above it. What cannot be looked
    /// at counts as allowed: there is nothing to be said of it.
    boolean may(Path file, int rights) {
        if (user.uid() == 0) {
            return (rights & EXECUTE) == 0 || Files.isDirectory(file) || (mode(file) & 0111) != 0;
        }
        for (Path above = parent(file); above != null; above = above.getParent()) {
            if (!has(above, EXECUTE)) {
                return false;
            }
        }
        return has(file, rights);
    }

    private static @Nullable Path parent(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }

    private boolean has(Path file, int rights) {
        int mode = mode(file);
        if (mode < 0) {
            return true;
        }
        int shift = owner(file, "unix:uid") == user.uid() ? 6 : groups.contains(owner(file, "unix:gid")) ? 3 : 0;
        return ((mode >> shift) & rights) == rights;
    }

    /// The mode's twelve bits, or -1.
    static int mode(Path file) {
        int mode = owner(file, "unix:mode");
        return mode < 0 ? -1 : mode & 07777;
    }

    private static int owner(Path file, String attribute) {
        try {
            return Files.getAttribute(file, attribute) instanceof Integer number ? number : -1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return -1;
        }
    }
}
