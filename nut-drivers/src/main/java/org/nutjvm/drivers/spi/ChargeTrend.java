package org.nutjvm.drivers.spi;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which way `battery.charge` moves, for devices that do not say (drivers/main.c and dstate.c:
/// previous_battery_charge_*, since 2.8.5).
final class ChargeTrend {
    private static final Logger LOG = LoggerFactory.getLogger(ChargeTrend.class);

    private final LongSupplier nanoTime;
    private double previous = -1;
    private long previousAt;

    ChargeTrend(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Keeps a charge to compare the next with.
    void remember(String charge) {
        double now = Numbers.decimal(charge);
        if (now >= 0 && now != previous) {
            previous = now;
            previousAt = nanoTime.getAsLong();
        }
    }

    /// Adds CHRG or DISCHRG to a status when the charge moved below 100 and the status names neither, or names the
    /// wrong one.
    void judge(String charge, StatusWords status) {
        double now = Numbers.decimal(charge);
        if (previous < 0 || !(now >= 0 && now < 100) || now == previous) {
            return;
        }
        boolean rising = now > previous;
        boolean chrg = status.contains("CHRG");
        boolean dischrg = status.contains("DISCHRG");
        if (!chrg && !dischrg) {
            status.add(rising ? "CHRG" : "DISCHRG");
        } else if ((rising && dischrg) || (!rising && chrg)) {
            LOG.warn(
                    "Device reports that it is {}charging, but the current battery charge {} is {} than {} "
                            + "reported {} seconds ago",
                    rising ? "dis" : "",
                    now,
                    rising ? "greater" : "less",
                    previous,
                    (nanoTime.getAsLong() - previousAt) / 1_000_000_000L);
            status.add(rising ? "CHRG" : "DISCHRG");
        }
    }
}
