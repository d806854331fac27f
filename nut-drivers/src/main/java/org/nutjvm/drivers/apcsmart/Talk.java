package org.nutjvm.drivers.apcsmart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.nutjvm.drivers.port.SerialLine;

/// Characters to the device and lines from it (drivers/apcsmart.c: apc_read, apc_write, apc_flush).
///
/// Between its answers the device sends single characters when something happens. They are left out of answers. What
/// they say is not believed, for noise looks the same: they only make the driver ask for the status.
final class Talk {
    /// How to listen.
    ///
    /// @param limit for the whole line
    /// @param ignored characters that are left out beside `*`
    /// @param asterisk whether a `*` is an answer: OK
    record Manner(Duration limit, String ignored, boolean asterisk) {}

    static final String ALERTS = "$!%+#?=";
    private static final String ANY = "\r|&" + ALERTS;

    static final Manner USUAL = new Manner(Duration.ofSeconds(3), ANY, false);
    static final Manner SHORT = new Manner(Duration.ofMillis(1500), ANY, false);
    static final Manner PEEK = new Manner(Duration.ofMillis(200), ANY, false);
    static final Manner DOWN = new Manner(Duration.ofMillis(1500), ANY, true);
    /// The list of capabilities has `#` in it.
    static final Manner CAPABILITIES = new Manner(Duration.ofSeconds(6), "\r|&$!%+?=", false);
    /// The list of characters names alerts, too. Here CR comes with the line's end, which the C driver's terminal
    /// leaves out.
    static final Manner CHARACTERS = new Manner(Duration.ofSeconds(6), "\r", false);

    private static final int LONGEST = 511;
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration BETWEEN_TWICE = Duration.ofMillis(1300);
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int MOST_NOISE = 4096;

    private final SerialLine line;
    private final byte[] chunk = new byte[64];
    private int have;
    private int used;
    private boolean alerted;

    Talk(SerialLine line) {
        this.line = line;
    }

    /// Whether a character of {@link #ALERTS} came since the last call.
    boolean alerted() {
        boolean was = alerted;
        alerted = false;
        return was;
    }

    /// Forgets what is in the line, both ways.
    void flush() throws IOException {
        used = have;
        line.flushOutput();
        line.flushInput();
    }

    /// The same, but takes note of alerts.
    void flushAlerts() throws IOException {
        line.flushOutput();
        for (int total = 0; total < MOST_NOISE; total++) {
            int c = next(line.nanoTime());
            if (c < 0) {
                return;
            }
            note((char) c);
        }
        line.flushInput();
    }

    /// Listens until nothing has come for a while: an answer that is late must not be taken for that to the next
    /// question.
    ///
    /// @throws IOException if it does not get quiet
    void quiet() throws IOException {
        used = have;
        line.flushOutput();
        line.awaitQuiet(QUIET, MOST_NOISE);
    }

    void send(char c) throws IOException {
        line.write(new byte[] {(byte) c});
    }

    /// Sends one character, and the others slowly, unless something is said to the first: that is a refusal, and the
    /// others would be commands.
    ///
    /// @return false if refused
    boolean sendSlowly(String text) throws IOException {
        send(text.charAt(0));
        if (!answer(PEEK).isEmpty()) {
            return false;
        }
        for (byte b : text.substring(1).getBytes(StandardCharsets.ISO_8859_1)) {
            line.write(new byte[] {b});
            line.pause(PACE);
        }
        return true;
    }

    /// Sends a character that has to come twice, with a pause.
    ///
    /// @return false if refused at the first
    boolean sendTwice(char c) throws IOException {
        send(c);
        if (!answer(PEEK).isEmpty()) {
            return false;
        }
        line.pause(BETWEEN_TWICE);
        send(c);
        return true;
    }

    void pause(Duration length) {
        line.pause(length);
    }

    long nanoTime() {
        return line.nanoTime();
    }

    /// The next line.
    ///
    /// @throws IOException if none comes in time, too
    String line(Manner manner) throws IOException {
        String text = answer(manner);
        if (text.isEmpty()) {
            throw new IOException("the device does not answer");
        }
        return text;
    }

    /// The next line, or an empty text if none comes in time.
    ///
    /// @throws IOException if it is too long or breaks off
    String answer(Manner manner) throws IOException {
        long end = line.nanoTime() + manner.limit().toNanos();
        var text = new StringBuilder();
        while (true) {
            int c = next(end);
            if (c < 0) {
                if (text.isEmpty()) {
                    return "";
                }
                throw new IOException("the device's answer breaks off");
            }
            if (c == '\n') {
                return text.toString();
            }
            if (c == '*') {
                if (manner.asterisk()) {
                    line.read(chunk, Duration.ofSeconds(1));
                    used = have;
                    return "OK";
                }
            } else if (manner.ignored().indexOf(c) >= 0) {
                note((char) c);
            } else if (text.length() == LONGEST) {
                flush();
                throw new IOException("the device's answer does not end");
            } else {
                text.append((char) c);
            }
        }
    }

    private void note(char c) {
        alerted |= ALERTS.indexOf(c) >= 0;
    }

    /// The next byte, or -1 if none comes until then.
    private int next(long end) throws IOException {
        if (used == have) {
            used = 0;
            have = line.read(chunk, Duration.ofNanos(end - line.nanoTime()));
            if (have == 0) {
                return -1;
            }
        }
        return chunk[used++] & 0xff;
    }
}
