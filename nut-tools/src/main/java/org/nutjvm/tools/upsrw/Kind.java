package org.nutjvm.tools.upsrw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What kind of value a variable takes, as `GET TYPE` tells it.
///
/// @param known false if the server does not say
/// @param range a number within limits
/// @param choice one of a list
/// @param of `STRING`, `NUMBER`, or empty if servers of old do not say of what a choice is
/// @param length of a string at most
/// @param strange words that mean nothing here, before those that do
record Kind(boolean known, boolean range, boolean choice, String of, int length, List<String> strange) {
    /// @param answer to `GET TYPE`, null if refused
    static Kind of(@Nullable List<String> answer) {
        if (answer == null) {
            return new Kind(false, false, false, "", 0, List.of());
        }
        boolean choice = false;
        var strange = new ArrayList<String>();
        for (String word : answer.subList(3, answer.size())) {
            String type = word.toUpperCase(Locale.ROOT);
            if (type.equals("ENUM")) {
                choice = true;
            } else if (type.equals("RANGE")) {
                return new Kind(true, true, false, "NUMBER", 0, strange);
            } else if (type.startsWith("STRING:")) {
                int length = Settings.leading(word.substring("STRING:".length()));
                return new Kind(true, false, choice, "STRING", length, strange);
            } else if (type.equals("NUMBER")) {
                return new Kind(true, false, choice, "NUMBER", 0, strange);
            } else if (!type.equals("RW")) {
                strange.add(word);
            }
        }
        return new Kind(true, false, choice, "", 0, strange);
    }

    /// The word for it.
    String name() {
        return range ? "RANGE" : choice ? "ENUM" : of;
    }
}
