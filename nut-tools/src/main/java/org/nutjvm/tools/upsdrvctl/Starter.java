package org.nutjvm.tools.upsdrvctl;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.tools.drivers.DriversConf;
import org.nutjvm.tools.drivers.ManagedUps;
import org.nutjvm.tools.shared.Failure;

/// Runs drivers: to serve, or to switch their UPS off (drivers/upsdrvctl.c: start_driver, shutdown_driver, forkexec).
/// One call for each UPS, from any thread.
final class Starter {
    /// How long an attempt that is given up may take to end when told to.
    private static final int GRACE_SECONDS = 5;

    private final Options options;
    private final DriversConf conf;
    private final Report report;
    private final Children children;
    private final Duration second;
    private final boolean waits;

    /// Attempts that took too long and were left alone.
    private final Map<ManagedUps, Process> late = new ConcurrentHashMap<>();

    /// Drivers that run in the foreground, as children of this process.
    private final Map<ManagedUps, Process> running = new ConcurrentHashMap<>();

    /// @param second how long a second of ups.conf lasts
    Starter(Options options, DriversConf conf, Report report, Children children, Duration second) {
        this.options = options;
        this.conf = conf;
        this.report = report;
        this.children = children;
        this.second = second;
        this.waits = !conf.nowait() && options.detaches(report.log().debugLevel());
    }

    /// Drivers this process has started and not waited for.
    Map<ManagedUps, Process> running() {
        return running;
    }

    /// Starts the driver and waits until it serves, as often as ups.conf allows.
    void start(ManagedUps ups) {
        report.log().debug(1, "Starting UPS: " + ups.name());
        List<String> words =
                words(ups, options.startWords(ups.name(), report.log().debugLevel()));
        if (words == null) {
            return;
        }
        for (int left = ups.attempts(); left > 0; ) {
            report.log().debug(2, left + " remaining attempts");
            report.log().debug(2, "exec:  " + String.join(" ", words));
            if (options.test()) {
                return;
            }
            left--;
            Process driver = run(words, ups);
            if (driver == null) {
                report.error("Gave up on UPS [" + ups.name() + "]");
                return;
            }
            if (!waits) {
                running.put(ups, driver);
                return;
            }
            if (finished(driver, ups.maxstartdelaySeconds())) {
                if (driver.exitValue() == 0) {
                    return;
                }
                sayFailed(ups, driver.exitValue(), left == 0);
            } else {
                sayLate(ups);
                if (left == 0) {
                    late.put(ups, driver);
                }
            }
            if (left > 0 && startedAfterAll(ups, driver)) {
                return;
            }
        }
    }

    /// Has the driver switch its UPS off, and waits for it whatever ups.conf says: what comes next may be the end of
    /// this machine.
    void shutdown(ManagedUps ups) {
        report.log().debug(1, "Shutdown UPS: " + ups.name());
        List<String> words = words(ups, options.shutdownWords(ups.name()));
        if (words == null) {
            return;
        }
        report.log().debug(2, "exec:  " + String.join(" ", words));
        if (options.test()) {
            return;
        }
        Process driver = run(words, ups);
        if (driver == null) {
            report.error("UPS [" + ups.name() + "] was not told to switch off");
        } else if (!finished(driver, ups.maxstartdelaySeconds())) {
            sayLate(ups);
            late.put(ups, driver);
        } else if (driver.exitValue() != 0) {
            sayFailed(ups, driver.exitValue(), true);
        }
    }

    /// Looks once more at those that took too long, when all else is done.
    void revise() {
        late.forEach((ups, driver) -> {
            String text = "Driver [" + ups.name() + "] PID " + driver.pid() + " initially exceeded maxstartdelay "
                    + ups.maxstartdelaySeconds() + " sec and ";
            if (driver.isAlive()) {
                report.error(text + "is still starting");
            } else if (driver.exitValue() != 0) {
                report.error(text + "has failed to start by now (exit status=" + driver.exitValue() + ")");
            } else {
                report.log().debug(1, text + "has finished starting by now");
            }
        });
    }

    private @Nullable List<String> words(ManagedUps ups, List<String> arguments) {
        if (ups.driver().isEmpty()) {
            report.error("UPS [" + ups.name() + "] has no driver: add a line 'driver = ...' to its section (ups.conf:"
                    + ups.line() + ")");
            return null;
        }
        try {
            Path program = new DriverPath(conf.driverpath()).find(ups.driver());
            var words = new ArrayList<String>();
            words.add(program.toString());
            words.addAll(arguments);
            return words;
        } catch (Failure e) {
            report.error(new Failure(e.getMessage() + " (for UPS [" + ups.name() + "])", e.hint()));
            return null;
        }
    }

    private @Nullable Process run(List<String> words, ManagedUps ups) {
        try {
            return children.start(words);
        } catch (IOException e) {
            report.log()
                    .error("Can't start " + words.getFirst() + ": " + reason(e) + " (for UPS [" + ups.name() + "])");
            return null;
        }
    }

    /// Java says `Cannot run program "...": Exec failed, error: 8 (Exec format error) `.
    private static String reason(IOException e) {
        String text = Reasons.of(e).strip();
        int open = text.lastIndexOf('(');
        return open >= 0 && text.endsWith(")") ? text.substring(open + 1, text.length() - 1) : text;
    }

    private boolean finished(Process driver, int seconds) {
        try {
            if (seconds <= 0) {
                driver.waitFor();
                return true;
            }
            return driver.waitFor(second.multipliedBy(seconds).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Waits before the next attempt. The last one, if it still hangs, is ended first: two would quarrel over the
    /// device.
    private boolean startedAfterAll(ManagedUps ups, Process driver) {
        report.log().debug(3, "something failed, retrying after " + ups.retrydelaySeconds() + " seconds");
        boolean hung = driver.isAlive();
        try {
            Thread.sleep(second.multipliedBy(ups.retrydelaySeconds()));
            if (hung && !driver.isAlive() && driver.exitValue() == 0) {
                report.log()
                        .info("driver " + ups.driver() + " [" + ups.name()
                                + "] completed startup while we were sleeping to retry");
                return true;
            }
            driver.destroy();
            if (!driver.waitFor(second.multipliedBy(GRACE_SECONDS).toNanos(), TimeUnit.NANOSECONDS)) {
                driver.destroyForcibly().waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void sayLate(ManagedUps ups) {
        report.log()
                .warning("Startup timer elapsed and the child process did not change state, continuing..."
                        + " (UPS [" + ups.name() + "], driver " + ups.driver() + ", maxstartdelay "
                        + ups.maxstartdelaySeconds() + ")");
    }

    private void sayFailed(ManagedUps ups, int status, boolean last) {
        String text = (status > 128 && status < 160
                        ? "Driver exited abnormally (signal " + (status - 128) + ")"
                        : "Driver failed to start (exit status=" + status + ")")
                + ": UPS [" + ups.name() + "], driver " + ups.driver();
        if (last) {
            report.error(text);
        } else {
            report.log().warning(text);
        }
    }
}
