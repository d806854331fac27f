package org.nutjvm.drivers.port;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A line that outlives its port: closed when the port is gone, opened again when it is back. While it is closed
/// everything fails as if the port were gone.
public final class Reopened implements SerialLine {
    /// Opens the port, with all that belongs to it.
    @FunctionalInterface
    public interface Opener {
        SerialLine open() throws IOException;
    }

    private final Opener opener;
    private @Nullable SerialLine line;

    public Reopened(Opener opener) {
        this.opener = opener;
    }

    /// Opens the port unless it is open.
    public void open() throws IOException {
        if (line == null) {
            line = opener.open();
        }
    }

    public boolean isOpen() {
        return line != null;
    }

    private SerialLine line() throws PortLostException {
        SerialLine open = line;
        if (open == null) {
            throw new PortLostException(new IOException("closed"));
        }
        return open;
    }

    @Override
    public int read(byte[] into, Duration limit) throws IOException {
        return line().read(into, limit);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        line().write(bytes);
    }

    @Override
    public void flushInput() throws IOException {
        line().flushInput();
    }

    @Override
    public void flushOutput() throws IOException {
        line().flushOutput();
    }

    @Override
    public Set<Signal> signals() throws IOException {
        return line().signals();
    }

    @Override
    public void setSignals(Set<Signal> on) throws IOException {
        line().setSignals(on);
    }

    @Override
    public void setSignal(Signal signal, boolean on) throws IOException {
        line().setSignal(signal, on);
    }

    @Override
    public void sendBreak(Duration length) throws IOException {
        line().sendBreak(length);
    }

    @Override
    public void pause(Duration length) {
        SerialLine open = line;
        if (open != null) {
            open.pause(length);
        }
    }

    @Override
    public long nanoTime() {
        SerialLine open = line;
        return open == null ? System.nanoTime() : open.nanoTime();
    }

    @Override
    public void close() {
        SerialLine open = line;
        line = null;
        if (open != null) {
            open.close();
        }
    }
}
