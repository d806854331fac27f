package org.nutjvm.upsmon.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/// The two clocks of a machine. The first never jumps and, on Linux, stands still while the machine sleeps; the second
/// is set by people and programs, and goes on.
///
/// @param nanos monotonic
/// @param millis time of day
public record Clocks(LongSupplier nanos, LongSupplier millis) {
    public static final Clocks SYSTEM = new Clocks(System::nanoTime, System::currentTimeMillis);

    /// What passes on both, from now on.
    Watch start() {
        return new Watch(nanos.getAsLong(), millis.getAsLong());
    }

    /// A point on both.
    final class Watch {
        private final long nanosThen;
        private final long millisThen;

        private Watch(long nanosThen, long millisThen) {
            this.nanosThen = nanosThen;
            this.millisThen = millisThen;
        }

        /// Time that passed, as the monotonic clock has it.
        Duration passed() {
            return Duration.ofNanos(nanos.getAsLong() - nanosThen);
        }

        /// The same as the time of day has it.
        Duration passedByTimeOfDay() {
            return Duration.ofMillis(millis.getAsLong() - millisThen);
        }
    }
}
