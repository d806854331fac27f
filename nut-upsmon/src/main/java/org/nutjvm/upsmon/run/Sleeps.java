package org.nutjvm.upsmon.run;

import java.time.Duration;
import java.util.Optional;

/// Notices that the machine slept or that somebody set its clock: the loop comes round much later than it meant to, or
/// the time of day has not gone as far as the monotonic clock (clients/upsmon.c: sleep_overhead_tolerance).
final class Sleeps {
    /// How much later than meant the loop may come round, or the time of day go astray.
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final Clocks.Watch watch;
    private Duration astray;

    Sleeps(Clocks.Watch watch) {
        this.watch = watch;
        this.astray = watch.passedByTimeOfDay().minus(watch.passed());
    }

    /// Looks at the clocks when the loop has come round.
    ///
    /// @param now by the monotonic clock
    /// @param late how much later than meant, negative when sooner
    /// @return by how much time jumped; empty if it did not
    Optional<Duration> noticed(Duration now, Duration late) {
        var before = astray;
        astray = watch.passedByTimeOfDay().minus(now);
        var jump = astray.minus(before);
        return late.compareTo(TOLERANCE) > 0 || jump.abs().compareTo(TOLERANCE) > 0
                ? Optional.of(late.isNegative() ? jump : jump.plus(late))
                : Optional.empty();
    }
}
