package org.nutjvm.drivers.apcsmart;

import org.nutjvm.drivers.apcsmart.Tables.Format;

/// What answers look like. Nothing in the protocol protects them, so what a line may do to one (a lost or a wrong
/// byte) is found by its form alone.
final class Shape {
    private Shape() {}

    /// Whether a text has a form of `apcsmart.txt`.
    static boolean matches(String shape, String text) {
        int at = 0;
        for (int i = 0; i < shape.length(); i++) {
            char kind = shape.charAt(i);
            switch (kind) {
                case '?' -> {
                    return true;
                }
                case 'a' -> {
                    int from = at;
                    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                        at++;
                    }
                    if (at == from) {
                        return false;
                    }
                }
                default -> {
                    if (at >= text.length() || !fits(kind, text.charAt(at++))) {
                        return false;
                    }
                }
            }
        }
        return at == text.length();
    }

    private static boolean fits(char kind, char c) {
        return kind == '9' ? digit(c) : kind == c;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Whether a text consists of so many digits.
    static boolean digits(String text, int least, int most) {
        return text.length() >= least && text.length() <= most && allDigits(text);
    }

    private static boolean allDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!digit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether a text can be an answer of a format at all.
    static boolean plausible(Format format, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean good = switch (format) {
                case PERCENT, VOLT, AMP, CELSIUS, DECIMAL -> digit(c) || c == '.' || c == ',' || c == '-' || c == ' ';
                case HEX -> digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
                case MINUTES, SECONDS -> digit(c) || c == ':';
                case PLAIN, HOURS, REASON -> c >= ' ' && c < 0x7f;
            };
            if (!good) {
                return false;
            }
        }
        return true;
    }

    /// A text's form: digits and letters are each of one kind, the rest stands for itself.
    static String of(String text) {
        var form = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            form.append(digit(c) ? '9' : Character.isLetter(c) ? 'a' : c);
        }
        return form.toString();
    }
}
