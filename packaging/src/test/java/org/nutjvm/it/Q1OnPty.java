package org.nutjvm.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A device that answers short questions with lines, at the far end of a pair of pseudo terminals. It keeps what it
/// heard, and can be made to answer badly.
final class Q1OnPty implements AutoCloseable {
    /// How the next answers come.
    enum Mood {
        GOOD,
        /// Not at all.
        SILENT,
        /// Without their second half and their end.
        HALF,
        /// With a byte that noise made.
        NOISY,
        /// As they were asked.
        ECHO,
        /// With a character less.
        SHORT
    }

    private final @Nullable String otherwise;
    private final Map<String, String> says;
    private final List<String> heard = new ArrayList<>();
    private final RandomAccessFile tty;
    private Mood mood = Mood.GOOD;
    private boolean closed;
    private volatile boolean gone;

    /// @param says what it says to what, both without their ends
    /// @param otherwise what it says to anything else, or null
    Q1OnPty(Path end, Map<String, String> says, @Nullable String otherwise) {
        this.otherwise = otherwise;
        this.says = new HashMap<>(says);
        try {
            tty = new RandomAccessFile(end.toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("q1-ups").start(this::live);
    }

    /// All it was asked and told so far, without what it has answers of a line for.
    synchronized List<String> heard() {
        return heard.stream()
                .filter(one -> says.containsKey(one)
                        ? says.getOrDefault(one, "").length() < 5 && !one.equals("QMOD") && !one.equals("RE0")
                        : otherwise == null)
                .toList();
    }

    /// How often it was asked this.
    synchronized long count(String question) {
        return heard.stream().filter(question::equals).count();
    }

    synchronized void mood(Mood next) {
        mood = next;
    }

    synchronized void says(String question, String answer) {
        says.put(question, answer);
    }

    private void live() {
        var text = new StringBuilder();
        try {
            for (int c = tty.read(); c >= 0; c = tty.read()) {
                if (c == '\r') {
                    hear(text.toString());
                    text.setLength(0);
                } else {
                    text.append((char) c);
                }
            }
        } catch (IOException e) {
            // The line is gone: so is the device. The test sees what the driver makes of it.
            gone = true;
        }
    }

    private synchronized void hear(String asked) {
        heard.add(asked);
        String answer = says.getOrDefault(asked, otherwise);
        if (answer == null) {
            return;
        }
        int half = answer.length() / 2;
        switch (mood) {
            case GOOD -> send(answer + "\r");
            case SILENT -> {}
            case HALF -> send(answer.substring(0, half));
            case NOISY -> send(answer.substring(0, half) + "\u00f3" + answer.substring(half) + "\r");
            case ECHO -> send(asked + "\r");
            case SHORT -> send(answer.substring(0, half) + answer.substring(half + 1) + "\r");
        }
    }

    private void send(String bytes) {
        try {
            if (!closed && !gone) {
                tty.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
