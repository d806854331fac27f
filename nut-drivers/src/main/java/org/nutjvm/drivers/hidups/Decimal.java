package org.nutjvm.drivers.hidups;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers as C prints and reads them.
final class Decimal {
    private Decimal() {}

    /// As `%.Nf`: the exact binary value, rounded half to even.
    static String text(double value, int decimals) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        String text =
                new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        return negative && text.charAt(0) != '-' ? '-' + text : text;
    }

    /// The whole number a text begins with, 0 when it begins with none (atol).
    static long leading(String text) {
        return (long) decimal(text, false);
    }

    /// The decimal number a text begins with, 0 when it begins with none (strtod).
    static double decimal(String text) {
        return decimal(text, true);
    }

    private static double decimal(String text, boolean fraction) {
        String stripped = text.strip();
        int end = 0;
        boolean point = false;
        while (end < stripped.length() && end < 30) {
            char c = stripped.charAt(end);
            boolean sign = end == 0 && (c == '-' || c == '+');
            boolean dot = fraction && !point && c == '.';
            if (!sign && !dot && (c < '0' || c > '9')) {
                break;
            }
            point |= dot;
            end++;
        }
        String number = stripped.substring(0, end);
        boolean digits = number.chars().anyMatch(c -> c >= '0' && c <= '9');
        return digits ? Double.parseDouble(number) : 0;
    }
}
