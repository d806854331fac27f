package org.nutjvm.drivers.clone;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Numbers;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device made of another driver's device and one of its outlets, which this driver switches
/// (drivers/clone.c): by
/// command, or on battery when charge or run time fall below their limits.
final class CloneDriver implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(CloneDriver.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String CHARGE_LOW = "battery.charge.low";
    private static final String RUNTIME_LOW = "battery.runtime.low";

    private final Device device;
    private final CloneSettings settings;
    private final OutletPlan plan;
    private final Follower follower;
    private boolean toldOff;
    private boolean toldOnBattery;

    CloneDriver(Device device, CloneSettings settings) throws DriverException {
        this.device = device;
        this.settings = settings;
        plan = new OutletPlan(settings.offdelay(), settings.ondelay(), settings.mincharge(), settings.minruntime());
        follower = new Follower(device, CloneDriver::own);
    }

    /// What that driver has for its own device does not hold for the outlet.
    private static boolean own(String name) {
        return name.equals(CHARGE_LOW)
                || name.equals(RUNTIME_LOW)
                || name.startsWith("ups.delay.")
                || name.startsWith("ups.timer.");
    }

    @Override
    public void initinfo(Dstate dstate) throws IOException {
        dstate.addcmd("shutdown.return");
        dstate.addcmd("shutdown.stayoff");
        dstate.setinfo("ups.delay.shutdown", settings.offdelay());
        dstate.setinfo("ups.delay.start", settings.ondelay());
        showTimers(dstate);
        follower.begin(dstate);
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        follower.follow(dstate);
        limit(dstate, "battery.charge", CHARGE_LOW, plan.mincharge(), 3);
        limit(dstate, "battery.runtime", RUNTIME_LOW, plan.minruntime(), 4);
        dstate.statusInit();
        dstate.statusSet(follower.status());
        boolean online = dstate.statusGet("OL");
        boolean begun = plan.fsd();
        var order = plan.step(now(), new OutletPlan.Seen(online, outlet(), number("battery.charge"), runtime()));
        if (plan.fsd() && !begun) {
            LOG.warn("outlet shutdown initiated (setting FSD)");
        }
        if (plan.off()) {
            dstate.statusSet("OFF");
        }
        if (plan.fsd()) {
            dstate.statusSet("FSD");
        }
        if (order != null) {
            carryOut(order);
        }
        showTimers(dstate);
        dstate.statusCommit();
        tell(online);
    }

    private long now() {
        return device.nanoTime().getAsLong();
    }

    private double runtime() {
        return number("battery.runtime");
    }

    /// NaN unless the device gives a number: what is not known shuts nothing down.
    private double number(String name) {
        String value = follower.value(name);
        return value == null ? Double.NaN : Numbers.decimal(value.strip());
    }

    private @Nullable Boolean outlet() {
        String value = settings.loadStatus() == null ? null : follower.value(settings.loadStatus());
        return switch (value == null ? "" : value.toLowerCase(Locale.ROOT)) {
            case "on", "yes" -> true;
            case "off", "no" -> false;
            default -> null;
        };
    }

    private void limit(Dstate dstate, String of, String name, double value, int length) {
        if (follower.value(of) != null) {
            dstate.setinfo(name, decimal(value));
            dstate.setflags(name, EnumSet.of(Variable.Flag.RW, Variable.Flag.STRING));
            dstate.setaux(name, length);
        }
    }

    /// As C prints it.
    private static String decimal(double value) {
        return BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
    }

    private void showTimers(Dstate dstate) {
        dstate.setinfo("ups.timer.shutdown", plan.shutdownTimer(now()));
        dstate.setinfo("ups.timer.start", plan.startTimer(now()));
    }

    private void carryOut(OutletPlan.Order order) {
        boolean off = order == OutletPlan.Order.OFF;
        String cmd = off ? settings.loadOff() : settings.loadOn();
        boolean done = cmd == null || send(off ? "load.off" : "load.on", cmd);
        if (settings.loadStatus() == null && done) {
            plan.assume(order);
            LOG.warn(
                    "outlet now assumed {} ({} OFF), for more precision do consider setting 'load.status'",
                    off ? "off" : "on",
                    off ? "setting" : "clearing");
        }
    }

    /// Whether that driver did not say it had failed.
    private boolean send(String role, String cmd) {
        LOG.warn("sending '{}' to upstream ({})", cmd, role);
        try {
            var outcome = follower.upstream().instcmd(cmd, Optional.empty(), PATIENCE);
            if (outcome.isEmpty()) {
                LOG.warn("no answer to '{}' from UPS [{}] yet", cmd, device.port());
            } else if (outcome.get() != Outcome.HANDLED) {
                LOG.error("UPS [{}] did not carry out '{}' ({}): {}", device.port(), cmd, role, outcome.get());
                return false;
            }
            return true;
        } catch (IOException e) {
            LOG.error("could not send '{}' ({}) to UPS [{}]: {}", cmd, role, device.port(), e.getMessage());
            return false;
        }
    }

    private void tell(boolean online) {
        if (plan.off() != toldOff && settings.loadStatus() != null) {
            if (plan.off()) {
                LOG.warn("upstream reports outlet off (setting OFF)");
            } else {
                LOG.info("upstream reports outlet no longer off (clearing OFF)");
            }
        }
        toldOff = plan.off();
        if (online == toldOnBattery) {
            toldOnBattery = !online;
            if (online) {
                LOG.info("upstream is now back online");
            } else {
                LOG.warn("upstream is not (fully) online, continuing to monitor closely for any shutdown criteria");
            }
        }
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) {
        boolean begun;
        switch (cmd) {
            case "shutdown.return" -> begun = plan.shutdownReturn(now());
            case "shutdown.stayoff" -> begun = plan.shutdownStayoff(now());
            default -> {
                return Outcome.UNKNOWN;
            }
        }
        var dstate = device.dstate();
        if (begun) {
            LOG.warn("outlet shutdown initiated (setting FSD)");
            dstate.statusSet("FSD");
            dstate.statusCommit();
        }
        showTimers(dstate);
        return Outcome.HANDLED;
    }

    @Override
    public Outcome setvar(String var, String value) {
        boolean charge = var.equals(CHARGE_LOW);
        if (!charge && !var.equals(RUNTIME_LOW)) {
            return Outcome.UNKNOWN;
        }
        double number = Numbers.decimal(value.strip());
        if (!(number >= 0)) {
            return Outcome.CONVERSION_FAILED;
        }
        if (charge) {
            plan.mincharge(number);
        } else {
            plan.minruntime(number);
        }
        device.dstate().setinfo(var, decimal(number));
        return Outcome.HANDLED;
    }

    @Override
    public Outcome shutdown() {
        LOG.error("shutdown not supported");
        return Outcome.FAILED;
    }

    @Override
    public void close() {
        follower.close();
    }
}
