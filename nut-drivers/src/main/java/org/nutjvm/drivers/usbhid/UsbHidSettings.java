package org.nutjvm.drivers.usbhid;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.Repair;
import org.nutjvm.drivers.hidups.DeviceRule;
import org.nutjvm.drivers.hidups.HidSettings;
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
                HidSettings.number(device, "pollfreq", subdriver.pollfreq(), 0),
                !pollonly || inputsOnly,
                inputsOnly,
                interruptSize(device, rule),
                HidSettings.number(device, "interrupt_pipe_no_events_tolerance", -1, -1),
                HidSettings.number(device, "waitbeforereconnect", 0, 0),
                device.testvar("maxreport") || rule.maxreport(product),
                HidSettings.policy(device, vendor, product),
                HidSettings.repairs(device));
    }

    private static int interruptSize(Device device, DeviceRule rule) throws DriverException {
        String text = device.getval("interruptsize");
        String size = text != null ? text : rule.setting("interruptsize");
        int bytes = size == null ? 0 : HidSettings.integer(size, 0);
        if (size != null && bytes <= 0) {
            throw new DriverException("Error: invalid interruptsize: " + size);
        }
        return bytes;
    }
}
