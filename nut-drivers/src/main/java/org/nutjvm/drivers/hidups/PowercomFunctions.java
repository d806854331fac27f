package org.nutjvm.drivers.hidups;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Conversions for Powercom, whose delays are packed into the two bytes of a command
/// (drivers/powercom-hid.c).
final class PowercomFunctions {
    private static final Logger LOG = LoggerFactory.getLogger(PowercomFunctions.class);

    /// Seconds up to which each step of the discrete delays reaches; beyond the last one step 18 is
    /// meant.
    private static final int[] STEPS = {12, 18, 24, 30, 36, 42, 48, 54, 60, 120, 180, 240, 300, 360, 420, 480, 540};

    private static final int MAX_SHORT = 0xffff;

    private PowercomFunctions() {}

    static void addTo(Map<String, Conversion> all) {
        all.put("powercom-startup", new Startup());
        all.put("powercom-shutdown", new Shutdown());
        all.put("powercom-stayoff", new StayOff());
        all.put("powercom-voltage", new VoltageInText());
    }

    private static boolean swapped(Surroundings device) {
        return device.option("powercom_sdcmd_byte_order_fallback") != null;
    }

    private static boolean discrete(Surroundings device) {
        return device.option("powercom_sdcmd_discrete_delay") != null;
    }

    /// The delay asked for, or that of ups.conf, or that of the variable, in seconds.
    private static long seconds(
            @Nullable String asked, Surroundings device, String option, String variable, long otherwise) {
        for (String text : new @Nullable String[] {asked, device.option(option), device.getinfo(variable)}) {
            if (text != null && !text.isEmpty()) {
                return Decimal.leading(text);
            }
        }
        return otherwise;
    }

    private static boolean possible(long delay) {
        if (delay < 0 || delay > MAX_SHORT) {
            LOG.warn("a delay of {} is more than a Powercom command can hold (0 to {})", delay, MAX_SHORT);
            return false;
        }
        return true;
    }

    private static long swap(long word) {
        return ((word & 0xff) << 8) | ((word >> 8) & 0xff);
    }

    private static final class Startup implements Conversion {
        @Override
        public String text(double value, Surroundings device) {
            return Long.toString(60 * swap((long) value & MAX_SHORT));
        }

        @Override
        public @Nullable Double value(@Nullable String text, Surroundings device) {
            long minutes = seconds(text, device, "ondelay", "ups.delay.start", 120) / 60;
            if (!possible(minutes)) {
                return null;
            }
            return (double) (discrete(device) ? minutes : swap(minutes));
        }
    }

    private static final class Shutdown implements Conversion {
        @Override
        public String text(double value, Surroundings device) {
            long word = (long) value & MAX_SHORT;
            long minutes = swapped(device) ? word & 0xff : word >> 8;
            long seconds = swapped(device) ? word >> 8 : word & 0xff;
            return Long.toString(60 * minutes + seconds);
        }

        @Override
        public @Nullable Double value(@Nullable String text, Surroundings device) {
            long seconds = seconds(text, device, "offdelay", "ups.delay.shutdown", 60);
            if (!possible(seconds)) {
                return null;
            }
            return (double) (discrete(device) ? step(seconds) : command(seconds, 0x40, swapped(device)));
        }

        private static int step(long seconds) {
            for (int i = 0; i < STEPS.length; i++) {
                if (seconds <= STEPS[i]) {
                    return i + 1;
                }
            }
            return STEPS.length + 1;
        }
    }

    private static final class StayOff implements Conversion {
        @Override
        public @Nullable String text(double value, Surroundings device) {
            return null;
        }

        @Override
        public @Nullable Double value(@Nullable String text, Surroundings device) {
            long seconds = seconds(text, device, "offdelay", "ups.delay.shutdown", 60);
            return possible(seconds) ? (double) command(seconds, 0x80, swapped(device)) : null;
        }
    }

    /// Minutes in one byte, seconds in the other, and in that of the seconds what is to be done.
    private static long command(long seconds, int what, boolean swapped) {
        long delay = Math.max(seconds, 1);
        long word = ((((delay / 60) << 8) & MAX_SHORT) + delay % 60) | what;
        return swapped ? swap(word) : word;
    }

    /// A voltage that the device gives as text, in a report that its descriptor does not have.
    private static final class VoltageInText implements Conversion {
        private static final int REPORT = 0xa4;
        private static final int LENGTH = 8;
        private static final int FIRST_TRIES = 5;

        private String last = "0.0";

        @Override
        public String text(double value, Surroundings device) {
            int tries = last.equals("0.0") ? FIRST_TRIES : 1;
            for (int i = 0; i < tries; i++) {
                byte[] report = device.readReport(REPORT, LENGTH);
                String number = report == null ? "" : number(report);
                if (number.indexOf('.') >= 0) {
                    last = number;
                    return last;
                }
            }
            return last;
        }

        private static String number(byte[] report) {
            var text = new StringBuilder();
            for (int i = 1; i < report.length; i++) {
                char c = (char) (report[i] & 0xff);
                if ((c >= '0' && c <= '9') || c == '.') {
                    text.append(c);
                } else if (!text.isEmpty() || c == 0) {
                    break;
                }
            }
            return text.toString();
        }
    }
}
