package org.nutjvm.drivers.qx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// How what stands in an answer becomes a value.
interface Meaning {
    /// Texts for a variable, or null if it cannot be.
    ///
    /// @param field what stands in the item's place
    /// @param answer all of it
    @Nullable
    List<String> of(String field, String answer, Known known);

    /// As it stands.
    record Text() implements Meaning {
        @Override
        public List<String> of(String field, String answer, Known known) {
            return List.of(field);
        }
    }

    /// A day as eight digits, year first; told with dashes.
    record Day() implements Meaning {
        @Override
        public @Nullable List<String> of(String field, String answer, Known known) {
            long day = Orders.seconds(field);
            boolean good = field.length() == 8
                    && day >= 1900_01_01
                    && day / 100 % 100 >= 1
                    && day / 100 % 100 <= 12
                    && day % 100 >= 1
                    && day % 100 <= 31;
            return good
                    ? List.of(field.substring(0, 4) + "-" + field.substring(4, 6) + "-" + field.substring(6))
                    : null;
        }
    }

    /// Whether a letter stands before the `D` that parts what is enabled from what is disabled, or behind it; nothing
    /// if
    /// it does not stand there at all.
    record Enabled(char letter, String yes, String no) implements Meaning {
        @Override
        public @Nullable List<String> of(String field, String answer, Known known) {
            int at = field.indexOf(letter);
            int disabled = field.indexOf('D');
            if (!field.startsWith("E") && disabled < 0) {
                return null;
            }
            return at < 0 ? List.of() : List.of(disabled >= 0 && at > disabled ? no : yes);
        }
    }

    /// Numbers with something between them, each of which counts for so much; their sum.
    record Sum(List<Integer> weights) implements Meaning {
        @Override
        public @Nullable List<String> of(String field, String answer, Known known) {
            String[] parts = field.strip().split("[.:]", -1);
            if (parts.length != weights.size()) {
                return null;
            }
            long sum = 0;
            for (int i = 0; i < parts.length; i++) {
                long part = Orders.seconds(parts[i]);
                if (part < 0) {
                    return null;
                }
                sum += part * weights.get(i);
            }
            return List.of(Long.toString(sum));
        }
    }

    /// A text for each bit that is set, counted from 0, all in one sentence. Bits nobody knows are told by their
    /// number.
    ///
    /// @param title what it begins with
    record Bits(String title, Map<Integer, String> texts) implements Meaning {
        private static final int LONGEST = 255 - 32;

        @Override
        public @Nullable List<String> of(String field, String answer, Known known) {
            var told = new StringBuilder();
            var numbers = new StringBuilder();
            var unknown = new StringBuilder();
            for (int i = 0; i < field.length(); i++) {
                char bit = field.charAt(i);
                if (bit == '1') {
                    String number = String.format(Locale.ROOT, " #%02d", i + 1);
                    String text = texts.get(i);
                    if (text == null) {
                        unknown.append(unknown.isEmpty() ? "" : ",").append(number);
                    } else {
                        told.append(' ').append(text);
                        numbers.append(numbers.isEmpty() ? "" : ",").append(number);
                    }
                } else if (bit != '0' && bit != '-') {
                    return null;
                }
            }
            if (told.isEmpty() && unknown.isEmpty()) {
                return List.of();
            }
            String rest = unknown.isEmpty() ? "" : " Unknown warnings [bit:" + unknown + "]";
            if (told.length() + rest.length() <= LONGEST) {
                return List.of(title + told + rest);
            }
            String brief = numbers.isEmpty() ? "" : " Known (see log or manual) [bit:" + numbers + "]";
            return List.of(title + brief + (brief.isEmpty() || rest.isEmpty() ? "" : ";") + rest);
        }
    }

    /// One of several texts; an empty one says nothing.
    ///
    /// @param otherwise for what is none of them, with `{}` for what was found, or null
    record Mapped(Map<String, String> texts, @Nullable String otherwise) implements Meaning {
        @Override
        public @Nullable List<String> of(String field, String answer, Known known) {
            String text = texts.get(field.toUpperCase(Locale.ROOT));
            if (text == null && otherwise != null) {
                text = otherwise.replace("{}", field);
            }
            return text == null ? null : text.isEmpty() ? List.of() : List.of(text);
        }
    }

