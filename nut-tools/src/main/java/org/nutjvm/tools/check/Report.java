package org.nutjvm.tools.check;

import java.util.List;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.tools.shared.Json;

/// What is printed.
///
/// @param directory the configuration's
/// @param live whether the machine was looked at as well
/// @param read the names of the files that were read
/// @param findings in the order in which they are shown
/// @param hidden how many notices are left out
record Report(String directory, boolean live, List<String> read, List<Finding> findings, int hidden) {
    int count(Level level) {
        int count = 0;
        for (Finding finding : findings) {
            count += finding.level() == level ? 1 : 0;
        }
        return count;
    }

    /// For people: two lines for each finding, and a last line with the numbers.
    String text(boolean colours) {
        var text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(finding.file());
            if (finding.line() > 0) {
                text.append(':').append(finding.line());
            }
            text.append(": ");
            paint(text, colour(finding.level()), word(finding.level()), colours);
            text.append(": ").append(printable(finding.what()));
            text.append(" [").append(finding.mistake().id()).append("]\n");
            text.append("    ").append(printable(finding.cure())).append('\n');
        }
        int bad = count(Level.ERROR) + count(Level.WARNING);
        paint(text, bad == 0 ? "32" : colour(count(Level.ERROR) > 0 ? Level.ERROR : Level.WARNING), numbers(), colours);
        return text.append('\n').toString();
    }

    private String numbers() {
        return directory + ": " + read.size() + (read.size() == 1 ? " file, " : " files, ")
                + number(count(Level.ERROR), "error") + ", "
                + number(count(Level.WARNING), "warning") + ", "
                + number(count(Level.NOTICE) + hidden, "notice")
                + (hidden > 0 ? " (not shown)" : "");
    }

    private static String number(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static void paint(StringBuilder text, String colour, String word, boolean colours) {
        if (colours) {
            text.append("\u001b[").append(colour).append('m').append(word).append("\u001b[0m");
        } else {
            text.append(word);
        }
    }

    private static String colour(Level level) {
        return switch (level) {
            case ERROR -> "1;31";
            case WARNING -> "33";
            case NOTICE -> "36";
        };
    }

    private static String word(Level level) {
        return switch (level) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTICE -> "notice";
        };
    }

    /// What a file or a server says must not steer a terminal.
    private static String printable(String text) {
        var printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            printable.append(c < ' ' || (c >= 0x7f && c < 0xa0) ? '?' : c);
        }
        return printable.toString();
    }

    /// For scripts: one object.
    String json() {
        var json = new StringBuilder("{\"config\": ");
        Json.string(json, directory);
        json.append(", \"live\": ").append(live).append(",\n \"files\": [");
        for (int i = 0; i < read.size(); i++) {
            json.append(i == 0 ? "" : ", ");
            Json.string(json, read.get(i));
        }
        json.append("],\n \"errors\": ").append(count(Level.ERROR));
        json.append(", \"warnings\": ").append(count(Level.WARNING));
        json.append(", \"notices\": ").append(count(Level.NOTICE) + hidden).append(",\n \"findings\": [");
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            json.append(i == 0 ? "\n" : ",\n").append("  {\"id\": ");
            Json.string(json, finding.mistake().id());
            json.append(", \"level\": ");
            Json.string(json, word(finding.level()));
            json.append(", \"file\": ");
            Json.string(json, finding.file());
            json.append(", \"line\": ").append(finding.line()).append(", \"what\": ");
            Json.string(json, finding.what());
            json.append(", \"cure\": ");
            Json.string(json, finding.cure());
            json.append('}');
        }
        return json.append(findings.isEmpty() ? "]}\n" : "\n ]}\n").toString();
    }
}
