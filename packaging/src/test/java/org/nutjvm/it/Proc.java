package org.nutjvm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;

/// A program that runs beside the test; its output goes to files, so it never waits for a reader.
final class Proc {
    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;
    private boolean stopped;

    Proc(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    int exit() {
        return process.exitValue();
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    String log() {
        return out() + err();
    }

    void awaitLog(String text) {
        Await.until(name + " says \"" + text + "\"", () -> {
            if (!alive() && !log().contains(text)) {
                throw new AssertionFailedError(name + " ended with " + exit() + " before it said: " + text);
            }
            return log().contains(text);
        });
    }

    /// How often the log contains the text.
    int count(String text) {
        int n = 0;
        var all = log();
        for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
            n++;
        }
        return n;
    }

    int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionFailedError(name + " still runs after " + limit.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
        return process.exitValue();
    }

    /// SIGTERM, and the exit code that follows.
    int end() {
        signal("TERM");
        return awaitExit(Duration.ofSeconds(10));
    }

    /// SIGKILL; returns when the process is gone.
    void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /// Freezes the process (SIGSTOP): it neither reads nor answers nor closes, as an unplugged peer.
    void freeze() {
        signal("STOP");
        stopped = true;
    }

    void thaw() {
        signal("CONT");
        stopped = false;
    }

    void signal(String signal) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .inheritIO()
                    .start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionFailedError("could not send " + signal + " to " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signalling " + name, e);
        }
    }

    /// Asks the process to end; [#reap] makes sure of it.
    void dismiss() {
        if (stopped) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    void reap() throws InterruptedException {
        if (!process.waitFor(3, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    void destroyNow() {
        process.destroyForcibly();
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
