package org.nutjvm.drivers.clone;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Numbers;
import org.nutjvm.drivers.spi.Option;

/// The settings of `clone`.
///
/// @param offdelay seconds from a shutdown command to the outlet's end
/// @param ondelay seconds with mains power before it is switched on again
/// @param mincharge percent; 0 for no limit
/// @param minruntime seconds; 0 for no limit
/// @param loadOff command of the other driver, or null
/// @param loadOn command of the other driver, or null
/// @param loadStatus variable of the other driver, or null
record CloneSettings(
        long offdelay,
        long ondelay,
        double mincharge,
        double minruntime,
        @Nullable String loadOff,
        @Nullable String loadOn,
        @Nullable String loadStatus) {
    /// More than a year.
    private static final double LONGEST = 100_000_000;

    static final List<Option> OPTIONS = List.of(
            Option.value("offdelay", "Delay before outlet shutdown (seconds)"),
            Option.value("ondelay", "Delay before outlet startup (seconds)"),
            Option.value("mincharge", "Remaining battery level when UPS switches to LB (percent)"),
            Option.value("minruntime", "Remaining battery runtime when UPS switches to LB (seconds)"),
            Option.value("load.off", "Command to switch off outlet"),
            Option.value("load.on", "Command to switch on outlet"),
            Option.value("load.status", "Variable that indicates outlet is on/off"));

    /// @throws DriverException if a number is none: a limit misread as 0 would mean no shutdown at all
    static CloneSettings of(Device device) throws DriverException {
        return new CloneSettings(
                (long) number(device, "offdelay", 120),
                (long) number(device, "ondelay", 30),
                number(device, "mincharge", 0),
                number(device, "minruntime", 0),
                device.getval("load.off"),
                device.getval("load.on"),
                device.getval("load.status"));
    }

    private static double number(Device device, String option, double otherwise) throws DriverException {
        String text = device.getval(option);
        if (text == null) {
            return otherwise;
        }
        double number = Numbers.decimal(text.strip());
        if (!(number >= 0 && number <= LONGEST)) {
            throw new DriverException(option + " = " + text + " in section [" + device.upsname()
                    + "] of ups.conf is not a number from 0 to " + (long) LONGEST);
        }
        return number;
    }
}
