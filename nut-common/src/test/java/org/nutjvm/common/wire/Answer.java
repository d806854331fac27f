package org.nutjvm.common.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a parser says about a line: ours or C's, in the form in which they are compared.
///
/// @param kind `w` words, `e` malformed, `p` unfinished, `q` quoted
/// @param line the logical line number
/// @param discarded how many bytes were dropped
/// @param first the first of them, 0 when there is none
record Answer(char kind, int line, int discarded, int first, List<String> words, String error) {
    static Answer of(char kind, int line, Lexer lexer) {
        return new Answer(
                kind,
                line,
                lexer.discarded(),
                lexer.discarded() == 0 ? 0 : lexer.firstDiscarded(),
                lexer.words(),
                kind == 'e' ? lexer.error() : "");
    }

    /// The answers of parseconf-answers.c to one record.
    static List<Answer> read(DataInputStream in) throws IOException {
        var answers = new ArrayList<Answer>();
        for (char kind = (char) in.readByte(); kind != '.'; kind = (char) in.readByte()) {
            if (kind == 'q') {
                answers.add(new Answer(kind, 0, 0, 0, List.of(text(in)), ""));
                continue;
            }
            int line = in.readInt();
            int discarded = in.readInt();
            int first = in.readInt();
            var words = new ArrayList<String>();
            for (int left = in.readInt(); left > 0; left--) {
                words.add(text(in));
            }
            answers.add(new Answer(kind, line, discarded, first, words, kind == 'e' ? text(in) : ""));
        }
        return answers;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1);
    }
}