    /// A text for each of some letters.
    ///
    /// @param always what is said whatever the letters
    /// @param among if none of these is there ...
    /// @param otherwise ... this is said
    record Letters(
            Map<String, String> texts,
            @Nullable String always,
            String among,
            @Nullable String otherwise) implements Meaning {
        @Override
        public List<String> of(String field, String answer, Known known) {
            var said = new ArrayList<String>();
            if (always != null) {
                said.add(always);
            }
            boolean any = false;
            for (int i = 0; i < field.length(); i++) {
                any |= among.indexOf(field.charAt(i)) >= 0;
                String text = texts.get(field.substring(i, i + 1));
                if (text != null) {
                    said.add(text);
                }
            }
            if (otherwise != null && !any) {
                said.add(otherwise);
            }
            return said;
        }
    }

    /// A bit that says that the output is not the input as it comes: how, the two voltages tell. Voltages that cannot
    /// belong together say nothing.
    ///
    /// @param hex whether the voltages are written as {@link Hex.Formula#VOLTS}
    /// @param less what is said if less comes out than goes in
    /// @param equal what is said if about the same does
    /// @param more what is said if more does
    record Regulation(Place input, Place output, boolean hex, String less, String equal, String more)
            implements Meaning {
        @Override
        public @Nullable List<String> of(String field, String answer, Known known) {
            if (field.equals("0")) {
                return List.of();
            }
            if (!field.equals("1")) {
                return null;
            }
            OptionalDouble in = volts(input.in(answer), known);
            OptionalDouble out = volts(output.in(answer), known);
            if (in.isEmpty() || out.isEmpty()) {
                return List.of();
            }
            double ratio = out.getAsDouble() / in.getAsDouble();
            if (!(ratio >= 0.5) || ratio >= 1.5) {
                return List.of();
            }
            return List.of(ratio < 0.95 ? less : ratio < 1.05 ? equal : more);
        }

        private OptionalDouble volts(String text, Known known) {
            if (!hex) {
                return Numbers.plain(text);
            }
            List<String> volts = new Hex(Hex.Formula.VOLTS, 1).of(text, "", known);
            return volts == null ? OptionalDouble.empty() : Numbers.plain(volts.getFirst());
        }
    }

    /// Hexadecimal numbers and what is computed of them.
    record Hex(Formula formula, int decimals) implements Meaning {
        /// What is computed.
        enum Formula {
            /// The number itself.
            NUMBER,
            /// A product, in volts.
            VOLTS,
            /// A quotient, in hertz.
            HERTZ,
            /// A product, in volts of a battery.
            BATTERY
        }

        @Override
        public @Nullable List<String> of(String field, String answer, Known known) {
            String[] parts = field.strip().split(" ", -1);
            long[] n = new long[parts.length];
            for (int i = 0; i < n.length; i++) {
                if (parts[i].isEmpty() || parts[i].length() > 8 || !hex(parts[i])) {
                    return null;
                }
                n[i] = Long.parseLong(parts[i], 16);
            }
            if (n.length != (formula == Formula.NUMBER ? 1 : 2) || (formula == Formula.HERTZ && n[0] == 0)) {
                return null;
            }
            double value = switch (formula) {
                case NUMBER -> n[0];
                case VOLTS -> Math.floorDiv(n[0] * n[1], 51L) / 256.0;
                case HERTZ -> Math.min(99.9, (double) n[1] / n[0]);
                case BATTERY -> n[0] * n[1] / 510.0;
            };
            return List.of(Numbers.fixed(value, decimals));
        }

        private static boolean hex(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.digit(text.charAt(i), 16) < 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /// Where in an answer something stands.
    ///
    /// @param from its first character
    /// @param to its last character, or -1 for all that is left
    /// @param part in an answer parted by commas the number of the part, counted from 1; else 0
    record Place(int from, int to, int part) {
        Place(int from, int to) {
            this(from, to, 0);
        }

        /// What stands there; empty if the answer ends before.
        String in(String answer) {
            int end = answer.indexOf('\r');
            end = end < 0 ? answer.length() : end;
            if (part > 0) {
                String[] parts = answer.substring(0, end).split(",", -1);
                return part > parts.length ? "" : parts[part - 1];
            }
            end = to < 0 ? end : Math.min(end, to + 1);
            return from >= end ? "" : answer.substring(from, end);
        }

        /// Whether digits stand right before or behind it, so that a number there goes on.
        boolean cutsNumber(String answer) {
            return part == 0 && (numeric(answer, from - 1) || (to >= 0 && numeric(answer, to + 1)));
        }

        /// Whether letters or digits stand right before it.
        boolean cutsLetters(String answer) {
            return from > 0 && from <= answer.length() && Character.isLetterOrDigit(answer.charAt(from - 1));
        }

        private static boolean numeric(String answer, int at) {
            return at >= 0
                    && at < answer.length()
                    && (answer.charAt(at) == '.' || (answer.charAt(at) >= '0' && answer.charAt(at) <= '9'));
        }
    }
}
