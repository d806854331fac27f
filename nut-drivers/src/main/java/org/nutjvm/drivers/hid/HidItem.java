package org.nutjvm.drivers.hid;

/// One field of a report, as a descriptor declares it (drivers/hidtypes.h: HIDData_t).
///
/// @param path where it stands in the tree of collections
/// @param reportId of the report that holds it, 0 to 255
/// @param offset its first bit, counted from the byte after the report id; modulo 256, as C counts
/// @param size in bits
/// @param attribute the flags of the main item: bit 0 constant, bit 7 volatile
/// @param unit as in the descriptor
/// @param unitExponent power of ten that goes with the unit
/// @param logicalMin smallest value in the report
/// @param logicalMax greatest value in the report
/// @param logicalMaxAssumed whether the greatest value was below the smallest and has been taken as unsigned
/// @param physical what the logical range stands for, or none
public record HidItem(
        HidPath path,
        ReportType type,
        int reportId,
        int offset,
        int size,
        int attribute,
        int unit,
        int unitExponent,
        long logicalMin,
        long logicalMax,
        boolean logicalMaxAssumed,
        Physical physical) {

    /// A physical range; each end may be missing.
    public record Physical(boolean hasMin, long min, boolean hasMax, long max) {
        static final Physical NONE = new Physical(false, 0, false, 0);

        /// Whether values have to be scaled by it: both ends are there and not both zero (HID 1.11, 6.2.2.7).
        boolean scales() {
            return hasMin && hasMax && (min != 0 || max != 0);
        }
    }

    /// The same with other limits of the value in the report.
    HidItem withLogical(long min, long max, boolean assumed) {
        return new HidItem(
                path, type, reportId, offset, size, attribute, unit, unitExponent, min, max, assumed, physical);
    }

    /// Whether the device says that the value cannot be changed: constant, and nothing else.
    public boolean constant() {
        return attribute == 0x01;
    }

    /// Power of ten between the value in the report and volts, amperes, seconds: the unit exponent, less what the
    /// unit itself is off by (HID Power Devices 1.0, 3.2.3).
    public int exponent() {
        return switch (unit) {
            case 0x00F0D121, 0x0000D121 -> (byte) (unitExponent - 7);
            default -> unitExponent;
        };
    }
}
