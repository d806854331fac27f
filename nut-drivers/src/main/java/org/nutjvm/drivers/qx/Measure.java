package org.nutjvm.drivers.qx;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A number that is multiplied and divided.
///
/// @param source how it is written
/// @param factors by what
/// @param over a number that is not greater is no value
/// @param upto a number that is greater is no value
/// @param steps what is told from each number on, or empty for the number itself
record Measure(
        Source source, int decimals, List<Factor> factors, double over, double upto, SortedMap<Double, String> steps)
        implements Meaning {
    /// How a number is written.
    enum Source {
        /// In digits.
        DIGITS,
        /// The same with a sign.
        SIGNED,
        /// As bytes, the first counts most.
        BYTES
    }

    /// What is done with a number.
    enum How {
        TIMES,
        PER,
        /// It divides another one.
        OF
    }

    /// What a number is multiplied with, or divided by.
    ///
    /// @param variable whose value it is, or null
    /// @param number what it is else
    /// @param packs whether it is the number of battery packs
    record Factor(@Nullable String variable, double number, boolean packs, How how) {
        private OptionalDouble of(Known known) {
            if (packs) {
                return OptionalDouble.of(known.packs());
            }
            return variable == null ? OptionalDouble.of(number) : Numbers.of(known.value(variable));
        }
    }

    /// Whether it is written in digits, and so must not go on beyond its place.
    boolean digits() {
        return source == Source.DIGITS;
    }

    @Override
    public @Nullable List<String> of(String field, String answer, Known known) {
        OptionalDouble read = read(field);
        if (read.isEmpty()) {
            return null;
        }
        double value = read.getAsDouble();
        if (!(value > over) || value > upto) {
            return List.of();
        }
        for (var factor : factors) {
            OptionalDouble by = factor.of(known);
            double divisor =
                    by.isEmpty() || factor.how() == How.TIMES ? 1 : factor.how() == How.OF ? value : by.getAsDouble();
            if (by.isEmpty() || divisor == 0) {
                return List.of();
            }
            value = factor.how() == How.PER
                    ? value / divisor
                    : (factor.how() == How.OF ? 1 : value) * by.getAsDouble() / divisor;
        }
        if (steps.isEmpty()) {
            return List.of(Numbers.fixed(value, decimals));
        }
        // What a quotient loses must not cost a step.
        var reached = steps.headMap(value + 1e-6);
        return reached.isEmpty() ? null : List.of(String.valueOf(reached.get(reached.lastKey())));
    }

    private OptionalDouble read(String field) {
        return switch (source) {
            case DIGITS -> Numbers.plain(field);
            case SIGNED -> {
                boolean minus = field.startsWith("-");
                OptionalDouble number = Numbers.plain(minus || field.startsWith("+") ? field.substring(1) : field);
                yield minus && number.isPresent() ? OptionalDouble.of(-number.getAsDouble()) : number;
            }
            case BYTES -> {
                long number = 0;
                for (int i = 0; i < field.length(); i++) {
                    number = (number << 8) | (field.charAt(i) & 0xff);
                }
                yield field.isEmpty() || field.length() > 4
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((double) number);
            }
        };
    }
}
