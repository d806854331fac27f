package org.nutjvm.fuzz;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;

/// A driver's life with a device nobody can trust.
public final class Poll {
    private static final long SECOND = 1_000_000_000L;

    private static long reported;

    private Poll() {}

    /// How many devices told their status: inputs that only ever fail try little.
    static long reported() {
        return reported;
    }

    /// Starts it, polls it, gives it commands; after each step what is published has to be fit to be published.
    public static void some(Driver driver, FuzzDevice device, int polls) {
        some(driver, device, polls, Must::beStatus);
    }

    /// The same with a check of one's own after each good poll.
    public static void some(Driver driver, FuzzDevice device, int polls, Consumer<Dstate> check) {
        var dstate = device.dstate();
        try (driver) {
            driver.initinfo(dstate);
            Must.arrive(dstate);
            for (int i = 0; i < polls; i++) {
                device.nanos += 31 * SECOND;
                try {
                    driver.updateinfo(dstate);
                    check.accept(dstate);
                } catch (IOException e) {
                    Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason: " + e);
                }
                Must.arrive(dstate);
            }
            String status = dstate.getinfo("ups.status");
            reported += status == null || status.isBlank() ? 0 : 1;
            driver.instcmd("test.battery.start", Optional.empty());
            driver.instcmd("beeper.toggle", Optional.of("x"));
            driver.setvar("ups.delay.shutdown", "20");
            driver.setvar("ups.id", "\u00e4\n\"");
            Must.arrive(dstate);
        } catch (IOException | DriverException e) {
            Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason: " + e);
        }
    }
}
