package org.nutjvm.drivers.hidups;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What a conversion may know and do besides its own value.
interface Surroundings {
    /// A variable already published, or null.
    @Nullable
    String getinfo(String name);

    void setinfo(String name, String value);

    void delinfo(String name);

    /// A string of the device, empty when it cannot be had.
    String string(int index);

    /// The last report with an id, its id first; zeros where none has come.
    byte[] report(int id);

    /// Reads a report around all buffers, or null when that fails.
    byte @Nullable [] readReport(int id, int length);

    boolean flag(HidFlag flag);

    /// Adds to the buzzwords of the operating mode.
    void buzzword(String word);

    /// Sets a variable of the device as a client would.
    boolean setvar(String name, String value);

    /// A setting of ups.conf, or null.
    @Nullable
    String option(String name);

    /// A number the device list gives for this device.
    double constant(String name, double otherwise);

    /// The kind of device its model means in the `name` lines of the table; `default` when it is not
    /// there.
    String kind();

    /// Where the machine is, for dates and times.
    ZoneId zone();
}
