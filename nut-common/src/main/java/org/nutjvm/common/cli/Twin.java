package org.nutjvm.common.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.log.Priority;
import org.slf4j.Logger;

/// The daemon of the same name that runs already, if one does: known by its pid file, told something by a signal
/// (common/common.c: sendsignalpid; the `main` of server/upsd.c and clients/upsmon.c).
public final class Twin {
    private final String program;
    private final Path pidFile;
    private final Map<String, String> env;
    private final Logger log;

    /// @param program the name its process has
    public Twin(String program, Path pidFile, Map<String, String> env, Logger log) {
        this.program = program;
        this.pidFile = pidFile;
        this.env = env;
        this.log = log;
    }

    /// Sends it a signal, and says so in the log.
    ///
    /// @param pid the process given in place of the pid file's, or empty
    /// @return whether it was sent
    public boolean tell(String signal, String pid) {
        var sent = pid.isEmpty()
                ? PidFile.send(pidFile, signal, List.of(program), env)
                : PidFile.send(PidFile.pid(pid), signal, List.of(program), env);
        if (sent.sent()) {
            log.debug("Signaled old daemon OK");
        } else {
            log.info(Priority.NOTICE, "{}", sent.message());
            log.info(Priority.NOTICE, "Failed to signal the currently running daemon (if any)");
        }
        return sent.sent();
    }

    /// Whether it runs. What keeps this from being known is said in the log.
    public boolean runs() {
        var asked = PidFile.send(pidFile, PidFile.NONE, List.of(program), env);
        if (!asked.sent() && !asked.everyday()) {
            log.warn(
                    "Could not {} PID file '{}' to see if previous {} instance is already running or not! ({})",
                    asked.code() == -3 ? "find" : "parse",
                    pidFile,
                    program,
                    asked.message());
        }
        return asked.sent();
    }
}
