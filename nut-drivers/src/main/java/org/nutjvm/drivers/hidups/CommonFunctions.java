package org.nutjvm.drivers.hidups;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.Hex;

/// Conversions by function that many devices need (drivers/usbhid-ups.c).
final class CommonFunctions {
    private CommonFunctions() {}

    static void addTo(Map<String, Conversion> all) {
        all.put("string", (value, device) -> device.string((int) value));
        all.put("hex", (value, device) -> Hex.of((long) value, 8));
        all.put("kelvin", (value, device) -> kelvin(value));
        all.put("date", new PackedDate());
    }

    /// In degrees Celsius; devices that already send those are told by the number.
    private static String kelvin(double value) {
        return Decimal.text(value >= 273 && value <= 373 ? value - 273.15 : value, 1);
    }

    /// Days as a smart battery packs them: (year - 1980) * 512 + month * 32 + day.
    private static final class PackedDate implements Conversion {
        @Override
        public String text(double value, Surroundings device) {
            long packed = (long) value;
            return packed == 0 ? "not set" : date(1980 + (packed >> 9), (packed >> 5) & 0x0f, packed & 0x1f);
        }

        @Override
        public @Nullable Double value(@Nullable String text, Surroundings device) {
            long[] date = date(text);
            if (date == null || date[0] < 1980 || date[0] > 1980 + 127) {
                return null;
            }
            return (double) (((date[0] - 1980) << 9) + (date[1] << 5) + date[2]);
        }
    }

    static String date(long year, long month, long day) {
        return digits(year, 4) + '/' + digits(month, 2) + '/' + digits(day, 2);
    }

    static String digits(long number, int width) {
        var text = new StringBuilder(Long.toString(Math.abs(number)));
        while (text.length() < width - (number < 0 ? 1 : 0)) {
            text.insert(0, '0');
        }
        return number < 0 ? "-" + text : text.toString();
    }

    /// Year, month and day of a text like 2026/08/05, or null when it is none.
    static long @Nullable [] date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int first = text.indexOf('/');
        int second = text.indexOf('/', first + 1);
        if (first < 1 || second < 0) {
            return null;
        }
        try {
            long year = Long.parseLong(text.substring(0, first));
            long month = Long.parseLong(text.substring(first + 1, second));
            long day = Long.parseLong(text.substring(second + 1));
            boolean possible = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
            return possible ? new long[] {year, month, day} : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
