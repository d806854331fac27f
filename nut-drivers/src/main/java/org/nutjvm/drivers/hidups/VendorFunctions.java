package org.nutjvm.drivers.hidups;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Conversions by function for single vendors (drivers/apc-hid.c, cps-hid.c, belkin-hid.c,
/// openups-hid.c).
final class VendorFunctions {
    private static final Logger LOG = LoggerFactory.getLogger(VendorFunctions.class);

    private VendorFunctions() {}

    static void addTo(Map<String, Conversion> all) {
        all.put("apc-date", new ApcDate());
        all.put("cps-battery-voltage", new CpsBatteryVoltage());
        all.put("cps-input-frequency", new CpsFrequency("input"));
        all.put("cps-output-frequency", new CpsFrequency("output"));
        var liebert = new LiebertVoltage();
        all.put("liebert-nominal-voltage", liebert::nominal);
        all.put("liebert-line-voltage", liebert::line);
        all.put("openups-temperature", (value, device) -> openUpsTemperature(value));
    }

    /// Days in decimal digits, four bits each, from the top: month, day, year.
    private static final class ApcDate implements Conversion {
        @Override
        public String text(double value, Surroundings device) {
            long packed = (long) value;
            if (packed == 0) {
                return "not set";
            }
            long year = two(packed);
            return CommonFunctions.date(year + (year >= 70 ? 1900 : 2000), two(packed >> 16), two(packed >> 8));
        }

        private static long two(long digits) {
            return (digits & 0xf) + 10 * ((digits >> 4) & 0xf);
        }

        @Override
        public @Nullable Double value(@Nullable String text, Surroundings device) {
            long[] date = CommonFunctions.date(text);
            if (date == null || date[0] >= 2070) {
                return null;
            }
            return (double) (packed(date[0] % 100) + (packed(date[1]) << 16) + (packed(date[2]) << 8));
        }

        private static long packed(long two) {
            return ((two / 10) << 4) + two % 10;
        }
    }

    /// Some units send one and a half times the voltage; it is compared with the nominal one once.
    private static final class CpsBatteryVoltage implements Conversion {
        private static final double IMPOSSIBLE = 1.4;

        private double scale = 1;
        private boolean checked;

        @Override
        public String text(double value, Surroundings device) {
            if (!checked && device.constant("uncertain-scale", 0) != 0) {
                check(value, device.getinfo("battery.voltage.nominal"));
            }
            return Decimal.text(scale * value, 1);
        }

        private void check(double value, @Nullable String text) {
            double nominal = text == null ? 0 : Decimal.decimal(text);
            if (nominal == 0) {
                return;
            }
            if (value / nominal > IMPOSSIBLE) {
                LOG.info("cps_adjust_battery_scale: battery readings will be scaled by 2/3");
                scale = 2.0 / 3;
            }
            checked = true;
        }
    }

    /// Some units send tenths of hertz. What is within the limits the device gives, or around 50 or 60,
    /// decides once.
    private static final class CpsFrequency implements Conversion {
        private final String side;
        private double scale = 1;
        private boolean checked;

        CpsFrequency(String side) {
            this.side = side;
        }

        @Override
        public String text(double value, Surroundings device) {
            if (!checked && device.constant("uncertain-scale", 0) != 0) {
                check(value, device);
            }
            return Decimal.text(scale * value, 1);
        }

        private void check(double value, Surroundings device) {
            double low = known(device, "low");
            double high = known(device, "high");
            double nominal = known(device, "nominal");
            if (nominal == 0) {
                nominal = guess(value, low, high);
            }
            double least = low != 0 ? low : nominal == 0 ? 45.0 : nominal * 0.95;
            double most = high != 0 ? high : nominal == 0 ? 65.0 : nominal * 1.05;
            if (least <= value && value <= most) {
                checked = true;
            } else if (least <= value / 10.0 && value / 10.0 <= most) {
                scale = 0.1;
                checked = true;
            }
        }

        private double known(Surroundings device, String what) {
            String text = device.getinfo(side + ".frequency." + what);
            return text == null ? 0 : Decimal.decimal(text);
        }

        private static double guess(double value, double low, double high) {
            for (int hertz : new int[] {50, 60}) {
                boolean byLimits = (hertz - 5 < low && low <= hertz) || (hertz <= high && high <= hertz + 5);
                boolean byValue = (hertz - 5 < value && value <= hertz + 5)
                        || (10 * hertz - 50 < value && value <= 10 * hertz + 50);
                if (byLimits || byValue) {
                    return hertz;
                }
            }
            return 0;
        }
    }

    /// Voltages whose exponent the firmware gets wrong, told by how small they are.
    private static final class LiebertVoltage {
        private double nominalFactor = 1;
        private double lineFactor = 1;

        String nominal(double value, Surroundings device) {
            if (value < 1) {
                if (Math.abs(value - 1e-7) < 1e-9) {
                    nominalFactor = 1e8;
                    lineFactor = 1e7;
                } else {
                    LOG.debug("ConfigVoltage exponent looks wrong, but not correcting.");
                }
            }
            return Decimal.text(value * nominalFactor, 1);
        }

        String line(double value, Surroundings device) {
            if (value < 1) {
                if (Math.abs(value - 1e-5) < 4 * 1e-5) {
                    lineFactor = 1e7;
                } else if (Math.abs(value - 1e-3) < 4 * 1e-3) {
                    lineFactor = 1e5;
                } else {
                    LOG.debug("LineVoltage exponent looks wrong, but not correcting.");
                }
            }
            return Decimal.text(value * lineFactor, 1);
        }
    }

    /// Readings of the thermistor at -40, -35 and so on to 125 degrees Celsius.
    private static final int[] THERMISTOR = {
        0x31, 0x40, 0x53, 0x68, 0x82, 0xA0, 0xC3, 0xE9, 0x113, 0x13F, 0x16E, 0x19F, 0x1CF, 0x200, 0x22F, 0x25C, 0x286,
        0x2AE, 0x2D3, 0x2F4, 0x312, 0x32D, 0x345, 0x35A, 0x36D, 0x37E, 0x38C, 0x399, 0x3A5, 0x3AF, 0x3B7, 0x3BF, 0x3C6,
        0x3CC
    };

    private static String openUpsTemperature(double value) {
        long reading = (long) (value * 100);
        int last = THERMISTOR.length - 1;
        if (reading <= THERMISTOR[0]) {
            return "-40";
        }
        if (reading >= THERMISTOR[last]) {
            return "125";
        }
        int at = last;
        while (reading < THERMISTOR[at]) {
            at--;
        }
        int degrees = at * 5 - 40;
        if (reading == THERMISTOR[at]) {
            return Integer.toString(degrees);
        }
        double between = (double) (reading - THERMISTOR[at]) * 5 / (THERMISTOR[at + 1] - THERMISTOR[at]);
        return Decimal.text(between + degrees, 2);
    }
}
