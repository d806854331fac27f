package org.nutjvm.cgi.web;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers at the beginning of a text, as C's strtol and strtod find them: what follows is not looked at.
public final class Numbers {
    private Numbers() {}

    /// Whether there is a number at all.
    public static boolean begins(String text) {
        int i = blanks(text);
        if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            i++;
        }
        return i < text.length() && digit(text, i);
    }

    /// The whole number at the beginning, 0 if there is none; at most what an int holds.
    public static int whole(String text) {
        int i = blanks(text);
        boolean negative = i < text.length() && text.charAt(i) == '-';
        if (i < text.length() && (negative || text.charAt(i) == '+')) {
            i++;
        }
        long value = 0;
        for (; i < text.length() && digit(text, i) && value < Integer.MAX_VALUE; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return Math.clamp(negative ? -value : value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /// The number at the beginning, with or without a fraction, 0 if there is none.
    public static double real(String text) {
        int start = blanks(text);
        int i = start;
        if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            i++;
        }
        while (i < text.length() && (digit(text, i) || text.charAt(i) == '.') && i - start < 32) {
            i++;
        }
        try {
            return i == start ? 0 : Double.parseDouble(text.substring(start, i));
        } catch (NumberFormatException e) {
            return 0; // a sign or dots alone
        }
    }

    /// A number with one digit behind the point, as `%.1f` writes it.
    public static String tenths(double value) {
        return new BigDecimal(value).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static int blanks(String text) {
        int i = 0;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private static boolean digit(String text, int i) {
        return text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
}
