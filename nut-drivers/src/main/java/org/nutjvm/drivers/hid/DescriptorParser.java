package org.nutjvm.drivers.hid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Reads a HID report descriptor (HID 1.11, 6.2.2), however broken: what can be made out of it is kept, the rest is
/// complained of. The items are those the C driver sees (drivers/hidparser.c), and on purpose with what it
/// gets wrong, because device tables were made through its eyes: offsets wrap at 256 bits, and items of reports without
/// an id are all at offset 0.
public final class DescriptorParser {
    /// Longest descriptor read (drivers/hidtypes.h: REPORT_DSC_SIZE).
    public static final int LIMIT = 6144;

    private static final int MAX_ITEMS = 500;
    private static final int MAX_USAGES = 50;
    private static final int MAX_COMPLAINTS = 20;
    private static final int[] ITEM_SIZE = {0, 1, 2, 4};

    private final byte[] bytes;
    private final int length;
    private final boolean unsignedMaximum;
    private final List<HidItem> items = new ArrayList<>();
    private final int[] lengths = new int[256];
    private final List<String> complaints = new ArrayList<>();

    private int pos;
    private int item;
    private int value;
    private int left;

    private final int[] path = new int[HidPath.LIMIT];
    private int depth;
    private int tooDeep;
    private final int[] usages = new int[MAX_USAGES + 1];
    private int usageCount;

    private int usagePage;
    private int reportId;
    private int reportSize;
    private int reportCount;
    private int unit;
    private int unitExponent;
    private long logicalMin;
    private long logicalMax;
    private boolean logicalMaxAssumed;
    private HidItem.Physical physical = HidItem.Physical.NONE;
    private final List<Offset> offsets = new ArrayList<>();

    /// The next free bit of a report, one type of it.
    private static final class Offset {
        final int reportId;
        final ReportType type;
        int bits;

        Offset(int reportId, ReportType type) {
            this.reportId = reportId;
            this.type = type;
        }
    }

    private DescriptorParser(byte[] bytes, boolean unsignedMaximum) {
        this.bytes = bytes;
        this.length = Math.min(bytes.length, LIMIT);
        this.unsignedMaximum = unsignedMaximum;
    }

    /// Reads a descriptor; one without a single item gives an empty list.
    ///
    /// @param repairs {@link Repair#LOGICAL_MAXIMUM} is made while reading, the others by {@link Repair#apply}
    public static ReportDescriptor parse(byte[] descriptor, Set<Repair> repairs) {
        return new DescriptorParser(descriptor, repairs.contains(Repair.LOGICAL_MAXIMUM)).parse();
    }

    private ReportDescriptor parse() {
        if (bytes.length > LIMIT) {
            complain("Report descriptor too big: " + bytes.length + " bytes, the first " + LIMIT + " are used");
        }
        while (items.size() < MAX_ITEMS && pos < length) {
            step();
        }
        if (items.size() == MAX_ITEMS && pos < length) {
            complain("Too many HID objects: only the first " + MAX_ITEMS + " are used");
        }
        if (depth > 0) {
            complain("The descriptor ends within a collection");
        }
        return new ReportDescriptor(items, lengths, complaints);
    }

    private void step() {
        if (left == 0) {
            item = bytes[pos++] & 0xff;
            value = 0;
            int size = ITEM_SIZE[item & 3];
            for (int i = 0; i < size && pos + i < length; i++) {
                value |= (bytes[pos + i] & 0xff) << (8 * i);
            }
            pos += size;
            if (pos > length) {
                complain("The descriptor ends within an item");
            }
        }
        switch (item & 0xfc) {
            case 0x04 -> usagePage = value & 0xffff;
            case 0x08 -> usage();
            case 0xa0 -> collection();
            case 0xc0 -> endCollection();
            case 0x80 -> main(ReportType.INPUT);
            case 0x90 -> main(ReportType.OUTPUT);
            case 0xb0 -> main(ReportType.FEATURE);
            case 0x84 -> reportId = value & 0xff;
            case 0x74 -> reportSize = value & 0xff;
            case 0x94 -> reportCount = value & 0xff;
            case 0x54 -> unitExponent = nibble((byte) value);
            case 0x64 -> unit = value;
            case 0x14 -> logicalMin = signed();
            case 0x24 -> logicalMax();
            case 0x34 -> physical = new HidItem.Physical(true, signed(), physical.hasMax(), physical.max());
            case 0x44 -> physical = new HidItem.Physical(physical.hasMin(), physical.min(), true, signed());
            case 0xfc -> pos += value & 0xff;
            default -> {
                // Usage ranges, strings, delimiters, push and pop: no power device is known to need them.
            }
        }
    }

