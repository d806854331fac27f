package org.nutjvm.upsd.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nutjvm.common.wire.Words;

/// How many files and connections this process may have open (server/upsd.c: update_sysmaxconn).
///
/// @param limit the system's limit
public record Descriptors(int limit) {
    /// What is kept for other things than connections: configuration files while they are read, the log.
    private static final int RESERVE = 16;

    private static final int ASSUMED_LIMIT = 1024;
    private static final int ASSUMED_OPEN = 64;

    /// Asks the system; to be called before chroot, which takes /proc away.
    public static Descriptors ofThisProcess() {
        return new Descriptors(read());
    }

    /// How many connections there is room for beside what is open now.
    int room() {
        return Math.max(1, limit - open() - RESERVE);
    }

    private static int read() {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max open files")) {
                    var words = Words.split(line);
                    return words.get(3).equals("unlimited") ? Integer.MAX_VALUE / 2 : Integer.parseInt(words.get(3));
                }
            }
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            Journal.log().debug("/proc/self/limits: {}", e.getMessage());
        }
        return ASSUMED_LIMIT;
    }

    private static int open() {
        int count = 0;
        try (var entries = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var _ : entries) {
                count++;
            }
        } catch (IOException e) {
            Journal.log().debug("/proc/self/fd: {}", e.getMessage());
            return ASSUMED_OPEN;
        }
        return count;
    }
}
