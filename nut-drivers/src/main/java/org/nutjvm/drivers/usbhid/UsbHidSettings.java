package org.nutjvm.drivers.usbhid;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.Repair;
import org.nutjvm.drivers.hidups.DeviceRule;
import org.nutjvm.drivers.hidups.StatusRules;
import org.nutjvm.drivers.hidups.Subdriver;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The driver's own settings, with what device list and subdriver make of those that are missing.
///
/// @param pollfreq seconds between full updates
/// @param interrupts whether input reports are waited for
/// @param inputsOnly whether nothing else is read
/// @param interruptSize bytes to ask for, 0 for the usual
/// @param noEventsTolerated polls without an input report until the link is taken for broken, -1 for
///     any number
/// @param waitBeforeReconnect seconds
/// @param maxreport whether reports are asked for in one size
/// @param policy how contradictory states are taken
/// @param repairs of descriptors that may be made
record UsbHidSettings(
        int pollfreq,
        boolean interrupts,
        boolean inputsOnly,
        int interruptSize,
        long noEventsTolerated,
        int waitBeforeReconnect,
        boolean maxreport,
        StatusRules.Policy policy,
        Set<Repair> repairs) {
    private static final Logger LOG = LoggerFactory.getLogger(UsbHidSettings.class);
    private static final int LBRB_DELAY = 3;

    static UsbHidSettings of(
            Device device, Subdriver subdriver, DeviceRule rule, @Nullable String vendor, @Nullable String product)
            throws DriverException {
        boolean inputsOnly = device.testvar("interruptonly") || rule.setting("interruptonly") != null;
        boolean pollonly = device.testvar("pollonly") || rule.setting("pollonly") != null;
        if (pollonly && !device.testvar("pollonly")) {
            LOG.info("interrupt pipe disabled (add 'pollonly' flag to 'ups.conf' to get rid of this message)");
        } else if (!pollonly && subdriver.pollonlyAdvised()) {
            LOG.info("You may want to set 'pollonly' flag on this device");
        }
        return new UsbHidSettings(
                number(device, "pollfreq", subdriver.pollfreq(), 0),
                !pollonly || inputsOnly,
                inputsOnly,
                interruptSize(device, rule),
                number(device, "interrupt_pipe_no_events_tolerance", -1, -1),
                number(device, "waitbeforereconnect", 0, 0),
                device.testvar("maxreport") || rule.maxreport(product),
                policy(device, vendor, product),
                device.testvar("disable_fix_report_desc") ? Repair.parserOnly() : Repair.all());
    }

    private static int interruptSize(Device device, DeviceRule rule) throws DriverException {
        String text = device.getval("interruptsize");
        String size = text != null ? text : rule.setting("interruptsize");
        int bytes = size == null ? 0 : integer(size, 0);
        if (size != null && bytes <= 0) {
            throw new DriverException("Error: invalid interruptsize: " + size);
        }
        return bytes;
    }

    private static StatusRules.Policy policy(Device device, @Nullable String vendor, @Nullable String product) {
        int throttle = device.testvar("onlinedischarge_log_throttle_sec")
                ? Math.max(-1, orComplain(device, "onlinedischarge_log_throttle_sec", 30, Integer.MIN_VALUE))
                : -2;
        int hover = orComplain(device, "onlinedischarge_log_throttle_hovercharge", 100, 1);
        int delay = orComplain(device, "lbrb_log_delay_sec", LBRB_DELAY, 0);
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

    private static int orComplain(Device device, String name, int usual, int least) {
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

    private static int number(Device device, String name, int usual, int least) {
        return orComplain(device, name, usual, least);
    }

    private static int integer(String text, int otherwise) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
