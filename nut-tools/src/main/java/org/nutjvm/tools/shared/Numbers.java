package org.nutjvm.tools.shared;

import java.time.Duration;

/// Numbers of the command line, read as upstream's str_to_uint and str_to_double read them: the whole word or nothing.
public final class Numbers {
    private Numbers() {}

    /// An unsigned number that fits an int, or -1.
    public static int unsigned(String text) {
        if (text.isEmpty() || text.length() > 10) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }

    /// Seconds with or without a fraction; negative if the text is none.
    public static Duration seconds(String text) {
        int whole = unsigned(text);
        if (whole >= 0) {
            return Duration.ofSeconds(whole);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '+' && c != 'e' && c != 'E' && c != '-') {
                return Duration.ofSeconds(-1);
            }
        }
        try {
            double seconds = Double.parseDouble(text);
            if (seconds > 0 && seconds < 0.001) {
                return Duration.ofMillis(1);
            }
            return Duration.ofMillis((long) Math.clamp(seconds * 1000, -1, Integer.MAX_VALUE));
        } catch (NumberFormatException e) {
            return Duration.ofSeconds(-1);
        }
    }
}
