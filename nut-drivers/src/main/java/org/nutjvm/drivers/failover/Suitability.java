package org.nutjvm.drivers.failover;

/// How suitable a driver is as the primary, best first; the number is published
/// (drivers/failover.h: ups_priority_t).
enum Suitability {
    /// Not at all.
    SKIPPED(-1),
    /// By an administrator's command.
    FORCED(0),
    /// By the status filters of ups.conf.
    STATUS_FILTERS(1),
    /// Good data, on line power.
    ONLINE(2),
    /// Good data.
    BATTERY(3),
    /// There, with data that may be old.
    STALE(4);

    private final int number;

    Suitability(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
