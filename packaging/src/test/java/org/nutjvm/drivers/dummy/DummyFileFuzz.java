package org.nutjvm.drivers.dummy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.nutjvm.fuzz.FuzzDevice;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;
import org.nutjvm.fuzz.Poll;

/// Definition files of dummy-ups, read once and in a loop.
public final class DummyFileFuzz {
    private static final Path FILE = file();

    static {
        Must.beQuiet();
    }

    private DummyFileFuzz() {}

    private static Path file() {
        try {
            var file = Files.createTempFile("fuzz", ".seq");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        boolean loop = input.next() % 2 == 0;
        byte[] text = input.rest();
        var complaints = new ArrayList<String>();
        try {
            Files.write(FILE, text);
            try (var file = DataFile.open(FILE, complaints::add)) {
                int lines = 0;
                while (file.next() != null) {
                    Must.hold(++lines <= text.length, "more lines than bytes");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String complaint : complaints) {
            Must.hold(complaint.matches("(?s).*\\.seq:\\d+: .+"), "where? " + complaint);
        }
        var device = new FuzzDevice(FILE.toString());
        device.options.put("mode", loop ? "dummy-loop" : "dummy-once");
        // Any status may stand in a file.
        Poll.some(new Simulation(device, loop), device, 4, dstate -> {});
    }
}
