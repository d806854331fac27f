package org.nutjvm.drivers.qx;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What can be written to a variable of the device, and how.
sealed interface Writable {
    /// Why a value cannot be written, or null if it can.
    @Nullable
    String complaint(String value, Function<String, @Nullable String> known);

    /// What stands for `{word}` in the bytes.
    String bytes(String word, String value);

    /// Whether a word stands for something here.
    static boolean knows(String word) {
        if (!word.startsWith("value")) {
            return false;
        }
        String form = word.substring(5);
        return form.isEmpty() || (form.length() == 2 && digit(form, 1)) || (form.length() == 4 && digit(form, 3));
    }

    private static boolean digit(String form, int at) {
        return form.charAt(0) == ':' && Character.isDigit(form.charAt(1)) && Character.isDigit(form.charAt(at));
    }

    /// Some values, each with what the device calls it.
    ///
    /// @param codes in the order in which they are offered
    record Choice(Map<String, String> codes) implements Writable {
        @Override
        public @Nullable String complaint(String value, Function<String, @Nullable String> known) {
            return code(value) == null ? "'" + value + "' is none of " + String.join(", ", codes.keySet()) : null;
        }

        private @Nullable String code(String value) {
            for (var entry : codes.entrySet()) {
                if (entry.getKey().equalsIgnoreCase(value)) {
                    return entry.getValue();
                }
            }
            return null;
        }

        @Override
        public String bytes(String word, String value) {
            return String.valueOf(code(value));
        }
    }

    /// One of the words that a variable consists of.
    ///
    /// @param variable its name
    record Listed(String variable) implements Writable {
        /// The words.
        List<String> words(Function<String, @Nullable String> known) {
            String list = known.apply(variable);
            return list == null || list.isBlank()
                    ? List.of()
                    : List.of(list.strip().split(" +", -1));
        }

        @Override
        public @Nullable String complaint(String value, Function<String, @Nullable String> known) {
            return words(known).contains(value)
                    ? null
                    : "'" + Item.shown(value) + "' is none of " + String.join(", ", words(known));
        }

        @Override
        public String bytes(String word, String value) {
            return value;
        }
    }

    /// A number between two others.
    ///
    /// @param around the variable they are relative to, or null
    /// @param sign whether they are above or below it
    /// @param per how many of the variable's units are one of the device's
    record Numeric(int min, int max, @Nullable String around, int sign, int per) implements Writable {
        /// From what to what, or null if that cannot be told.
        int @Nullable [] range(Function<String, @Nullable String> known) {
            if (around == null) {
                return new int[] {min, max};
            }
            OptionalDouble middle = Numbers.of(known.apply(around));
            if (middle.isEmpty()) {
                return null;
            }
            int at = (int) middle.getAsDouble();
            return sign > 0 ? new int[] {at + min, at + max} : new int[] {at - max, at - min};
        }

        @Override
        public @Nullable String complaint(String value, Function<String, @Nullable String> known) {
            OptionalDouble number = Numbers.plain(value);
            int[] range = range(known);
            if (number.isEmpty()) {
                return "'" + Item.shown(value) + "' is no number";
            }
            if (range == null) {
                return "the device does not tell " + around + ", on which the limits depend";
            }
            return number.getAsDouble() < range[0] || number.getAsDouble() > range[1]
                    ? value + " is not within " + range[0] + ".." + range[1]
                    : null;
        }

        @Override
        public String bytes(String word, String value) {
            double number = Numbers.plain(value).orElse(0) / per;
            if (word.length() == 5) {
                return Long.toString((long) number);
            }
            int width = word.charAt(6) - '0';
            String text =
                    word.length() == 9 ? Numbers.fixed(number, word.charAt(8) - '0') : Long.toString((long) number);
            return "0".repeat(Math.max(0, width - text.length())) + text;
        }
    }

    /// A time in seconds, told as days, hours, minutes and seconds.
    ///
    /// @param most of the days
    record Time(int most) implements Writable {
        private static final long DAY = 86_400;

        @Override
        public @Nullable String complaint(String value, Function<String, @Nullable String> known) {
            long seconds = Orders.seconds(value);
            return seconds < 0 || seconds / DAY > most
                    ? "'" + Item.shown(value) + "' is no number of seconds up to " + most + " days"
                    : null;
        }

        @Override
        public String bytes(String word, String value) {
            long seconds = Orders.seconds(value);
            return String.format(
                    Locale.ROOT,
                    "%04d:%02d:%02d:%02d",
                    seconds / DAY,
                    seconds / 3600 % 24,
                    seconds / 60 % 60,
                    seconds % 60);
        }
    }
}
