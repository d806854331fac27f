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
        return i == start ? 0 : decimal(text, start, i);
    }

    /// A number of at most 15 digits is one division of two that are exact. Others are left to the JDK, whose way takes
    /// a program that lives for one request a while.
    private static double decimal(String text, int start, int end) {
        long digits = 0;
        int count = 0;
        int behind = 0;
        boolean point = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (point) {
                    return rest(text, start, end);
                }
                point = true;
            } else if (digit(text, i)) {
                digits = digits * 10 + c - '0';
                count++;
                behind += point ? 1 : 0;
            }
        }
        if (count == 0 || count > 15) {
            return rest(text, start, end);
        }
        long power = 1;
        for (int i = 0; i < behind; i++) {
            power *= 10;
        }
        double value = (double) digits / power;
        return text.charAt(start) == '-' ? -value : value;
    }

    private static double rest(String text, int start, int end) {
        try {
            return Double.parseDouble(text.substring(start, end));
        } catch (NumberFormatException e) {
            return 0; // a sign or dots alone
        }
    }

    /// A number with one digit behind the point, as `%.1f` writes it: what is exactly between two goes to the even one.
    /// All in whole numbers, for the JDK's decimal ones take longer to load than a page takes.
    public static String tenths(double value) {
        double size = Math.abs(value);
        if (!(size < 1L << 62)) {
            return new BigDecimal(value).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
        }
        long whole = (long) size;
        double share = size - whole; // exact
        long tenth = 0;
        if (share >= 1.0 / 64) { // less is nothing, and all bits of what is more are among these 59
            long scaled = 10 * (long) (share * (1L << 59));
            tenth = scaled >> 59;
            long left = scaled & (1L << 59) - 1;
            tenth += left > 1L << 58 || (left == 1L << 58 && tenth % 2 == 1) ? 1 : 0;
        }
        whole += tenth / 10;
        tenth %= 10;
        return (value < 0 && (whole > 0 || tenth > 0) ? "-" : "") + whole + '.' + tenth;
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
