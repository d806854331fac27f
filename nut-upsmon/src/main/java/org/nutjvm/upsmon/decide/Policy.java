package org.nutjvm.upsmon.decide;

import java.time.Duration;
import java.util.Optional;

/// The directives of upsmon.conf that decide (clients/upsmon.c: file-level settings). An empty optional is a negative
/// value there: never.
///
/// @param minsupplies power value below which the machine goes down
/// @param pollfreq time between two readings of a healthy UPS
/// @param pollfreqalert the same while it is not
/// @param deadtime silence after which a UPS last seen on battery counts as empty
/// @param hostsync how long a primary waits for secondaries, and a secondary for the primary's FSD
/// @param finaldelay between the SHUTDOWN notice and SHUTDOWNCMD
/// @param offduration how long OFF must last to be a loss of feed
/// @param overduration how long an overloaded UPS must have been so when it falls silent to count as lost
/// @param oblbduration how long OB and LB must last together; zero acts at once
/// @param alarmcritical whether a UPS that falls silent in alarm is lost
/// @param rbwarntime between two REPLBATT notices
/// @param nocommwarntime between two NOCOMM notices
/// @param pollfailLogThrottleMax repeat the log of a failing poll every so many polls: 0 only once, negative each time
/// @param shutdownexit how long upsmon stays after SHUTDOWNCMD; empty means for ever
public record Policy(
        int minsupplies,
        Duration pollfreq,
        Duration pollfreqalert,
        Duration deadtime,
        Duration hostsync,
        Duration finaldelay,
        Optional<Duration> offduration,
        Optional<Duration> overduration,
        Duration oblbduration,
        boolean alarmcritical,
        Duration rbwarntime,
        Duration nocommwarntime,
        int pollfailLogThrottleMax,
        Optional<Duration> shutdownexit) {

    /// What holds where upsmon.conf says nothing.
    public static final Policy DEFAULT = new Policy(
            1,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Optional.of(Duration.ofSeconds(30)),
            Optional.empty(),
            Duration.ZERO,
            true,
            Duration.ofSeconds(43200),
            Duration.ofSeconds(300),
            -1,
            Optional.of(Duration.ZERO));
}
