package org.nutjvm.upsmon.run;

import java.time.Duration;
import java.util.Optional;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.log.Priority;
import org.nutjvm.upsmon.decide.Policy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What upsmon.conf says, as the rules take it.
public final class Settings {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    /// POLLFREQ 0 makes C poll without a pause.
    private static final Duration LEAST_PAUSE = Duration.ofMillis(200);

    private Settings() {}

    public static Policy policy(UpsmonConf conf) {
        return new Policy(
                conf.minsupplies(),
                pause(conf.pollfreq()),
                pause(conf.pollfreqalert()),
                Duration.ofSeconds(conf.deadtime()),
                Duration.ofSeconds(conf.hostsync()),
                Duration.ofSeconds(conf.finaldelay()),
                notNegative(conf.offduration()),
                notNegative(conf.overduration()),
                Duration.ofSeconds(conf.oblbduration()),
                conf.alarmcritical(),
                Duration.ofSeconds(conf.rbwarntime()),
                Duration.ofSeconds(conf.nocommwarntime()),
                conf.pollfailLogThrottleMax(),
                notNegative(conf.shutdownexit()));
    }

    private static Duration pause(int seconds) {
        return seconds > 0 ? Duration.ofSeconds(seconds) : LEAST_PAUSE;
    }

    private static Optional<Duration> notNegative(int seconds) {
        return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    /// Logs what an administrator should look at.
    public static void complain(UpsmonConf conf) {
        int errors = 0;
        for (var complaint : conf.complaints()) {
            switch (complaint.level()) {
                case ERROR -> LOG.error("{}", complaint.text());
                case WARNING -> LOG.warn("{}", complaint.text());
                case NOTICE -> LOG.info(Priority.NOTICE, "{}", complaint.text());
            }
            if (complaint.text().contains(": invalid directive ") || isParseError(complaint)) {
                errors++;
            }
        }
        if (errors > 0) {
            LOG.error("Encountered {} config errors, those entries were ignored", errors);
        }
        if (conf.powerdownflag().isEmpty()) {
            missingFlag(conf);
        }
    }

    private static boolean isParseError(Complaint complaint) {
        return complaint.level() == Complaint.Level.ERROR && complaint.text().startsWith("Parse error");
    }

    /// Whether the file was caught in the middle of being written, or is damaged.
    public static boolean broken(UpsmonConf conf) {
        for (var complaint : conf.complaints()) {
            if (isParseError(complaint)) {
                return true;
            }
        }
        return false;
    }

    private static void missingFlag(UpsmonConf conf) {
        LOG.warn("No POWERDOWNFLAG value was configured in {}!", UpsmonConf.FILE);
        boolean primary = false;
        boolean feeds = false;
        for (var monitor : conf.monitors()) {
            primary |= monitor.primary();
            feeds |= monitor.primary() && monitor.powervalue() > 0;
        }
        if (primary) {
            LOG.warn(
                    "This upsmon instance is PRIMARY for at least one device{}, but would not be able to have it cut the"
                            + " power at the end of a shutdown: when mains return in between, the machines may stay off",
                    feeds ? " that feeds it" : "");
        }
    }
}
