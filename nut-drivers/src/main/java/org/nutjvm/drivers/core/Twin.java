package org.nutjvm.drivers.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.client.DriverQuery;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.log.Priority;
import org.nutjvm.drivers.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Another instance of this driver for the same device, if there is one: told what to do, or to make room
/// (drivers/main.c). It is reached by its socket; one that does not understand, by the signal in its pid file.
final class Twin {
    private static final Logger LOG = LoggerFactory.getLogger(Twin.class);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /// A device may take its time to switch off.
    private static final Duration KILLPOWER_ANSWER = Duration.ofMinutes(5);

    private static final int SOCKET_FAILED = 255;

    private final String progname;
    private final String upsname;
    private final Path socket;
    private final Path pidFile;
    private final Map<String, String> env;
    private final Control control;

    Twin(String progname, String upsname, Path socket, Path pidFile, Map<String, String> env, Control control) {
        this.progname = progname;
        this.upsname = upsname;
        this.socket = socket;
        this.pidFile = pidFile;
        this.env = env;
        this.control = control;
    }

    /// Has a running instance switch the load off (`-k`).
    ///
    /// @return whether it did
    boolean killpower() {
        LOG.info("Checking if an already running driver instance can handle the shutdown command for us");
        if (!Files.exists(socket)) {
            return false;
        }
        try (var query = DriverQuery.connect(socket)) {
            query.set("driver.flag.allow_killpower", "1", ANSWER);
            int code = query.instcmd("driver.killpower", KILLPOWER_ANSWER);
            LOG.info("Request to killpower via running driver instance returned code {}", code);
            return code == 0;
        } catch (IOException e) {
            LOG.debug("Socket dialog with the other driver instance: {}", e.toString());
            return false;
        }
    }

    /// Sends `-c command` and nothing else.
    ///
    /// @param pid where `-P` points, or 0
    /// @return the exit code
    int command(TwinCommand command, long pid) {
        if (pid != 0) {
            return signal(command, pid);
        }
        String cmd = command.instcmd();
        LOG.debug("Signalling UPS [{}]: {}", upsname, cmd);
        try (var query = DriverQuery.connect(socket)) {
            int code = query.instcmd(cmd, ANSWER);
            LOG.info("Request for driver to {} returned code {}", command.word(), code);
            if (code != 1 || command.signal().isEmpty()) {
                return code;
            }
        } catch (IOException e) {
            if (command.signal().isEmpty()) {
                LOG.error("Socket dialog with the other driver instance: {} ({})", e.getMessage(), socket);
                return SOCKET_FAILED;
            }
            LOG.debug("Socket dialog with the other driver instance: {}", e.toString());
        }
        return signal(command, 0);
    }

    private int signal(TwinCommand command, long pid) {
        if (command.signal().isEmpty()) {
            LOG.error("'{}' cannot be sent as a signal, only by socket: leave out -P", command.word());
            return 1;
        }
        var outcome = pid == 0
                ? PidFile.send(pidFile, command.signal(), List.of(progname), env)
                : PidFile.send(pid, command.signal(), List.of(progname), env);
        if (outcome.sent()) {
            LOG.debug("Signaled old daemon OK");
            return 0;
        }
        if (outcome.code() < -1) {
            LOG.warn(
                    "Could not {} PID file '{}' to see if previous driver instance is already running or not!",
                    outcome.code() == -3 ? "find" : "parse",
                    pidFile);
        } else {
            LOG.warn("{}", outcome.message());
        }
        LOG.info(Priority.NOTICE, "Failed to signal the currently running daemon (if any)");
        LOG.info(
                Priority.NOTICE,
                "Try something like 'systemctl {} nut-driver@{}.service'{}",
                command == TwinCommand.RELOAD ? "reload" : "reload-or-restart",
                upsname,
                pid == 0 ? " or add '-P $PID' argument" : "");
        return 1;
    }

    /// Makes room: a running instance is asked to exit by its socket, and, if a pid file is in use, by signals.
    ///
    /// @throws DriverException if this program is itself asked to exit meanwhile
    void replace(boolean pidFileInUse) throws DriverException {
        LOG.debug("Signalling UPS [{}]: driver.exit (quietly, no fuss if no driver is running or responding)", upsname);
        if (Files.exists(socket)) {
            askToExit();
        }
        if (pidFileInUse && Files.exists(pidFile)) {
            terminate();
        }
    }

    private void askToExit() throws DriverException {
        int code = exitCode(ANSWER);
        if (code < 0) {
            return;
        }
        LOG.warn("Duplicate driver instance detected (local Unix socket exists)! "
                + "Asked the other driver nicely to self-terminate!");
        for (int i = 0; i < 10 && code == 0; i++) {
            if (goneWithin(Duration.ofSeconds(5))) {
                return;
            }
            code = exitCode(Duration.ofSeconds(3));
        }
        if (code >= 0) {
            LOG.warn("Duplicate driver instance did not respond to termination requests! "
                    + "Is it stuck or from an older NUT release? "
                    + "Will retry via PID file and signals, if available.");
        }
    }

    /// The outcome's number, or -1 if nobody is there.
    private int exitCode(Duration timeout) {
        try (var query = DriverQuery.connect(socket)) {
            return query.instcmd("driver.exit", timeout);
        } catch (IOException e) {
            LOG.debug("Socket dialog with the other driver instance (may be absent) failed: {}", e.toString());
            return -1;
        }
    }

    private boolean goneWithin(Duration time) throws DriverException {
        return within(time, () -> {
            try {
                DriverQuery.connect(socket).close();
                return false;
            } catch (IOException e) {
                return true;
            }
        });
    }

    private void terminate() throws DriverException {
        for (int i = 0; i < 3 && Files.exists(pidFile); i++) {
            LOG.warn("Duplicate driver instance detected (PID file {} exists)! Terminating other driver!", pidFile);
            var outcome = send("TERM");
            if (!outcome.sent()) {
                LOG.debug("Can't send signal to PID, assume invalid PID file {}: {}", pidFile, outcome.message());
                return;
            }
            if (within(Duration.ofSeconds(5), () -> !send(PidFile.NONE).sent())) {
                return;
            }
        }
        if (!Files.exists(pidFile)) {
            return;
        }
        LOG.warn(
                "Duplicate driver instance is still alive (PID file {} exists) after several termination attempts! "
                        + "Killing other driver!",
                pidFile);
        if (send("KILL").sent()
                && !within(Duration.ofSeconds(5), () -> !send(PidFile.NONE).sent())) {
            LOG.warn("Duplicate driver instance is still alive (could signal the process)");
        }
    }

    private PidFile.Outcome send(String signal) {
        return PidFile.send(pidFile, signal, List.of(progname), env);
    }

    private interface Condition {
        boolean holds();
    }

    private boolean within(Duration time, Condition condition) throws DriverException {
        long deadline = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < deadline) {
            if (control.exit() != 0) {
                throw new DriverException("Got a break signal ourselves during attempt to terminate other driver");
            }
            if (condition.holds()) {
                return true;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DriverException("Interrupted during attempt to terminate other driver");
            }
        }
        return false;
    }
}
