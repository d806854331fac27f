package org.nutjvm.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/// A played device at the far end of a pair of pseudo terminals, which hears byte by byte and is
/// asked by one thread.
final class DeviceOnPty implements AutoCloseable {
    private final IntFunction<byte[]> device;
    private final RandomAccessFile tty;
    private boolean closed;

    /// @param device what it says to each byte
    DeviceOnPty(Path end, IntFunction<byte[]> device) {
        this.device = device;
        try {
            tty = new RandomAccessFile(end.toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("device").start(this::live);
    }

    /// A line of two pseudo terminals: one end for a driver, one for a device.
    static Proc line(Sandbox box, Path near, Path far) {
        var made = box.start("socat", List.of("socat", "pty,raw,echo=0,link=" + near, "pty,raw,echo=0,link=" + far));
        for (Path end : List.of(near, far)) {
            Await.until("pseudo terminal " + end, () -> Files.exists(end));
        }
        return made;
    }

    private void live() {
        try {
            for (int c = tty.read(); c >= 0; c = tty.read()) {
                hear(c);
            }
        } catch (IOException e) {
            // The line is gone: so is the device. The test sees what the driver makes of it.
            synchronized (this) {
                closed = true;
            }
        }
    }

    private synchronized void hear(int c) throws IOException {
        byte[] said = device.apply(c);
        if (!closed && said.length > 0) {
            tty.write(said);
        }
    }

    /// Says something of itself. Once the line is gone, nobody hears it.
    synchronized void say(byte[] bytes) {
        try {
            if (!closed) {
                tty.write(bytes);
            }
        } catch (IOException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            tty.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
