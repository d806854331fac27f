package org.nutjvm.tools.upslog;

/// When lines are due, on a clock that only goes forward. A line out of turn (USR1) changes nothing of it; lines that
/// are late by more than their distance are left out.
final class Schedule {
    private final long intervalNanos;
    private long nextNanos;

    /// @param firstNanos when the first line is due
    Schedule(long intervalNanos, long firstNanos) {
        this.intervalNanos = intervalNanos;
        this.nextNanos = firstNanos;
    }

    /// When the next line is due.
    long next() {
        return nextNanos;
    }

    boolean due(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }

    /// A line that was due is being written: the next is due one interval later, and not before now.
    void taken(long nowNanos) {
        long behind = Math.max(0, nowNanos - nextNanos);
        nextNanos += (behind / intervalNanos + 1) * intervalNanos;
    }
}
