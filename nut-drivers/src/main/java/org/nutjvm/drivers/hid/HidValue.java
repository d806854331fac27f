package org.nutjvm.drivers.hid;

/// Values in reports: bits to logical value to physical value, and back (drivers/hidparser.c: GetValue, SetValue;
/// drivers/libhid.c: logical_to_physical and the reverse).
public final class HidValue {
    /// Items up to this size in bits are read a byte at a time; the same, in less time.
    private static final int BY_BYTES = 32;

    private HidValue() {}

    /// The value of an item in a report, within the item's logical limits. Bits beyond the end of the report are 0,
    /// bits
    /// beyond the limits' size are garbage that some devices send, and dropped.
    ///
    /// @param report with the report id as its first byte
    public static long logical(HidItem item, byte[] report) {
        return within(item, item.size() <= BY_BYTES ? bytes(item, report) : bits(item, report));
    }

    private static long bytes(HidItem item, byte[] report) {
        int bit = item.offset() + 8;
        int first = bit >> 3;
        int last = Math.min((bit + item.size() + 7) >> 3, report.length) - 1;
        long value = 0;
        for (int at = last; at >= first; at--) {
            value = (value << 8) | (report[at] & 0xff);
        }
        return (value >> (bit & 7)) & ((1L << item.size()) - 1);
    }

    private static long bits(HidItem item, byte[] report) {
        long value = 0;
        int bit = item.offset() + 8;
        for (int weight = 0; weight < item.size(); weight++, bit++) {
            int at = bit >> 3;
            if (at < report.length && (report[at] & (1 << (bit & 7))) != 0) {
                value += 1L << weight;
            }
        }
        return value;
    }

    /// Unsigned if both limits are, else in two's complement (HID 1.11, 5.8).
    private static long within(HidItem item, long bits) {
        long min = item.logicalMin();
        long max = item.logicalMax();
        boolean negative = min < 0;
        long greatest = Math.max(magnitude(max), magnitude(min));
        long sign = 1L << (Long.SIZE - Long.numberOfLeadingZeros(greatest));
        long mask = (sign - 1) | (negative ? sign : 0);
        long value = bits & mask;
        if (negative && (value & sign) != 0) {
            value |= ~mask;
        }
        return value < min ? min : Math.min(value, max);
    }

    private static long magnitude(long limit) {
        return limit >= 0 ? limit : -(limit + 1);
    }

    /// Writes a logical value into a report; bits beyond its end are dropped.
    public static void put(HidItem item, byte[] report, long value) {
        int bit = item.offset() + 8;
        for (int weight = 0; weight < item.size(); weight++, bit++) {
            int at = bit >> 3;
            if (at >= report.length) {
                return;
            }
            int mask = 1 << (bit & 7);
            report[at] = (byte) ((value & (1L << weight)) != 0 ? report[at] | mask : report[at] & ~mask);
        }
    }

    /// Logical to physical, in volts, amperes, seconds and so on.
    public static double physical(HidItem item, long logical) {
        return scaled(item, logical) * powerOfTen(item.exponent());
    }

    private static double scaled(HidItem item, long logical) {
        var physical = item.physical();
        if (!physical.scales() || !increasing(item)) {
            return logical;
        }
        double factor = (double) (physical.max() - physical.min()) / (item.logicalMax() - item.logicalMin());
        double value = (logical - item.logicalMin()) * factor + physical.min();
        return Math.clamp(value, (double) physical.min(), (double) physical.max());
    }

    /// Physical to logical, cut to a whole number.
    public static long logical(HidItem item, double value) {
        double unscaled = value / powerOfTen(item.exponent());
        var physical = item.physical();
        if (!physical.scales() || !increasing(item)) {
            return (long) unscaled;
        }
        double factor = (double) (item.logicalMax() - item.logicalMin()) / (physical.max() - physical.min());
        long logical = (long) ((unscaled - physical.min()) * factor) + item.logicalMin();
        return Math.clamp(logical, item.logicalMin(), item.logicalMax());
    }

    private static boolean increasing(HidItem item) {
        return item.physical().max() > item.physical().min() && item.logicalMax() > item.logicalMin();
    }

    /// By repeated multiplication, so that the last digits are those of C.
    private static double powerOfTen(int exponent) {
        double factor = exponent < 0 ? 1 / 10.0 : 10.0;
        double result = 1;
        for (int i = Math.abs(exponent); i > 0; i--) {
            result = factor * result;
        }
        return result;
    }
}
