package org.nutjvm.drivers.port;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.nutjvm.common.io.Tty;

/// A line of the operating system.
final class TtyLine implements SerialLine {
    private static final int WRITE_LIMIT_MILLIS = 5000;

    private final Tty tty;

    TtyLine(Tty tty) {
        this.tty = tty;
    }

    @Override
    public int read(byte[] into, Duration limit) throws IOException {
        long end = nanoTime() + limit.toNanos();
        while (true) {
            long left = Math.max(0, end - nanoTime());
            int count = read(into, (int) Math.min(60_000, (left + 999_999) / 1_000_000));
            if (count > 0 || end - nanoTime() <= 0) {
                return count;
            }
        }
    }

    private int read(byte[] into, int millis) throws PortLostException {
        try {
            return tty.read(into, 0, into.length, millis);
        } catch (IOException e) {
            throw new PortLostException(e);
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        int sent = 0;
        while (sent < bytes.length) {
            int count = write(bytes, sent);
            if (count == 0) {
                throw new IOException("the line takes no more data");
            }
            sent += count;
        }
    }

    private int write(byte[] bytes, int from) throws PortLostException {
        try {
            return tty.write(bytes, from, bytes.length - from, WRITE_LIMIT_MILLIS);
        } catch (IOException e) {
            throw new PortLostException(e);
        }
    }

    @Override
    public void flushInput() throws IOException {
        try {
            tty.flushInput();
        } catch (IOException e) {
            throw new PortLostException(e);
        }
    }

    @Override
    public void flushOutput() throws IOException {
        try {
            tty.flushOutput();
        } catch (IOException e) {
            throw new PortLostException(e);
        }
    }

    @Override
    public Set<Signal> signals() throws IOException {
        int bits = tty.modem();
        var on = EnumSet.noneOf(Signal.class);
        for (Signal signal : Signal.values()) {
            if ((bits & bit(signal)) != 0) {
                on.add(signal);
            }
        }
        return on;
    }

    @Override
    public void setSignals(Set<Signal> on) throws IOException {
        int bits = 0;
        for (Signal signal : on) {
            bits |= bit(signal);
        }
        tty.setModem(bits);
    }

    @Override
    public void setSignal(Signal signal, boolean on) throws IOException {
        tty.switchModem(bit(signal), on);
    }

    private static int bit(Signal signal) {
        return switch (signal) {
            case DTR -> Tty.DTR;
            case RTS -> Tty.RTS;
            case ST -> Tty.ST;
            case CTS -> Tty.CTS;
            case DCD -> Tty.DCD;
            case RNG -> Tty.RNG;
            case DSR -> Tty.DSR;
        };
    }

    @Override
    public void sendBreak(Duration length) throws IOException {
        tty.sendBreak((int) length.toMillis());
    }

    @Override
    public void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        tty.close();
    }
}
