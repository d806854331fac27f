package org.nutjvm.cgi.board;

import java.time.Instant;

/// Something that became different at a UPS.
///
/// @param at when it was seen
/// @param known whether there were data from then on
/// @param text the value of `ups.status` from then on, or why there are no data
public record Event(Instant at, boolean known, String text) {}
