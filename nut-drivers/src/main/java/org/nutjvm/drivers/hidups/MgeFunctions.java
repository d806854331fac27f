package org.nutjvm.drivers.hidups;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Conversions for MGE and Eaton, which depend on each other: on the kind of the model, the country,
/// and on whether Advanced Battery Monitoring runs (drivers/mge-hid.c). {@link MgeModes} has those of
/// the operating modes.
final class MgeFunctions {
    private static final int EUROPE_208 = 2;

    private enum Monitoring {
        UNKNOWN,
        DISABLED,
        ENABLED
    }

    /// Which item tells what the charger does.
    private enum ChargerBy {
        UNKNOWN,
        STATUS,
        MODE
    }

    private Monitoring monitoring = Monitoring.UNKNOWN;
    private ChargerBy chargerBy = ChargerBy.UNKNOWN;
    private int country = -1;
    private long nominal = -1;

    private MgeFunctions() {}

    static void addTo(Map<String, Conversion> all) {
        var mge = new MgeFunctions();
        all.put("mge-country", mge::country);
        all.put("mge-abm-enabled", mge::abmEnabled);
        all.put("mge-abm-by-mode", (value, device) -> mge.abmBy(ChargerBy.MODE));
        all.put("mge-abm-by-status", (value, device) -> mge.abmBy(ChargerBy.STATUS));
        all.put("mge-abm-status", mge::abmStatus);
        all.put("mge-abm-charging", (value, device) -> mge.abmCharging((int) value));
        all.put("mge-discharging", (value, device) -> mge.running() || value != 1 ? "!discharging" : "discharging");
        all.put("mge-charging", mge::charging);
        all.put("mge-date", new DatePart(true));
        all.put("mge-time", new DatePart(false));
        all.put("mge-battery-voltage", MgeFunctions::batteryVoltage);
        all.put("mge-battery-voltage-nominal", MgeFunctions::batteryVoltageNominal);
        all.put("mge-energy-save", new EnergySave());
        all.put("mge-energy-save-value", (value, device) -> isPegasus(device) ? Decimal.text(value, 0) : null);
        all.put("mge-real-power", MgeFunctions::realPower);
        all.put("mge-nominal-voltage", mge::nominalVoltage);
        all.put(
                "mge-converter",
                (value, device) -> device.flag(HidFlag.OFF) ? null : value == 0 ? "!online" : "online");
        MgeModes.addTo(all);
    }

    /// Published nowhere: it decides which voltages can be set.
    private @Nullable String country(double value, Surroundings device) {
        country = (int) value;
        return null;
    }

    private boolean running() {
        return monitoring == Monitoring.ENABLED;
    }

    private @Nullable String abmEnabled(double value, Surroundings device) {
        monitoring = switch ((int) value) {
            case 0 -> Monitoring.DISABLED;
            case 1 -> Monitoring.ENABLED;
            default -> Monitoring.UNKNOWN;
        };
        return null;
    }

    private @Nullable String abmBy(ChargerBy way) {
        if (!running()) {
            chargerBy = ChargerBy.UNKNOWN;
        } else if (chargerBy == ChargerBy.UNKNOWN) {
            chargerBy = way;
        }
        return null;
    }

    private @Nullable String abmStatus(double value, Surroundings device) {
        if (!running()) {
            device.delinfo("battery.charger.status");
            return null;
        }
        boolean byStatus = chargerBy == ChargerBy.STATUS;
        return switch ((int) value) {
            case 1 -> "charging";
            case 2 -> byStatus ? "floating" : "discharging";
            case 3 -> byStatus ? "resting" : "floating";
            case 4 -> byStatus ? "discharging" : "resting";
            case 6 -> "off";
            default -> null;
        };
    }

    private @Nullable String abmCharging(int value) {
        if (!running()) {
            return null;
        }
        boolean byStatus = chargerBy == ChargerBy.STATUS;
        return switch (value) {
            case 1 -> "charging";
            case 2 -> byStatus ? "charging" : "discharging";
            case 3 -> byStatus ? null : "charging";
            case 4 -> byStatus ? "discharging" : null;
            default -> null;
        };
    }

    private String charging(double value, Surroundings device) {
        if (running() || value != 1) {
            return "!charging";
        }
        String charge = device.getinfo("battery.charge");
        return charge != null && Decimal.decimal(charge) >= 100 ? "!charging" : "charging";
    }

