package org.nutjvm.common.log;

/// The text of log lines, so that one message is one line whatever a peer has sent.
final class LogText {
    private LogText() {}

    /// The text with every character that could end a line, move a terminal's cursor or hide what stands there
    /// written as an escape (`\n`, `\x1B`, `\u202E`). A tab stays.
    static String printable(String text) {
        int at = 0;
        while (at < text.length() && !harmful(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        var safe = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!harmful(c)) {
                safe.append(c);
            } else if (c == '\n') {
                safe.append("\\n");
            } else if (c == '\r') {
                safe.append("\\r");
            } else if (c < 0x100) {
                safe.append("\\x").append(hex(c >> 4)).append(hex(c));
            } else {
                safe.append("\\u")
                        .append(hex(c >> 12))
                        .append(hex(c >> 8))
                        .append(hex(c >> 4))
                        .append(hex(c));
            }
        }
        return safe.toString();
    }

    /// Control characters, line and paragraph separators, and those that turn the direction of writing.
    private static boolean harmful(char c) {
        return (c < ' ' && c != '\t')
                || (c >= 0x7f && c < 0xa0)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static char hex(int value) {
        return "0123456789ABCDEF".charAt(value & 15);
    }

    /// The stamp before each line while debugging, `%4.0f.%06ld` and a tab: seconds and microseconds since the
    /// start.
    static void stamp(StringBuilder line, long nanosSinceStart) {
        long micros = Math.max(0, nanosSinceStart) / 1000;
        pad(line, Long.toString(micros / 1_000_000), 4, ' ');
        line.append('.');
        pad(line, Long.toString(micros % 1_000_000), 6, '0');
        line.append('\t');
    }

    private static void pad(StringBuilder line, String digits, int width, char with) {
        for (int i = digits.length(); i < width; i++) {
            line.append(with);
        }
        line.append(digits);
    }
}
