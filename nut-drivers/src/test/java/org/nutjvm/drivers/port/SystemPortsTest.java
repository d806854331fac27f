package org.nutjvm.drivers.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The system's lines. A pseudo terminal's own side stands in for a port.
@Timeout(20)
class SystemPortsTest {
    private static final String PORT = "/dev/ptmx";
    private final SystemPorts ports = new SystemPorts();

    @Test
    void silenceEndsAtTheLimit() throws IOException {
        try (var line = ports.open(PORT, SerialSettings.of(2400), false)) {
            long begin = line.nanoTime();
            line.write("Y".getBytes(StandardCharsets.US_ASCII));
            assertEquals(0, line.read(new byte[64], Duration.ofMillis(30)));
            assertTrue(line.nanoTime() - begin >= 30_000_000);
            line.flushInput();
            line.flushOutput();
        }
    }

    @Test
    void allSpeedsAndFormatsAreTaken() throws IOException {
        for (int speed : new int[] {300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200}) {
            ports.open(PORT, SerialSettings.of(speed), false).close();
        }
        var odd = new SerialSettings(1200, 7, SerialSettings.Parity.ODD, 2, SerialSettings.Flow.SOFTWARE);
        ports.open(PORT, odd, false).close();
        assertThrows(IllegalArgumentException.class, () -> ports.open(PORT, SerialSettings.of(1234), false));
    }

    @Test
    void lockedPortIsRefusedUnlessNolock() throws IOException {
        try (var first = ports.open(PORT, SerialSettings.of(2400), true)) {
            var refused = assertThrows(IOException.class, () -> ports.open(PORT, SerialSettings.of(2400), true));
            assertTrue(String.valueOf(refused.getMessage()).contains("is locked by another process"));
            ports.open(PORT, SerialSettings.of(2400), false).close();
            assertEquals(0, first.read(new byte[1], Duration.ZERO));
        }
        ports.open(PORT, SerialSettings.of(2400), true).close();
    }

    @Test
    void lineWithoutModemLinesSaysSo() throws IOException {
        try (var line = ports.open(PORT, SerialSettings.of(2400), false)) {
            assertThrows(IOException.class, line::signals);
            assertThrows(IOException.class, () -> line.setSignals(Set.of(SerialLine.Signal.DTR)));
        }
    }

    @Test
    void missingPortAndOtherFilesAreExplained(@TempDir Path dir) {
        var missing = assertThrows(
                IOException.class, () -> ports.open(dir.resolve("ttyUSB7").toString(), SerialSettings.of(2400), true));
        assertTrue(String.valueOf(missing.getMessage()).contains("No such file or directory"), missing.getMessage());
        assertTrue(String.valueOf(missing.getMessage()).contains("Check 'port='"), missing.getMessage());
        var none = assertThrows(IOException.class, () -> ports.open("/dev/null", SerialSettings.of(2400), false));
        assertTrue(String.valueOf(none.getMessage()).contains("/dev/null is no serial port"), none.getMessage());
    }
}
