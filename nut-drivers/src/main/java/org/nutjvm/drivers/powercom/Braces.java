package org.nutjvm.drivers.powercom;

/// Reads settings such as `{{1,30},y}` piece by piece, as C's sscanf does: blanks may stand before numbers,
/// and what follows the last piece does not count. What is no such thing is an {@link
/// IllegalArgumentException}.
final class Braces {
    private static final int DECIMAL = 10;
    private static final int HEX = 16;
    private static final int LONGEST = 30;

    private final String text;
    private int at;

    Braces(String text) {
        this.text = text;
    }

    /// These characters, one by one.
    Braces then(String characters) {
        if (!text.startsWith(characters, at)) {
            throw new IllegalArgumentException("no " + characters + " at " + at);
        }
        at += characters.length();
        return this;
    }

    char letter() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("too short");
        }
        return text.charAt(at++);
    }

    /// A byte in decimal.
    int number() {
        return integer(DECIMAL);
    }

    /// A byte in hexadecimal, with or without 0x before it.
    int hex() {
        blanks();
        if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
            at += 2;
        }
        return integer(HEX);
    }

    private int integer(int radix) {
        blanks();
        int from = at;
        while (at < text.length() && Character.digit(text.charAt(at), radix) >= 0) {
            at++;
        }
        int number = Integer.parseInt(text.substring(from, at), radix);
        if (number > 255) {
            throw new IllegalArgumentException("more than a byte");
        }
        return number;
    }

    float decimal() {
        blanks();
        int from = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at - from > LONGEST) {
            throw new IllegalArgumentException("too long");
        }
        return Float.parseFloat(text.substring(from, at));
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
