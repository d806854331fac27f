package org.nutjvm.tools.nutconf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.nutjvm.common.wire.Lexer;

/// The text of a configuration file, to be changed line by line. What is not changed stays as it is, byte for byte:
/// comments, blanks, order. A comment behind words that are taken out becomes a line of its own.
final class ConfFile implements EditedFile {
    private static final String INDENT = "\t";

    private final List<ConfLineText> lines = new ArrayList<>();
    private final String end;

    ConfFile(byte[] text) {
        var lexer = new Lexer();
        int begin = 0;
        for (int i = 0; i < text.length; i++) {
            Lexer.Event event = lexer.feed(text[i]);
            if (event != Lexer.Event.MORE) {
                List<String> words = event == Lexer.Event.LINE ? lexer.words() : List.of();
                lines.add(new ConfLineText(string(text, begin, i + 1), words));
                lexer.reset();
                begin = i + 1;
            }
        }
        if (begin < text.length) {
            List<String> words = lexer.finishFile() ? lexer.words() : List.of();
            lines.add(new ConfLineText(string(text, begin, text.length) + "\n", words));
        }
        end = !lines.isEmpty() && lines.getFirst().text().endsWith("\r\n") ? "\r\n" : "\n";
    }

    private static String string(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte[] bytes() {
        var text = new StringBuilder();
        for (ConfLineText line : lines) {
            text.append(line.text());
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The words of the lines that begin with the word.
    List<List<String>> words(String word) {
        var found = new ArrayList<List<String>>();
        for (ConfLineText line : lines) {
            if (line.word(0).equals(word)) {
                found.add(line.words());
            }
        }
        return found;
    }

    /// Puts a line in the place of the first that begins with the same word and is meant by the condition, and takes
    /// the others of these out. Where there is none it is added.
    void replace(Predicate<List<String>> meant, List<String> words) {
        int place = -1;
        for (int i = 0; i < lines.size(); i++) {
            ConfLineText line = lines.get(i);
            if (line.word(0).equals(words.getFirst()) && meant.test(line.words())) {
                if (place < 0) {
                    place = i;
                    lines.set(i, line.with(words));
                } else {
                    i = remove(i);
                }
            }
        }
        if (place < 0) {
            add(words);
        }
    }

    /// Puts a line behind the last that begins with the same word, or at the end.
    void add(List<String> words) {
        int place = lines.size();
        for (int i = 0; i < lines.size(); i++) {
            place = lines.get(i).word(0).equals(words.getFirst()) ? i + 1 : place;
        }
        lines.add(place, ConfLineText.of("", words, end));
    }

    /// Takes a line out.
    ///
    /// @return the index of the line before those that follow
    private int remove(int index) {
        List<ConfLineText> remains = lines.remove(index).remains();
        lines.addAll(index, remains);
        return index + remains.size() - 1;
    }

    /// Takes all sections out, comments excepted.
    void removeSections() {
        boolean inside = false;
        boolean blank = false;
        var kept = new ArrayList<ConfLineText>();
        for (ConfLineText line : lines) {
            inside = inside || line.heads();
            boolean words = !line.words().isEmpty();
            for (ConfLineText left : inside && words ? line.remains() : List.of(line)) {
                boolean alsoBlank = left.text().isBlank();
                if (!inside || !blank || !alsoBlank) {
                    kept.add(left);
                }
                blank = alsoBlank;
            }
        }
        lines.clear();
        lines.addAll(kept);
    }

    /// Sets `key = value` in a section: in the place of such lines, or behind the section's last line. A section may
    /// have been begun several times.
    void set(String section, String key, String value) {
        List<String> words = List.of(key, "=", value);
        boolean done = false;
        String current = "";
        for (int i = 0; i < lines.size(); i++) {
            ConfLineText line = lines.get(i);
            current = line.heads() ? line.word(0) : current;
            if (current.equals(head(section)) && line.word(0).equalsIgnoreCase(key)) {
                if (done) {
                    i = remove(i);
                } else {
                    lines.set(i, line.with(words));
                    done = true;
                }
            }
        }
        if (!done) {
            append(section, words);
        }
    }

    /// Adds a line to a section, unless it has one with the same words.
    void addTo(String section, List<String> words) {
        String current = "";
        for (ConfLineText line : lines) {
            current = line.heads() ? line.word(0) : current;
            if (current.equals(head(section)) && line.words().equals(words)) {
                return;
            }
        }
        append(section, words);
    }

    /// Takes lines that begin with the word out of a section.
    void removeFrom(String section, String word) {
        String current = "";
        for (int i = 0; i < lines.size(); i++) {
            ConfLineText line = lines.get(i);
            current = line.heads() ? line.word(0) : current;
            if (current.equals(head(section)) && line.word(0).equalsIgnoreCase(word)) {
                i = remove(i);
            }
        }
    }

    private static String head(String section) {
        return "[" + section + "]";
    }

    /// Puts a line behind the last of a section; the section is begun at the end of the file if there is none.
    private void append(String section, List<String> words) {
        String current = "";
        int last = -1;
        for (int i = 0; i < lines.size(); i++) {
            ConfLineText line = lines.get(i);
            current = line.heads() ? line.word(0) : current;
            last = current.equals(head(section)) && !line.words().isEmpty() ? i : last;
        }
        if (last < 0) {
            if (!lines.isEmpty() && !lines.getLast().text().isBlank()) {
                lines.add(new ConfLineText(end, List.of()));
            }
            last = lines.size();
            lines.add(ConfLineText.of("", List.of(head(section)), end));
        }
        String indent =
                lines.get(last).heads() ? INDENT : indent(lines.get(last).text());
        lines.add(last + 1, ConfLineText.of(indent, words, end));
    }

    private static String indent(String text) {
        return text.substring(0, text.length() - text.stripLeading().length());
    }
}
