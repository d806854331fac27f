package org.nutjvm.upssched;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// LOCKFN: who may start the timer daemon, and who is it. The kernel's locks on two bytes of the file are meant, not
/// its existence, so a holder that dies leaves nothing behind that could be in somebody's way. The file stays where it
/// is, empty; removing a file others may be about to lock would let two of them have it.
///
/// C's upssched takes the file's existence for the lock and removes it whenever it is in its way; that costs it a
/// quarter of a second.
final class StartLock implements AutoCloseable {
    private static final long STARTER = 0;
    private static final long DAEMON = 1;

    private final FileChannel channel;

    private StartLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Opens the file, made if there is none. One that may not be opened is what a C upssched that died has left, for
    /// it makes it with mode 0; it is replaced.
    static StartLock open(Path file) throws IOException {
        try {
            return new StartLock(channel(file));
        } catch (AccessDeniedException e) {
            Files.deleteIfExists(file);
            return new StartLock(channel(file));
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// Becomes the one that starts the daemon, until {@link #close}.
    ///
    /// @return false if another is
    boolean toStart() throws IOException {
        return take(STARTER);
    }

    /// Becomes the daemon, until {@link #close}.
    ///
    /// @return false if another is
    boolean toServe() throws IOException {
        return take(DAEMON);
    }

    private boolean take(long place) throws IOException {
        try {
            FileLock lock = channel.tryLock(place, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process has it
        }
    }

    /// Lets go of what was taken.
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
