package org.nutjvm.drivers.port;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A line with a script for a device: what it answers to each byte. No time passes but what the driver spends waiting.
public final class ScriptedLine implements SerialLine {
    /// What the device says to each character; empty for nothing.
    public Function<Character, String> answers = c -> "";
    /// What the device's side shows.
    public final Set<Signal> shown = EnumSet.noneOf(Signal.class);
    /// What happened, in order.
    public final List<String> log = new ArrayList<>();
    /// What happens after a reader waited for nothing.
    public Runnable idle = () -> {};
    /// Why everything fails, or null.
    public @Nullable IOException broken;
    /// Why nobody can open it, or null.
    public @Nullable IOException shut;

    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long nanos;

    /// A port that gives out this line.
    public SerialPort port() {
        return (device, settings, lock) -> {
            log.add("open " + device + " " + settings.speed() + (lock ? "" : " nolock"));
            if (shut != null) {
                throw shut;
            }
            return this;
        };
    }

    /// Something the device says of itself.
    public void say(String text) {
        waiting.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// All bytes written so far, and forgets them.
    public String sent() {
        var text = new StringBuilder();
        for (String entry : log) {
            if (entry.startsWith("> ")) {
                text.append(entry.substring(2));
            }
        }
        log.clear();
        return text.toString();
    }

    private void check() throws IOException {
        if (broken != null) {
            throw broken;
        }
    }

    @Override
    public int read(byte[] into, Duration limit) throws IOException {
        check();
        byte[] all = waiting.toByteArray();
        if (all.length == 0) {
            nanos += Math.max(0, limit.toNanos());
            idle.run();
            return 0;
        }
        int count = Math.min(into.length, all.length);
        System.arraycopy(all, 0, into, 0, count);
        waiting.reset();
        waiting.write(all, count, all.length - count);
        return count;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        check();
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            log.add("> " + c);
            say(answers.apply(c));
        }
    }

    @Override
    public void flushInput() throws IOException {
        check();
        waiting.reset();
    }

    @Override
    public void flushOutput() throws IOException {
        check();
    }

    @Override
    public Set<Signal> signals() throws IOException {
        check();
        return EnumSet.copyOf(shown);
    }

    @Override
    public void setSignals(Set<Signal> on) throws IOException {
        check();
        log.add("lines " + EnumSet.copyOf(on.isEmpty() ? EnumSet.noneOf(Signal.class) : on));
    }

    @Override
    public void setSignal(Signal signal, boolean on) throws IOException {
        check();
        log.add(signal + (on ? " on" : " off"));
    }

    @Override
    public void sendBreak(Duration length) throws IOException {
        check();
        log.add("break " + length.toMillis());
    }

    @Override
    public void pause(Duration length) {
        nanos += length.toNanos();
        log.add("pause " + length.toMillis());
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void close() {
        log.add("close");
    }
}
