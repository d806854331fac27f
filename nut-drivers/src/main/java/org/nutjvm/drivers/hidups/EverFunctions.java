package org.nutjvm.drivers.hidups;

import java.util.Map;
import org.nutjvm.drivers.hid.Hex;

/// Conversions for Ever, whose variables are often whole reports (drivers/ever-hid.c).
final class EverFunctions {
    private static final int MODE = 74;
    private static final int MESSAGES = 75;
    private static final int ALARMS = 76;
    private static final int MAC = 210;
    private static final int[] ADDRESSES = {211, 230, 231, 232};
    private static final int[] PACKETS = {215, 216, 217, 218};

    private static final String[] MESSAGE_BITS = {
        "",
        "",
        "BOOST",
        "BUCK",
        "BOOST_BLOCKED",
        "BUCK_BLOCKED",
        "CHARGING",
        "FAN_ON",
        "EPO_BLOCKED",
        "NEED_REPLACMENT",
        "OVERHEAT",
        "OVERHEAT",
        "WAITING_FOR_MIN_CHARGE",
        "MAINS_OUT_OF_RANGE"
    };
    private static final String[] ALARM_BITS = {
        "OVERLOAD",
        "SHORT-CIRCUIT",
        "OVERHEAT",
        "OVERHEAT",
        "EPO",
        "INERNAL_ERROR",
        "REVERSE_POWER_SUPPLY",
        "NO_INETERNAL_COMM",
        "CRITICAL_BATT_VOLTAGE"
    };

    private EverFunctions() {}

    static void addTo(Map<String, Conversion> all) {
        all.put("ever-hardware", (value, device) -> hardware((int) value));
        all.put("ever-version", (value, device) -> version((int) value));
        all.put("ever-mac", (value, device) -> mac(device.report(MAC)));
        all.put("ever-address", new InTurn(ADDRESSES, EverFunctions::address));
        all.put("ever-packets", new InTurn(PACKETS, EverFunctions::packets));
        all.put("ever-mode", (value, device) -> mode(at(device.report(MODE), 1)));
        all.put("ever-messages", (value, device) -> words(device.report(MESSAGES), MESSAGE_BITS));
        all.put("ever-alarms", (value, device) -> words(device.report(ALARMS), ALARM_BITS));
        all.put("ever-powered", (value, device) -> {
            int mode = at(device.report(MODE), 1);
            return mode == 4 || mode == 8 ? "!off" : "off";
        });
    }

    private interface FromReport {
        String text(byte[] report);
    }

    /// The table has one line for each of four reports, in this order; an update walks over all of them.
    private static final class InTurn implements Conversion {
        private final int[] reports;
        private final FromReport text;
        private int next;

        InTurn(int[] reports, FromReport text) {
            this.reports = reports;
            this.text = text;
        }

        @Override
        public String text(double value, Surroundings device) {
            byte[] report = device.report(reports[next]);
            next = (next + 1) % reports.length;
            return text.text(report);
        }
    }

    private static int at(byte[] report, int index) {
        return index < report.length ? report[index] & 0xff : 0;
    }

    private static String hardware(int value) {
        int letter = (value >> 8) & 0xff;
        String revision = letter == 0 ? "0" : letter <= 26 ? Character.toString('A' + letter - 1) : "?";
        return "rev." + revision + "v" + CommonFunctions.digits(value & 0xff, 2);
    }

    private static String version(int value) {
        return "v" + Hex.of(value >> 12, 1).toUpperCase(java.util.Locale.ROOT) + '.'
                + Hex.of(value >> 8, 1).toUpperCase(java.util.Locale.ROOT) + 'b'
                + CommonFunctions.digits(value & 0xff, 2);
    }

    private static String mac(byte[] report) {
        var text = new StringBuilder();
        for (int i = 1; i < report.length; i++) {
            text.append(i > 1 ? ":" : "").append(Hex.of(report[i], 2));
        }
        return text.toString();
    }

    private static String address(byte[] report) {
        var text = new StringBuilder();
        for (int i = 1; i < report.length; i++) {
            text.append(i > 1 ? "." : "").append(report[i] & 0xff);
        }
        return text.toString();
    }

    private static String packets(byte[] report) {
        if (report.length < 5) {
            return "";
        }
        int count = at(report, 1) | (at(report, 2) << 8) | (at(report, 3) << 16) | (at(report, 4) << 24);
        return Integer.toString(count);
    }

    private static String mode(int mode) {
        return switch (mode) {
            case 2 -> "STOP";
            case 4 -> "ONLINE";
            case 8 -> "ONBATTERY";
            case 16 -> "WATCH";
            case 32 -> "WAITING";
            case 64 -> "EMERGENCY";
            default -> "UNKNOWN";
        };
    }

    private static String words(byte[] report, String[] names) {
        int bits = at(report, 1) | (at(report, 2) << 8);
        var text = new StringBuilder();
        String before = "";
        for (int i = 0; i < names.length; i++) {
            if ((bits & (1 << i)) != 0 && !names[i].isEmpty() && !names[i].equals(before)) {
                text.append(text.isEmpty() ? "" : " ").append(names[i]);
                before = names[i];
            }
        }
        return text.toString();
    }
}
