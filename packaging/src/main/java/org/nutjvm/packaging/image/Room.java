package org.nutjvm.packaging.image;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether there is still room where caches are made. A full file system shows in many ways (a JVM that ends, a list
/// that is cut short, a log without an end), and only one sentence helps: which file system it is, and what to do.
final class Room {
    /// With less than this a file system counts as full: a list or a log of the rehearsal is that long.
    static final long FULL_BYTES = 1 << 20;

    private Room() {}

    /// @throws IOException if a file system is full, with its name and the cure
    static void check(Path... directories) throws IOException {
        for (Path directory : directories) {
            FileStore store = Files.getFileStore(directory);
            if (store.getUsableSpace() < FULL_BYTES) {
                throw new IOException(sentence(store.toString(), directory));
            }
        }
    }

    /// @param store the file system: where it is mounted, and the device in parentheses
    /// @param directory what was written there
    static String sentence(String store, Path directory) {
        return "no space is left on the file system " + store + ", where " + directory
                + " is: make room there, then run nut-make-caches again";
    }
}
