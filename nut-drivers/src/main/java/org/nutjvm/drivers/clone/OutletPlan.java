package org.nutjvm.drivers.clone;

import org.jspecify.annotations.Nullable;

/// When an outlet is to be switched, and which words that adds to the status (drivers/clone.c:
/// `upsdrv_updateinfo`).
/// Knows no socket; time is nanoseconds that come from outside.
final class OutletPlan {
    private static final long SECOND = 1_000_000_000L;

    /// What the outlet's owner is to be told.
    enum Order {
        OFF,
        ON
    }

    /// What is known of the device now.
    ///
    /// @param online whether its status has `OL`
    /// @param on what it says of the outlet, or null if it does not say
    /// @param charge of its battery in percent, NaN if not known
    /// @param runtime seconds its battery will last, NaN if not known
    record Seen(boolean online, @Nullable Boolean on, double charge, double runtime) {}

    private final long offdelay;
    private final long ondelay;
    private double mincharge;
    private double minruntime;
    private boolean outlet = true;
    private boolean goingOff;
    private boolean comingOn;
    private boolean fsd;
    private long offAt;
    private long onAt;

    /// @param offdelay seconds from a shutdown command to the outlet's end
    /// @param ondelay seconds with mains power before it is switched on again
    /// @param mincharge on battery, less charge than this shuts it down
    /// @param minruntime on battery, less run time than this shuts it down
    OutletPlan(long offdelay, long ondelay, double mincharge, double minruntime) {
        this.offdelay = offdelay;
        this.ondelay = ondelay;
        this.mincharge = mincharge;
        this.minruntime = minruntime;
    }

    double mincharge() {
        return mincharge;
    }

    void mincharge(double percent) {
        mincharge = percent;
    }

    double minruntime() {
        return minruntime;
    }

    void minruntime(double seconds) {
        minruntime = seconds;
    }

    /// Off after offdelay, and on again when there is mains power.
    ///
    /// @return whether it begins now: not if it is off or on its way already
    boolean shutdownReturn(long now) {
        boolean begun = shutdown(now);
        comingOn = true;
        onAt = now + ondelay * SECOND;
        return begun;
    }

    /// Off after offdelay, for good.
    boolean shutdownStayoff(long now) {
        boolean begun = shutdown(now);
        comingOn = false;
        return begun;
    }

    private boolean shutdown(long now) {
        if (!outlet || goingOff) {
            return false;
        }
        goingOff = true;
        fsd = true;
        offAt = now + offdelay * SECOND;
        return true;
    }

    /// Decides anew.
    ///
    /// @return what is to be done now, or null
    @Nullable
    Order step(long now, Seen seen) {
        if (seen.on() != null) {
            outlet = seen.on();
        }
        fsd = goingOff;
        if (goingOff) {
            onAt = now + ondelay * SECOND;
            if (now - offAt >= 0) {
                goingOff = false;
                return Order.OFF;
            }
            return null;
        }
        if (comingOn) {
            if (!seen.online()) {
                onAt = now + ondelay * SECOND;
            } else if (now - onAt >= 0) {
                comingOn = false;
                return Order.ON;
            }
            return null;
        }
        if (!seen.online() && outlet && (seen.charge() < mincharge || seen.runtime() < minruntime)) {
            shutdownReturn(now);
        }
        return null;
    }

    /// An order went out, and nobody will say what became of the outlet.
    void assume(Order done) {
        outlet = done == Order.ON;
    }

    boolean fsd() {
        return fsd;
    }

    boolean off() {
        return !outlet;
    }

    /// Seconds until the outlet goes off, -1 if it does not.
    long shutdownTimer(long now) {
        return goingOff ? left(offAt - now) : -1;
    }

    /// Seconds until the outlet goes on, -1 if it does not.
    long startTimer(long now) {
        return comingOn ? left(onAt - now) : -1;
    }

    private static long left(long nanos) {
        return Math.max(0, (nanos + SECOND - 1) / SECOND);
    }
}
