package org.nutjvm.drivers.apcsmart;

import org.nutjvm.drivers.apcsmart.Tables.Format;

/// The device's way to write values to NUT's (drivers/apcsmart.c: convert_data).
final class Values {
    private Values() {}

    static String converted(Format format, String text) {
        return switch (format) {
            case MINUTES -> Long.toString(60 * leading(text));
            case HOURS -> Long.toString(3600 * leading(text));
            case REASON -> reason(text);
            default -> text;
        };
    }

    private static String reason(String text) {
        return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case 'R' -> "unacceptable utility voltage rate of change";
            case 'H' -> "high utility voltage";
            case 'L' -> "low utility voltage";
            case 'T' -> "line voltage notch or spike";
            case 'O' -> "no transfers yet since turnon";
            case 'S' -> "simulated power failure or UPS test";
            default -> text;
        };
    }

    /// The whole number a text begins with, or 0.
    private static long leading(String text) {
        long value = 0;
        for (int i = 0; i < text.length() && i < 12; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                break;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
