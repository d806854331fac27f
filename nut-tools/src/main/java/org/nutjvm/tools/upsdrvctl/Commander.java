package org.nutjvm.tools.upsdrvctl;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.client.DriverQuery;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.tools.drivers.DriversConf;
import org.nutjvm.tools.drivers.ManagedUps;

/// `-c`: tells running drivers something (drivers/upsdrvctl.c: signal_driver_cmd). One call for each UPS, from any
/// thread.
final class Commander {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration PID_ANSWER = Duration.ofSeconds(3);

    private final boolean test;
    private final DriversConf conf;
    private final PidFiles pidFiles;
    private final Map<String, String> env;
    private final Report report;

    Commander(boolean test, DriversConf conf, PidFiles pidFiles, Map<String, String> env, Report report) {
        this.test = test;
        this.conf = conf;
        this.pidFiles = pidFiles;
        this.env = env;
        this.report = report;
    }

    void tell(ManagedUps ups, DriverCommand command) {
        if (command.signal().isEmpty()) {
            bySocket(ups, command);
            return;
        }
        report.log().debug(1, "Signalling UPS [" + ups.name() + "]: " + command.signal());
        Path file = pidFiles.find(ups, report);
        if (file != null) {
            report.log().debug(2, "Sending signal to " + file);
            if (!test) {
                result(file.toString(), PidFile.send(file, command.signal(), List.of(ups.driver()), env));
            }
            return;
        }
        toWhomTheSocketNames(ups, command);
    }

    /// A driver in the foreground has no pid file, but since 2.8.3 it says its number.
    private void toWhomTheSocketNames(ManagedUps ups, DriverCommand command) {
        Path socket = conf.socket(ups);
        try (var query = DriverQuery.connect(socket)) {
            String number = query.pid(PID_ANSWER);
            if (number.isEmpty()) {
                report.error("Signalling UPS [" + ups.name()
                        + "] failed: no PID file, and the driver does not tell its PID");
                return;
            }
            long pid = PidFile.pid(number);
            report.log().debug(2, "Sending signal to PID " + pid);
            if (!test) {
                result("PID " + pid, PidFile.send(pid, command.signal(), List.of(ups.driver()), env));
            }
        } catch (IOException e) {
            report.error(
                    "Signalling UPS [" + ups.name() + "] failed: no PID file, and at " + socket + ": " + Reasons.of(e));
        }
    }

    private void result(String whom, PidFile.Outcome outcome) {
        if (!outcome.sent()) {
            report.error("Signalling " + whom + " failed: " + outcome.code() + ": " + outcome.message());
        }
    }

    private void bySocket(ManagedUps ups, DriverCommand command) {
        report.log().debug(1, "Signalling UPS [" + ups.name() + "]: driver." + command.word());
        if (test) {
            return;
        }
        Path socket = conf.socket(ups);
        try (var query = DriverQuery.connect(socket)) {
            int code = query.instcmd("driver." + command.word(), ANSWER);
            String text = "Request for driver to " + command.word() + " returned code " + code + " (UPS [" + ups.name()
                    + "])";
            if (code == 0) {
                report.log().info(text);
            } else {
                report.error(text);
            }
        } catch (IOException e) {
            report.error("Socket dialog with the other driver instance: " + Reasons.of(e) + " (UPS [" + ups.name()
                    + "], " + socket + ")");
        }
    }
}
