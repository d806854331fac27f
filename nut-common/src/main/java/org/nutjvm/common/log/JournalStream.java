package org.nutjvm.common.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// systemd's journal behind standard error.
final class JournalStream {
    private JournalStream() {}

    /// Whether standard error is what `JOURNAL_STREAM` (`device:inode`) says is connected to the journal; after a
    /// redirection the variable is there and no longer true.
    static boolean isStderr(@Nullable String journalStream) {
        if (journalStream == null || journalStream.isEmpty()) {
            return false;
        }
        try {
            Path stderr = Path.of("/proc/self/fd/2");
            return journalStream.equals(
                    Files.getAttribute(stderr, "unix:dev") + ":" + Files.getAttribute(stderr, "unix:ino"));
        } catch (IOException e) {
            return false; // closed, or no /proc
        }
    }
}
