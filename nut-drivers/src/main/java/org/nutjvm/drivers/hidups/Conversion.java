package org.nutjvm.drivers.hidups;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Between an item's value and NUT's text (drivers/usbhid-ups.h: info_lkp_t). One made for a device
/// belongs to it and may remember what it has seen.
interface Conversion {
    /// A text, or null when the value means nothing.
    @Nullable
    String text(double value, Surroundings device);

    /// Whether the same value always has the same text, so that it need not be made again.
    default boolean steady() {
        return false;
    }

    /// The value for a text of a user.
    ///
    /// @param text what was asked for, null when a command came without parameter
    /// @return null when there is none
    default @Nullable Double value(@Nullable String text, Surroundings device) {
        return null;
    }

    /// Texts that may be set, with their values; empty when there are too many to list.
    default List<Choice> choices() {
        return List.of();
    }

    record Choice(long value, String text) {}
}
