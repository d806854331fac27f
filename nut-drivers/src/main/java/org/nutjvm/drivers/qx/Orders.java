package org.nutjvm.drivers.qx;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Commands' bytes, with what is computed for them (drivers/nutdrv_qx_blazer-common.c: blazer_process_command).
final class Orders {
    private static final int TEST = 600;
    private static final int LONGEST_TEST = 5940;
    private static final int LONGEST_START = 599_940;

    private Orders() {}

    /// Whether a word stands for something in a command.
    static boolean knows(String word) {
        return switch (word) {
            case "off", "return", "minutes", "test", "tenths", "whole-minutes", "minutes-or-10" -> true;
            default -> isVariable(word);
        };
    }

    /// Whether it is a variable of NUT.
    static boolean isVariable(String word) {
        return word.indexOf('.') > 0;
    }

    /// The bytes without their end, or null if a value does not allow it.
    static @Nullable String bytes(Template template, @Nullable String param, Function<String, @Nullable String> known) {
        return template.with(word -> switch (word) {
            case "off" -> off(known);
            case "return" -> comeBack(known);
            case "minutes" -> test(param, 60);
            case "tenths" -> test(param, 12);
            case "whole-minutes" -> minutes(param);
            case "minutes-or-10" -> "10".equals(param) ? "" : test(param, 60);
            case "test" -> test(param, "Voltronic Power P98".equals(known.apply("ups.firmware.aux")) ? 12 : 60);
            default -> known.apply(word);
        });
    }

    /// Until it goes off: `.n` for tenths of a minute, or minutes.
    private static @Nullable String off(Function<String, @Nullable String> known) {
        long seconds = seconds(known.apply("ups.delay.shutdown"));
        return seconds < 0 || seconds > LONGEST_TEST ? null : span(seconds);
    }

    /// Until it comes back once there is power: minutes, or nothing for at once.
    private static @Nullable String comeBack(Function<String, @Nullable String> known) {
        long seconds = seconds(known.apply("ups.delay.start"));
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
