package org.nutjvm.drivers.port;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/// A serial line, as a driver sees it (drivers/serial.h). One thread uses it.
///
/// An {@link IOException} means that the line itself failed: an adapter was pulled out, or has no such lines. The
/// driver then closes it and asks its {@link SerialPort} for it again.
public interface SerialLine extends AutoCloseable {
    /// The lines beside those for data, named as in NUT's documentation.
    enum Signal {
        /// Data terminal ready: ours.
        DTR,
        /// Request to send: ours.
        RTS,
        /// Secondary transmit: ours.
        ST,
        /// Clear to send: the device's.
        CTS,
        /// Data carrier detect: the device's.
        DCD,
        /// Ring indicator: the device's.
        RNG,
        /// Data set ready: the device's.
        DSR
    }

    /// Takes what has come, at most as much as fits; waits for the first byte.
    ///
    /// @param limit how long; zero or less not at all
    /// @return how many bytes, 0 if nothing came
    int read(byte[] into, Duration limit) throws IOException;

    /// Drops what still comes, until nothing does: an answer that is late must not be taken for that to the next
    /// question.
    ///
    /// @param quiet how long nothing has to come
    /// @param most bytes that may come before
    /// @throws IOException also if it does not get quiet
    default void awaitQuiet(Duration quiet, int most) throws IOException {
        byte[] noise = new byte[64];
        for (int total = 0; total < most; ) {
            int count = read(noise, quiet);
            if (count == 0) {
                return;
            }
            total += count;
        }
        throw new IOException("the device, or something else on the line, does not stop talking");
    }

    /// Sends all of it.
    ///
    /// @throws IOException also when the line took it too slowly (flow control)
    void write(byte[] bytes) throws IOException;

    /// Forgets what has come and was not read.
    void flushInput() throws IOException;

    /// Forgets what was written and has not gone out.
    void flushOutput() throws IOException;

    /// The lines that are on, all looked at in one moment.
    Set<Signal> signals() throws IOException;

    /// Switches on these of our lines, and off the others.
    void setSignals(Set<Signal> on) throws IOException;

    /// Switches one of our lines and leaves the others.
    void setSignal(Signal signal, boolean on) throws IOException;

    /// Holds the data line for so long.
    void sendBreak(Duration length) throws IOException;

    /// Lets time pass, while the device does what it was told.
    void pause(Duration length);

    /// Monotonic time in nanoseconds, the one that {@link #pause} and the limits of {@link #read} go by.
    long nanoTime();

    /// Lets go of the line. Our signals stay as they are.
    @Override
    void close();
}
