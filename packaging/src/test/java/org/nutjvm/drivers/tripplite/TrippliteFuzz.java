package org.nutjvm.drivers.tripplite;

import java.io.IOException;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.fuzz.FuzzDevice;
import org.nutjvm.fuzz.FuzzLine;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;
import org.nutjvm.fuzz.Poll;

/// A serial device that answers tripplite anything.
public final class TrippliteFuzz {
    static {
        Must.beQuiet();
        fuzzerTestOneInput(new byte[0]); // reads the tables, outside the time an input has
    }

    private TrippliteFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var device = new FuzzDevice("/dev/ttyS0");
        try {
            Poll.some(new TrippliteProgram(new FuzzLine(new Input(data)).port()).initups(device), device, 5);
        } catch (IOException | DriverException e) {
            Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason: " + e);
        }
    }
}
