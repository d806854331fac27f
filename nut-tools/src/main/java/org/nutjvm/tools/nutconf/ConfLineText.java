package org.nutjvm.tools.nutconf;

import java.util.List;

/// A logical line of a configuration file as it stands there, with its end, and the words it is read as: none for
/// comments, blank lines and lines that are malformed.
record ConfLineText(String text, List<String> words) {
    private static final String PLAIN = "@._:/+-,*%[]";

    /// A new line of these words.
    ///
    /// @param indent what stands before the first
    /// @param end the end of the line
    static ConfLineText of(String indent, List<String> words, String end) {
        var text = new StringBuilder(indent);
        for (int i = 0; i < words.size(); i++) {
            text.append(i == 0 ? "" : " ").append(words.get(i).equals("=") ? "=" : quoted(words.get(i)));
        }
        return new ConfLineText(text.append(end).toString(), List.copyOf(words));
    }

    /// A word as it has to be written to be read as it is.
    static String quoted(String word) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length() && plain; i++) {
            char c = word.charAt(i);
            plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
        }
        if (plain) {
            return word;
        }
        var text = new StringBuilder("\"");
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '"' || c == '\\' || c == '#') {
                text.append('\\');
            }
            text.append(c);
        }
        return text.append('"').toString();
    }

    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /// Whether a section begins here.
    boolean heads() {
        return words.size() == 1
                && words.getFirst().startsWith("[")
                && words.getFirst().endsWith("]");
    }

    /// This line with other words: its indentation and the comment behind it stay.
    ConfLineText with(List<String> others) {
        int begin = 0;
        while (begin < text.length() && (text.charAt(begin) == ' ' || text.charAt(begin) == '\t')) {
            begin++;
        }
        String comment = comment();
        return of(text.substring(0, begin), others, comment.isEmpty() ? end() : " " + comment + end());
    }

    /// What is left of this line when its words are taken out: nothing, or its comment as a line.
    List<ConfLineText> remains() {
        String comment = comment();
        return comment.isEmpty() ? List.of() : List.of(new ConfLineText(comment + end(), List.of()));
    }

    private String end() {
        return text.endsWith("\r\n") ? "\r\n" : "\n";
    }

    /// The comment behind the words, with its `#`.
    private String comment() {
        boolean inWord = false;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                inWord = inWord || !quoted;
                i++;
            } else if (quoted) {
                quoted = c != '"';
            } else if (c == '#') {
                return text.substring(i).stripTrailing();
            } else if (c == '"' && !inWord) {
                quoted = true;
            } else {
                inWord = c != '=' && !Character.isWhitespace(c);
            }
        }
        return "";
    }
}