    private static @Nullable String batteryVoltage(double value, Surroundings device) {
        return switch (device.kind()) {
            case "evolution", "evolution-650", "pulsar-m", "5p", "9e" -> Decimal.text(value, 1);
            default -> null;
        };
    }

    private static @Nullable String batteryVoltageNominal(double value, Surroundings device) {
        return switch (device.kind()) {
            case "evolution-650" -> "12";
            case "evolution", "pulsar-m", "5p", "9e" -> Decimal.text(value, 0);
            default -> null;
        };
    }

    private static boolean isPegasus(Surroundings device) {
        return device.kind().equals("pegasus");
    }

    private static final class EnergySave implements Conversion {
        @Override
        public @Nullable String text(double value, Surroundings device) {
            return isPegasus(device) ? value == 0 ? "no" : "yes" : null;
        }

        @Override
        public @Nullable Double value(@Nullable String text, Surroundings device) {
            return !isPegasus(device) || text == null ? null : text.startsWith("yes") ? 1.0 : 0.0;
        }
    }

    /// From load, nominal power and power factor; the item itself says nothing of it.
    private static @Nullable String realPower(double value, Surroundings device) {
        String load = device.getinfo("ups.load");
        String nominalPower = device.getinfo("ups.power.nominal");
        if (load == null || nominalPower == null) {
            return null;
        }
        String known = device.getinfo("output.powerfactor");
        float factor = known == null ? 0.80f : (float) Decimal.decimal(known);
        double power = Decimal.leading(load) * 0.01 * Decimal.leading(nominalPower) * factor;
        return Long.toString(Math.round(power));
    }

    /// A voltage, unless it is not among those that can be set beside the first one seen.
    private @Nullable String nominalVoltage(double value, Surroundings device) {
        if (nominal < 0) {
            nominal = (long) value;
        }
        long volts = (long) value;
        boolean offline = device.kind().equals("offline") || isPegasus(device);
        boolean possible = switch ((int) nominal) {
            case 100, 110, 120, 127 -> isLow(volts);
            case 200, 208 -> isMiddle(volts) || (isHigh(volts) && !offline);
            case 220, 230, 240 -> isHigh(volts) || (isMiddle(volts) && (!offline || country == EUROPE_208));
            default -> true;
        };
        return possible ? Decimal.text(value, 0) : null;
    }

    private static boolean isLow(long volts) {
        return volts == 100 || volts == 110 || volts == 120 || volts == 127;
    }

    private static boolean isMiddle(long volts) {
        return volts == 200 || volts == 208;
    }

    private static boolean isHigh(long volts) {
        return volts == 220 || volts == 230 || volts == 240;
    }

    /// The clock of the device, seconds since 1970; date and time of it are set one by one.
    private static final class DatePart implements Conversion {
        private final boolean date;

        DatePart(boolean date) {
            this.date = date;
        }

        @Override
        public @Nullable String text(double value, Surroundings device) {
            try {
                var at = LocalDateTime.ofInstant(Instant.ofEpochSecond((long) value), device.zone());
                if (at.getYear() > 9999 || at.getYear() < 0) {
                    return null;
                }
                return date
                        ? CommonFunctions.date(at.getYear(), at.getMonthValue(), at.getDayOfMonth())
                        : CommonFunctions.digits(at.getHour(), 2)
                                + ':'
                                + CommonFunctions.digits(at.getMinute(), 2)
                                + ':'
                                + CommonFunctions.digits(at.getSecond(), 2);
            } catch (DateTimeException e) {
                return null;
            }
        }

        @Override
        public @Nullable Double value(@Nullable String text, Surroundings device) {
            String day = date ? text : device.getinfo("ups.date");
            String hour = date ? device.getinfo("ups.time") : text;
            long[] ymd = CommonFunctions.date(day);
            if (ymd == null || hour == null) {
                return null;
            }
            try {
                var at = java.time.LocalDate.of((int) ymd[0], (int) ymd[1], (int) ymd[2])
                        .atTime(java.time.LocalTime.parse(hour));
                return (double) at.atZone(device.zone()).toEpochSecond();
            } catch (DateTimeException e) {
                return null;
            }
        }
    }
}
