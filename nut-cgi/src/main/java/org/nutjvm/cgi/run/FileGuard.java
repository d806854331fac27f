package org.nutjvm.cgi.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.ups.Guard;

/// A guard for programs that live for one request each: a lock on a file that all of them know, whose time is that of
/// the last wrong password. It holds though a program is killed. Where the file cannot be had, each wrong password only
/// takes a while.
public final class FileGuard implements Guard {
    private static final Duration AFTER_A_WRONG_ONE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path file;
    private final Duration afterAWrongOne;
    private final Duration patience;
    private @Nullable FileChannel channel;

    public FileGuard() {
        this(
                Path.of(
                        System.getProperty("java.io.tmpdir", "/tmp"),
                        "nut-upsset-" + System.getProperty("user.name", "") + ".lock"),
                AFTER_A_WRONG_ONE,
                PATIENCE);
    }

    FileGuard(Path file, Duration afterAWrongOne, Duration patience) {
        this.file = file;
        this.afterAWrongOne = afterAWrongOne;
        this.patience = patience;
    }

    @Override
    public boolean enter() {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock();
            while (lock == null) {
                if (System.nanoTime() > deadline || !pause(PAUSE)) {
                    channel.close();
                    return false;
                }
                lock = channel.tryLock();
            }
            long since =
                    System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
            // A new file counts as none wrong yet: it is empty.
            if (Files.size(file) > 0 && since < afterAWrongOne.toMillis()) {
                return pause(
                        Duration.ofMillis(Math.clamp(afterAWrongOne.toMillis() - since, 1, afterAWrongOne.toMillis())));
            }
        } catch (IOException e) {
            giveUp();
        }
        return true;
    }

    private void giveUp() {
        try (var _ = channel) {
            channel = null;
        } catch (IOException e) {
            // It was of no use anyway.
        }
    }

    @Override
    public void leave(boolean wrong) {
        FileChannel held = channel;
        if (held == null) {
            if (wrong) {
                pause(afterAWrongOne);
            }
            return;
        }
        try (held) {
            if (wrong) {
                held.write(ByteBuffer.wrap(new byte[] {'x'}), 0);
                Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
            }
        } catch (IOException e) {
            pause(afterAWrongOne);
        }
    }

    private static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
