package org.nutjvm.drivers.qx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// How what stands in an answer becomes a value.
sealed interface Meaning {
    /// Texts for a variable, or null if it cannot be.
    ///
    /// @param field what stands in the item's place
    /// @param answer all of it
    /// @param packs by how much a voltage of one battery pack is to be multiplied
    @Nullable
    List<String> of(String field, String answer, double packs);

    /// As it stands; a number with so many decimals, or text for -1.
    record Plain(int decimals) implements Meaning {
        @Override
        public @Nullable List<String> of(String field, String answer, double packs) {
            return decimals < 0 ? List.of(field) : number(field, 1, decimals);
        }
    }

    /// A number that is multiplied.
    record Times(double factor, int decimals) implements Meaning {
        @Override
        public @Nullable List<String> of(String field, String answer, double packs) {
            return number(field, factor, decimals);
        }
    }

    /// The voltage of a battery, perhaps of one pack of several.
    record Packs(int decimals) implements Meaning {
        @Override
        public @Nullable List<String> of(String field, String answer, double packs) {
            return number(field, packs, decimals);
        }
    }

    /// One of several texts; an empty one says nothing.
    record Mapped(Map<String, String> texts) implements Meaning {
        @Override
        public @Nullable List<String> of(String field, String answer, double packs) {
            String text = texts.get(field.toUpperCase(Locale.ROOT));
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
        public List<String> of(String field, String answer, double packs) {
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
    record Regulation(Place input, Place output, boolean hex) implements Meaning {
        @Override
        public @Nullable List<String> of(String field, String answer, double packs) {
            if (field.equals("0")) {
                return List.of();
            }
            if (!field.equals("1")) {
                return null;
            }
            OptionalDouble in = volts(input.in(answer));
            OptionalDouble out = volts(output.in(answer));
            if (in.isEmpty() || out.isEmpty()) {
                return List.of();
            }
            double ratio = out.getAsDouble() / in.getAsDouble();
            if (!(ratio >= 0.5) || ratio >= 1.5) {
                return List.of();
            }
            return List.of(ratio < 0.95 ? "TRIM" : ratio < 1.05 ? "BYPASS" : "BOOST");
        }

        private OptionalDouble volts(String text) {
            if (!hex) {
                return Numbers.plain(text);
            }
            List<String> volts = new Hex(Hex.Formula.VOLTS, 1).of(text, "", 1);
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
        public @Nullable List<String> of(String field, String answer, double packs) {
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
    /// @param to its last character, or -1 for all that is left
    record Place(int from, int to) {
        /// What stands there; empty if the answer ends before.
        String in(String answer) {
            int end = answer.indexOf('\r');
            end = end < 0 ? answer.length() : end;
            end = to < 0 ? end : Math.min(end, to + 1);
            return from >= end ? "" : answer.substring(from, end);
        }
    }

    private static @Nullable List<String> number(String field, double factor, int decimals) {
        OptionalDouble value = Numbers.plain(field);
        return value.isEmpty() ? null : List.of(Numbers.fixed(value.getAsDouble() * factor, decimals));
    }
}
