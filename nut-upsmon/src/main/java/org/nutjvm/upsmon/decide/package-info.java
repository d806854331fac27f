/// What upsmon decides: from what was known, what was read and the time, to what to say and whether to shut down.
/// Nothing here does I/O or reads a clock. Times are durations since upsmon started, by a monotonic clock.
@NullMarked
package org.nutjvm.upsmon.decide;

import org.jspecify.annotations.NullMarked;
