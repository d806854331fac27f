package org.nutjvm.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Prints results as Markdown, as they come.
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void section(String title) {
        out.println("\n## " + title);
    }

    void line(String text) {
        out.println("\n" + text);
    }

    void tableHead(String... columns) {
        out.println();
        row((Object[]) columns);
        row(Arrays.stream(columns).map(_ -> "---").toArray());
    }

    void row(Object... cells) {
        out.println(Arrays.stream(cells).map(Object::toString).collect(Collectors.joining(" | ", "| ", " |")));
    }

    /// A figure with three or more digits that mean something.
    String number(double value) {
        String format = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }

    String ratio(double value) {
        return String.format(Locale.ROOT, "**%.2f**", value);
    }

    String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", share * 100);
    }
}
