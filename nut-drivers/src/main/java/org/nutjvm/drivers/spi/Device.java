package org.nutjvm.drivers.spi;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What a driver knows of the device it is to serve, and how it reaches the loop that calls it.
public interface Device {
    /// The section's name in ups.conf, or what `-s` said.
    String upsname();

    /// The `port` setting, as written.
    String port();

    /// The value of an option of this driver, or null when it was not given.
    @Nullable
    String getval(String option);

    /// Whether an option or flag of this driver was given.
    boolean testvar(String option);

    /// Where configuration and data files live.
    Path confpath();

    /// Where the sockets of drivers live: the working directory of C drivers.
    Path statepath();

    /// What is published of the device.
    Dstate dstate();

    /// Monotonic time in nanoseconds, for timers of the driver.
    LongSupplier nanoTime();

    /// Hands work to the thread that calls the driver; may be called from any thread. The work runs between two
    /// polls, at once when the loop is idle.
    ///
    /// @return false when too much is waiting already and the work was dropped
    boolean asked(Runnable work);

    /// Asks for an {@link Driver#updateinfo} now instead of at the end of the poll interval; from any thread.
    void pollSoon();
}
