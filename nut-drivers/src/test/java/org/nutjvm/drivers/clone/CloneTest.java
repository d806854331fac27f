package org.nutjvm.drivers.clone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;
import org.nutjvm.drivers.upstream.PlayedDriver;

@Timeout(60)
class CloneTest {
    private static final String END = "DATAOK\nDUMPDONE\n";
    private static final String DUMP = """
            SETINFO battery.charge "80"
            SETINFO battery.charge.low "20"
            SETINFO driver.name "usbhid-ups"
            SETINFO outlet.1.status "on"
            SETINFO ups.delay.shutdown "20"
            SETINFO ups.model "Real"
            SETINFO ups.status "OL"
            SETINFO ups.timer.shutdown "-1"
            ADDCMD outlet.1.load.off
            """ + END;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private TestDevice device() {
        return new TestDevice(dir, "real-ups");
    }

    private static Driver begun(Driver driver, TestDevice device) throws Exception {
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        return driver;
    }

    /// Polls until something that was said is here.
    private static void news(Driver driver, TestDevice device, String mark) throws Exception {
        driver.updateinfo(device.dstate());
        while (!mark.equals(device.value("test.mark"))) {
            assertTrue(device.woken());
            driver.updateinfo(device.dstate());
        }
    }

    /// Connects, and polls with news until everything is told.
    private static void foundAgain(Driver driver, TestDevice device) throws Exception {
        for (int i = 0; i < 50; i++) {
            try {
                driver.updateinfo(device.dstate());
                return;
            } catch (IOException e) {
                String why = String.valueOf(e.getMessage());
                assertTrue(why.endsWith("has not told everything yet") || why.endsWith("data are stale"), why);
                assertTrue(device.woken());
            }
        }
        fail("it never told everything");
    }

    @Test
    void valuesAreRepeatedButForWhatIsTheDevicesOwn() throws Exception {
        var device = device().option("mincharge", "30");
        try (var real = new PlayedDriver(dir, "real-ups", DUMP);
                var clone = begun(new CloneProgram().initups(device), device)) {
            assertEquals("Real", device.value("ups.model"));
            assertEquals("OL", device.value("ups.status"));
            assertNull(device.value("driver.name"));
            assertEquals("120", device.value("ups.delay.shutdown"));
            assertEquals("30", device.value("ups.delay.start"));
            assertEquals("-1", device.value("ups.timer.shutdown"));
            assertEquals("30.000000", device.value("battery.charge.low"));
            assertEquals(
                    3,
                    Objects.requireNonNull(device.dstate().find("battery.charge.low"))
                            .aux());
            assertNull(device.value("battery.runtime.low"), "without a run time");
            assertEquals(
                    "[shutdown.return, shutdown.stayoff]",
                    device.dstate().tree().cmds().toString());
            news(clone, device, real.say("SETINFO ups.status \"OB DISCHRG\"\nDELINFO ups.model\n"));
            assertEquals("OB DISCHRG", device.value("ups.status"));
            assertNull(device.value("ups.model"));
        }
    }

    @Test
    void theOutletIsSwitchedOffAndOn() throws Exception {
        var device = device().option("load.off", "outlet.1.load.off")
                .option("load.on", "outlet.1.load.on")
                .option("load.status", "outlet.1.status")
                .option("offdelay", "10")
                .option("ondelay", "5");
        try (var real = new PlayedDriver(dir, "real-ups", DUMP);
                var clone = begun(new CloneProgram().initups(device), device)) {
            assertEquals(Outcome.HANDLED, clone.instcmd("shutdown.return", Optional.empty()));
            assertEquals("OL FSD", device.value("ups.status"), "at once");
            assertEquals("10", device.value("ups.timer.shutdown"));
            device.passSeconds(4);
            clone.updateinfo(device.dstate());
            assertEquals("OL FSD", device.value("ups.status"));
            assertEquals("6", device.value("ups.timer.shutdown"));
            assertTrue(real.heardNothingLike("INSTCMD"));
            device.passSeconds(6);
            clone.updateinfo(device.dstate());
            assertEquals("INSTCMD outlet.1.load.off TRACKING test-1", real.heard("INSTCMD"));
            news(clone, device, real.say("SETINFO outlet.1.status \"off\"\n"));
            assertEquals("OL OFF", device.value("ups.status"));
            device.passSeconds(5);
            clone.updateinfo(device.dstate());
            assertEquals("INSTCMD outlet.1.load.on TRACKING test-2", real.heard("INSTCMD"));
            news(clone, device, real.say("SETINFO outlet.1.status \"on\"\n"));
            assertEquals("OL", device.value("ups.status"));
        }
    }

    @Test
    void anOutletIsNotTakenForOffWhenTheCommandFailed() throws Exception {
        var device = device().option("load.off", "outlet.1.load.off").option("offdelay", "0");
        try (var real = new PlayedDriver(dir, "real-ups", DUMP);
                var clone = begun(new CloneProgram().initups(device), device)) {
            real.outcome(3);
            clone.instcmd("shutdown.stayoff", Optional.empty());
            clone.updateinfo(device.dstate());
            clone.updateinfo(device.dstate());
            assertEquals("OL", device.value("ups.status"));
            real.outcome(0);
            clone.instcmd("shutdown.stayoff", Optional.empty());
            clone.updateinfo(device.dstate());
            clone.updateinfo(device.dstate());
            assertEquals("OL OFF", device.value("ups.status"));
        }
    }

