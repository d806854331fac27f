package org.nutjvm.cgi.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nutjvm.cgi.web.Utf8;

/// Metrics by their names: OpenMetrics wants all of one name together. All are gauges, those with a constant 1 too, so
/// that programs that know only Prometheus' older format read them.
final class Families {
    private final Map<String, StringBuilder> families = new LinkedHashMap<>();
    private int length;

    /// Letters of all samples so far.
    int length() {
        return length;
    }

    /// Adds a sample.
    ///
    /// @param labels as {@link #label} wrote them, with commas between
    void add(String metric, String unit, String help, String labels, String value) {
        StringBuilder family = families.get(metric);
        if (family == null) {
            family = new StringBuilder(256);
            family.append("# TYPE ").append(metric).append(" gauge\n");
            if (!unit.isEmpty()) {
                family.append("# UNIT ").append(metric).append(' ').append(unit).append('\n');
            }
            family.append("# HELP ").append(metric).append(' ');
            escape(family, help);
            family.append('\n');
            families.put(metric, family);
        }
        int before = family.length();
        family.append(metric);
        if (!labels.isEmpty()) {
            family.append('{').append(labels).append('}');
        }
        family.append(' ').append(value).append('\n');
        length += family.length() - before;
    }

    /// Appends a label; the value may be any text.
    static StringBuilder label(StringBuilder labels, String name, String value) {
        labels.append(labels.isEmpty() ? "" : ",").append(name).append("=\"");
        escape(labels, Utf8.of(value));
        return labels.append('"');
    }

    private static void escape(StringBuilder to, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> to.append("\\\\");
                case '"' -> to.append("\\\"");
                case '\n' -> to.append("\\n");
                default -> to.append(c < ' ' || c == 0x7F ? ' ' : c);
            }
        }
    }

    String text() {
        var all = new StringBuilder(length + families.size() * 128);
        for (StringBuilder family : families.values()) {
            all.append(family);
        }
        return all.append("# EOF\n").toString();
    }
}
