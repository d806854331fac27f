package org.nutjvm.drivers.hidups;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.Repair;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Option;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settings that HID UPSes have in common, whatever carries their reports (drivers/usbhid-ups.c).
public final class HidSettings {
    private static final Logger LOG = LoggerFactory.getLogger(HidSettings.class);
    private static final int LBRB_DELAY = 3;

    private static final List<String> SHUTDOWN =
            List.of("shutdown.return", "shutdown.reboot", "load.off.delay", "shutdown.stayoff");

    /// What obeys commands.
    @FunctionalInterface
    public interface Commands {
        Outcome instcmd(String cmd) throws IOException;
    }

    private HidSettings() {}

    /// Options whose defaults are the same for all.
    public static List<Option> options() {
        return List.of(
                Option.flag("onlinedischarge", "Old name of onlinedischarge_onbattery"),
                Option.flag("onlinedischarge_onbattery", "Take discharging while online for being on battery"),
                Option.flag("onlinedischarge_calibration", "Take discharging while online for calibration"),
                Option.value(
                        "onlinedischarge_log_throttle_sec",
                        "Seconds between messages about discharging online (default=30, or by the charge where it is known)"),
                Option.value(
                        "onlinedischarge_log_throttle_hovercharge",
                        "Charge from which discharging online is not mentioned, in % (default=100)"),
                Option.flag("lbrb_log_delay_without_calibrating", "Apply lbrb_log_delay_sec also when not calibrating"),
                Option.flag("disable_fix_report_desc", "Do not repair report descriptors known to be broken"),
                Option.flag("powercom_sdcmd_byte_order_fallback", "Old byte order of Powercom shutdown commands"),
                Option.flag("powercom_sdcmd_discrete_delay", "Stepwise delays of Powercom shutdown commands"));
    }

    /// How contradictory states are taken.
    public static StatusRules.Policy policy(Device device, @Nullable String vendor, @Nullable String product) {
        int throttle = device.testvar("onlinedischarge_log_throttle_sec")
                ? Math.max(-1, number(device, "onlinedischarge_log_throttle_sec", 30, Integer.MIN_VALUE))
                : -2;
        int hover = number(device, "onlinedischarge_log_throttle_hovercharge", 100, 1);
        int delay = number(device, "lbrb_log_delay_sec", LBRB_DELAY, 0);
        if (!device.testvar("lbrb_log_delay_sec")) {
            delay = falselyAlarming(vendor, product) ? LBRB_DELAY : 0;
            if (delay > 0) {
                LOG.info(
                        "Defaulting lbrb_log_delay_sec={} for {} model {}; see also lbrb_log_delay_without_calibrating "
                                + "and onlinedischarge_calibration",
                        delay,
                        vendor,
                        product);
            }
        }
        return new StatusRules.Policy(
                device.testvar("onlinedischarge") || device.testvar("onlinedischarge_onbattery"),
                device.testvar("onlinedischarge_calibration"),
                throttle,
                hover > 100 ? 100 : hover,
                delay,
                device.testvar("lbrb_log_delay_without_calibrating"));
    }

    /// Repairs of descriptors that may be made.
    public static Set<Repair> repairs(Device device) {
        return device.testvar("disable_fix_report_desc") ? Repair.parserOnly() : Repair.all();
    }

    /// APC's BXnnnMI, BVKnnnM2 and BKnnnM2-CH of 2023 and later tell of a low or worn battery for a
    /// second or two.
    static boolean falselyAlarming(@Nullable String vendor, @Nullable String product) {
        if (product == null || !("APC".equals(vendor) || "American Power Conversion".equals(vendor))) {
            return false;
        }
        return (named(product, "BX") && product.endsWith("MI"))
                || (named(product, "BVK") && product.endsWith("M2"))
                || (named(product, "BK") && (product.endsWith("M2-CH") || product.endsWith("M2_CH")));
    }

    private static boolean named(String product, String series) {
        return product.startsWith(series) || product.contains(" " + series);
    }

    /// A setting that is a number; a bad one is told of and left out.
    public static int number(Device device, String name, int usual, int least) {
        String text = device.getval(name);
        if (text == null) {
            return usual;
        }
        int number = integer(text, Integer.MIN_VALUE);
        if (number < least || number == Integer.MIN_VALUE) {
            LOG.warn("Warning: invalid value for {}: {}, defaulting to {}", name, text, usual);
            return usual;
        }
        return number;
    }

    /// A whole number, or another when it is none.
    public static int integer(String text, int otherwise) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /// Takes over the settings that are variables, where the device has them.
    ///
    /// @param minutes whether the device cuts delays down to whole minutes
    public static void adopt(Device device, boolean minutes) {
        adopt(device, "battery.charge.low", "lowbatt", false);
        adopt(device, "ups.delay.start", "ondelay", minutes);
        adopt(device, "ups.delay.shutdown", "offdelay", minutes);
    }

    private static void adopt(Device device, String variable, String option, boolean minutes) {
        Dstate dstate = device.dstate();
        String text = device.getval(option);
        if (text == null || dstate.getinfo(variable) == null) {
            return;
        }
        try {
            long value = Long.parseLong(text.strip());
            if (minutes && value > 0 && value % 60 != 0) {
                LOG.warn("this device cuts delays down to whole minutes: {} = {}", option, value);
            }
            dstate.setinfo(variable, value);
        } catch (NumberFormatException e) {
            LOG.warn("'{} = {}' is no number and is left out", option, text);
        }
    }

    /// Switches off by the first command that works.
    public static Outcome shutdown(Commands ups) throws IOException {
        for (String cmd : SHUTDOWN) {
            try {
                if (ups.instcmd(cmd) == Outcome.HANDLED) {
                    LOG.info("Shutdown successful with '{}'", cmd);
                    return Outcome.HANDLED;
                }
            } catch (HidException e) {
                LOG.warn("{}: {}", cmd, String.valueOf(e.getMessage()));
            }
        }
        LOG.error("Shutdown failed!");
        return Outcome.FAILED;
    }
}
