package org.nutjvm.packaging.training;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.nutjvm.drivers.port.SerialLine;

/// A line with a played device at its end, which hears byte by byte and answers at once.
final class PlayedLine implements SerialLine {
    private final IntFunction<byte[]> device;
    private final Supplier<byte[]> byItself;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    /// @param device what it says to each byte
    PlayedLine(IntFunction<byte[]> device) {
        this(device, () -> new byte[0]);
    }

    /// @param byItself what it says when nothing else is heard of it
    PlayedLine(IntFunction<byte[]> device, Supplier<byte[]> byItself) {
        this.device = device;
        this.byItself = byItself;
    }

    @Override
    public int read(byte[] into, Duration limit) {
        if (waiting.size() == 0 && limit.isPositive()) {
            waiting.writeBytes(byItself.get());
        }
        byte[] all = waiting.toByteArray();
        int count = Math.min(into.length, all.length);
        System.arraycopy(all, 0, into, 0, count);
        waiting.reset();
        waiting.write(all, count, all.length - count);
        return count;
    }

    @Override
    public void write(byte[] bytes) {
        for (byte b : bytes) {
            waiting.writeBytes(device.apply(b & 0xff));
        }
    }

    @Override
    public void flushInput() {
        waiting.reset();
    }

    @Override
    public void flushOutput() {
        // all is out
    }

    @Override
    public Set<Signal> signals() {
        return EnumSet.noneOf(Signal.class);
    }

    @Override
    public void setSignals(Set<Signal> on) {
        // nothing hangs on them
    }

    @Override
    public void setSignal(Signal signal, boolean on) {
        // nothing hangs on it
    }

    @Override
    public void sendBreak(Duration length) {
        // nothing hears it
    }

    @Override
    public void pause(Duration length) {
        // nothing takes time here
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        waiting.reset();
    }
}
