package org.nutjvm.upsd;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.Twin;
import org.nutjvm.common.log.Priority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A upsd that runs already: telling it something, and not starting beside it (server/upsd.c: main).
final class Control {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");

    private final Twin twin;
    private final PrintStream out;

    Control(Map<String, String> env, Path pidFile, PrintStream out) {
        this.twin = new Twin("upsd", pidFile, env, LOG);
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
        if (twin.tell(signal(line.last('c', "")), line.last('P', ""))) {
            return 0;
        }
        if (!line.has('P')) {
            LOG.info(Priority.NOTICE, "Try 'systemctl <command> nut-server.service' or add '-P $PID' argument");
        }
        return 1;
    }

    /// Whether another one runs, which then is said.
    boolean alreadyRunning() {
        boolean runs = twin.runs();
        if (runs) {
            out.println("Fatal error: A previous upsd instance is already running!");
            out.println("Either stop the previous instance first, or use the 'reload' command.");
        }
        return runs;
    }
}
