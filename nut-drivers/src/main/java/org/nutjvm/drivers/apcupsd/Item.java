package org.nutjvm.drivers.apcupsd;

import org.jspecify.annotations.Nullable;

/// One line of an apcupsd's status: `LINEV    : 230.0 Volts`.
///
/// @param name what is before the colon, trimmed
/// @param data what is behind it, trimmed
record Item(String name, String data) {
    /// The item of a line, or null if it has none.
    static @Nullable Item of(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            return null;
        }
        String name = line.substring(0, colon).strip();
        return name.isEmpty() ? null : new Item(name, line.substring(colon + 1).strip());
    }
}
