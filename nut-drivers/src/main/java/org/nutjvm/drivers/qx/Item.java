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
        List<Condition> when) {
    /// What else is to be known of it.
    enum Trait {
        /// Never changes.
        STATIC,
        /// Changes only when something is set or commanded.
        SEMISTATIC,
        /// Is read with each poll; without it there are no data.
        QUICK,
        /// Is read with each poll by devices that have it, and needed then.
        OFTEN,
        /// May have blanks and hashes around it.
        TRIM,
        /// Consists of digits.
        DIGITS,
        /// Does not consist of zeros.
        NONZERO,
        /// No variable of NUT: known to conditions and computations, and told in the log.
        PRIVATE,
        /// A bit that means the contrary.
        INVERT,
        /// Means nothing while on battery, during a test, or when a shutdown is under way.
        STEADY
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

    boolean isMode() {
        return variable.equals("experimental.ups.mode.buzzwords");
    }

    /// Whether it adds words to something that is published as a whole.
    boolean isWords() {
        return isStatus() || isAlarm() || isMode();
    }

    /// What an answer says.
    Reading read(String answer, Known known) {
        String field = place.in(answer);
        if (is(Trait.INVERT) && (field.equals("0") || field.equals("1"))) {
            field = field.equals("0") ? "1" : "0";
        }
        if (is(Trait.TRIM)) {
            field = trimmed(field);
        }
        if ((is(Trait.DIGITS) && !consists(field, "0123456789")) || (is(Trait.NONZERO) && consists(field, "0"))) {
            return new Reading.Bad(variable + " cannot be '" + shown(field) + "'");
        }
        boolean cut = switch (meaning) {
            case Measure measure -> measure.digits() && place.cutsNumber(answer);
            case Meaning.Letters letters -> place.cutsLetters(answer);
            default -> false;
        };
        List<String> texts = cut ? null : meaning.of(field, answer, known);
        if (texts == null) {
            return new Reading.Bad(variable + " cannot be '" + shown(field) + "'");
        }
        if (isWords()) {
            return new Reading.Words(
                    texts.stream().filter(text -> !text.isEmpty()).toList());
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

    private static boolean consists(String text, String of) {
        for (int i = 0; i < text.length(); i++) {
            if (of.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
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

    /// Whether there is nothing else in it than characters that can be printed.
    static boolean printable(String text) {
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
