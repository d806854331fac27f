package org.nutjvm.common.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.nutjvm.common.wire.Lexer;

/// Lines of a server, cut out of the stream one by one and into words. Whatever the server sends, a line takes at most
/// {@link #LINE_LIMIT} bytes and the time it was given, however slowly it drips in.
final class ReplyReader {
    /// Bytes of one line. upsd cannot send more than a value of 512 bytes, each escaped, and two names.
    static final int LINE_LIMIT = 8 * 1024;

    /// A line longer than that, or one the parser refuses.
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message, null);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private final Socket socket;
    private final InputStream in;
    /// One more byte than is ever read into it, for a newline that ends the search for one.
    private final byte[] buffer = new byte[2 * LINE_LIMIT + 1];
    private int begin;
    private int end;

    /// Where the line last read lies in the buffer.
    private int lineBegin;

    private int lineEnd;

    ReplyReader(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /// Reads up to the next newline.
    ///
    /// @param timeoutMillis for the whole line, 0 for no limit
    /// @return how many bytes it took
    /// @throws EOFException the stream ended before the newline; what had come is dropped
    /// @throws SocketTimeoutException the newline did not come in time
    /// @throws Unreadable the line is too long
    int readLine(int timeoutMillis) throws IOException {
        long deadline = 0;
        int seen = begin;
        while (true) {
            byte[] bytes = buffer;
            bytes[end] = '\n';
            while (bytes[seen] != '\n') {
                seen++;
            }
            if (seen < end) {
                lineBegin = begin;
                lineEnd = seen;
                begin = seen + 1;
                return begin - lineBegin;
            }
            if (end - begin > LINE_LIMIT) {
                throw new Unreadable("line of more than " + LINE_LIMIT + " bytes");
            }
            if (begin >= LINE_LIMIT || begin == end) {
                System.arraycopy(buffer, begin, buffer, 0, end - begin);
                end -= begin;
                seen -= begin;
                begin = 0;
            }
            if (timeoutMillis > 0) {
                long now = System.nanoTime();
                if (deadline == 0) {
                    deadline = now + timeoutMillis * 1_000_000L;
                }
                long left = (deadline - now + 999_999) / 1_000_000;
                if (left <= 0) {
                    throw new SocketTimeoutException("Read timed out");
                }
                socket.setSoTimeout((int) left);
            }
            int got = in.read(buffer, end, buffer.length - 1 - end);
            if (got < 0) {
                throw new EOFException();
            }
            end += got;
        }
    }

    /// Whether nothing came after the line last read, as far as is known.
    boolean empty() {
        return begin == end;
    }

    /// The line last read, as it came.
    String text() {
        return new String(buffer, lineBegin, lineEnd - lineBegin, StandardCharsets.ISO_8859_1);
    }

    /// Whether the line last read begins so.
    boolean startsWith(String prefix) {
        int length = prefix.length();
        if (lineEnd - lineBegin < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer[lineBegin + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The words of the line last read. Nearly all lines are plain words and quoted ones without an escape; the rest
    /// goes through the full parser. (The loops are written for an interpreter, which is all that a tool lives to
    /// see: most characters are letters, and those pass after one comparison.)
    ///
    /// @throws Unreadable the parser refuses the line
    List<String> words() throws Unreadable {
        var words = new ArrayList<String>(6);
        byte[] bytes = buffer;
        int i = lineBegin;
        int end = lineEnd;
        while (i < end) {
            byte b = bytes[i];
            if (b == ' ') {
                i++;
                continue;
            }
            boolean quoted = b == '"';
            int start = quoted ? ++i : i;
            while (i < end) {
                b = bytes[i];
                if (b <= '\\' && (b <= '#' || b == '\\' || b == '=')) {
                    boolean plain = quoted && (b == ' ' || b == '=' || b == '!');
                    if (!plain) {
                        break;
                    }
                }
                i++;
            }
            int stop = i;
            if (quoted) {
                if (i == end || b != '"') {
                    return parsed();
                }
                i++;
            }
            boolean apart = i == end || bytes[i] == ' ';
            if (!apart || stop - start > Lexer.WORD_LIMIT || words.size() == Lexer.ARG_LIMIT) {
                return parsed();
            }
            words.add(new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1));
        }
        return words;
    }

    private List<String> parsed() throws Unreadable {
        var lexer = new Lexer();
        for (int i = lineBegin; i < lineEnd; i++) {
            if (lexer.feed(buffer[i]) == Lexer.Event.ERROR) {
                throw new Unreadable(lexer.error());
            }
        }
        lexer.finishLine();
        return lexer.words();
    }
}