    /// The value, with the sign its size gives it.
    private long signed() {
        return switch (item & 3) {
            case 1 -> (byte) value;
            case 2 -> (short) value;
            case 3 -> value;
            default -> 0;
        };
    }

    private static int nibble(byte exponent) {
        return exponent > 7 ? (byte) (exponent | 0xf0) : exponent;
    }

    private void logicalMax() {
        logicalMax = signed();
        if (unsignedMaximum && logicalMax < logicalMin) {
            long unsigned = value & 0xffffffffL;
            complain("LogMax is less than LogMin. Vendor HID report descriptor may be incorrect; interpreting LogMax "
                    + logicalMax + " as " + unsigned + " in ReportID: 0x" + Hex.of(reportId, 2));
            logicalMax = unsigned;
            logicalMaxAssumed = true;
        }
    }

    private void usage() {
        if (usageCount == MAX_USAGES) {
            complain("HID Usage too high: only the first " + MAX_USAGES + " of a control are used");
            return;
        }
        usages[usageCount++] = (item & 3) == 3 ? value : (usagePage << 16) | (value & 0xffff);
    }

    /// The usage of the next control. Local items end with their main item (HID 1.11, 6.2.2.8).
    private int takeUsage() {
        int usage = usages[0];
        if (usageCount > 0) {
            System.arraycopy(usages, 1, usages, 0, usageCount);
            usageCount--;
        }
        return usage;
    }

    private void resetLocals() {
        usageCount = 0;
        Arrays.fill(usages, 0);
    }

    private void collection() {
        int usage = takeUsage();
        boolean indexed = Integer.compareUnsigned(value, 0x80) >= 0;
        if (depth + (indexed ? 2 : 1) >= HidPath.LIMIT) {
            complain("HID path too long: deeper collections are taken for their parent");
            tooDeep++;
        } else {
            path[depth++] = usage;
            if (indexed) {
                path[depth++] = HidPath.indexed(value & 0x7f);
            }
        }
        resetLocals();
    }

    private void endCollection() {
        if (tooDeep > 0) {
            tooDeep--;
        } else if (depth == 0) {
            complain("A collection ends that has not begun");
        } else {
            depth--;
            if (depth > 0 && HidPath.isIndex(path[depth])) {
                depth--;
            }
        }
        resetLocals();
    }

    private void main(ReportType type) {
        if (left == 0) {
            left = reportCount;
        }
        int usage = takeUsage();
        var offset = offset(type);
        if (usage != 0) {
            path[depth] = usage;
            items.add(new HidItem(
                    HidPath.of(path, depth + 1),
                    type,
                    reportId,
                    offset.bits,
                    reportSize,
                    value & 0xff,
                    unit,
                    unitExponent,
                    logicalMin,
                    logicalMax,
                    logicalMaxAssumed,
                    physical));
        }
        lengths[reportId] = Math.max(lengths[reportId], (offset.bits + reportSize + 7) >> 3);
        offset.bits = (offset.bits + reportSize) & 0xff;
        // A count of 0 runs through a byte once in C.
        left = (left - 1) & 0xff;
        if (left == 0) {
            resetLocals();
        }
    }

    /// Without a report id there is nothing to remember: C begins at 0 again for each item.
    private Offset offset(ReportType type) {
        for (var offset : offsets) {
            if (offset.reportId == reportId && offset.type == type) {
                return offset;
            }
        }
        var added = new Offset(reportId, type);
        if (reportId != 0) {
            offsets.add(added);
        }
        return added;
    }

    private void complain(String what) {
        if (complaints.size() < MAX_COMPLAINTS && !complaints.contains(what)) {
            complaints.add(what);
        }
    }
}
