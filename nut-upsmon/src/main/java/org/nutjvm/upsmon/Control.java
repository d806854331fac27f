package org.nutjvm.upsmon;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.Twin;
import org.nutjvm.common.log.Priority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A upsmon that runs already: telling it something, and not starting beside it (clients/upsmon.c: main).
final class Control {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    private final Twin twin;
    private final PrintStream out;

    Control(Map<String, String> env, Path pidFile, PrintStream out) {
        this.twin = new Twin("upsmon", pidFile, env, LOG);
        this.out = out;
    }

    /// The signal for a command, of which the beginning is enough; empty when there is no such command. Nothing is the
    /// beginning of nothing: `-c "$WHAT"` in a script that lost its variable must not be an FSD.
    static String signal(String command) {
        if (command.isEmpty()) {
            return "";
        }
        if ("fsd".startsWith(command)) {
            return "USR1";
        }
        if ("stop".startsWith(command)) {
            return "TERM";
        }
        return "reload".startsWith(command) ? "HUP" : "";
    }

    /// `-c`: sends the signal.
    ///
    /// @return the exit code
    int command(CommandLine line) {
        String signal = signal(line.last('c', ""));
        boolean sent = twin.tell(signal, line.last('P', ""));
        if (!sent) {
            String pid = line.has('P') ? "" : " or add '-P $PID' argument";
            switch (signal) {
                case "HUP" -> LOG.info(Priority.NOTICE, "Try 'systemctl reload nut-monitor.service'{}", pid);
                case "TERM" -> LOG.info(Priority.NOTICE, "Try 'systemctl stop nut-monitor.service'{}", pid);
                default -> {
                    if (!pid.isEmpty()) {
                        LOG.info(Priority.NOTICE, "Try to add '-P $PID' argument");
                    }
                }
            }
        }
        LOG.warn(
                "Exiting upsmon instance after sending a signal to the running daemon {}successfully",
                sent ? "" : "un");
        return sent ? 0 : 1;
    }

    /// Whether another one runs and hinders this one, which then is said.
    ///
    /// @param checkingFlag `-K`, which another one does not hinder
    boolean alreadyRunning(boolean checkingFlag) {
        if (!twin.runs()) {
            return false;
        }
        if (checkingFlag) {
            out.println("Note: A previous upsmon instance is already running!");
            out.println("Usually it should not be running during OS shutdown,");
            out.println("which is when checking POWERDOWNFLAG makes most sense.");
            return false;
        }
        out.println("Fatal error: A previous upsmon instance is already running!");
        out.println("Either stop the previous instance first, or use the 'reload' command.");
        return true;
    }
}
