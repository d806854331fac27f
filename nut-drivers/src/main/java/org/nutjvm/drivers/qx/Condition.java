package org.nutjvm.drivers.qx;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Something that holds as long as a variable has one of some values.
///
/// @param values the values, without regard to case; empty if any will do
/// @param none whether it must have none of them, or no value at all
/// @param least for a number, what it is not below
/// @param below for a number, what it is below
record Condition(String variable, List<String> values, boolean none, double least, double below) {
    private static final String WANTED =
            "variable:value|value, variable:*, variable!value, variable>=number or variable<number expected: ";

    /// Reads one.
    ///
    /// @throws IllegalArgumentException if it is none
    static Condition of(String word) {
        int at = 0;
        while (at < word.length() && ":!<>".indexOf(word.charAt(at)) < 0) {
            at++;
        }
        if (at < 1 || at + 1 >= word.length()) {
            throw new IllegalArgumentException(WANTED + word);
        }
        String variable = word.substring(0, at);
        return switch (word.charAt(at)) {
            case ':', '!' -> {
                String values = word.substring(at + 1);
                yield new Condition(
                        variable,
                        values.equals("*") ? List.of() : List.of(values.split("\\|", -1)),
                        word.charAt(at) == '!',
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY);
            }
            case '<' ->
                new Condition(
                        variable, List.of(), false, Double.NEGATIVE_INFINITY, number(word, word.substring(at + 1)));
            default -> {
                if (word.charAt(at + 1) != '=') {
                    throw new IllegalArgumentException(WANTED + word);
                }
                yield new Condition(
                        variable, List.of(), false, number(word, word.substring(at + 2)), Double.POSITIVE_INFINITY);
            }
        };
    }

    private static double number(String word, String digits) {
        return Numbers.plain(digits).orElseThrow(() -> new IllegalArgumentException(WANTED + word));
    }

    /// Whether all of them hold.
    static boolean all(List<Condition> conditions, Function<String, @Nullable String> known) {
        for (var condition : conditions) {
            if (!condition.holds(known.apply(condition.variable))) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(@Nullable String value) {
        if (value == null) {
            return none;
        }
        if (Double.isInfinite(least) && Double.isInfinite(below)) {
            return (values.isEmpty() || values.stream().anyMatch(value::equalsIgnoreCase)) != none;
        }
        OptionalDouble number = Numbers.plain(value);
        return number.isPresent() && number.getAsDouble() >= least && number.getAsDouble() < below;
    }
}
