package org.nutjvm.drivers.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.drivers.spi.DriverException;

/// Why nothing can be created in the state directory, and what to do (drivers/dstate.c: sock_fail). "This may be a
/// frequent stumbling point for new users", as upstream says, hence so many words.
final class Statepath {
    private Statepath() {}

    /// Checks that there is such a directory, as C's chdir to it does.
    static void check(Path directory) throws DriverException {
        if (!Files.isDirectory(directory)) {
            throw new DriverException("Can't chdir to " + directory + ": "
                    + (Files.exists(directory) ? "Not a directory" : "No such file or directory")
                    + "\n\nThe driver's socket and pid file live there. Things to try:\n\n - mkdir "
                    + directory
                    + "\n - choose another directory: STATEPATH in ups.conf, or the environment's NUT_STATEPATH");
        }
    }

    static String explain(Path directory, Path wanted, IOException e) {
        var text = new StringBuilder("Fatal error: unable to create listener socket\n\nbind ")
                .append(wanted)
                .append(" failed: ")
                .append(Reasons.of(e))
                .append("\n\nCurrent user: ")
                .append(System.getProperty("user.name", "?"))
                .append('\n');
        if (!Files.exists(directory)) {
            return text.append("\nThings to try:\n\n - mkdir ")
                    .append(directory)
                    .toString();
        }
        if (!Files.isDirectory(directory)) {
            return text.append("\nThings to try:\n\n - rm ")
                    .append(directory)
                    .append("\n - mkdir ")
                    .append(directory)
                    .toString();
        }
        text.append("State path: ")
                .append(directory)
                .append(describe(directory))
                .append("\n\nThings to try:\n\n");
        if (e instanceof AccessDeniedException || !Files.isWritable(directory)) {
            text.append(" - set different owners or permissions on ")
                    .append(directory)
                    .append(
                            "\n - run this program as some other user (try -u <username>)\n - choose another directory: STATEPATH in ups.conf, or the environment's NUT_STATEPATH");
        } else if (Reasons.of(e).contains("No space") || Reasons.of(e).contains("quota")) {
            text.append(" - make room on the file system of ").append(directory).append(" (df, df -i)");
        } else {
            text.append(" - ls -la ")
                    .append(wanted)
                    .append("\n   To check if a (non-socket) filesystem object already exists there\n - rm -rf ")
                    .append(wanted)
                    .append("\n   To remove any offending files (a new driver instance creates its own)");
        }
        return text.toString();
    }

    private static String describe(Path directory) {
        try {
            var attributes = Files.readAttributes(directory, PosixFileAttributes.class);
            return " (owner " + attributes.owner().getName() + ':'
                    + attributes.group().getName() + ", mode "
                    + PosixFilePermissions.toString(attributes.permissions()) + ')';
        } catch (NoSuchFileException e) {
            return " (gone)";
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
