package org.nutjvm.common.conf;

import java.util.Locale;
import java.util.Optional;

/// The events upsmon tells about, with NUT's stock messages (clients/upsmon.h: notifylist). The constant is the word in
/// NOTIFYMSG, NOTIFYFLAG and the environment variable NOTIFYTYPE. The first `%s` is the UPS, the second what there is
/// to say beside it.
public enum NotifyType {
    ONLINE("UPS %s on line power"),
    ONBATT("UPS %s on battery"),
    LOWBATT("UPS %s battery is low"),
    FSD("UPS %s: forced shutdown in progress"),
    COMMOK("Communications with UPS %s established"),
    COMMBAD("Communications with UPS %s lost"),
    SHUTDOWN("Auto logout and shutdown proceeding"),
    SHUTDOWN_HOSTSYNC("Shutdown initiated; primary system is waiting for secondaries to log out or time out"),
    REPLBATT("UPS %s battery needs to be replaced"),
    NOCOMM("UPS %s is unavailable"),
    NOPARENT("upsmon parent process died - shutdown impossible"),
    CAL("UPS %s: calibration in progress"),
    NOTCAL("UPS %s: calibration finished"),
    OFF("UPS %s: administratively OFF or asleep"),
    NOTOFF("UPS %s: no longer administratively OFF or asleep"),
    BYPASS("UPS %s: on bypass (powered, not protecting)"),
    NOTBYPASS("UPS %s: no longer on bypass"),
    ECO("UPS %s: in ECO mode (as defined by vendor)"),
    NOTECO("UPS %s: no longer in ECO mode"),
    ALARM("UPS %s: one or more active alarms: [%s]"),
    NOTALARM("UPS %s is no longer in an alarm state (no active alarms)"),
    OVER("UPS %s: overloaded"),
    NOTOVER("UPS %s: no longer overloaded"),
    TRIM("UPS %s: trimming incoming voltage"),
    NOTTRIM("UPS %s: no longer trimming incoming voltage"),
    BOOST("UPS %s: boosting incoming voltage"),
    NOTBOOST("UPS %s: no longer boosting incoming voltage"),
    OTHER("UPS %s: has at least one unclassified status token: [%s]"),
    NOTOTHER("UPS %s has no unclassified status tokens anymore"),
    /// Ours: the server refuses the login of this upsmon, so it is not counted as drawing power.
    NOLOGIN("UPS %s: login refused: %s"),
    SUSPEND_TIMEJUMP_UNEXPECTED("Unexpected clock change by %s, treating as wake up from sleep"),
    SUSPEND_STARTING("OS is entering sleep/suspend/hibernate mode"),
    SUSPEND_FINISHED("OS just finished sleep/suspend/hibernate mode, de-activating obsolete UPS readings to avoid an"
            + " unfortunate shutdown");

    private final String stockMessage;

    NotifyType(String stockMessage) {
        this.stockMessage = stockMessage;
    }

    public String stockMessage() {
        return stockMessage;
    }

    /// The type a word of the configuration means, in any case.
    public static Optional<NotifyType> named(String word) {
        for (var type : values()) {
            if (type.name().equals(word.toUpperCase(Locale.ROOT))) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /// Fills a message: the first `%s` with the UPS, the second with the rest, and nothing else is special in it.
    public static String fill(String message, String ups, String extra) {
        int first = message.indexOf("%s");
        if (first < 0) {
            return message;
        }
        int second = message.indexOf("%s", first + 2);
        String head = message.substring(0, first) + ups;
        return second < 0
                ? head + message.substring(first + 2)
                : head + message.substring(first + 2, second) + extra + message.substring(second + 2);
    }
}
