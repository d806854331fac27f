package org.nutjvm.drivers.failover;

/// An administrator's order that holds for some time, for ever, or not at all.
final class TimedOrder {
    private boolean forever;
    private boolean timed;
    private long until;

    /// @param seconds below 0 for ever, 0 to end it
    void set(int seconds, long now) {
        forever = seconds < 0;
        timed = seconds > 0;
        until = now + seconds * 1_000_000_000L;
    }

    boolean holds(long now) {
        timed = timed && now - until <= 0;
        return forever || timed;
    }
}
