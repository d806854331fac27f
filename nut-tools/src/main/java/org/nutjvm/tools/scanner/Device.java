package org.nutjvm.tools.scanner;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A device that was found, as a section of ups.conf. What devices say of themselves is cleaned on its way in.
///
/// @param alternates drivers that may do as well
/// @param settings in the order in which they are listed
record Device(Kind kind, String driver, List<String> alternates, String port, List<Setting> settings) {
    /// The longest text that is taken from a device.
    static final int TEXT_LIMIT = 255;

    /// A line of the section.
    ///
    /// @param comment null if it counts, else what marks it as a comment; empty for the plain mark
    record Setting(String name, String value, @Nullable String comment) {}

    Device {
        alternates = List.copyOf(alternates);
        settings = List.copyOf(settings);
    }

    static Device of(Kind kind, String driver, String port) {
        return new Device(kind, driver, List.of(), clean(port), List.of());
    }

    Device with(String name, @Nullable String value) {
        return value == null ? this : plus(new Setting(name, clean(value), null));
    }

    /// Adds a line that is a comment.
    Device noted(String name, @Nullable String value, String comment) {
        return value == null ? this : plus(new Setting(name, clean(value), comment));
    }

    Device orDrivenBy(List<String> others) {
        return new Device(kind, driver, others, port, settings);
    }

    private Device plus(Setting setting) {
        var more = new ArrayList<>(settings);
        more.add(setting);
        return new Device(kind, driver, alternates, port, more);
    }

    /// The value of a setting that counts, or null.
    @Nullable
    String value(String name) {
        for (Setting setting : settings) {
            if (setting.comment == null && setting.name.equals(name)) {
                return setting.value;
            }
        }
        return null;
    }

    /// What a configuration file can hold: printable ASCII, one line, not too much of it. Everything else becomes a
    /// dot, which for the settings that drivers compare as regular expressions stands for any character.
    static String clean(String text) {
        int length = Math.min(text.length(), TEXT_LIMIT);
        var cleaned = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            cleaned.append(c < ' ' || c > '~' ? '.' : c);
        }
        return cleaned.toString();
    }
}
