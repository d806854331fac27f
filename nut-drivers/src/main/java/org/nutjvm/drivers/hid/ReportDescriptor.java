package org.nutjvm.drivers.hid;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of all reports of a device, in the order of its descriptor.
public final class ReportDescriptor {
    private final List<HidItem> items;
    private final int[] reportLengths;
    private final List<String> complaints;

    ReportDescriptor(List<HidItem> items, int[] reportLengths, List<String> complaints) {
        this.items = List.copyOf(items);
        this.reportLengths = reportLengths.clone();
        this.complaints = List.copyOf(complaints);
    }

    public List<HidItem> items() {
        return items;
    }

    /// What was wrong with the descriptor, in sentences for a log; a device works in spite of it.
    public List<String> complaints() {
        return complaints;
    }

    /// Bytes of the report with an id, its id included: the longest of its input, output and feature forms.
    public int reportLength(int reportId) {
        return reportLengths[reportId] + 1;
    }

    /// The first item of a type at a path, or below it; null when there is none.
    public @Nullable HidItem find(HidPath path, ReportType type) {
        for (var item : items) {
            if (item.type() == type && item.path().startsWith(path)) {
                return item;
            }
        }
        return null;
    }

    /// The first item of a report that has a usage, or null.
    @Nullable
    HidItem find(int reportId, int usage) {
        for (var item : items) {
            if (item.reportId() == reportId && item.path().usage() == usage) {
                return item;
            }
        }
        return null;
    }

    /// The input items of a report.
    public List<HidItem> inputs(int reportId) {
        var found = new ArrayList<HidItem>();
        for (var item : items) {
            if (item.reportId() == reportId && item.type() == ReportType.INPUT) {
                found.add(item);
            }
        }
        return found;
    }

    /// The same with one item in the place of another.
    ReportDescriptor with(HidItem instead, HidItem of) {
        var changed = new ArrayList<>(items);
        changed.set(changed.indexOf(of), instead);
        return new ReportDescriptor(changed, reportLengths, complaints);
    }
}
