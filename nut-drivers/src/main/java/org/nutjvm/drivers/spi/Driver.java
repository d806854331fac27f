package org.nutjvm.drivers.spi;

import java.io.IOException;
import java.util.Optional;

/// One device in the hands of one driver: what a driver author writes (drivers/main.h: `upsdrv_*`, `upsh`).
///
/// One thread, the driver loop, calls all of it, so an implementation needs no locks. Threads of its own (a USB
/// interrupt pipe, an SNMP trap) hand their news over by {@link Device#asked}. No method may block longer than a
/// poll interval or two: while it does, nobody on the state socket is answered.
///
/// Trouble with the device is an {@link IOException}: the loop logs it once and marks the data stale until the next
/// {@link #updateinfo} succeeds.
public interface Driver extends AutoCloseable {
    /// Publishes what never changes, the settable variables and the commands (`upsdrv_initinfo`).
    ///
    /// @throws DriverException to end the program, with a sentence for the administrator
    /// @throws IOException if the device does not answer yet; the driver then starts with stale data
    void initinfo(Dstate dstate) throws IOException, DriverException;

    /// Reads the device once (`upsdrv_updateinfo`). Returning means the data are good.
    void updateinfo(Dstate dstate) throws IOException;

    /// Runs an instant command the core does not know itself.
    ///
    /// @param param empty when the client gave none
    default Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        return Outcome.UNKNOWN;
    }

    /// Sets a variable the core does not know itself.
    default Outcome setvar(String var, String value) throws IOException {
        return Outcome.UNKNOWN;
    }

    /// Makes the device power off the load: what `shutdown.default` means for it (`upsdrv_shutdown`). An
    /// administrator may put other commands in front or in its place by `sdcommands`.
    Outcome shutdown() throws IOException;

    /// Tells that a setting declared as reloadable has changed; {@link Device#getval} already has the new value.
    default void reloaded(String option) {}

    /// Releases the device (`upsdrv_cleanup`). Called once, whatever happened before.
    @Override
    void close();
}
