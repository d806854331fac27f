package org.nutjvm.drivers.snmp.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Answers of agents made into values of NUT (drivers/snmp-ups.c: decode_str, do_nut_snmp_get_int, su_ups_get;
/// drivers/snmp-ups-helpers.c).
final class Conversions {
    /// Octets of a text that are kept (SU_INFOSIZE without its end).
    static final int TEXT_LIMIT = 127;

    private static final String HEX = "0123456789ABCDEF";
    private static final double NEAR = 1e-9;

    private Conversions() {}

    /// Text for people. Octets that are no printable ASCII make the whole a list of hexadecimal numbers, as for
    /// hardware addresses; zero octets at the end are dropped before, and line ends become blanks.
    static String text(String octets) {
        int end = octets.length();
        while (end > 0 && octets.charAt(end - 1) == 0) {
            end--;
        }
        int kept = Math.min(end, TEXT_LIMIT);
        for (int i = 0; i < end; i++) {
            char c = octets.charAt(i);
            if ((c < ' ' && !(c >= '\t' && c <= '\r')) || c > '~') {
                return hex(octets, Math.min(end, (TEXT_LIMIT + 1) / 3));
            }
        }
        var text = new StringBuilder(kept);
        for (int i = 0; i < kept; i++) {
            char c = octets.charAt(i);
            text.append(c < ' ' ? ' ' : c);
        }
        return text.toString();
    }

    private static String hex(String octets, int count) {
        var text = new StringBuilder(count * 3);
        for (int i = 0; i < count; i++) {
            char c = octets.charAt(i);
            text.append(text.isEmpty() ? "" : " ")
                    .append(HEX.charAt(c >> 4 & 15))
                    .append(HEX.charAt(c & 15));
        }
        return text.toString();
    }

    /// The whole number a text begins with, 0 when it begins with none; `0x` in front means hexadecimal.
    static long leading(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) <= ' ') {
            i++;
        }
        boolean negative = i < text.length() && text.charAt(i) == '-';
        if (negative || (i < text.length() && text.charAt(i) == '+')) {
            i++;
        }
        int radix = 10;
        if (text.startsWith("0x", i) || text.startsWith("0X", i)) {
            radix = 16;
            i += 2;
        }
        long value = 0;
        while (i < text.length() && value < Long.MAX_VALUE / 100) {
            int digit = Character.digit(text.charAt(i++), radix);
            if (digit < 0) {
                break;
            }
            value = value * radix + digit;
        }
        return negative ? -value : value;
    }

    /// The same, but null when it begins with none: a text is no zero.
    static @Nullable Long number(String text) {
        int i = 0;
        while (i < text.length() && (text.charAt(i) <= ' ' || text.charAt(i) == '-' || text.charAt(i) == '+')) {
            i++;
        }
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9' ? leading(text) : null;
    }

    /// A number as C prints it: whole if it is, else with two digits.
    static String decimal(double value) {
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        if (Math.abs(whole - value) < NEAR && Math.abs(value) < 9e15) {
            return Long.toString((long) whole);
        }
        return fixed(value, 2);
    }

    /// A number with so many digits after the point, of the precision C has (float).
    static String fixed(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "0";
        }
        return new BigDecimal((double) (float) value)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /// month/day/year as year-month-day; other texts are left as they are.
    static String isoDate(String text) {
        int first = text.indexOf('/');
        int second = first < 0 ? -1 : text.indexOf('/', first + 1);
        if (second < 0) {
            return text;
        }
        int month = part(text, 0, first);
        int day = part(text, first + 1, second);
        int year = part(text, second + 1, text.length());
        if (month < 1 || month > 12 || day < 1 || day > 31 || year < 0) {
            return text;
        }
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
    }

    private static int part(String text, int from, int to) {
        int value = 0;
        int digits = 0;
        for (int i = from; i < to && digits < 5; i++, digits++) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit < 0) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return digits == 0 || digits == 5 ? -1 : value;
    }

    private static String padded(int value, int digits) {
        var text = Integer.toString(value);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /// How many numbers a list like `0,3,4` has.
    static int listed(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ',') {
                count++;
            }
        }
        return text.isEmpty() || text.endsWith(",") ? count : count + 1;
    }

    /// Tenths of a degree as degrees Celsius, or null when the unit is not known.
    ///
    /// @param unit 0 Kelvin, 1 Celsius, 2 Fahrenheit
    static @Nullable String sensorTemperature(long tenths, long unit) {
        double degrees = tenths / 10.0;
        if (unit == 0) {
            degrees -= 273.15;
        } else if (unit == 2) {
            degrees = (degrees - 32) * 5 / 9;
        } else if (unit != 1) {
            return null;
        }
        return fixed(degrees, 1);
    }
}
