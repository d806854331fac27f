package org.nutjvm.upsd.session;

import java.util.List;
import org.nutjvm.common.wire.Lexer;

/// Finds the request lines in what clients send. One instance serves all connections: it keeps nothing between two
/// calls. Where a line ends does not depend on how the bytes were cut into pieces.
public final class RequestReader {
    /// No request is longer: four names or values of {@link Lexer#WORD_LIMIT} bytes with every byte escaped.
    public static final int LINE_LIMIT = 4096;

    /// Control bytes a line may have before it counts as binary. As in C each is dropped, and so is every byte above
    /// 0x7f; a stray NUL is a habit of some small clients.
    private static final int CONTROL_LIMIT = 2;

    /// What was found.
    public enum Found {
        /// The line goes on beyond these bytes.
        NOTHING,
        /// {@link #words} has a line.
        LINE,
        /// A quote holds what it must not.
        MALFORMED,
        /// More bytes than any request has. What follows from {@link #next} up to a newline belongs to it.
        TOO_LONG,
        /// Not text.
        BINARY
    }

    private final Lexer lexer = new Lexer();
    private int next;

    /// Looks for one line that begins at start.
    public Found read(byte[] bytes, int start, int end) {
        lexer.reset();
        int limit = Math.min(end, start + LINE_LIMIT);
        int controls = 0;
        for (int i = start; i < limit; i++) {
            byte b = bytes[i];
            if (b >= 0 && b < ' ' && (b < '\t' || b > '\r')) {
                controls++;
            }
            switch (lexer.feed(b)) {
                case MORE -> {}
                case LINE -> {
                    next = i + 1;
                    return controls > CONTROL_LIMIT ? Found.BINARY : Found.LINE;
                }
                case ERROR -> {
                    int newline = newline(bytes, i, limit);
                    if (newline >= 0) {
                        next = newline + 1;
                        return Found.MALFORMED;
                    }
                    i = limit;
                }
            }
        }
        next = limit;
        return limit - start >= LINE_LIMIT ? Found.TOO_LONG : Found.NOTHING;
    }

    /// The words of the line.
    public List<String> words() {
        return lexer.words();
    }

    /// Where what was found ends and the next line begins.
    public int next() {
        return next;
    }

    /// Where the next newline is, or -1.
    public static int newline(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
