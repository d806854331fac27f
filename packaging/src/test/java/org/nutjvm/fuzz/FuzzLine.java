package org.nutjvm.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.nutjvm.drivers.port.SerialLine;
import org.nutjvm.drivers.port.SerialPort;

/// A serial line with something at its other end that answers each write. Usually it answers what the input has,
/// whatever it is asked: the input is parted by `0xff`, and each part is one answer. `0xfe` alone is a line that fails.
public final class FuzzLine implements SerialLine {
    /// A driver that asks more often does not end.
    private static final int WRITES = 20_000;

    private static final int HOUR = 3600;

    private final UnaryOperator<byte[]> answers;
    private byte[] waiting = {};
    private int taken;
    private long nanos;
    private int writes;
    private boolean talking;

    public FuzzLine(Input input) {
        this(asked -> input.upTo('\u00ff').getBytes(StandardCharsets.ISO_8859_1));
    }

    /// A line with somebody at its other end who listens.
    ///
    /// @param answers from what is written to what is said to that
    public FuzzLine(UnaryOperator<byte[]> answers) {
        this.answers = answers;
    }

    /// A line at whose other end something says all of this from the beginning, whether it is asked or not.
    public static FuzzLine talking(byte[] all) {
        var line = new FuzzLine(new Input(new byte[0]));
        line.waiting = all.clone();
        line.talking = true;
        return line;
    }

    /// A port that gives out this line.
    public SerialPort port() {
        return (device, settings, lock) -> this;
    }

    @Override
    public int read(byte[] into, Duration limit) throws IOException {
        int count = Math.min(into.length, waiting.length - taken);
        if (count == 0) {
            nanos += Math.max(1, limit.toNanos());
            Must.hold(nanos < HOUR * 1_000_000_000L * 24, "waits for a day");
            return 0;
        }
        System.arraycopy(waiting, taken, into, 0, count);
        taken += count;
        return count;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        Must.hold(++writes < WRITES, "asks without end");
        byte[] answer = answers.apply(bytes);
        if (answer.length == 1 && answer[0] == (byte) 0xfe) {
            throw new IOException("the line is gone");
        }
        if (taken == waiting.length) {
            waiting = answer;
            taken = 0;
        }
    }

    @Override
    public void flushInput() {
        // Who talks without being asked goes on after that.
        if (!talking) {
            taken = waiting.length;
        }
    }

    @Override
    public void flushOutput() {}

    @Override
    public Set<Signal> signals() {
        return EnumSet.noneOf(Signal.class);
    }

    @Override
    public void setSignals(Set<Signal> on) {}

    @Override
    public void setSignal(Signal signal, boolean on) {}

    @Override
    public void sendBreak(Duration length) {
        nanos += length.toNanos();
    }

    @Override
    public void pause(Duration length) {
        nanos += length.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void close() {}
}
