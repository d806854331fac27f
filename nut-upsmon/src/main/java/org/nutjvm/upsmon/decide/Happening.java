package org.nutjvm.upsmon.decide;

import org.nutjvm.common.conf.NotifyType;

/// What is to be said about a step, in order.
public sealed interface Happening {
    /// A notice, to go where NOTIFYFLAG says.
    ///
    /// @param ups the UPS, or empty for upsmon itself
    /// @param extra what the second `%s` of the message stands for
    record Notice(NotifyType type, String ups, String extra) implements Happening {}

    /// A line for the log only.
    record Line(Level level, String text) implements Happening {}

    /// Priorities of syslog that upsmon uses.
    enum Level {
        CRITICAL,
        ERROR,
        WARNING,
        INFO,
        DEBUG
    }
}
