package org.nutjvm.tools.check;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.NutConf;
import org.nutjvm.common.conf.UpslogVariable;
import org.nutjvm.tools.check.ConfSet.Part;

/// Mistakes that need no knowledge of what a file is for.
final class TextRules {
    /// Words whose lines hold commands or texts: what looks like a placeholder may be a redirection there.
    private static final List<String> FREE_TEXT = List.of("SHUTDOWNCMD", "NOTIFYCMD", "NOTIFYMSG", "CMDSCRIPT", "AT");

    private TextRules() {}

    static void look(ConfSet set, Findings found) {
        for (ConfException e : set.unreadable().values()) {
            // filed under its name below
            unreadable(set, e, found);
        }
        for (Part part : set.parts()) {
            boolean shell = part.name().equals(NutConf.FILE) || part.name().equals(UpslogVariable.FILE);
            end(part, shell, found);
            if (!part.active()) {
                found.add(Mistake.NO_ACTIVE_LINE, part.file(), 0, "nothing in " + part.name() + " is in force");
            }
            if (!shell) {
                for (ConfLine line : part.text().lines()) {
                    words(part, line, found);
                }
            }
        }
    }

    private static void unreadable(ConfSet set, ConfException e, Findings found) {
        for (var entry : set.unreadable().entrySet()) {
            if (entry.getValue().equals(e)) {
                found.add(Mistake.CANNOT_READ, set.file(entry.getKey()), 0, message(e));
            }
        }
    }

    private static String message(ConfException e) {
        String message = e.getMessage();
        return message == null ? e.reason().toString() : message;
    }

    /// As in C, what stands alone in a last line without end is lost.
    private static void end(Part part, boolean shell, Findings found) {
        byte[] bytes = part.bytes();
        if (bytes.length == 0 || bytes[bytes.length - 1] == '\n') {
            return;
        }
        byte[] ended = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, ended, 0, bytes.length);
        ended[bytes.length] = '\n';
        List<ConfLine> all = ConfReader.parse(part.file(), ended).lines();
        boolean lost = !shell && !all.equals(part.text().lines());
        found.add(
                Mistake.NO_FINAL_NEWLINE,
                lost ? Level.WARNING : Level.NOTICE,
                part.file(),
                lost ? all.getLast().line() : 0,
                lost
                        ? "the file ends in the middle of its last line, and '"
                                + all.getLast().word(0) + "' is lost"
                        : "the last line has no end",
                Mistake.NO_FINAL_NEWLINE.cure());
    }

    private static void words(Part part, ConfLine line, Findings found) {
        String first = line.word(0);
        if (first.startsWith("//") || first.startsWith(";")) {
            found.add(
                    Mistake.SLASH_COMMENT,
                    part.file(),
                    line.line(),
                    "'" + shortened(first) + "' begins no comment here");
            return;
        }
        for (int i = 0; i < line.size(); i++) {
            if (strayQuote(line.word(i)) && !escapes(part, line)) {
                found.add(
                        Mistake.STRAY_QUOTE,
                        part.file(),
                        line.line(),
                        "a quotation mark stands at the end of a word of " + shortened(first));
            }
        }
        if (FREE_TEXT.contains(first)) {
            return;
        }
        for (String word : line.words()) {
            if (placeholder(word)) {
                found.add(
                        Mistake.PLACEHOLDER,
                        part.file(),
                        line.line(),
                        "a placeholder of a template stands in the line of " + shortened(first));
                return;
            }
        }
    }

    /// A word that ends with a quotation mark and has no other: one was forgotten, or stands in the wrong place.
    private static boolean strayQuote(String word) {
        return word.length() > 1 && word.indexOf('"') == word.length() - 1;
    }

    /// Whether the line has escaped quotation marks, which are meant.
    private static boolean escapes(Part part, ConfLine line) {
        String[] lines = new String(part.bytes(), StandardCharsets.ISO_8859_1).split("\n", -1);
        return line.line() <= lines.length && lines[line.line() - 1].contains("\\\"");
    }

    /// `<name>`, also as a part of a word, `{{name}}`, `${NAME}`, `$NAME`.
    static boolean placeholder(String word) {
        int open = word.indexOf('<');
        if (open >= 0 && open + 1 < word.length()) {
            char next = word.charAt(open + 1);
            if (word.indexOf('>', open + 2) > 0 && (letter(next) || next == '/')) {
                return true;
            }
            if (open == 0 && (letter(next) || next == '/' || next == '<')) {
                return true;
            }
        }
        return word.contains("{{")
                || word.contains("${")
                || (word.startsWith("{") && word.endsWith("}"))
                || (word.length() > 2 && word.charAt(0) == '$' && name(word, 1));
    }

    private static boolean name(String word, int from) {
        for (int i = from; i < word.length(); i++) {
            if (!letter(word.charAt(i)) && word.charAt(i) != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean letter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static String shortened(String word) {
        return word.length() > 30 ? word.substring(0, 30) + "..." : word;
    }
}
