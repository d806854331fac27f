package org.nutjvm.drivers.tripplite;

import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Numbers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How long the device waits, in seconds (drivers/tripplite.c: offdelay, startdelay, bootdelay). They live
/// in the driver and go with the orders.
final class Delays {
    private static final Logger LOG = LoggerFactory.getLogger(Delays.class);

    /// A delay: its setting, its variable, and how many hexadecimal digits it is sent with.
    enum Delay {
        OFF("offdelay", "ups.delay.shutdown", 64, 0xff, "{off}", 2, 3),
        START("startdelay", "ups.delay.start", 60, 0xffffff, "{start}", 6, 8),
        BOOT("rebootdelay", "ups.delay.reboot", 64, 0xff, "{boot}", 2, 3);

        final String option;
        final String variable;
        final int usual;
        final int most;
        private final String mark;
        private final int digits;
        /// Longest text the variable takes.
        final int length;

        Delay(String option, String variable, int usual, int most, String mark, int digits, int length) {
            this.option = option;
            this.variable = variable;
            this.usual = usual;
            this.most = most;
            this.mark = mark;
            this.digits = digits;
            this.length = length;
        }
    }

    private final Map<Delay, Integer> seconds = new EnumMap<>(Delay.class);

    static Delays of(Device device) throws DriverException {
        var delays = new Delays();
        for (Delay delay : Delay.values()) {
            delays.seconds.put(delay, setting(delay, device.getval(delay.option)));
        }
        return delays;
    }

    private static int setting(Delay delay, @Nullable String text) throws DriverException {
        if (text == null) {
            return delay.usual;
        }
        if (!number(text)) {
            throw new DriverException(delay.option + " = " + text + " is no number of seconds");
        }
        long given = Numbers.leading(text);
        long taken = given < 0 ? delay.usual : Math.min(given, delay.most);
        if (taken != given) {
            LOG.warn("{} = {} is not from 0 to {}: taking {}", delay.option, text, delay.most, taken);
        }
        return (int) taken;
    }

    private static boolean number(String text) {
        String digits = text.strip();
        return !Double.isNaN(Numbers.decimal(digits)) && digits.indexOf('.') < 0;
    }

    int of(Delay delay) {
        return seconds.getOrDefault(delay, delay.usual);
    }

    /// The delay a variable is, or null.
    static @Nullable Delay named(String variable) {
        for (Delay delay : Delay.values()) {
            if (delay.variable.equalsIgnoreCase(variable)) {
                return delay;
            }
        }
        return null;
    }

    /// Takes another value.
    ///
    /// @return false if it is none
    boolean set(Delay delay, String text) {
        long value = Numbers.leading(text);
        if (!number(text) || value < 0 || value > delay.most) {
            return false;
        }
        seconds.put(delay, (int) value);
        return true;
    }

    /// A command with the delays in their places.
    String in(String command) {
        for (Delay delay : Delay.values()) {
            int at = command.indexOf(delay.mark);
            if (at >= 0) {
                String digits = HexFormat.of().withUpperCase().toHexDigits(of(delay), delay.digits);
                return command.substring(0, at) + digits + command.substring(at + delay.mark.length());
            }
        }
        return command;
    }
}
