package org.nutjvm.drivers.nhs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Dstate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes variables out of packets (drivers/nhs_ser.c: interpret_pkt_hwinfo, interpret_pkt_data).
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final String MAKER = "NHS Sistemas Eletronicos LTDA";
    private static final int FULL = 100;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int RUNTIME_LOW = 30;

    /// What is computed from the load and from what the device can.
    private static final List<String> POWERS = List.of(
            "ups.power",
            "ups.realpower",
            "ups.power.nominal",
            "ups.realpower.nominal",
            "output.realpower",
            "output.power",
            "output.power.maximum",
            "output.power.minimum",
            "output.power.percent",
            "output.power.maximum.percent",
            "output.power.minimum.percent",
            "battery.current",
            "battery.current.total",
            "battery.runtime");

    private final NhsSettings settings;
    private final Models models;
    private final Raw raw;
    private boolean powerMissed;
    private double greatest;
    private double least = Double.MAX_VALUE;
    private int greatestPercent;
    private int leastPercent = Integer.MAX_VALUE;

    Publisher(NhsSettings settings, Models models, Raw raw) {
        this.settings = settings;
        this.models = models;
        this.raw = raw;
    }

    /// What the device is.
    void publish(Hardware is, Dstate dstate) {
        String model = models.of(is.model()).name();
        dstate.setinfo("device.model", model);
        dstate.setinfo("device.mfr", MAKER);
        dstate.setinfo("device.serial", is.serial());
        dstate.setinfo("ups.model", model);
        dstate.setinfo("ups.mfr", MAKER);
        dstate.setinfo("ups.serial", is.serial());
        dstate.setinfo("ups.firmware", is.at(5));
        dstate.setinfo("ups.firmware.aux", is.at(4));
        raw.publish(is, dstate);
    }

    void alarms(Reading now, Dstate dstate) {
        dstate.alarmInit();
        alarm(now.low(), "[LOW BATTERY]", dstate);
        alarm(now.bypass(), "[ON BYPASS]", dstate);
        alarm(now.failure(), "[NETWORK FAILURE]", dstate);
        alarm(now.briefFailure(), "[FAST NETWORK FAILURE]", dstate);
        alarm(now.input220(), "[220V IN]", dstate);
        alarm(now.output220(), "[220V OUT]", dstate);
        dstate.alarmCommit();
    }

    private static void alarm(boolean is, String text, Dstate dstate) {
        if (is) {
            dstate.alarmSet(text);
        }
    }

    /// How it is.
    void publish(Reading now, @Nullable Hardware is, Dstate dstate) {
        set(dstate, "ups.temperature", now.temperature());
        dstate.setinfo("ups.load", now.load());
        set(dstate, "output.voltage", now.output());
        set(dstate, "input.voltage", now.input());
        set(dstate, "input.voltage.maximum", now.highestInput());
        set(dstate, "input.voltage.minimum", now.lowestInput());
        int batteries = settings.batteries() == 0 && is != null ? is.batteries() : settings.batteries();
        int power = is == null ? 0 : power(is);
        if (is != null) {
            input(is, dstate);
        }
        dstate.setinfo("battery.charge", Math.min(FULL, Math.round(now.battery() * 100 / settings.battery())));
        set(dstate, "battery.voltage", now.battery());
        dstate.setinfo("battery.temperature", Math.round(now.temperature()));
        dstate.setinfo("battery.packs", batteries);
        dstate.setinfo("battery.voltage.nominal", settings.battery());
        dstate.setinfo("battery.capacity", settings.capacity());
        set(dstate, "battery.capacity.nominal", settings.capacity() * settings.factor());
        dstate.setinfo("battery.runtime.low", RUNTIME_LOW);
        if (power > 0) {
            load(now, power, batteries, dstate);
        } else {
            POWERS.forEach(dstate::delinfo);
        }
        dstate.setinfo(
                "battery.charger.status", now.charging() ? "CHARGING" : now.onBattery() ? "DISCHARGING" : "RESTING");
        raw.publish(now, dstate);
    }

    private int power(Hardware is) {
        int power = models.of(is.model()).power();
        if (power > 0 || settings.power() > 0) {
            return power > 0 ? power : settings.power();
        }
        if (!powerMissed) {
            powerMissed = true;
            LOG.warn("Please set VA (Volt Ampere) nominal capacity value to your equipment in ups.conf.");
        }
        return 0;
    }

    private void input(Hardware is, Dstate dstate) {
        dstate.setinfo("ups.beeper.status", is.beeper() ? "enabled" : "disabled");
        int low = is.undervoltage();
        int high = is.overvoltage();
        int twice = settings.lowWarning() == settings.lowCritical() ? 2 : 1;
        set(dstate, "input.voltage.low.warning", low + low * settings.lowWarning() * twice / 100);
        set(dstate, "input.voltage.low.critical", low + low * settings.lowCritical() / 100);
        set(dstate, "input.voltage.high.warning", high + high * settings.highWarning() * twice / 100);
        set(dstate, "input.voltage.high.critical", high + high * settings.highCritical() / 100);
        dstate.setinfo("input.transfer.low", low);
        dstate.setinfo("input.transfer.high", high);
        dstate.setinfo("input.voltage.nominal", is.voltage(is.input220()));
        dstate.setinfo("output.voltage.nominal", is.voltage(is.output220()));
    }

    private void load(Reading now, int nominal, int batteries, Dstate dstate) {
        double apparent = nominal * now.load() / 100.0;
        double real = apparent * settings.factor();
        greatest = Math.max(greatest, apparent);
        least = Math.min(least, apparent);
        greatestPercent = Math.max(greatestPercent, now.load());
        leastPercent = Math.min(leastPercent, now.load());
        set(dstate, "ups.power", apparent);
        dstate.setinfo("ups.realpower", Math.round(real));
        dstate.setinfo("ups.power.nominal", nominal);
        dstate.setinfo("ups.realpower.nominal", Math.round(nominal * settings.factor()));
        dstate.setinfo("output.realpower", Math.round(real));
        set(dstate, "output.power", apparent);
        set(dstate, "output.power.maximum", greatest);
        set(dstate, "output.power.minimum", least);
        dstate.setinfo("output.power.percent", now.load());
        dstate.setinfo("output.power.maximum.percent", greatestPercent);
        dstate.setinfo("output.power.minimum.percent", leastPercent);
        if (batteries > 0 && now.battery() > 0) {
            set(dstate, "battery.current", real / now.battery() / batteries);
            set(dstate, "battery.current.total", real / now.battery());
        } else {
            dstate.delinfo("battery.current");
            dstate.delinfo("battery.current.total");
        }
        if (real > 0) {
            dstate.setinfo(
                    "battery.runtime", (long) (settings.capacity() * settings.battery() / real * SECONDS_PER_HOUR));
        } else {
            dstate.delinfo("battery.runtime");
        }
    }

    private static void set(Dstate dstate, String name, double value) {
        dstate.setinfo(name, text(value));
    }

    /// With two decimals.
    static String text(double value) {
        long hundredths = Math.round(Math.abs(value) * 100);
        String after = Long.toString(hundredths % 100);
        return (value < 0 && hundredths > 0 ? "-" : "") + hundredths / 100 + (after.length() < 2 ? ".0" : ".") + after;
    }
}
