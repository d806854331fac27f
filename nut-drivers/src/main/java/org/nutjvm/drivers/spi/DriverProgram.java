package org.nutjvm.drivers.spi;

import java.io.IOException;
import java.util.List;

/// One driver program: its name, the settings it takes and how to begin with a device (drivers/main.h:
/// upsdrv_info_t, `upsdrv_makevartable`, `upsdrv_initups`).
public interface DriverProgram {
    /// As in `driver = ...` of ups.conf and in the socket's name: `dummy-ups`.
    String progname();

    /// For people, in the banner: "Device simulation and repeater driver".
    String description();

    /// Of the driver itself, published as `driver.version.internal`.
    String version();

    /// The settings accepted in ups.conf and by `-x`, beside those all drivers share.
    List<Option> options();

    /// Finds and opens the device.
    ///
    /// @throws DriverException to end the program, with a sentence for the administrator
    /// @throws IOException for trouble with the device that ends the program, too
    Driver initups(Device device) throws IOException, DriverException;
}
