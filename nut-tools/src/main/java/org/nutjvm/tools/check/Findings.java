package org.nutjvm.tools.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.conf.Complaint.Level;

/// Collects what is found.
final class Findings {
    private final List<Finding> found = new ArrayList<>();
    private final Map<String, Integer> order = new HashMap<>();

    /// Files are reported in the order in which they are named here, and then in that of their first findings.
    void order(String file) {
        order.putIfAbsent(file, order.size());
    }

    void add(Mistake mistake, String file, int line, String what) {
        add(mistake, mistake.level(), file, line, what, mistake.cure());
    }

    void add(Mistake mistake, String file, int line, String what, String cure) {
        add(mistake, mistake.level(), file, line, what, cure);
    }

    void add(Mistake mistake, Level level, String file, int line, String what, String cure) {
        var finding = new Finding(mistake, level, file, line, what, cure);
        if (!found.contains(finding)) {
            found.add(finding);
        }
    }

    /// By file, and then by line.
    List<Finding> sorted() {
        for (Finding finding : found) {
            order(finding.file());
        }
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.<Finding>comparingInt(f -> order.getOrDefault(f.file(), 0))
                .thenComparingInt(Finding::line));
        return List.copyOf(sorted);
    }
}
