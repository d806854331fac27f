package org.nutjvm.drivers.tripplite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.nutjvm.drivers.port.SerialLine;

/// Commands to the device, each of which it says again before it answers (drivers/tripplite.c: send_cmd).
///
/// That echo is how an answer is known to belong to the command: one that is late comes behind the echo of
/// another.
final class Talk {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int LONGEST = 255;
    private static final int MOST_LINES = 8;
    private static final int MOST_NOISE = 4096;

    private final SerialLine line;
    private final byte[] chunk = new byte[64];
    private int have;
    private int used;
    private boolean noisy;

    Talk(SerialLine line) {
        this.line = line;
    }

    /// Something went wrong: what comes next may belong to what was.
    void distrust() {
        noisy = true;
    }

    /// The answer to a command.
    ///
    /// @param command with its colon
    String ask(String command) throws IOException {
        send(command);
        boolean anothers = false;
        boolean begun = false;
        for (int i = 0; i < MOST_LINES; i++) {
            String text = line();
            if (text.equals(command)) {
                return line();
            }
            if (text.startsWith(":")) {
                anothers = true;
            } else if (begun && !anothers) {
                // An echo that the line has damaged, or that this device makes otherwise.
                return text;
            }
            begun = true;
        }
        throw new IOException("the device does not say " + command + " again");
    }

    /// Gives an order.
    ///
    /// @return whether anything came back
    boolean tell(String command) throws IOException {
        send(command);
        boolean heard = false;
        try {
            line();
            heard = true;
            line();
        } catch (Silence e) {
            noisy = true;
        }
        return heard;
    }

    private void send(String command) throws IOException {
        used = have;
        if (noisy) {
            line.awaitQuiet(QUIET, MOST_NOISE);
            noisy = false;
        }
        line.flushInput();
        line.flushOutput();
        line.write((command + "\r").getBytes(StandardCharsets.US_ASCII));
    }

    /// The next line, without its end.
    private String line() throws IOException {
        long end = line.nanoTime() + PATIENCE.toNanos();
        var text = new StringBuilder();
        while (true) {
            if (used == have) {
                used = 0;
                have = line.read(chunk, Duration.ofNanos(end - line.nanoTime()));
                if (have == 0) {
                    throw new Silence(text.isEmpty() ? "the device does not answer" : "the device's answer breaks off");
                }
            }
            char c = (char) (chunk[used++] & 0xff);
            if (c == '\n') {
                return text.toString();
            }
            if (text.length() == LONGEST) {
                throw new IOException("the device's answer does not end");
            }
            if (c != '\r') {
                text.append(c);
            }
        }
    }

    /// Nothing came in time.
    private static final class Silence extends IOException {
        private static final long serialVersionUID = 1L;

        Silence(String why) {
            super(why);
        }
    }
}
