package org.nutjvm.drivers.nhs;

import java.io.IOException;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.fuzz.FuzzDevice;
import org.nutjvm.fuzz.FuzzLine;
import org.nutjvm.fuzz.Must;
import org.nutjvm.fuzz.Poll;

/// A serial device that tells nhs_ser anything, without being asked as well.
public final class NhsFuzz {
    static {
        Must.beQuiet();
        fuzzerTestOneInput(new byte[0]); // reads the tables, outside the time an input has
    }

    private NhsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var device = new FuzzDevice("/dev/ttyS0");
        device.options.put("ah", "7"); // it does not start without
        var line = FuzzLine.talking(data);
        try {
            Poll.some(new NhsProgram(line.port()).initups(device), device, 8);
        } catch (IOException | DriverException e) {
            Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason: " + e);
        }
    }
}
