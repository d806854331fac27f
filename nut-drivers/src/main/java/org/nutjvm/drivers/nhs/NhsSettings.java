package org.nutjvm.drivers.nhs;

import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Numbers;

/// What the administrator knows of the device.
///
/// @param baud of the line
/// @param capacity of the batteries in ampere hours
/// @param power nominal in VA, for models whose power is not known; or 0
/// @param factor of real power to power
/// @param batteries how many there are; 0 for what the device says
/// @param battery nominal voltage of one
/// @param lowWarning of the input voltage, in percent above its lower limit; so the others
record NhsSettings(
        int baud,
        int capacity,
        int power,
        double factor,
        int batteries,
        int battery,
        double lowWarning,
        double lowCritical,
        double highWarning,
        double highCritical) {
    private static final double PERCENT = 2;

    static NhsSettings of(Device device) throws DriverException {
        if (device.getval("ah") == null) {
            throw new DriverException("Please set AH (Ampere Hour) value to your battery's equipment in ups.conf.");
        }
        return new NhsSettings(
                (int) number(device, "baud", 2400, 300, 115200),
                (int) number(device, "ah", 0, 1, 100_000),
                (int) number(device, "va", 0, 0, 1_000_000),
                number(device, "pf", 0.9, 0.01, 1),
                (int) number(device, "numbatteries", 0, 0, 1000),
                (int) number(device, "vbat", 12, 1, 1000),
                number(device, "vin_low_warn_perc", PERCENT, -100, 100),
                number(device, "vin_low_crit_perc", PERCENT, -100, 100),
                number(device, "vin_high_warn_perc", PERCENT, -100, 100),
                number(device, "vin_high_crit_perc", PERCENT, -100, 100));
    }

    private static double number(Device device, String name, double usual, double least, double most)
            throws DriverException {
        @Nullable String text = device.getval(name);
        if (text == null) {
            return usual;
        }
        double number = Numbers.decimal(text.strip());
        if (!(number >= least && number <= most)) {
            throw new DriverException(name + " = " + text + " is no number from " + least + " to " + most);
        }
        return number;
    }
}
