package org.nutjvm.upsd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may read files (common/common.c: check_perms).
final class Permissions {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");

    private Permissions() {}

    /// Whether everybody may read or enter it.
    static boolean openToAll(Path path) {
        try {
            var permissions = Files.getPosixFilePermissions(path);
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("{}: {}", path, e.getMessage());
            return false;
        }
    }
}
