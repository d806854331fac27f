package org.nutjvm.drivers.apcsmart;

/// Text from a line for a log.
final class Noise {
    private static final int LONGEST = 40;

    private Noise() {}

    /// Without what a terminal would obey, and not too long.
    static String text(String from) {
        var text = new StringBuilder();
        for (int i = 0; i < from.length() && i < LONGEST; i++) {
            char c = from.charAt(i);
            text.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return from.length() > LONGEST ? text + "..." : text.toString();
    }
}
