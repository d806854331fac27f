package org.nutjvm.cgi.metrics;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Values of NUT's variables as numbers.
final class Values {
    /// No number of a UPS is longer.
    private static final int LONGEST = 32;

    private static final String[] ON = {"enable", "enabled", "on", "true", "active", "activated"};
    private static final String[] OFF = {"disable", "disabled", "off", "false", "inactive", "deactivated"};

    private Values() {}

    /// The number a value is, in its own digits, or null if it is none.
    static @Nullable String number(String value) {
        String text = value.strip();
        int i = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int digits = 0;
        int points = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                return null;
            }
        }
        return digits == 0 || points > 1 || text.length() > LONGEST ? null : plain(new BigDecimal(text));
    }

    /// The number a value is, or 1 or 0 for a word that says yes or no; null if it is nothing of that.
    static @Nullable String numberOrSwitch(String value) {
        String number = number(value);
        if (number != null) {
            return number;
        }
        String word = value.strip().toLowerCase(Locale.ROOT);
        return among(ON, word) ? "1" : among(OFF, word) ? "0" : null;
    }

    private static boolean among(String[] words, String word) {
        for (String one : words) {
            if (one.equals(word)) {
                return true;
            }
        }
        return false;
    }

    static @Nullable String of(Gauge.Kind kind, String value) {
        return switch (kind) {
            case PLAIN -> number(value);
            case SHARE -> {
                String percent = number(value);
                yield percent == null ? null : plain(new BigDecimal(percent).movePointLeft(2));
            }
            case BEEPER ->
                switch (value) {
                    case "enabled" -> "1";
                    case "disabled" -> "2";
                    case "muted" -> "3";
                    default -> "0";
                };
            case STATUS ->
                switch (value.indexOf(' ') < 0 ? value : value.substring(0, value.indexOf(' '))) {
                    case "OL" -> "1";
                    case "OB" -> "2";
                    case "LB" -> "3";
                    default -> "0";
                };
        };
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
