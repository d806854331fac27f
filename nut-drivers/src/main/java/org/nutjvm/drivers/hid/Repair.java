package org.nutjvm.drivers.hid;

import java.util.EnumSet;
import java.util.Set;

/// What is known to be wrong in descriptors of real devices, and how it is put right. Each can be switched; the
/// setting `disable_fix_report_desc` leaves only the first (as in C, where that one is part of the parser).
public enum Repair {
    /// A greatest value below the smallest was meant without a sign: 0xff in one byte is 255 (drivers/hidparser.c).
    LOGICAL_MAXIMUM,
    /// Back-UPS 051d:0002: the input voltage (report 0x31) may rise above where the transfer voltage (0x33) ends, to
    /// twice of it (drivers/apc-hid.c).
    APC_INPUT_VOLTAGE,
    /// Back-UPS 051d:0002: the nominal input voltage (0x30) may be up to 255 (drivers/apc-hid.c).
    APC_NOMINAL_VOLTAGE,
    /// 0764:0501, 0764:0601: the limits of the high transfer voltage (0x10) were left in force for the output voltage
    /// (0x12), and often for the input voltage (0x0f): both are 0 to 511 (drivers/cps-hid.c).
    CPS_VOLTAGES_OF_TRANSFER,
    /// The same devices: a greatest voltage that was assumed reaches at least 511, and one voltage as far as the other,
    /// within the bits there are (drivers/cps-hid.c).
    CPS_ASSUMED_VOLTAGES,
    /// The same devices: the nominal power (0x18) may be up to 2048 W (drivers/cps-hid.c).
    CPS_NOMINAL_POWER,
    /// 075d:0300, 06da:ffff as GoldenMate: greatest run time of report 2 (drivers/idowell-hid.c).
    IDOWELL_RUNTIME,
    /// The same devices: greatest voltage of report 2 (drivers/idowell-hid.c).
    IDOWELL_VOLTAGE;

    private static final int HIGH_VOLTAGE_TRANSFER = 0x00840054;
    private static final int VOLTAGE = 0x00840030;
    private static final int CONFIG_VOLTAGE = 0x00840040;
    private static final int CONFIG_ACTIVE_POWER = 0x00840044;
    private static final int RUN_TIME_TO_EMPTY = 0x00850068;
    private static final long CPS_GREATEST_VOLTAGE = 511;

    /// All of them.
    public static Set<Repair> all() {
        return EnumSet.allOf(Repair.class);
    }

    /// Only what the parser itself does.
    public static Set<Repair> parserOnly() {
        return EnumSet.of(LOGICAL_MAXIMUM);
    }

    /// Repairs a descriptor that has been read.
    ///
    /// @return the repaired one, or the same when nothing was broken
    public ReportDescriptor apply(ReportDescriptor descriptor) {
        return switch (this) {
            case LOGICAL_MAXIMUM -> descriptor;
            case APC_INPUT_VOLTAGE -> apcInputVoltage(descriptor);
            case APC_NOMINAL_VOLTAGE -> apcNominalVoltage(descriptor);
            case CPS_VOLTAGES_OF_TRANSFER -> cpsVoltagesOfTransfer(descriptor);
            case CPS_ASSUMED_VOLTAGES -> cpsAssumedVoltages(descriptor);
            case CPS_NOMINAL_POWER -> cpsNominalPower(descriptor);
            case IDOWELL_RUNTIME -> idowell(descriptor, RUN_TIME_TO_EMPTY, 0x75FFFFFF);
            case IDOWELL_VOLTAGE -> idowell(descriptor, VOLTAGE, 65535);
        };
    }

    private static ReportDescriptor apcInputVoltage(ReportDescriptor d) {
        var transfer = d.find(0x33, HIGH_VOLTAGE_TRANSFER);
        var voltage = d.find(0x31, VOLTAGE);
        if (transfer == null || voltage == null || transfer.logicalMax() <= voltage.logicalMax()) {
            return d;
        }
        return d.with(voltage.withLogical(0, transfer.logicalMax() * 2, voltage.logicalMaxAssumed()), voltage);
    }

    private static ReportDescriptor apcNominalVoltage(ReportDescriptor d) {
        var transfer = d.find(0x33, HIGH_VOLTAGE_TRANSFER);
        var nominal = d.find(0x30, CONFIG_VOLTAGE);
        if (transfer == null || nominal == null || transfer.logicalMax() <= nominal.logicalMax()) {
            return d;
        }
        return d.with(nominal.withLogical(nominal.logicalMin(), 255, nominal.logicalMaxAssumed()), nominal);
    }

    private static ReportDescriptor cpsVoltagesOfTransfer(ReportDescriptor d) {
        var transfer = d.find(0x10, HIGH_VOLTAGE_TRANSFER);
        var output = d.find(0x12, VOLTAGE);
        if (transfer == null || output == null || !sameLimits(transfer, output)) {
            return d;
        }
        var repaired = d.with(output.withLogical(0, CPS_GREATEST_VOLTAGE, output.logicalMaxAssumed()), output);
        var input = d.find(0x0f, VOLTAGE);
        return input == null || !sameLimits(transfer, input)
                ? repaired
                : repaired.with(input.withLogical(0, CPS_GREATEST_VOLTAGE, input.logicalMaxAssumed()), input);
    }

    private static boolean sameLimits(HidItem a, HidItem b) {
        return a.logicalMin() == b.logicalMin() && a.logicalMax() == b.logicalMax();
    }

    private static ReportDescriptor cpsAssumedVoltages(ReportDescriptor d) {
        var output = d.find(0x12, VOLTAGE);
        var input = d.find(0x0f, VOLTAGE);
        if (output == null || input == null || (!output.logicalMaxAssumed() && !input.logicalMaxAssumed())) {
            return d;
        }
        long out = output.logicalMax();
        long in = input.logicalMax();
        out = output.logicalMaxAssumed() ? Math.max(out, CPS_GREATEST_VOLTAGE) : out;
        in = input.logicalMaxAssumed() ? Math.max(in, CPS_GREATEST_VOLTAGE) : in;
        if (output.logicalMaxAssumed() && out < in) {
            out = in;
        } else if (input.logicalMaxAssumed() && in < out) {
            in = out;
        }
        out = withinBits(output, out);
        in = withinBits(input, in);
        return d.with(input.withLogical(input.logicalMin(), in, input.logicalMaxAssumed()), input)
                .with(output.withLogical(output.logicalMin(), out, output.logicalMaxAssumed()), output);
    }

    private static long withinBits(HidItem item, long max) {
        boolean bounded = item.logicalMaxAssumed() && item.size() > 1 && item.size() < Long.SIZE;
        return bounded ? Math.min(max, (1L << item.size()) - 1) : max;
    }

    private static ReportDescriptor cpsNominalPower(ReportDescriptor d) {
        var power = d.find(0x18, CONFIG_ACTIVE_POWER);
        if (power == null || power.logicalMax() >= 2048) {
            return d;
        }
        return d.with(power.withLogical(power.logicalMin(), 2048, power.logicalMaxAssumed()), power);
    }

    private static ReportDescriptor idowell(ReportDescriptor d, int usage, long max) {
        var item = d.find(0x02, usage);
        if (item == null || item.logicalMax() >= item.logicalMin()) {
            return d;
        }
        return d.with(item.withLogical(item.logicalMin(), max, true), item);
    }
}
