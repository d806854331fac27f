package org.nutjvm.drivers.hidups;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The conversions that tables build by themselves: `values`, `bits` and the simple `function`s.
final class Conversions {
    private static final int MOST_PLACES = 9;

    private Conversions() {}

    /// A number of a table, or the name of one in the device list (`$battery-scale`).
    record Factor(@Nullable String constant, double value) {
        static Factor of(String word) {
            return word.startsWith("$") ? new Factor(word.substring(1), 1) : new Factor(null, Double.parseDouble(word));
        }

        double in(Surroundings device) {
            return constant == null ? value : device.constant(constant, value);
        }
    }

    /// A list of values and texts.
    static final class Values implements Conversion {
        private final List<Choice> choices = new ArrayList<>();
        private long mask = -1;
        private @Nullable String otherwise;
        private @Nullable Conversion via;

        void add(long value, String text) {
            choices.add(new Choice(value, text));
        }

        void mask(long bits) {
            mask = bits;
        }

        void otherwise(String text) {
            otherwise = text;
        }

        /// Values become text by a function; the list is for what is set and announced.
        void via(Conversion function) {
            via = function;
        }

        @Override
        public boolean steady() {
            return via == null || via.steady();
        }

        @Override
        public @Nullable String text(double value, Surroundings device) {
            if (via != null) {
                return via.text(value, device);
            }
            long wanted = (long) value & mask;
            for (var choice : choices) {
                if (choice.value() == wanted) {
                    return choice.text();
                }
            }
            return otherwise;
        }

        @Override
        public @Nullable Double value(@Nullable String text, Surroundings device) {
            for (var choice : choices) {
                if (choice.text().equals(text)) {
                    return (double) choice.value();
                }
            }
            return null;
        }

        @Override
        public List<Choice> choices() {
            return choices;
        }
    }

    /// Bits of a number that mean one thing when they are as given and another when not.
    record Bits(long mask, long as, String yes, String no) implements Conversion {
        @Override
        public boolean steady() {
            return true;
        }

        @Override
        public String text(double value, Surroundings device) {
            return ((long) value & mask) == as ? yes : no;
        }
    }

    record Times(Factor factor, int decimals) implements Conversion {
        @Override
        public boolean steady() {
            return true;
        }

        @Override
        public String text(double value, Surroundings device) {
            return Decimal.text(value * factor.in(device), decimals);
        }
    }

    record Over(Factor divisor, int decimals) implements Conversion {
        @Override
        public boolean steady() {
            return true;
        }

        @Override
        public String text(double value, Surroundings device) {
            return Decimal.text(value / divisor.in(device), decimals);
        }
    }

    record AtMost(double limit, int decimals) implements Conversion {
        @Override
        public boolean steady() {
            return true;
        }

        @Override
        public String text(double value, Surroundings device) {
            return Decimal.text(Math.min(value, limit), decimals);
        }
    }

    /// Times a factor, nothing for what is below zero: devices say so that they do not know.
    record NotNegative(double factor, int decimals) implements Conversion {
        @Override
        public boolean steady() {
            return true;
        }

        @Override
        public @Nullable String text(double value, Surroundings device) {
            return value < 0 ? null : Decimal.text(value * factor, decimals);
        }
    }

    record Percent(int decimals) implements Conversion {
        @Override
        public boolean steady() {
            return true;
        }

        @Override
        public String text(double value, Surroundings device) {
            return Decimal.text(value, decimals) + "%";
        }
    }

    record ShiftRight(int bits) implements Conversion {
        @Override
        public boolean steady() {
            return true;
        }

        @Override
        public String text(double value, Surroundings device) {
            return Long.toString((long) value >> bits);
        }
    }

    record UnlessZero(String yes, String no) implements Conversion {
        @Override
        public boolean steady() {
            return true;
        }

        @Override
        public String text(double value, Surroundings device) {
            return value != 0 ? yes : no;
        }
    }

    /// A string of the device, but a fixed text where the device list says that the string is nonsense.
    record StringUnless(String constant, String text) implements Conversion {
        @Override
        public String text(double value, Surroundings device) {
            return device.constant(constant, 1) == 0 ? text : device.string((int) value);
        }
    }

    /// Makes the conversion of a line `function NAME KIND ARGUMENTS`.
    ///
    /// @throws IllegalArgumentException with a sentence when the line makes no sense
    static Conversion function(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a function needs a kind, such as 'times', and its arguments");
        }
        String kind = words.getFirst();
        List<String> args = words.subList(1, words.size());
        try {
            return switch (kind) {
                case "times" -> new Times(Factor.of(args.get(0)), places(args.get(1)));
                case "over" -> new Over(Factor.of(args.get(0)), places(args.get(1)));
                case "at-most" -> new AtMost(Double.parseDouble(args.get(0)), places(args.get(1)));
                case "not-negative" -> new NotNegative(Double.parseDouble(args.get(0)), places(args.get(1)));
                case "percent" -> new Percent(places(args.get(0)));
                case "shift-right" -> new ShiftRight(Integer.parseInt(args.get(0)));
                case "unless-zero" -> new UnlessZero(args.get(0), args.get(1));
                case "string-unless" -> new StringUnless(args.get(0).substring(1), args.get(1));
                default -> throw new IllegalArgumentException("unknown kind of function '" + kind + "'");
            };
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("function '" + kind + "' needs other arguments than " + args, e);
        }
    }

    /// Decimal places.
    private static int places(String word) {
        int places = Integer.parseInt(word);
        if (places < 0 || places > MOST_PLACES) {
            throw new IllegalArgumentException("0 to " + MOST_PLACES + " decimal places, not " + word);
        }
        return places;
    }

    /// The functions written in Java, by name; new ones for each device, for they remember what they
    /// have seen.
    static Map<String, Conversion> builtIn() {
        var all = new HashMap<String, Conversion>(64);
        CommonFunctions.addTo(all);
        VendorFunctions.addTo(all);
        EverFunctions.addTo(all);
        PowercomFunctions.addTo(all);
        MgeFunctions.addTo(all);
        return all;
    }
}
