package org.nutjvm.tools.upsdrvctl;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.DriverQuery;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.tools.drivers.DriversConf;
import org.nutjvm.tools.drivers.ManagedUps;

/// Ends drivers: by the signal their pid files allow, else by their sockets (drivers/upsdrvctl.c: stop_driver). One
/// call
/// for each UPS, from any thread.
final class Stopper {
    private static final int SIGNAL_SECONDS = 5;
    private static final int ANSWER_SECONDS = 15;
    private static final long LOOK_MILLIS = 20;
    private static final Duration PID_ANSWER = Duration.ofSeconds(1);

    private final boolean test;
    private final DriversConf conf;
    private final PidFiles pidFiles;
    private final Map<String, String> env;
    private final Report report;
    private final Duration second;

    Stopper(
            boolean test,
            DriversConf conf,
            PidFiles pidFiles,
            Map<String, String> env,
            Report report,
            Duration second) {
        this.test = test;
        this.conf = conf;
        this.pidFiles = pidFiles;
        this.env = env;
        this.report = report;
        this.second = second;
    }

    void stop(ManagedUps ups) {
        report.log().debug(1, "Stopping UPS: " + ups.name());
        Path file = pidFiles.find(ups, report);
        if (file == null) {
            bySocket(ups);
            return;
        }
        report.log().debug(2, "Sending signal to " + file);
        if (test) {
            return;
        }
        long pid = PidFile.read(file);
        var sent = PidFile.send(pid, "TERM", List.of(ups.driver()), env);
        if (sent.sent()) {
            await(ups, file, pid);
        } else if (Files.exists(conf.socket(ups)) && listens(ups)) {
            report.log().warning(file + " is out of date, but the driver answers at its socket");
            bySocket(ups);
        } else {
            report.error("Stopping " + file + " failed: " + sent.message());
        }
    }

    private void await(ManagedUps ups, Path file, long pid) {
        if (gone(ups, pid)) {
            return;
        }
        report.log().error("Stopping " + file + " failed, retrying harder");
        var killed = PidFile.send(pid, "KILL", List.of(ups.driver()), env);
        if (gone(ups, pid)) {
            remove(file);
        } else {
            report.error("Stopping " + file + " failed" + (killed.sent() ? "" : ": " + killed.message()));
        }
    }

    /// What was killed does not clean up.
    private void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            report.log().warning("Can't remove " + file + ": " + Reasons.of(e));
        }
    }

    private boolean gone(ManagedUps ups, long pid) {
        return within(SIGNAL_SECONDS, () -> !alive(ups, pid));
    }

    private boolean alive(ManagedUps ups, long pid) {
        return PidFile.send(pid, PidFile.NONE, List.of(ups.driver()), env).sent();
    }

    private boolean within(int seconds, BooleanSupplier done) {
        long end = System.nanoTime() + second.multipliedBy(seconds).toNanos();
        try {
            while (!done.getAsBoolean()) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// A driver without a pid file: it runs in the foreground, or is only just starting.
    private void bySocket(ManagedUps ups) {
        DriverQuery query = patientlyConnected(ups);
        if (query == null) {
            sayResult(false);
            report.error("Failed to stop the driver " + ups.driver() + " for " + ups.name()
                    + ", it may be not running or not fully started yet");
            return;
        }
        report.log().notice("At least could open the driver socket");
        try (query) {
            if (test) {
                sayResult(true);
                return;
            }
            long pid = pid(query);
            boolean exits = exits(query);
            sayResult(exits);
            if (!exits || !within(ANSWER_SECONDS, () -> pid > 0 ? !alive(ups, pid) : !listens(ups))) {
                report.error("Failed to stop the driver " + ups.driver() + " for " + ups.name() + ": it answers at "
                        + conf.socket(ups) + " and does not exit");
            }
        }
    }

    private @Nullable DriverQuery patientlyConnected(ManagedUps ups) {
        DriverQuery query = connect(ups);
        if (query == null && RunningDrivers.any(ups)) {
            within(SIGNAL_SECONDS, () -> listens(ups) || !RunningDrivers.any(ups));
            query = connect(ups);
        }
        return query;
    }

    private void sayResult(boolean succeeded) {
        String text = (succeeded ? "Succeeded" : "Failed") + " to " + (test ? "emulate" : "send")
                + " the 'exit' command to the driver socket";
        if (succeeded) {
            report.log().notice(text);
        } else {
            report.log().error(text);
        }
    }

    private static long pid(DriverQuery query) {
        try {
            String pid = query.pid(PID_ANSWER);
            return pid.isEmpty() ? -1 : PidFile.pid(pid);
        } catch (IOException e) {
            return -1; // then its socket will have to tell whether it is gone
        }
    }

    private boolean exits(DriverQuery query) {
        try {
            return query.instcmd("driver.exit", second.multipliedBy(ANSWER_SECONDS)) == 0;
        } catch (EOFException e) {
            return true; // it was faster than its answer
        } catch (IOException e) {
            report.log().debug(1, "Socket dialog with the driver: " + Reasons.of(e));
            return false;
        }
    }

    private boolean listens(ManagedUps ups) {
        try (var query = connect(ups)) {
            return query != null;
        }
    }

    private @Nullable DriverQuery connect(ManagedUps ups) {
        try {
            return DriverQuery.connect(conf.socket(ups));
        } catch (IOException e) {
            report.log().debug(3, conf.socket(ups) + ": " + Reasons.of(e));
            return null;
        }
    }
}
