package org.nutjvm.common.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// NUT's word syntax, fed one byte at a time (common/parseconf.c). Configuration files, the network protocol and the
/// driver socket all use it: words are parted by white space, `=` is a word of its own outside quotes, `"` bounds a
/// word with blanks, `\` takes the next byte literally (or joins the next physical line), `#` begins a comment.
///
/// Memory is bounded whatever arrives: a word keeps its first {@link #WORD_LIMIT} bytes, a line its first
/// {@link #ARG_LIMIT} words, the rest is dropped as in C. Bytes outside `0x20`..`0x7f` inside words are dropped and
/// counted.
///
/// One instance belongs to one connection or file and one thread.
public final class Lexer {
    /// Words a line keeps (PCONF_DEFAULT_ARG_LIMIT).
    public static final int ARG_LIMIT = 32;

    /// Bytes a word keeps (PCONF_DEFAULT_WORDLEN_LIMIT).
    public static final int WORD_LIMIT = 512;

    /// What one byte did.
    public enum Event {
        /// The line goes on.
        MORE,
        /// The line is complete: {@link #words} has it until the next byte is fed.
        LINE,
        /// The line is malformed: {@link #error} says why, {@link #words} has what was read. The next byte begins a
        /// new line, as in C (so what follows on the same physical line is read as a line of its own).
        ERROR
    }

    private enum State {
        FIND_WORD,
        FIND_EOL,
        QUOTED,
        QUOTED_LITERAL,
        WORD,
        WORD_LITERAL,
        END_OF_LINE,
        PARSE_ERROR
    }

    private final List<String> words = new ArrayList<>(8);
    private byte[] word = new byte[32];
    private int wordLength;
    private State state = State.FIND_WORD;
    private String error = "";
    private int discarded;
    private int firstDiscarded;
    private boolean truncated;
    private long consumed;

    /// Takes one byte.
    public Event feed(byte b) {
        if (state == State.END_OF_LINE || state == State.PARSE_ERROR) {
            reset();
        }
        consumed++;
        state = next(b & 0xff);
        return switch (state) {
            case END_OF_LINE -> Event.LINE;
            case PARSE_ERROR -> Event.ERROR;
            default -> Event.MORE;
        };
    }

    /// Ends the input of a string given whole (pconf_line): a word still open is closed, quoted or not.
    public void finishLine() {
        if (wordLength > 0) {
            endWord();
        }
        state = State.END_OF_LINE;
    }

    /// Ends the input of a file (pconf_file_next at EOF). As in C a last line without newline counts only if a word
    /// was complete before it: a lone unfinished word is lost.
    ///
    /// @return whether {@link #words} holds a last line
    public boolean finishFile() {
        if (state == State.END_OF_LINE || state == State.PARSE_ERROR || words.isEmpty()) {
            return false;
        }
        finishLine();
        return true;
    }

    /// Forgets an unfinished line.
    public void reset() {
        words.clear();
        wordLength = 0;
        discarded = 0;
        truncated = false;
        consumed = 0;
        state = State.FIND_WORD;
    }

    /// The words of the line that the last byte completed, as an immutable copy.
    public List<String> words() {
        return List.copyOf(words);
    }

    /// Why the last byte was an {@link Event#ERROR}.
    public String error() {
        return error;
    }

    /// How many bytes of this line were dropped because they are not printable ASCII.
    public int discarded() {
        return discarded;
    }

    /// The first of them, 0..255; meaningless when {@link #discarded} is 0.
    public int firstDiscarded() {
        return firstDiscarded;
    }

    /// Whether this line has lost words beyond {@link #ARG_LIMIT}, or a word bytes beyond {@link #WORD_LIMIT}.
    public boolean truncated() {
        return truncated;
    }

    /// How many bytes this line has taken so far, for a limit on lines that never end.
    public long consumed() {
        return consumed;
    }

    private State next(int ch) {
        return switch (state) {
            case FIND_WORD -> findWord(ch);
            case FIND_EOL -> ch == '\n' ? State.END_OF_LINE : State.FIND_EOL;
            case QUOTED -> quoted(ch);
            case QUOTED_LITERAL -> {
                if (ch != '\n') {
                    add(ch);
                }
                yield State.QUOTED;
            }
            case WORD -> inWord(ch);
            case WORD_LITERAL -> {
                if (ch != '\n') {
                    add(ch);
                }
                yield State.WORD;
            }
            case END_OF_LINE, PARSE_ERROR -> throw new IllegalStateException("fed after the end without reset");
        };
    }

    private State findWord(int ch) {
        if (ch == '\n') {
            return State.END_OF_LINE;
        }
        if (ch == '#') {
            return State.FIND_EOL;
        }
        if (isSpace(ch)) {
            return State.FIND_WORD;
        }
        if (ch == '\\') {
            return State.WORD_LITERAL;
        }
        if (ch == '"') {
            return State.QUOTED;
        }
        add(ch);
        if (ch == '=') {
            endWord();
            return State.FIND_WORD;
        }
        return State.WORD;
    }

    private State quoted(int ch) {
        if (ch == '#') {
            error = "Unbalanced word due to unescaped # in quotes";
            endWord();
            return State.PARSE_ERROR;
        }
        if (ch == '"') {
            endWord();
            return State.FIND_WORD;
        }
        if (ch == '\\') {
            return State.QUOTED_LITERAL;
        }
        add(ch);
        return State.QUOTED;
    }

    private State inWord(int ch) {
        if (ch == '#') {
            endWord();
            return State.FIND_EOL;
        }
        if (ch == '\n') {
            endWord();
            return State.END_OF_LINE;
        }
        if (isSpace(ch)) {
            endWord();
            return State.FIND_WORD;
        }
        if (ch == '=') {
            endWord();
            add(ch);
            endWord();
            return State.FIND_WORD;
        }
        if (ch == '\\') {
            return State.WORD_LITERAL;
        }
        add(ch);
        return State.WORD;
    }

    private void add(int ch) {
        if (ch < 0x20 || ch > 0x7f) {
            if (discarded++ == 0) {
                firstDiscarded = ch;
            }
            return;
        }
        if (wordLength >= WORD_LIMIT) {
            truncated = true;
            return;
        }
        if (wordLength == word.length) {
            word = Arrays.copyOf(word, word.length * 2);
        }
        word[wordLength++] = (byte) ch;
    }

    private void endWord() {
        if (words.size() < ARG_LIMIT) {
            words.add(new String(word, 0, wordLength, StandardCharsets.ISO_8859_1));
        } else {
            truncated = true;
        }
        wordLength = 0;
    }

    private static boolean isSpace(int ch) {
        return ch == ' ' || (ch >= '\t' && ch <= '\r');
    }
}
