package org.nutjvm.common.text;

import java.time.ZonedDateTime;

/// The time for people, and what they call its zone.
public interface WallClock {
    ZonedDateTime now();

    /// The short name of a time's zone, as `date +%Z` has it.
    default String zone(ZonedDateTime time) {
        return Strftime.zone(time);
    }
}
