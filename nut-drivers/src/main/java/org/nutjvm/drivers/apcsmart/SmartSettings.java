package org.nutjvm.drivers.apcsmart;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;

/// The driver's settings, checked.
///
/// @param awd digits after `@`: tenths of hours to stay off; null if not given
/// @param sdtype the way to switch off, 0 to 5
/// @param advorder digits of ways to try, or empty
/// @param cshdelay how long a simulated failure lasts
/// @param oddCable whether the cable is a 940-0095B
record SmartSettings(@Nullable String awd, int sdtype, String advorder, Duration cshdelay, boolean oddCable) {
    private static final Duration CSHDELAY = Duration.ofMillis(3500);

    static SmartSettings of(Device device) throws DriverException {
        String awd = device.getval("awd");
        if (awd != null && !Shape.digits(awd, 1, 3)) {
            throw invalid("awd", awd, "one to three digits, tenths of hours");
        }
        String sdtype = device.getval("sdtype");
        if (sdtype != null && (!Shape.digits(sdtype, 1, 1) || sdtype.charAt(0) > '5')) {
            throw invalid("sdtype", sdtype, "0 to 5");
        }
        String advorder = device.getval("advorder");
        boolean none = advorder == null || advorder.equalsIgnoreCase("no");
        if (advorder != null && !none && !ways(advorder)) {
            throw invalid("advorder", advorder, "one to five digits of 0 to 4, or no");
        }
        String cable = device.getval("cable");
        return new SmartSettings(
                awd,
                sdtype == null ? 0 : sdtype.charAt(0) - '0',
                advorder == null || none ? "" : advorder,
                cshdelay(device.getval("cshdelay")),
                cable != null && cable.equalsIgnoreCase("940-0095B"));
    }

    private static boolean ways(String advorder) {
        if (!Shape.digits(advorder, 1, 5)) {
            return false;
        }
        for (int i = 0; i < advorder.length(); i++) {
            if (advorder.charAt(i) > '4') {
                return false;
            }
        }
        return true;
    }

    /// A digit, one after a point, or both.
    private static Duration cshdelay(@Nullable String value) throws DriverException {
        if (value == null) {
            return CSHDELAY;
        }
        boolean good = Shape.matches("9", value)
                || Shape.matches("9.", value)
                || Shape.matches("9.9", value)
                || Shape.matches(".9", value);
        if (!good) {
            throw invalid("cshdelay", value, "seconds, 0 to 9.9");
        }
        int point = value.indexOf('.');
        int seconds = point == 0 ? 0 : value.charAt(0) - '0';
        int tenths = point < 0 || point + 1 == value.length() ? 0 : value.charAt(point + 1) - '0';
        return Duration.ofMillis(seconds * 1000L + tenths * 100L);
    }

    private static DriverException invalid(String option, String value, String wanted) {
        return new DriverException("invalid value (" + value + ") for option '" + option + "': " + wanted);
    }
}
