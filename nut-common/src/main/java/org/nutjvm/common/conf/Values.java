package org.nutjvm.common.conf;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Numbers and truth values as C NUT reads them from configuration words.
public final class Values {
    private Values() {}

    /// `true`, `on`, `yes`, `1` and `false`, `off`, `no`, `0` in any case (server/conf.c: parse_boolean); anything else
    /// is empty.
    public static Optional<Boolean> bool(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> Optional.of(Boolean.TRUE);
            case "false", "off", "no", "0" -> Optional.of(Boolean.FALSE);
            default -> Optional.empty();
        };
    }

    /// As {@link #bool}, but any number counts too, true unless it is 0 (ALLOW_NO_DEVICE and its like).
    public static Optional<Boolean> boolOrNumber(String word) {
        OptionalInt number = leadingNumber(word);
        return number.isPresent() ? Optional.of(number.getAsInt() != 0) : bool(word);
    }

    /// The number a word that begins with a digit begins with, what follows being ignored (isdigit, then atoi); empty
    /// for other words. Where C overflows, this stays at the greatest int.
    public static OptionalInt leadingNumber(String word) {
        if (word.isEmpty() || !isDigit(word.charAt(0))) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(atoi(word));
    }

    /// A whole decimal number and nothing else, within int (common/str.c: str_to_int); empty for anything else.
    public static OptionalInt number(String word) {
        int start = 0;
        while (start < word.length() && isSpace(word.charAt(start))) {
            start++;
        }
        int end = word.length();
        while (end > start && isSpace(word.charAt(end - 1))) {
            end--;
        }
        int digits = start;
        if (digits < end && (word.charAt(digits) == '-' || word.charAt(digits) == '+')) {
            digits++;
        }
        if (digits == end) {
            return OptionalInt.empty();
        }
        long value = 0;
        for (int i = digits; i < end; i++) {
            char c = word.charAt(i);
            if (!isDigit(c)) {
                return OptionalInt.empty();
            }
            value = Math.min(value * 10 + (c - '0'), 1L << 40);
        }
        if (word.charAt(start) == '-') {
            value = -value;
        }
        return value == (int) value ? OptionalInt.of((int) value) : OptionalInt.empty();
    }

    /// What C's atoi makes of the word: the number it begins with, 0 where it begins with none. Where C overflows, this
    /// stays at the greatest or least int.
    public static int atoi(String word) {
        int i = 0;
        while (i < word.length() && isSpace(word.charAt(i))) {
            i++;
        }
        boolean negative = i < word.length() && word.charAt(i) == '-';
        if (negative || (i < word.length() && word.charAt(i) == '+')) {
            i++;
        }
        long value = 0;
        while (i < word.length() && isDigit(word.charAt(i))) {
            value = Math.min(value * 10 + (word.charAt(i) - '0'), 1L << 40);
            i++;
        }
        return Math.clamp(negative ? -value : value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
