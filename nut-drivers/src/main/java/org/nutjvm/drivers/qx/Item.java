package org.nutjvm.drivers.qx;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where in the answer to a question a variable stands.
///
/// @param most the greatest value there can be
/// @param unless the flag of ups.conf that leaves it out
record Item(
        Protocol.Query query,
        String variable,
        Meaning.Place place,
        Meaning meaning,
        Set<Trait> traits,
        double most,
        @Nullable String unless,
        Protocol.@Nullable Condition when) {
    /// What else is to be known of it.
    enum Trait {
        /// Never changes.
        STATIC,
        /// Changes only when something is set or commanded.
        SEMISTATIC,
        /// Is read with each poll; without it there are no data.
        QUICK,
        /// May have blanks and hashes around it.
        TRIM
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    boolean isStatus() {
        return variable.equals("ups.status");
    }

    boolean isAlarm() {
        return variable.equals("ups.alarm");
    }

    /// What an answer says.
    Reading read(String answer, double packs) {
        String field = place.in(answer);
        if (is(Trait.TRIM)) {
            field = trimmed(field);
        }
        List<String> texts = meaning.of(field, answer, packs);
        if (texts == null) {
            return new Reading.Bad(variable + " cannot be '" + shown(field) + "'");
        }
        if (isStatus() || isAlarm()) {
            return new Reading.Words(texts);
        }
        if (texts.isEmpty()) {
            return new Reading.Nothing();
        }
        String text = texts.getLast();
        if (text.isEmpty()) {
            return new Reading.Bad(variable + " is empty");
        }
        if (!printable(text)) {
            return new Reading.Bad(variable + " cannot be '" + shown(text) + "'");
        }
        OptionalDouble number = most < Double.MAX_VALUE ? Numbers.plain(text) : OptionalDouble.empty();
        if (number.isPresent() && number.getAsDouble() > most) {
            return new Reading.Bad(variable + " cannot be " + text);
        }
        return new Reading.Value(text);
    }

    private static String trimmed(String field) {
        int from = 0;
        int to = field.length();
        while (from < to && filler(field.charAt(from))) {
            from++;
        }
        while (to > from && filler(field.charAt(to - 1))) {
            to--;
        }
        return field.substring(from, to);
    }

    private static boolean filler(char c) {
        return c == ' ' || c == '#';
    }

    private static boolean printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /// Text of a device for a log: without what a terminal would obey, and not too long.
    static String shown(String from) {
        var text = new StringBuilder();
        for (int i = 0; i < from.length() && i < 40; i++) {
            char c = from.charAt(i);
            text.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return text.toString();
    }
}
