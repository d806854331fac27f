package org.nutjvm.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.nutjvm.common.wire.Lexer;
import org.nutjvm.common.wire.Words;

/// The syntax of files and both protocols.
public final class LexerFuzz {
    private LexerFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var lexer = new Lexer();
        var again = new Lexer();
        for (byte b : data) {
            var event = lexer.feed(b);
            Must.hold(lexer.consumed() <= data.length && lexer.discarded() <= lexer.consumed(), "counts");
            if (event != Lexer.Event.MORE) {
                check(lexer.words());
                whatWasReadCanBeWritten(lexer.words(), again);
            }
        }
        if (lexer.finishFile()) {
            check(lexer.words());
        }
    }

    private static void check(List<String> words) {
        Must.hold(words.size() <= Lexer.ARG_LIMIT, "words");
        for (String word : words) {
            Must.hold(word.length() <= Lexer.WORD_LIMIT, "letters");
            Must.hold(word.chars().allMatch(c -> c >= 0x20 && c <= 0x7f), "not printable: " + word);
        }
    }

    /// Quoted they are the same words again, in a stream and as a line by itself.
    private static void whatWasReadCanBeWritten(List<String> words, Lexer again) {
        var line = new StringBuilder();
        for (String word : words) {
            line.append(Words.quote(word)).append(' ');
        }
        var back = new ArrayList<>(Words.split(line.toString()));
        Must.hold(back.equals(words), words + " came back as " + back);
        line.append('\n');
        for (int i = 0; i < line.length(); i++) {
            var event = again.feed((byte) line.charAt(i));
            Must.hold(event == (i < line.length() - 1 ? Lexer.Event.MORE : Lexer.Event.LINE), "ended early: " + line);
        }
        Must.hold(again.words().equals(words), "in a stream: " + words);
    }
}
