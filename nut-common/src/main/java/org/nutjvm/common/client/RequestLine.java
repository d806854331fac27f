package org.nutjvm.common.client;

import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.wire.Words;

/// One line of a request, made of words.
final class RequestLine {
    private RequestLine() {}

    /// These words after a verb, or the words alone where that is empty, each quoted if it needs to be.
    static String of(String verb, String[] words) {
        var line = new StringBuilder(verb);
        for (String word : words) {
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(bare(word) ? word : Words.quote(word));
        }
        return line.toString();
    }

    /// Whether the parser at the other end reads this as one word without quotes.
    private static boolean bare(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c <= ' ' || c == '"' || c == '\\' || c == '#' || c == '=') {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /// One request must never become two.
    static void refuseBreaks(String line) throws NutException {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\n' || c == '\r' || c == 0) {
                throw NutException.of(Reason.INVALIDARG, "a line break or NUL in a request");
            }
        }
    }
}
