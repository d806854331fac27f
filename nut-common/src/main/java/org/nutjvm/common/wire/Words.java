package org.nutjvm.common.wire;

import java.util.List;

/// Whole lines to words and words to text, in NUT's syntax (see {@link Lexer}).
public final class Words {
    private Words() {}

    /// The words of one line given without its newline (common/parseconf.c: pconf_line). What follows a newline or a
    /// malformed quote is not looked at. Characters that are not ASCII are dropped, as their bytes would be.
    public static List<String> split(String line) {
        var lexer = new Lexer();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (lexer.feed((byte) (c < 0x80 ? c : 0x80)) != Lexer.Event.MORE) {
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
