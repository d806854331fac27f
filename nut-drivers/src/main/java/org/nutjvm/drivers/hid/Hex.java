package org.nutjvm.drivers.hid;

/// Numbers and bytes in hexadecimal; `String.format` is too dear for a driver's start.
public final class Hex {
    private static final String DIGITS = "0123456789abcdef";

    private Hex() {}

    static void append(StringBuilder to, long value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            to.append(DIGITS.charAt((int) (value >>> shift) & 0xf));
        }
    }

    /// The lowest digits of a value.
    public static String of(long value, int digits) {
        var text = new StringBuilder(digits);
        append(text, value, digits);
        return text.toString();
    }

    /// Bytes, parted by blanks.
    public static String of(byte[] bytes, int length) {
        var text = new StringBuilder(length * 3);
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                text.append(' ');
            }
            append(text, bytes[i], 2);
        }
        return text.toString();
    }

    /// A number of 1 to 8 hexadecimal digits, or -1.
    public static long parse(String text) {
        if (text.isEmpty() || text.length() > 8) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
