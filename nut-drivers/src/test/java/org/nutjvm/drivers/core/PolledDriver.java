package org.nutjvm.drivers.core;

import java.util.Map;
import java.util.function.LongSupplier;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Dstate;

/// A driver polled as the core polls it, each time a test says so.
public final class PolledDriver {
    private final DriverLoop loop;
    private final Dstate dstate;

    /// @param nanoTime the test's clock
    public PolledDriver(DriverProgram program, Driver driver, Dstate dstate, LongSupplier nanoTime) {
        this.dstate = dstate;
        var settings = new Settings(program, dstate, Map.of(), new Debug(0, level -> {}));
        loop = new DriverLoop(driver, dstate, settings, new Control(), SdNotify.of(Map.of()), nanoTime);
    }

    /// Polls once.
    ///
    /// @return whether the data are good
    public boolean poll() {
        loop.update();
        return !dstate.stale();
    }
}
