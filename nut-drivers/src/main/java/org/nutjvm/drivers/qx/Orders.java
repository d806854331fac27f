package org.nutjvm.drivers.qx;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Dstate;

/// Commands' bytes, with what is computed for them (drivers/nutdrv_qx_blazer-common.c: blazer_process_command).
final class Orders {
    private static final int TEST = 600;
    private static final int LONGEST_TEST = 5940;
    private static final int LONGEST_START = 599_940;

    private Orders() {}

    /// Why a text with `{word}` cannot be, or null.
    static @Nullable String complaint(String bytes) {
        for (int i = bytes.indexOf('{'); i >= 0; i = bytes.indexOf('{', i + 1)) {
            int end = bytes.indexOf('}', i);
            if (end < 0) {
                return "'{' without '}'";
            }
            switch (bytes.substring(i + 1, end)) {
                case "off", "return", "minutes", "test", "whole-minutes" -> {
                    // computed below
                }
                default -> {
                    return bytes.substring(i, end + 1) + " is none of {off}, {return}, {minutes}, {test},"
                            + " {whole-minutes}";
                }
            }
        }
        return null;
    }

    /// The bytes without their end, or empty if a value does not allow it.
    static Optional<String> bytes(String template, @Nullable String param, Dstate dstate) {
        var text = new StringBuilder();
        int at = 0;
        while (true) {
            int from = template.indexOf('{', at);
            if (from < 0) {
                return Optional.of(text.append(template, at, template.length()).toString());
            }
            text.append(template, at, from);
            int end = template.indexOf('}', from);
            String part = switch (template.substring(from + 1, end)) {
                case "off" -> off(dstate);
                case "return" -> comeBack(dstate);
                case "minutes" -> test(param, 60);
                case "whole-minutes" -> minutes(param);
                default -> test(param, "Voltronic Power P98".equals(dstate.getinfo("ups.firmware.aux")) ? 12 : 60);
            };
            if (part == null) {
                return Optional.empty();
            }
            text.append(part);
            at = end + 1;
        }
    }

    /// Until it goes off: `.n` for tenths of a minute, or minutes.
    private static @Nullable String off(Dstate dstate) {
        long seconds = seconds(dstate.getinfo("ups.delay.shutdown"));
        return seconds < 0 || seconds > LONGEST_TEST ? null : span(seconds);
    }

    /// Until it comes back once there is power: minutes, or nothing for at once.
    private static @Nullable String comeBack(Dstate dstate) {
        long seconds = seconds(dstate.getinfo("ups.delay.start"));
        if (seconds < 0 || seconds > LONGEST_START) {
            return null;
        }
        return seconds < 60 ? "" : "R" + digits(seconds / 60, 4);
    }

    private static @Nullable String test(@Nullable String param, int shortest) {
        long seconds = param == null || param.isBlank() ? TEST : seconds(param.strip());
        return seconds < shortest || seconds > LONGEST_TEST ? null : span(seconds);
    }

    private static @Nullable String minutes(@Nullable String param) {
        long minutes = param == null || param.isBlank() ? TEST / 60 : seconds(param.strip());
        return minutes < 1 || minutes > 99 ? null : digits(minutes, 2);
    }

    private static String span(long seconds) {
        return seconds < 60 ? "." + seconds / 6 : digits(seconds / 60, 2);
    }

    private static String digits(long number, int count) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, count - digits.length())) + digits;
    }

    /// A whole number of seconds, -1 for anything else.
    static long seconds(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 9) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
