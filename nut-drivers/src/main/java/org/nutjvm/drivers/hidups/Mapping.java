package org.nutjvm.drivers.hidups;

import org.jspecify.annotations.Nullable;

/// One line of a subdriver's table: an item of the device and what it means to NUT (drivers/usbhid-ups.h:
/// hid_info_t).
///
/// @param name of the variable or command; empty for status and alarm
/// @param path of the item, in names
/// @param decimals digits behind the point, when there is no conversion
/// @param conversion between the item's value and text
/// @param length longest text accepted, -1 when it is no text
/// @param choices whether the conversion's texts are announced as the values to choose from
/// @param line the line as it stands in the table, its words parted by single blanks
/// @param value what a command sends, or a setting's value at start
record Mapping(
        Kind kind,
        String name,
        String path,
        int decimals,
        @Nullable Conversion conversion,
        Reading reading,
        boolean writable,
        boolean number,
        int length,
        boolean choices,
        @Nullable String value,
        String line) {
    enum Kind {
        READ,
        STATUS,
        ALARM,
        COMMAND,
        SETTING
    }

    /// When an item is read again.
    enum Reading {
        /// At full updates.
        FULL,
        /// At every poll.
        QUICK,
        /// At full updates after something was set or commanded.
        ON_CHANGE,
        /// Never.
        ONCE
    }

    boolean text() {
        return length >= 0;
    }
}
