package org.nutjvm.upsmon.decide;

import java.util.Optional;

/// What one poll of one UPS brought.
public sealed interface Reading {
    /// The server answered.
    ///
    /// @param status the words of `ups.status`, as they came
    /// @param buzzwords `ups.mode.buzzwords` or its experimental twin, if the driver has one
    /// @param alarm `ups.alarm`, asked for while the status has ALARM
    record Status(String status, Optional<String> buzzwords, Optional<String> alarm) implements Reading {
        public Status(String status) {
            this(status, Optional.empty(), Optional.empty());
        }
    }

    /// No status could be had.
    ///
    /// @param why in NUT's words, as logged: `Data stale`, `Server disconnected`
    record Silence(String why) implements Reading {}

    /// There is no connection to the server.
    ///
    /// @param why as logged: `Connection failure: Connection refused`
    record Unreachable(String why) implements Reading {}
}
