package org.nutjvm.drivers.hidups;

import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.HidItem;

/// A line of a table and the item it means in this device, with what was last made of its value.
final class Row {
    /// No version of a report.
    static final int NEVER = -1;

    final Mapping mapping;

    /// Null where the device has none.
    @Nullable
    HidItem item;

    /// Of the report that was published last.
    int version = NEVER;

    private double lastValue;
    private @Nullable String lastText;
    private boolean known;

    Row(Mapping mapping) {
        this.mapping = mapping;
    }

    /// Whether the variable has what a version of its report says. Of status bits nothing is assumed: several
    /// lines may tell of the same, and the last one counts at each poll.
    boolean isPublished(int now) {
        return known && version == now && mapping.kind() == Mapping.Kind.READ;
    }

    /// Whether it is a status that is looked at in each poll.
    boolean mattersAtOnce() {
        return mapping.kind() == Mapping.Kind.STATUS && mapping.reading() == Mapping.Reading.QUICK;
    }

    /// Whether its value says something, rather than being for others to set.
    boolean reads() {
        return switch (mapping.kind()) {
            case READ, STATUS, ALARM -> true;
            case COMMAND, SETTING -> false;
        };
    }

    /// What a value means. Most are the same at each poll.
    @Nullable
    String text(double value, Surroundings around) {
        var conversion = mapping.conversion();
        if (known && Double.compare(value, lastValue) == 0) {
            return lastText;
        }
        String text = conversion == null ? Decimal.text(value, mapping.decimals()) : conversion.text(value, around);
        known = conversion == null || conversion.steady();
        lastText = text;
        lastValue = value;
        return text;
    }
}
