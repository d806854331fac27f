package org.nutjvm.drivers.hidups;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.HidItem;
import org.nutjvm.drivers.hid.ReportDescriptor;
import org.nutjvm.drivers.usb.UsbId;

/// A table for a device, as far as the one in use fits, with everything it leaves out as comments.
record Exploration(Subdriver subdriver, List<Row> rows, ReportDescriptor descriptor, Reports reports) {
    List<String> lines(UsbId id, @Nullable String vendor, @Nullable String product) {
        var lines = new ArrayList<String>();
        lines.add("# " + id + " " + vendor + " " + product + "; see docs/hid-subdrivers.md");
        lines.add("subdriver \"" + (vendor == null ? "My" : vendor.replace('"', ' ')) + " HID 0.1\"");
        lines.add("device " + id);
        for (var row : rows) {
            if (row.item != null) {
                lines.add(row.mapping.line() + " # " + shown(row.item));
            }
        }
        for (var item : descriptor.items()) {
            if (rows.stream().noneMatch(row -> item.equals(row.item))) {
                lines.add("# left out: " + subdriver.name(item.path()) + " ("
                        + item.type().text() + ", report 0x" + Integer.toHexString(item.reportId()) + ", " + item.size()
                        + " bits): " + shown(item));
            }
        }
        return lines;
    }

    private String shown(HidItem item) {
        try {
            return Decimal.text(reports.value(item), 3);
        } catch (HidException e) {
            return "not readable";
        }
    }
}
