package org.nutjvm.cgi.ups;

import java.util.List;
import org.nutjvm.common.state.Range;

/// A variable that can be set.
///
/// @param name `battery.charge.low`
/// @param description what it is, in words; empty if the server has none
/// @param value what it is now
/// @param kind what it may be set to
public record Setting(String name, String description, String value, Kind kind) {
    /// What a variable may be set to.
    public sealed interface Kind {
        /// Any text of at most so many bytes.
        record Text(int longest) implements Kind {}

        /// A number, within one of these ranges if there are any.
        record Numeric(List<Range> ranges) implements Kind {}

        /// One of these.
        record Choice(List<String> values) implements Kind {}
    }
}
