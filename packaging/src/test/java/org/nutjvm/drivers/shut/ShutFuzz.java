package org.nutjvm.drivers.shut;

import java.io.IOException;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.fuzz.FuzzDevice;
import org.nutjvm.fuzz.FuzzLine;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;
import org.nutjvm.fuzz.Poll;

/// A serial device that answers mge-shut anything: handshakes and frames; where the input begins with a 1 its frames
/// are well made and what they hold is anything: report descriptors, strings, reports.
public final class ShutFuzz {
    static {
        Must.beQuiet();
        fuzzerTestOneInput(new byte[0]); // reads the tables, outside the time an input has
    }

    private ShutFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var device = new FuzzDevice("/dev/ttyS0");
        var input = new Input(data);
        var line = data.length > 0 && data[0] == 1 ? new FuzzLine(new FramedDevice(input)) : new FuzzLine(input);
        try {
            Poll.some(new ShutProgram(line.port()).initups(device), device, 3);
        } catch (IOException | DriverException e) {
            Must.hold(e.getMessage() != null && !e.getMessage().isBlank(), "no reason: " + e);
        }
    }
}
