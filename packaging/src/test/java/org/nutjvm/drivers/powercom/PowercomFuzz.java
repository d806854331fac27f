package org.nutjvm.drivers.powercom;

import java.io.IOException;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.fuzz.FuzzDevice;
import org.nutjvm.fuzz.FuzzLine;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;
import org.nutjvm.fuzz.Poll;

/// A serial device that answers powercom anything.
public final class PowercomFuzz {
    private static final String[] TYPES = {"Trust", "Egys", "KP625AP", "IMP", "KIN", "BNT", "BNT-other", "OPTI"};

    static {
        Must.beQuiet();
        fuzzerTestOneInput(new byte[0]); // reads the tables, outside the time an input has
    }

    private PowercomFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        var device = new FuzzDevice("/dev/ttyS0");
        device.options.put("type", TYPES[input.next() % TYPES.length]);
        try {
            Poll.some(new PowercomProgram(new FuzzLine(input).port()).initups(device), device, 5);
        } catch (IOException | DriverException e) {
            Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason: " + e);
        }
    }
}
