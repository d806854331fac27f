package org.nutjvm.upsd;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.log.Priority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A upsd that runs already: telling it something, and not starting beside it (server/upsd.c: main).
final class Control {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");
    private static final List<String> PROGRAMS = List.of("upsd");

    private final Map<String, String> env;
    private final Path pidFile;
    private final PrintStream out;

    Control(Map<String, String> env, Path pidFile, PrintStream out) {
        this.env = env;
        this.pidFile = pidFile;
        this.out = out;
    }

    /// The signal for a command, of which the beginning is enough; empty when there is no such command.
    static String signal(String command) {
        if (command.isEmpty()) {
            return "";
        }
        if ("reload".startsWith(command)) {
            return "HUP";
        }
        return "stop".startsWith(command) ? "TERM" : "";
    }

    /// `-c`: sends the signal.
    ///
    /// @return the exit code
    int command(CommandLine line) {
        String signal = signal(line.last('c', ""));
        var sent = line.has('P')
                ? PidFile.send(PidFile.pid(line.last('P', "")), signal, PROGRAMS, env)
                : PidFile.send(pidFile, signal, PROGRAMS, env);
        if (sent.sent()) {
            LOG.debug("Signaled old daemon OK");
            return 0;
        }
        LOG.info(Priority.NOTICE, sent.message());
        LOG.info(Priority.NOTICE, "Failed to signal the currently running daemon (if any)");
        if (!line.has('P')) {
            LOG.info(Priority.NOTICE, "Try 'systemctl <command> nut-server.service' or add '-P $PID' argument");
        }
        return 1;
    }

    /// Whether another one runs, which then is said.
    boolean alreadyRunning() {
        var asked = PidFile.send(pidFile, PidFile.NONE, PROGRAMS, env);
        if (asked.sent()) {
            out.println("Fatal error: A previous upsd instance is already running!");
            out.println("Either stop the previous instance first, or use the 'reload' command.");
            return true;
        }
        if (!asked.everyday()) {
            LOG.warn(
                    "Could not {} PID file '{}' to see if previous upsd instance is already running or not! ({})",
                    asked.code() == -3 ? "find" : "parse",
                    pidFile,
                    asked.message());
        }
        return false;
    }
}
