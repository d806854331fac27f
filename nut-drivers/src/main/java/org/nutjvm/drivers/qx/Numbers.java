package org.nutjvm.drivers.qx;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Numbers in answers and settings.
final class Numbers {
    private Numbers() {}

    /// A number as devices write it: digits, perhaps with a point, between blanks. Everything else is none, so that a
    /// field without a value does not become 0.
    static OptionalDouble plain(String text) {
        String digits = text.strip();
        int points = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == '.') {
                points++;
            } else if (c < '0' || c > '9') {
                return OptionalDouble.empty();
            }
        }
        if (points > 1 || points == digits.length() || digits.length() > 32) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble(digits));
    }

    /// The same of a variable's value, or of none.
    static OptionalDouble of(@Nullable String value) {
        return value == null ? OptionalDouble.empty() : plain(value);
    }

    /// With so many decimals, rounded as C's printf does.
    static String fixed(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }
}
