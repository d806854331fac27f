package org.nutjvm.drivers.core;

import java.util.Locale;

/// How patient the driver is with readers of its socket (ups.conf: `synchronous`). In C, `yes` makes it wait for
/// them, so that a stuck reader stops it; here it means a longer queue, and `auto` turns to `yes` after a queue
/// overflowed.
enum Synchronous {
    YES,
    NO,
    AUTO;

    /// As in C: anything else is `no`.
    static Synchronous of(String word) {
        return switch (word) {
            case "yes" -> YES;
            case "auto" -> AUTO;
            default -> NO;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
