package org.nutjvm.drivers.upscode2;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.port.SerialLine;

/// Commands to the device and lines from it (drivers/upscode2.c: upscsend, upscrecv, upsc_getparams, upsc_getvalue).
/// A line that the line gives back as an echo is no answer.
final class Talk {
    private static final int LONGEST = 255;
    private static final int MOST_LINES = 500;
    private static final int MOST_NOISE = 8192;
    private static final int LINES_BEFORE_VALUE = 8;
    private static final long AT_MOST = Duration.ofSeconds(45).toNanos();
    private static final Duration QUIET = Duration.ofMillis(300);

    private final SerialLine line;
    private final UpscodeSettings settings;
    private final byte[] chunk = new byte[64];
    private int have;
    private int used;
    private boolean unsettled = true;

    Talk(SerialLine line, UpscodeSettings settings) {
        this.line = line;
        this.settings = settings;
    }

    /// Has the next question wait for a quiet line: something may come that is not its answer.
    void unsettle() {
        unsettled = true;
    }

    private void begin(String command) throws IOException {
        used = have;
        if (unsettled) {
            line.flushInput();
            line.awaitQuiet(QUIET, MOST_NOISE);
            unsettled = false;
        }
        line.flushInput();
        send(command);
    }

    /// Sends a command, or what belongs to the one before.
    void send(String text) throws IOException {
        String all = settings.before() + text + settings.after();
        for (int i = 0; i < all.length(); i++) {
            line.write(new byte[] {(byte) all.charAt(i)});
            line.pause(settings.pace());
        }
    }

    /// The commands the device knows.
    ///
    /// @throws IOException if the list does not come, or not to its end
    List<String> commands(String list) throws IOException {
        begin(list);
        var all = new ArrayList<String>();
        long end = line.nanoTime() + AT_MOST;
        while (all.size() < MOST_LINES && line.nanoTime() < end) {
            String text = next();
            if (text.isEmpty()) {
                throw new IOException(
                        all.isEmpty() ? "the UPS does not answer" : "the UPS's list of commands breaks off");
            }
            if (!text.equals(list)) {
                all.add(text);
            } else if (!all.isEmpty()) {
                all.add(text);
                return all;
            }
        }
        throw new IOException("the UPS's list of commands does not end");
    }

    /// All pairs of code and value it answers to a question, to the one that ends the answer.
    Answer answer(String question, Table table) throws IOException {
        begin(question);
        var pairs = new ArrayList<Answer.Pair>();
        long end = line.nanoTime() + AT_MOST;
        while (pairs.size() < MOST_LINES && line.nanoTime() < end) {
            String code = next();
            if (pairs.isEmpty() && (code.isEmpty() || code.equals(question))) {
                code = next();
            }
            String value = code.isEmpty() ? "" : next();
            if (value.isEmpty()) {
                throw new IOException(
                        pairs.isEmpty() ? "the UPS does not answer " + question : "the UPS's answer breaks off");
            }
            pairs.add(new Answer.Pair(code, value));
            var entry = table.answer(question, code);
            if (entry != null && entry.last()) {
                return Answer.of(question, pairs, table);
            }
        }
        throw new IOException("the UPS's answer to " + question + " does not end");
    }

    /// A single value.
    ///
    /// @param more what is sent after the command, or null
    /// @param name the line that comes before the value
    /// @return null if it does not come
    @Nullable
    String value(String command, @Nullable String more, String name) throws IOException {
        begin(command);
        if (more != null) {
            send(more);
        }
        for (int i = 0; i < LINES_BEFORE_VALUE; i++) {
            String text = next();
            if (text.isEmpty()) {
                unsettled = true;
                return null;
            }
            if (text.equals(name)) {
                String value = next();
                unsettled = value.isEmpty();
                return value.isEmpty() ? null : value;
            }
        }
        unsettled = true;
        return null;
    }

    /// A value that is the same, or of the same form, twice in a row.
    ///
    /// @param form whether only the form counts: where digits are
    /// @return null if there is none
    @Nullable
    String steady(String command, @Nullable String more, String name, boolean form) throws IOException {
        String before = null;
        for (int i = 0; i < 4; i++) {
            String now = value(command, more, name);
            if (now != null
                    && before != null
                    && (form ? Answer.form(now).equals(Answer.form(before)) : now.equals(before))) {
                return now;
            }
            if (now == null && before == null && i > 0) {
                return null;
            }
            before = now;
        }
        throw new IOException("the UPS's answers to " + command + " contradict each other");
    }

    /// Lets the device do something.
    void pause(Duration length) {
        line.pause(length);
    }

    /// The next line that is not empty, or an empty text if none comes in time. CR is left out.
    private String next() throws IOException {
        long end = line.nanoTime() + settings.patience().toNanos();
        var text = new StringBuilder();
        while (true) {
            if (used == have) {
                used = 0;
                have = line.read(chunk, Duration.ofNanos(Math.max(0, end - line.nanoTime())));
            }
            if (have == 0) {
                if (text.isEmpty()) {
                    return "";
                }
                throw new IOException("the UPS's answer breaks off");
            }
            char c = (char) (chunk[used++] & 0xff);
            if (c == '\n') {
                if (!text.isEmpty()) {
                    return text.toString();
                }
            } else if (c != '\r') {
                if (text.length() == LONGEST) {
                    throw new IOException("the UPS's line does not end");
                }
                text.append(c);
            }
        }
    }
}
