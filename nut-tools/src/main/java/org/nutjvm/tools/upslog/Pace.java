package org.nutjvm.tools.upslog;

import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/// Time as upslog sees it, and what wakes it: the real one, or one a test makes pass.
interface Pace {
    /// What happens to upslog from outside.
    enum Event {
        /// USR1: a line now.
        LOG_NOW,
        /// HUP: the files have been moved away.
        REOPEN,
        /// TERM, INT: the end.
        EXIT
    }

    /// A clock that only goes forward.
    long nanos();

    /// What clocks on the wall show.
    ZonedDateTime wall();

    /// Waits.
    ///
    /// @param untilNanos when to give up, by {@link #nanos}
    /// @return what happened, or null if the time has come
    @Nullable
    Event await(long untilNanos) throws InterruptedException;
}