    @Test
    void lowBatteryShutsTheOutletDown() throws Exception {
        var device = device().option("mincharge", "30");
        try (var real = new PlayedDriver(dir, "real-ups", DUMP);
                var clone = begun(new CloneProgram().initups(device), device)) {
            news(clone, device, real.say("SETINFO ups.status \"OB\"\nSETINFO battery.charge \"29\"\n"));
            assertEquals("OB FSD", device.value("ups.status"));
            assertEquals("120", device.value("ups.timer.shutdown"));
        }
    }

    @Test
    void limitsAreSetByClients() throws Exception {
        var device = device();
        try (var real = new PlayedDriver(dir, "real-ups", DUMP);
                var clone = begun(new CloneProgram().initups(device), device)) {
            assertEquals(Outcome.HANDLED, clone.setvar("battery.charge.low", "85"));
            assertEquals("85.000000", device.value("battery.charge.low"));
            assertEquals(Outcome.CONVERSION_FAILED, clone.setvar("battery.charge.low", "many"));
            assertEquals(Outcome.CONVERSION_FAILED, clone.setvar("battery.runtime.low", "-1"));
            assertEquals(Outcome.UNKNOWN, clone.setvar("ups.id", "x"));
            assertEquals(Outcome.UNKNOWN, clone.instcmd("load.off", Optional.empty()));
            assertEquals(Outcome.FAILED, clone.shutdown());
            news(clone, device, real.say("SETINFO ups.status \"OB\"\n"));
            assertEquals("OB FSD", device.value("ups.status"));
        }
    }

    @Test
    void staleThereIsStaleHereAndADeadDriverToo() throws Exception {
        var device = device();
        try (var real = new PlayedDriver(dir, "real-ups", DUMP);
                var clone = begun(new CloneProgram().initups(device), device)) {
            String mark = real.say("DATASTALE\n");
            var stale = assertThrows(IOException.class, () -> {
                while (true) {
                    news(clone, device, mark);
                }
            });
            assertEquals("the driver of UPS [real-ups] says its data are stale", stale.getMessage());
            real.say("DATAOK\n");
            foundAgain(clone, device);
            real.dump("SETINFO ups.status \"OB\"\n" + END);
            real.hangUp();
            var gone = assertThrows(IOException.class, () -> {
                while (device.woken()) {
                    clone.updateinfo(device.dstate());
                }
            });
            assertEquals("UPS [real-ups]: it closed the connection", gone.getMessage());
            foundAgain(clone, device);
            assertEquals("OB", device.value("ups.status"));
            assertNull(device.value("ups.model"), "what it no longer tells");
        }
        var late = device();
        try (var clone = new CloneProgram().initups(late)) {
            assertThrows(IOException.class, () -> clone.initinfo(late.dstate()));
            assertEquals("WAIT", late.value("ups.status"));
            try (var real = new PlayedDriver(dir, "real-ups", DUMP)) {
                foundAgain(clone, late);
                assertEquals("DUMPALL", real.heard("DUMPALL"));
                assertEquals("OL", late.value("ups.status"));
            }
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        for (String wrong : new String[] {"x", "-1", "", "1e99"}) {
            var device = device().option("mincharge", wrong);
            assertThrows(DriverException.class, () -> new CloneProgram().initups(device), wrong);
        }
        assertThrows(DriverException.class, () -> new CloneProgram().initups(new TestDevice(dir, "auto")));
        var e = assertThrows(DriverException.class, () -> new CloneOutletProgram().initups(device()));
        assertTrue(e.text().startsWith("Outlet prefix is mandatory for this driver!"));
    }

    @Test
    void anOutletIsWatched() throws Exception {
        var device = device().option("prefix", "outlet.1");
        try (var real = new PlayedDriver(dir, "real-ups", DUMP);
                var clone = begun(new CloneOutletProgram().initups(device), device)) {
            assertEquals("OL", device.value("ups.status"));
            assertEquals("20", device.value("battery.charge.low"), "that driver's");
            assertEquals("[]", device.dstate().tree().cmds().toString());
            news(
                    clone,
                    device,
                    real.say("SETINFO outlet.1.delay.shutdown \"20\"\nSETINFO outlet.1.timer.shutdown \"21\"\n"));
            assertEquals("OL", device.value("ups.status"), "not yet");
            news(clone, device, real.say("SETINFO outlet.1.timer.shutdown \"20\"\n"));
            assertEquals("FSD OL", device.value("ups.status"));
            news(clone, device, real.say("SETINFO outlet.1.timer.shutdown \"-1\"\nSETINFO outlet.1.status \"off\"\n"));
            assertEquals("OFF OL", device.value("ups.status"));
            assertEquals(Outcome.UNKNOWN, clone.instcmd("shutdown.return", Optional.empty()));
        }
    }
}
