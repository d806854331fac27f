package org.nutjvm.upssched;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.PlainLog;

/// Runs CMDSCRIPT (clients/upssched.c: exec_cmd), once for each command, in the order they come: the next one starts
/// when the one before has ended. One that takes long holds the others up for {@link #PATIENCE} and no more, where C
/// waits for ever. One thread owns it and calls {@link #work} when {@link #untilNext} has passed or a script has ended.
final class Scripts {
    /// How long a script has to itself.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /// How long a script is worth staying for.
    static final Duration STAY = Duration.ofSeconds(60);

    /// More scripts at a time than this do not run.
    static final int LIMIT = 64;

    private static final File NULL = new File("/dev/null");
    private static final int SIGNALLED = 128;
    private static final int LAST_SIGNAL = 64;

    private record Waiting(String command, Timer.Cause cause) {}

    private record Running(Process process, String text, Duration since) {}

    private final List<String> cmdscript;
    private final Map<String, String> env;
    private final boolean attached;
    private final PlainLog log;
    private final Runnable wake;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final List<Running> running = new ArrayList<>();
    private boolean crowded;

    /// @param cmdscript one word is a line for the shell, to which the command is added; more are a program and its
    ///     arguments, of which the command becomes the last
    /// @param env what scripts inherit, apart from the cause
    /// @param attached whether scripts share this process's standard streams; else they have none
    /// @param wake called by another thread when a script has ended
    Scripts(List<String> cmdscript, Map<String, String> env, boolean attached, PlainLog log, Runnable wake) {
        this.cmdscript = cmdscript;
        this.env = env;
        this.attached = attached;
        this.log = log;
        this.wake = wake;
    }

    /// Runs the script, now or when its turn comes.
    ///
    /// @param cause what it finds in UPSNAME, NOTIFYTYPE and NOTIFYMSG, as far as it is not empty
    void run(String command, Timer.Cause cause, Duration now) {
        waiting.add(new Waiting(command, cause));
        work(now);
    }

    /// Tells of scripts that have ended and starts what waits.
    void work(Duration now) {
        for (int i = running.size() - 1; i >= 0; i--) {
            if (!running.get(i).process.isAlive()) {
                ended(running.remove(i));
            }
        }
        while (!waiting.isEmpty() && mayStart(now)) {
            start(waiting.remove(), now);
        }
    }

    private boolean mayStart(Duration now) {
        boolean full = running.size() >= LIMIT;
        if (full && !crowded) {
            log.error(
                    LIMIT + " commands run already, the next waits until one of them ends: " + running.getFirst().text);
        }
        crowded = full;
        return !full && (running.isEmpty() || PATIENCE.compareTo(age(running.getLast(), now)) <= 0);
    }

    private static Duration age(Running script, Duration now) {
        return now.minus(script.since);
    }

    private void start(Waiting next, Duration now) {
        String text = text(next.command);
        log.debug(4, "exec_cmd: calling: " + text);
        var builder = new ProcessBuilder(words(next.command));
        builder.environment().clear();
        builder.environment().putAll(env);
        put(builder, "UPSNAME", next.cause.ups());
        put(builder, "NOTIFYTYPE", next.cause.type());
        put(builder, "NOTIFYMSG", next.cause.message());
        if (attached) {
            builder.inheritIO();
        } else {
            builder.redirectInput(NULL).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        }
        try {
            Process process = builder.start();
            running.add(new Running(process, text, now));
            var watch = new Thread(() -> watch(process), "script");
            watch.setDaemon(true);
            watch.start();
        } catch (IOException e) {
            log.error("execvp(" + text + ") failed: " + reason(e));
        }
    }

    private void watch(Process process) {
        try {
            process.waitFor();
            wake.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void put(ProcessBuilder builder, String name, String value) {
        if (!value.isEmpty()) {
            builder.environment().put(name, value);
        }
    }

    private List<String> words(String command) {
        if (cmdscript.size() == 1) {
            return List.of("/bin/sh", "-c", text(command));
        }
        var words = new ArrayList<>(cmdscript);
        words.add(command);
        return words;
    }

    /// As the log has it: a shell line as C 2.8.5, words as C has them since.
    private String text(String command) {
        if (cmdscript.size() == 1) {
            return cmdscript.getFirst() + " " + command;
        }
        var text = new StringBuilder();
        for (String word : cmdscript) {
            text.append('\'').append(word).append("' ");
        }
        return text.append('\'').append(command).append('\'').toString();
    }

    private void ended(Running script) {
        int code = script.process.exitValue();
        if (code > SIGNALLED && code <= SIGNALLED + LAST_SIGNAL) {
            log.warning("exec_cmd(" + script.text + ") terminated with signal " + (code - SIGNALLED));
        } else if (code != 0) {
            log.info("exec_cmd(" + script.text + ") returned " + code);
        }
        log.debug(3, "exec_cmd(" + script.text + "): returned " + code);
    }

    /// Java's message is `Cannot run program "x" (in directory "y"): error=2, No such file or directory`, or has
    /// `Exec failed, error: 2 (No such file or directory) ` in it.
    private static String reason(IOException e) {
        String all = Reasons.of(e);
        String message = e.getMessage() == null ? all : e.getMessage();
        int comma = message.lastIndexOf("error=");
        if (comma >= 0 && message.indexOf(", ", comma) > 0) {
            return message.substring(message.indexOf(", ", comma) + 2);
        }
        int open = message.lastIndexOf('(');
        int close = message.lastIndexOf(')');
        return open >= 0 && close > open ? message.substring(open + 1, close) : all;
    }

    /// When something has to be done though no script ends: zero or more; null if there is no such time.
    @Nullable
    Duration untilNext(Duration now) {
        if (running.isEmpty()) {
            return null;
        }
        Duration age = age(running.getLast(), now);
        Duration left = !waiting.isEmpty() && age.compareTo(PATIENCE) < 0 ? PATIENCE.minus(age) : STAY.minus(age);
        return left.isNegative() ? null : left;
    }

    /// Whether there is something worth staying for: a script that waits for its turn or has not run for long.
    boolean busy(Duration now) {
        return !waiting.isEmpty()
                || (!running.isEmpty() && age(running.getLast(), now).compareTo(STAY) < 0);
    }

    /// Says which scripts nobody will hear of again.
    void leave() {
        for (Running script : running) {
            log.warning("exec_cmd(" + script.text + ") still runs, not waiting for it any longer");
        }
    }
}
