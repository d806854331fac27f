package org.nutjvm.drivers.hidups;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Dstate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What `ups.status` and `ups.alarm` a set of flags means (drivers/usbhid-ups.c: ups_status_set,
/// ups_alarm_set).
public final class StatusRules {
    private static final Logger LOG = LoggerFactory.getLogger(StatusRules.class);
    private static final long SECOND = 1_000_000_000L;

    /// How contradictions are to be taken.
    ///
    /// @param onBattery a UPS that is on line and discharges is on battery (`onlinedischarge_onbattery`)
    /// @param calibration it is calibrating (`onlinedischarge_calibration`)
    /// @param logSeconds seconds between two messages about it, -1 for never, -2 for by the charge or 30
    /// @param hoverCharge charge from which it is no news
    /// @param lbrbDelay seconds that LB and RB have to last while on line, 0 for none
    /// @param lbrbAlways whether that holds also when it does not calibrate
    public record Policy(
            boolean onBattery,
            boolean calibration,
            int logSeconds,
            int hoverCharge,
            int lbrbDelay,
            boolean lbrbAlways) {
        public static final Policy DEFAULT = new Policy(false, false, -2, 100, 0, false);
    }

    private final Policy policy;
    private final String upsname;
    private final LongSupplier nanoTime;
    private @Nullable Long lowSince;
    private @Nullable Long replaceSince;
    private @Nullable Long loggedAt;
    private long loggedCharge = -1;
    private int logSeconds;

    public StatusRules(Policy policy, String upsname, LongSupplier nanoTime) {
        this.policy = policy;
        this.upsname = upsname;
        this.nanoTime = nanoTime;
        logSeconds = policy.logSeconds();
    }

    /// Adds alarms for flags to the alarm being made.
    static void alarms(Set<HidFlag> flags, Dstate dstate) {
        for (var flag : flags) {
            String text = switch (flag) {
                case REPLACE_BATTERY -> "Replace battery!";
                case SHUTDOWN_IMMINENT -> "Shutdown imminent!";
                case FAN_FAILURE -> "Fan failure!";
                case NO_BATTERY -> "No battery installed!";
                case BATTERY_VOLTAGE_LOW -> "Battery voltage too low!";
                case BATTERY_VOLTAGE_HIGH -> "Battery voltage too high!";
                case CHARGER_FAILURE -> "Battery charger fail!";
                case OVERHEATED -> "Temperature too high!";
                case FAULT -> "Internal UPS fault!";
                case AWAITING_POWER -> "Awaiting power!";
                case AUTOMATIC_BYPASS -> "Automatic bypass mode!";
                case MANUAL_BYPASS -> "Manual bypass mode!";
                default -> "";
            };
            if (!text.isEmpty()) {
                dstate.alarmSet(text);
            }
        }
    }

    /// Adds the words to the status being made.
    void status(EnumSet<HidFlag> flags, Dstate dstate) {
        transferReason(flags, dstate);
        if (flags.contains(HidFlag.CALIBRATING)) {
            dstate.statusSet("CAL");
        }
        power(flags, dstate);
        boolean calibrating = dstate.statusGet("CAL");
        if (flags.contains(HidFlag.DISCHARGING) && !flags.contains(HidFlag.DEPLETED)) {
            dstate.statusSet("DISCHRG");
        }
        if (charging(flags, dstate)) {
            dstate.statusSet("CHRG");
        }
        low(flags, calibrating, dstate);
        set(flags.contains(HidFlag.OVERLOAD), "OVER", dstate);
        replace(flags, calibrating, dstate);
        set(flags.contains(HidFlag.TRIM), "TRIM", dstate);
        set(flags.contains(HidFlag.BOOST), "BOOST", dstate);
        set(flags.contains(HidFlag.AUTOMATIC_BYPASS) || flags.contains(HidFlag.MANUAL_BYPASS), "BYPASS", dstate);
        if (flags.contains(HidFlag.ECO_MODE)) {
            dstate.buzzmodeSet("vendor:default:ECO");
        }
        if (flags.contains(HidFlag.ESS_MODE)) {
            dstate.buzzmodeSet("vendor:default:ESS");
        }
        set(flags.contains(HidFlag.OFF), "OFF", dstate);
    }

    private static void set(boolean is, String word, Dstate dstate) {
        if (is) {
            dstate.statusSet(word);
        }
    }

    private static void transferReason(Set<HidFlag> flags, Dstate dstate) {
        if (flags.contains(HidFlag.VOLTAGE_OUT_OF_RANGE)) {
            dstate.setinfo("input.transfer.reason", "input voltage out of range");
        } else if (flags.contains(HidFlag.FREQUENCY_OUT_OF_RANGE)) {
            dstate.setinfo("input.transfer.reason", "input frequency out of range");
        } else {
            dstate.delinfo("input.transfer.reason");
        }
    }

    private void power(Set<HidFlag> flags, Dstate dstate) {
        boolean online = flags.contains(HidFlag.ONLINE);
        boolean discharging = flags.contains(HidFlag.DISCHARGING);
        if (!discharging) {
            loggedAt = null;
            loggedCharge = -1;
        }
        if (flags.contains(HidFlag.OFFLINE)) {
            dstate.statusSet("OB");
        }
        if (!online) {
            if (!flags.contains(HidFlag.OFFLINE) && discharging) {
                LOG.debug("UPS [{}] does not report a power state, but it is discharging: on battery", upsname);
                dstate.statusSet("OB");
            }
        } else if (discharging) {
            onlineAndDischarging(flags, dstate);
        } else {
            dstate.statusSet("OL");
        }
    }

    private void onlineAndDischarging(Set<HidFlag> flags, Dstate dstate) {
        set(policy.calibration(), "CAL", dstate);
        set(policy.onBattery(), "OB", dstate);
        if (!policy.onBattery() && !policy.calibration()) {
            dstate.statusSet("OL");
            if (!flags.contains(HidFlag.CALIBRATING)) {
                mention(dstate.getinfo("battery.charge"));
            }
        }
    }

    /// Says that the UPS is on line and discharges: when the charge has changed below the level where
    /// it hovers, or after some time.
    private void mention(@Nullable String chargeText) {
        long now = nanoTime.getAsLong();
        long charge = chargeText == null ? 0 : Decimal.leading(chargeText);
        if (chargeText == null && logSeconds == -2) {
            logSeconds = 30;
        }
        boolean changed = charge > 0 && charge != loggedCharge;
        boolean worth = changed && charge < policy.hoverCharge();
        boolean due = loggedAt != null && logSeconds >= 0 && now - loggedAt >= logSeconds * SECOND;
        if (!worth && !due) {
            return;
        }
        loggedAt = now;
        String about = !changed
                ? ""
                : loggedCharge < 0
                        ? "Battery charge is currently " + charge + ". "
                        : "Battery charge changed from " + loggedCharge + " to " + charge
                                + " since last such report (" + (charge > loggedCharge ? "charging" : "draining")
                                + "). ";
        loggedCharge = changed ? charge : loggedCharge;
        LOG.warn(
                "ups_status_set: seems that UPS [{}] is in OL+DISCHRG state now. {}If it is calibrating then, set "
                        + "'onlinedischarge_calibration'; if it is on battery then, set 'onlinedischarge_onbattery'",
                upsname,
                about);
    }

    private static boolean charging(Set<HidFlag> flags, Dstate dstate) {
        if (!flags.contains(HidFlag.CHARGING) || flags.contains(HidFlag.FULLY_CHARGED)) {
            return false;
        }
        if (flags.contains(HidFlag.NOT_FULLY_CHARGED)) {
            return true;
        }
        String text = dstate.getinfo("battery.charge");
        long charge = text == null ? 0 : Decimal.leading(text);
        return charge > 0 && charge < 100;
    }

    private boolean delays(Set<HidFlag> flags, boolean calibrating) {
        return policy.lbrbDelay() > 0 && (calibrating || policy.lbrbAlways()) && flags.contains(HidFlag.ONLINE);
    }

    private void low(Set<HidFlag> flags, boolean calibrating, Dstate dstate) {
        boolean low = flags.contains(HidFlag.LOW_BATTERY)
                || flags.contains(HidFlag.TIME_LIMIT_EXPIRED)
                || flags.contains(HidFlag.SHUTDOWN_IMMINENT);
        if (!low) {
            lowSince = null;
        } else if (!delays(flags, calibrating)) {
            dstate.statusSet("LB");
        } else {
            lowSince = since(lowSince);
            set(expired(lowSince), "LB", dstate);
        }
    }

    private void replace(Set<HidFlag> flags, boolean calibrating, Dstate dstate) {
        boolean replace = flags.contains(HidFlag.REPLACE_BATTERY) || flags.contains(HidFlag.NO_BATTERY);
        if (!replace) {
            replaceSince = null;
        } else if (!delays(flags, calibrating) || lowSince == null) {
            dstate.statusSet("RB");
        } else {
            replaceSince = since(replaceSince);
            set(expired(replaceSince), "RB", dstate);
        }
    }

    private long since(@Nullable Long before) {
        return before == null ? nanoTime.getAsLong() : before;
    }

    private boolean expired(long since) {
        return nanoTime.getAsLong() - since > policy.lbrbDelay() * SECOND;
    }
}
