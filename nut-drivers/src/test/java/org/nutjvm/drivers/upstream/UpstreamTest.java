package org.nutjvm.drivers.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

@Timeout(60)
class UpstreamTest {
    private static final String DUMP =
            "SETINFO ups.status \"OL\"\nSETINFO a.b \"x y\"\nADDCMD load.off\nDATAOK\nDUMPDONE\n";
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private Upstream upstream(TestDevice device) throws IOException {
        return new Upstream("real-ups", device, Duration.ofSeconds(15));
    }

    private static IOException lost(TestDevice device, Upstream upstream) {
        return assertThrows(IOException.class, () -> {
            while (device.woken()) {
                upstream.read();
            }
        });
    }

    private static void heard(TestDevice device, Upstream upstream, String mark) throws Exception {
        upstream.read();
        while (!mark.equals(upstream.tree().value("test.mark"))) {
            assertTrue(device.woken());
            upstream.read();
        }
    }

    @Test
    void everythingIsTakenInAndKeptUpToDate() throws Exception {
        var device = new TestDevice(dir, "");
        try (var driver = new PlayedDriver(dir, "real-ups", DUMP);
                var upstream = upstream(device)) {
            upstream.connect();
            upstream.awaitDump(LONG);
            assertTrue(upstream.dumped() && upstream.dataOk());
            assertEquals("x y", upstream.tree().value("a.b"));
            assertTrue(upstream.tree().hasCmd("load.off"));
            heard(device, upstream, driver.say("DATASTALE\n"));
            assertFalse(upstream.dataOk());
            assertTrue(upstream.dumped());
            heard(device, upstream, driver.say("DELINFO a.b\nDATAOK\n"));
            assertTrue(upstream.dataOk());
            assertEquals(null, upstream.tree().value("a.b"));
        }
    }

    @Test
    void nobodyThereIsAnException() throws Exception {
        try (var upstream = upstream(new TestDevice(dir, ""))) {
            assertThrows(IOException.class, upstream::connect);
            assertThrows(IOException.class, upstream::read);
            assertFalse(upstream.connected());
        }
        var far = "x".repeat(200);
        try (var upstream = new Upstream(far, new TestDevice(dir, ""), LONG)) {
            assertThrows(IOException.class, upstream::connect);
        }
    }

    @Test
    void theEndIsNewsOnceAndAnotherConnectionBeginsAnew() throws Exception {
        var device = new TestDevice(dir, "");
        try (var driver = new PlayedDriver(dir, "real-ups", DUMP);
                var upstream = upstream(device)) {
            upstream.connect();
            upstream.awaitDump(LONG);
            driver.hangUp();
            assertEquals("it closed the connection", lost(device, upstream).getMessage());
            assertFalse(upstream.connected() || upstream.dumped() || upstream.dataOk());
            driver.dump("DATASTALE\nDUMPDONE\n");
            upstream.connect();
            upstream.awaitDump(LONG);
            assertTrue(upstream.dumped());
            assertFalse(upstream.dataOk());
            assertTrue(upstream.tree().vars().isEmpty());
        }
    }

    @Test
    void silenceIsQuestionedThenDeath() throws Exception {
        var device = new TestDevice(dir, "");
        try (var driver = new PlayedDriver(dir, "real-ups", DUMP);
                var upstream = upstream(device)) {
            upstream.connect();
            upstream.awaitDump(LONG);
            device.passSeconds(6);
            upstream.read();
            assertEquals("PING", driver.heard("PING"));
            heard(device, upstream, driver.say("DATAOK\n"));
            device.passSeconds(15);
            driver.mute();
            upstream.read();
            device.passSeconds(1);
            var e = assertThrows(IOException.class, upstream::read);
            assertEquals("no sign of life for 15 seconds", e.getMessage());
            assertFalse(upstream.connected());
        }
    }

    @Test
    void commandsTellWhatBecameOfThem() throws Exception {
        var device = new TestDevice(dir, "");
        try (var driver = new PlayedDriver(dir, "real-ups", DUMP);
                var upstream = upstream(device)) {
            upstream.connect();
            upstream.awaitDump(LONG);
            assertEquals(Optional.of(Outcome.HANDLED), upstream.instcmd("load.off", Optional.empty(), LONG));
            assertEquals("INSTCMD load.off TRACKING test-1", driver.heard("INSTCMD"));
            driver.outcome(2);
            assertEquals(Optional.of(Outcome.INVALID), upstream.setvar("a.b", "c \"d\"", LONG));
            assertEquals("SET a.b \"c \\\"d\\\"\" TRACKING test-2", driver.heard("SET"));
            driver.outcome(99);
            assertEquals(Optional.of(Outcome.FAILED), upstream.instcmd("x", Optional.of("y"), LONG));
            driver.outcome(-1);
            assertEquals(Optional.empty(), upstream.instcmd("x", Optional.empty(), Duration.ofMillis(20)));
        }
    }

    @Test
    void whatIsNoProtocolEndsTheConnection() throws Exception {
        var device = new TestDevice(dir, "");
        try (var driver = new PlayedDriver(dir, "real-ups", DUMP);
                var upstream = upstream(device)) {
            upstream.connect();
            upstream.awaitDump(LONG);
            driver.sayOnly("SETINFO x \"un#balanced\n");
            assertTrue(String.valueOf(lost(device, upstream).getMessage()).startsWith("Parse error on sock"));
            upstream.connect();
            upstream.awaitDump(LONG);
            driver.sayOnly("\\".repeat(200_000));
            assertEquals("it sent a line without end", lost(device, upstream).getMessage());
        }
    }

    @Test
    void aFloodWaitsForItsReader() throws Exception {
        var device = new TestDevice(dir, "");
        var many = new StringBuilder();
        for (int i = 0; i < 12_000; i++) {
            many.append("SETINFO v.").append(i).append(" \"").append(i).append("\"\n");
        }
        try (var driver = new PlayedDriver(dir, "real-ups", many + DUMP);
                var upstream = upstream(device)) {
            upstream.connect();
            upstream.awaitDump(LONG);
            assertEquals(12_002, upstream.tree().vars().size());
            assertEquals("DUMPALL", driver.heard("DUMPALL"));
        }
    }

    @Test
    void whatADriverTellsOfItselfWakesNobody() {
        assertFalse(DriverChannel.worth(new DriverLine.SetInfo("driver.state", "updateinfo")));
        assertFalse(DriverChannel.worth(new DriverLine.Pong()));
        assertTrue(DriverChannel.worth(new DriverLine.SetInfo("ups.status", "OB")));
        assertTrue(DriverChannel.worth(new DriverLine.DataStale()));
    }
}
