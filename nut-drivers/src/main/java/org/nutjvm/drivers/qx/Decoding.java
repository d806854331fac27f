package org.nutjvm.drivers.qx;

import org.jspecify.annotations.Nullable;

/// How an answer becomes the text whose places a protocol's file counts.
enum Decoding {
    /// It is text.
    TEXT {
        @Override
        String decoded(String answer) {
            return answer;
        }
    },
    /// Ten or eleven groups of bytes. Bytes that mean something to a line are escaped; a group becomes hexadecimal
    /// digits, the tenth and eleventh become bits.
    HEX_STATUS {
        @Override
        @Nullable
        String decoded(String answer) {
            if (!answer.startsWith("#") || !answer.endsWith("\r")) {
                return null;
            }
            var text = new StringBuilder("#");
            int group = 1;
            for (int i = 1; i < answer.length() && answer.charAt(i) != '\r'; i++) {
                char c = answer.charAt(i);
                if (c == ' ') {
                    text.append(' ');
                    group++;
                    continue;
                }
                int escaped = c == ESCAPE && i + 1 < answer.length() ? ESCAPED.indexOf(answer.charAt(i + 1)) : -1;
                if (escaped >= 0) {
                    c = MEANT.charAt(escaped);
                    i++;
                }
                append(text, c, group >= BITS);
            }
            boolean whole = group == BITS ? text.length() == 46 : group == BITS + 1 && text.length() == 55;
            return whole ? text.append('\r').toString() : null;
        }
    };

    private static final char ESCAPE = '(';
    private static final String ESCAPED = "\0\u0001\u0002\u0003\u0004";
    private static final String MEANT = "\r\u0011\u0013\n ";
    private static final int BITS = 10;

    private static void append(StringBuilder text, int b, boolean bits) {
        if (bits) {
            for (int bit = 7; bit >= 0; bit--) {
                text.append((b >> bit & 1) == 0 ? '0' : '1');
            }
        } else {
            text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
    }

    /// The text, or null if the answer is none of this kind.
    @Nullable
    abstract String decoded(String answer);
}
