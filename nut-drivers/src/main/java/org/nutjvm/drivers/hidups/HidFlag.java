package org.nutjvm.drivers.hidups;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a device says of its state, as collected; {@link StatusRules} makes `ups.status` of it
/// (drivers/usbhid-ups.h: status_bit_t). Several flags may come from one report and one flag from
/// several.
public enum HidFlag {
    ONLINE,
    OFFLINE,
    DISCHARGING,
    CHARGING,
    LOW_BATTERY,
    OVERLOAD,
    REPLACE_BATTERY,
    SHUTDOWN_IMMINENT,
    TRIM,
    BOOST,
    AUTOMATIC_BYPASS,
    MANUAL_BYPASS,
    ECO_MODE,
    ESS_MODE,
    OFF,
    CALIBRATING,
    OVERHEATED,
    FAULT,
    DEPLETED,
    TIME_LIMIT_EXPIRED,
    FULLY_CHARGED,
    NOT_FULLY_CHARGED,
    AWAITING_POWER,
    FAN_FAILURE,
    NO_BATTERY,
    BATTERY_VOLTAGE_LOW,
    BATTERY_VOLTAGE_HIGH,
    CHARGER_FAILURE,
    VOLTAGE_OUT_OF_RANGE,
    FREQUENCY_OUT_OF_RANGE;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// As tables have it: `low-battery`.
    String word() {
        return word;
    }

    static @Nullable HidFlag of(String word) {
        for (var flag : values()) {
            if (flag.word.equals(word)) {
                return flag;
            }
        }
        return null;
    }
}
