package org.nutjvm.common.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Whole lines to words and words to text, in NUT's syntax (see {@link Lexer}).
public final class Words {
    private Words() {}

    /// The words of one line given without its newline (common/parseconf.c: pconf_line). What follows a newline or a
    /// malformed quote is not looked at.
    public static List<String> split(String line) {
        var lexer = new Lexer();
        for (byte b : line.getBytes(StandardCharsets.ISO_8859_1)) {
            if (lexer.feed(b) != Lexer.Event.MORE) {
                return lexer.words();
            }
        }
        lexer.finishLine();
        return lexer.words();
    }

    /// The text with a backslash before each `#`, `\` and `"`, for use between quotes (pconf_encode).
    public static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '#' || c == '\\' || c == '"') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /// The text escaped and between quotes, as values travel on both protocols.
    public static String quote(String text) {
        return '"' + escape(text) + '"';
    }
}
