package org.nutjvm.upsmon.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The half of upsmon that keeps root (clients/upsmon.c: start_pipe, runparent, set_pdflag): a shell, started
/// while this process is root, which knows SHUTDOWNCMD and POWERDOWNFLAG and waits for one byte. A JVM cannot
/// fork; and so little is left with root that it can be read whole, below.
///
/// Nothing that came over the network ever goes to it. It ends without a word when this process ends, however that
/// comes.
public final class Helper {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    /// What it says last before the command: from then on nothing may order it again.
    static final String CALLING = "upsmon parent: Calling shutdown command";

    private static final String COMMAND = "NUT_UPSMON_SHUTDOWNCMD";
    private static final String FLAG = "NUT_UPSMON_POWERDOWNFLAG";

    /// The byte is a line feed. What it says goes to standard output, one line each, for this process to log, or to the
    /// system's log when nobody reads it any more.
    static final String SCRIPT = """
            trap '' HUP INT TERM USR1 USR2 PIPE
            command=$%1$s
            flag=$%2$s
            unset %1$s %2$s
            say() {
                printf '%%s\\n' "$1" 2>/dev/null || logger -t upsmon -p daemon.err -- "$1" 2>/dev/null
            }
            IFS= read -r order || exit 0
            if [ -n "$order" ]; then
                say "upsmon parent: got bogus pipe command"
                exit 1
            fi
            if [ -n "$flag" ] && ! { printf '%%s' '%3$s' > "$flag"; } 2>/dev/null; then
                say "Failed to create power down flag! ($flag: see whether its disk is full; shutting down all the same)"
            fi
            if [ -z "$command" ]; then
                say "upsmon parent: Unable to call shutdown command: none is configured"
                exit 1
            fi
            say '%4$s'
            (trap - HUP INT TERM USR1 USR2 PIPE; exec /bin/sh -c "$command" </dev/null >&2)
            code=$?
            if [ $code -ne 0 ]; then
                say "upsmon parent: Unable to call shutdown command: $command (exit code $code)"
            fi
            exit $code
            """.formatted(COMMAND, FLAG, PowerdownFlag.MAGIC, Helper.CALLING);

    private final String command;
    private final String flag;
    private final Map<String, String> env;
    private final boolean foreground;
    private final Consumer<Event> events;
    private @Nullable Process process;

    /// @param shutdowncmd as in upsmon.conf, may be empty
    /// @param flag POWERDOWNFLAG, or empty for none
    /// @param env what the command sees
    /// @param foreground whether what the command prints goes to this process's standard error, else nowhere
    Helper(List<String> shutdowncmd, String flag, Map<String, String> env, boolean foreground, Consumer<Event> events) {
        this.command = line(shutdowncmd);
        this.flag = flag;
        this.env = env;
        this.foreground = foreground;
        this.events = events;
    }

    /// The command as a line for the shell: the first word as it is, so that it may be a whole line, the others as one
    /// argument each.
    static String line(List<String> words) {
        var line = new StringBuilder();
        for (String word : words) {
            if (line.isEmpty()) {
                line.append(word);
            } else {
                line.append(" '").append(word.replace("'", "'\\''")).append('\'');
            }
        }
        return line.toString();
    }

    /// Starts it; it waits.
    void start() throws IOException {
        var builder = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "upsmon-parent")
                .redirectError(foreground ? Redirect.INHERIT : Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(env);
        builder.environment().remove("NUT_BACKGROUND_CHILD");
        builder.environment().remove("NOTIFY_SOCKET");
        builder.environment().put(COMMAND, command);
        builder.environment().put(FLAG, flag);
        var started = builder.start();
        process = started;
        Thread.ofPlatform().daemon().name("parent").start(() -> listen(started));
        LOG.debug("start_pipe: the privileged parent is process {}", started.pid());
    }

    private void listen(Process started) {
        try (var said = new BufferedReader(new InputStreamReader(started.getInputStream(), Charset.defaultCharset()))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                events.accept(new Event.HelperSaid(line));
            }
        } catch (IOException e) {
            LOG.debug("upsmon parent: {}", e.getMessage());
        }
        try {
            LOG.debug("upsmon parent: ended with exit code {}", started.waitFor());
            events.accept(new Event.HelperGone(started.pid()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            events.accept(new Event.Broken(e));
        }
    }

    /// Whether it was started and waits still.
    boolean waits() {
        var started = process;
        return started != null && started.isAlive();
    }

    /// Its process, or 0.
    long pid() {
        var started = process;
        return started == null ? 0 : started.pid();
    }

    /// Orders the shutdown: flag and command. Without one that waits, because of `-p` or because it was killed, one is
    /// started for it, with the rights this process has.
    void order() {
        try {
            if (!waits()) {
                start();
            }
            send();
        } catch (IOException e) {
            LOG.error("Unable to call parent pipe for shutdown: {}", Reasons.of(e));
            again();
        }
    }

    /// It was killed just now.
    private void again() {
        try {
            start();
            send();
        } catch (IOException e) {
            LOG.error("Unable to call shutdown command: {}: {}", command, Reasons.of(e));
        }
    }

    private void send() throws IOException {
        var started = process;
        if (started == null) {
            throw new IOException("not started");
        }
        try (var pipe = started.getOutputStream()) {
            pipe.write('\n');
            pipe.flush();
        }
    }

    /// Lets it go.
    void release() {
        var started = process;
        if (started != null) {
            try {
                started.getOutputStream().close();
            } catch (IOException e) {
                LOG.debug("upsmon parent: {}", e.getMessage());
            }
        }
    }
}
