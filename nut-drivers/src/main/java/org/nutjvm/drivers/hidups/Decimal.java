package org.nutjvm.drivers.hidups;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers as C prints and reads them.
final class Decimal {
    /// So many digits are a number without further ado.
    private static final int WHOLE = 15;

    /// Whole numbers below this are what they look like.
    private static final long EXACT = 1_000_000_000_000_000L;

    private Decimal() {}

    /// As `%.Nf`: the exact binary value, rounded half to even.
    static String text(double value, int decimals) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        long whole = (long) value;
        if (whole == value && whole != 0 && Math.abs(whole) < EXACT) {
            return decimals == 0 ? Long.toString(whole) : whole + "." + "0".repeat(decimals);
        }
        String text =
                new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        return negative && text.charAt(0) != '-' ? '-' + text : text;
    }

    /// The whole number a text begins with, 0 when it begins with none (atol).
    static long leading(String text) {
        long number = 0;
        int end = Math.min(text.length(), WHOLE);
        for (int i = 0; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return (long) decimal(text, false);
            }
            number = number * 10 + digit;
        }
        return end == text.length() ? number : (long) decimal(text, false);
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
        boolean digits = false;
        for (int i = 0; i < end; i++) {
            char c = number.charAt(i);
            digits |= c >= '0' && c <= '9';
        }
        return digits ? Double.parseDouble(number) : 0;
    }
}
