package org.nutjvm.tools.nutconf;

import java.nio.charset.StandardCharsets;

/// The text of nut.conf, which shells and systemd read: one assignment a line.
final class ShellFile implements EditedFile {
    private static final String EXPORT = "export ";

    private String text;

    ShellFile(byte[] text) {
        this.text = new String(text, StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Sets `NAME=value`: in the place of the last assignment, which is the one in force, or at the end. A comment
    /// behind it gets a line of its own, for systemd takes it for a part of the value.
    ///
    /// @param value plain letters, nothing a shell would look at
    void assign(String name, String value) {
        int begin = -1;
        for (int at = 0; at < text.length(); at = end(at)) {
            begin = assigns(text.substring(at, end(at)), name) ? at : begin;
        }
        if (begin < 0) {
            text += (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + name + "=" + value + "\n";
            return;
        }
        String line = text.substring(begin, end(begin));
        String comment = comment(line);
        String assignment = (line.strip().startsWith(EXPORT) ? EXPORT : "") + name + "=" + value + "\n";
        text = text.substring(0, begin)
                + (comment.isEmpty() ? "" : comment + "\n")
                + assignment
                + text.substring(end(begin));
    }

    /// Where the next line begins.
    private int end(int at) {
        int newline = text.indexOf('\n', at);
        return newline < 0 ? text.length() : newline + 1;
    }

    private static boolean assigns(String line, String name) {
        String stripped = line.strip();
        String assignment = stripped.startsWith(EXPORT)
                ? stripped.substring(EXPORT.length()).strip()
                : stripped;
        return assignment.startsWith(name)
                && assignment.substring(name.length()).strip().startsWith("=");
    }

    /// From a `#` behind a blank, outside quotes, to the end.
    private static String comment(String line) {
        char quote = 0;
        for (int i = 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#' && Character.isWhitespace(line.charAt(i - 1))) {
                return line.substring(i).strip();
            }
        }
        return "";
    }
}
