package org.nutjvm.drivers.core;

import java.util.ArrayList;
import java.util.List;
import org.nutjvm.common.log.Priority;
import org.nutjvm.drivers.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a reload has found so far.
final class Reloading {
    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    /// 128 and the number of SIGUSR1, as if the signal had ended the program.
    private static final int OR_EXIT_CODE = 128 + 10;

    /// Reloadable options of the driver that have a new value.
    final List<String> options = new ArrayList<>();

    /// How many settings differ that only a restart takes over.
    int restartNeeded;

    private final boolean orExit;

    /// @param orExit whether the first setting that needs a restart ends the program
    Reloading(boolean orExit) {
        this.orExit = orExit;
    }

    /// Notes a setting that differs and cannot change now.
    ///
    /// @throws DriverException if that ends the program
    void refuse(String name, String old, String value) throws DriverException {
        LOG.info(
                Priority.NOTICE,
                "setting '{}' exists and differs: new value '{}' vs. '{}' (driver restart is needed to apply)",
                name,
                value,
                old);
        restartNeeded++;
        if (orExit) {
            throw new DriverException(
                    OR_EXIT_CODE,
                    "NUT driver reload-or-exit: setting " + name + " was changed and requires a driver restart");
        }
    }
}
