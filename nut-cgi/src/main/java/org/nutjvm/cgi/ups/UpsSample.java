package org.nutjvm.cgi.ups;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.web.Numbers;

/// What a UPS said at one moment, as far as it is worth a curve. A number that is not known is `NaN`.
///
/// @param ups `ups[@host[:port]]` as hosts.conf has it
/// @param at when, by the wall clock
/// @param flags the words of its status, a bit for each {@link Flag}
/// @param charge of the battery, in percent
/// @param load in percent of what the UPS can bear
/// @param inputLow the lowest voltage of the mains since the sample before, in volts
/// @param inputHigh the highest
/// @param output voltage, in volts
/// @param battery voltage, in volts
/// @param runtimeSeconds how long the battery will last
/// @param temperature of the UPS, in degrees Celsius
/// @param frequency of the mains, in hertz
public record UpsSample(
        String ups,
        Instant at,
        int flags,
        double charge,
        double load,
        double inputLow,
        double inputHigh,
        double output,
        double battery,
        double runtimeSeconds,
        double temperature,
        double frequency) {

    /// Words of `ups.status` that are remembered. Their bits stand in files: none may change, and 16 is all there are.
    public enum Flag {
        OL(0x0001),
        OB(0x0002),
        LB(0x0004),
        HB(0x0008),
        RB(0x0010),
        CHRG(0x0020),
        DISCHRG(0x0040),
        BYPASS(0x0080),
        CAL(0x0100),
        OFF(0x0200),
        OVER(0x0400),
        TRIM(0x0800),
        BOOST(0x1000),
        FSD(0x2000),
        ALARM(0x4000),
        ECO(0x8000);

        private final int bit;

        Flag(int bit) {
            this.bit = bit;
        }

        /// Its bit.
        public int bit() {
            return bit;
        }
    }

    /// What a reading has of it.
    public static UpsSample of(String ups, Instant at, Reading.Known reading) {
        double input = number(reading, "input.voltage");
        return new UpsSample(
                ups,
                at,
                flags(reading.get("ups.status")),
                number(reading, "battery.charge"),
                number(reading, "ups.load"),
                input,
                input,
                number(reading, "output.voltage"),
                number(reading, "battery.voltage"),
                number(reading, "battery.runtime"),
                number(reading, "ups.temperature"),
                number(reading, "input.frequency"));
    }

    private static double number(Reading.Known reading, String name) {
        String value = reading.get(name);
        return value == null || !Numbers.begins(value) ? Double.NaN : Numbers.real(value);
    }

    /// The bits of a status' words; those that are not known are left out.
    public static int flags(@Nullable String status) {
        int flags = 0;
        if (status != null) {
            String words = ' ' + status + ' ';
            for (Flag flag : Flag.values()) {
                if (words.contains(' ' + flag.name() + ' ')) {
                    flags |= flag.bit();
                }
            }
        }
        return flags;
    }

    /// Whether that word was in the status.
    public boolean is(Flag flag) {
        return (flags & flag.bit) != 0;
    }
}
