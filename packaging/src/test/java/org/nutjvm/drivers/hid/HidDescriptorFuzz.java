package org.nutjvm.drivers.hid;

import java.util.Arrays;
import java.util.EnumSet;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;

/// Report descriptors of USB devices, their repairs, and values in reports.
public final class HidDescriptorFuzz {
    private HidDescriptorFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        int switches = input.next();
        int shorter = input.next();
        byte[] content = input.take(8);
        byte[] bytes = input.rest();
        var repairs = EnumSet.noneOf(Repair.class);
        int bit = 1;
        for (var repair : Repair.values()) {
            if ((switches & bit) != 0) {
                repairs.add(repair);
            }
            bit <<= 1;
        }
        var descriptor = DescriptorParser.parse(bytes, repairs);
        check(descriptor, content, shorter);
        for (var repair : repairs) {
            descriptor = repair.apply(descriptor);
        }
        check(descriptor, content, shorter);
    }

    private static void check(ReportDescriptor descriptor, byte[] content, int shorter) {
        for (String complaint : descriptor.complaints()) {
            Must.hold(Must.printable(complaint) && complaint.length() < 1000, "complaint: " + complaint);
        }
        Must.hold(descriptor.complaints().size() < 1000, "complaints without end");
        for (var item : descriptor.items()) {
            int length = descriptor.reportLength(item.reportId());
            Must.hold(length >= 1 && length <= 65_536, "a report of " + length);
            Must.hold(item.size() >= 0 && item.offset() >= 0, "place of " + item);
            Must.hold(descriptor.find(item.path(), item.type()) != null, "not found again: " + item);
            Must.hold(item.path().size() <= HidPath.LIMIT, "depth of " + item);
            byte[] report = new byte[Math.max(1, length - shorter % 8)];
            for (int i = 1; i < report.length && content.length > 0; i++) {
                report[i] = content[i % content.length];
            }
            value(item, report);
        }
    }

    private static void value(HidItem item, byte[] report) {
        long logical = HidValue.logical(item, report);
        if (item.logicalMin() <= item.logicalMax()) {
            Must.hold(logical >= item.logicalMin() && logical <= item.logicalMax(), logical + " is not within " + item);
        }
        double physical = HidValue.physical(item, logical);
        Must.hold(!Double.isNaN(physical), "no number: " + item);
        long back = HidValue.logical(item, physical);
        byte[] written = report.clone();
        HidValue.put(item, written, back);
        Must.hold(written[0] == report[0], "the id of a report was overwritten");
        byte[] same = report.clone();
        HidValue.put(item, same, logical);
        byte[] twice = same.clone();
        HidValue.put(item, twice, logical);
        Must.hold(Arrays.equals(same, twice), "put twice: " + item);
        int bits = Math.min(item.size(), 63);
        boolean inside = item.offset() + 8 + item.size() <= report.length * 8;
        boolean fits = item.logicalMin() >= 0 && item.logicalMax() < (1L << bits);
        if (inside && fits && item.logicalMin() <= item.logicalMax()) {
            Must.hold(HidValue.logical(item, same) == logical, logical + " written is read otherwise: " + item);
        }
    }
}
