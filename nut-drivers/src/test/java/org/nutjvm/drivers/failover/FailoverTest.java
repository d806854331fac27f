package org.nutjvm.drivers.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;
import org.nutjvm.drivers.upstream.PlayedDriver;

@Timeout(60)
class FailoverTest {
    private static final String END = "DATAOK\nDUMPDONE\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private final PlayedDriver[] real = new PlayedDriver[2];

    private static String dump(String model, String status) {
        return """
                SETINFO ups.model "%s"
                SETINFO ups.status "%s"
                SETINFO driver.name "dummy-ups"
                SETINFO input.transfer.low "180"
                SETFLAGS input.transfer.low RW NUMBER
                ADDENUM input.transfer.low "180"
                ADDRANGE input.transfer.low 170 190
                ADDCMD load.off
                """.formatted(model, status) + END;
    }

    private Driver begun(TestDevice device, String first, String second) throws Exception {
        real[0] = new PlayedDriver(dir, "one", dump("First", first));
        real[1] = new PlayedDriver(dir, "two", dump("Second", second) + "SETINFO only.second \"x\"\n");
        var driver = new FailoverProgram().initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        return driver;
    }

    private TestDevice device() {
        return new TestDevice(dir, "one, two,");
    }

    private void end(Driver driver) throws IOException {
        driver.close();
        for (var one : real) {
            one.close();
        }
    }

    /// Polls with the clock standing still until a value is as wanted.
    private static void until(Driver driver, TestDevice device, String name, @Nullable String value) throws Exception {
        for (int i = 0; i < 50 && !Objects.equals(device.value(name), value); i++) {
            assertTrue(device.woken());
            driver.updateinfo(device.dstate());
        }
        assertEquals(value, device.value(name));
    }

    @Test
    void thePrimaryIsShownWithItsLimits() throws Exception {
        var device = device();
        var driver = begun(device, "OL", "OL");
        assertEquals("First", device.value("ups.model"));
        assertEquals("OL", device.value("ups.status"));
        assertNull(device.value("driver.name"));
        assertEquals("dummy-ups", device.value("upstream.driver.name"));
        var low = Objects.requireNonNull(device.dstate().find("input.transfer.low"));
        assertEquals(EnumSet.of(Variable.Flag.RW, Variable.Flag.NUMBER), low.flags());
        assertEquals("[180]", low.enums().toString());
        assertEquals(170, low.ranges().getFirst().min());
        assertEquals("one", device.value("driver.primary.socketname"));
        assertEquals("2", device.value("driver.primary.priority"));
        assertEquals("2", device.value("driver.stats.alive_drivers"));
        assertEquals("2", device.value("driver.stats.online_drivers"));
        assertEquals("2", device.value("driver.stats.primary_drivers"));
        assertEquals("2", device.value("driver.stats.total_drivers"));
        var cmds = device.dstate().tree().cmds();
        assertEquals(
                "[one.force.ignore, one.force.primary, two.force.ignore, two.force.primary, upstream.load.off]",
                cmds.toString());
        end(driver);
    }

    @Test
    void theOtherTakesOverAndNothingOldStays() throws Exception {
        var device = device();
        var driver = begun(device, "OL", "OL");
        real[0].say("SETINFO only.first \"x\"\nSETINFO ups.status \"OB\"\n");
        until(driver, device, "ups.model", "Second");
        assertEquals("OL", device.value("ups.status"));
        assertNull(device.value("only.first"));
        assertEquals("two", device.value("driver.primary.socketname"));
        real[0].say("SETINFO ups.status \"OL\"\n");
        until(driver, device, "ups.model", "First");
        assertNull(device.value("only.second"));
        real[0].hangUp();
        until(driver, device, "ups.model", "Second");
        end(driver);
    }

    @Test
    void alarmsAreTheWholeOfTheAlarm() throws Exception {
        var device = device();
        var driver = begun(device, "OL", "OB");
        real[0].say("SETINFO ups.alarm \"Replace battery!\"\nSETINFO ups.status \"ALARM OL RB\"\n");
        until(driver, device, "ups.status", "ALARM OL RB");
        assertEquals("Replace battery!", device.value("ups.alarm"));
        real[0].say("DELINFO ups.alarm\nSETINFO ups.status \"OL\"\n");
        until(driver, device, "ups.status", "OL");
        assertNull(device.value("ups.alarm"));
        end(driver);
    }

    @Test
    void commandsGoToThePrimary() throws Exception {
        var device = device();
        var driver = begun(device, "OL", "OL");
        assertEquals(Outcome.HANDLED, driver.instcmd("upstream.load.off", Optional.of("a b")));
        assertEquals("INSTCMD load.off \"a b\" TRACKING test-1", real[0].heard("INSTCMD"));
        real[0].outcome(2);
        assertEquals(Outcome.INVALID, driver.setvar("input.transfer.low", "1"));
        assertEquals("SET input.transfer.low \"1\" TRACKING test-2", real[0].heard("SET"));
        assertEquals(Outcome.INVALID, driver.setvar("upstream.driver.name", "1"));
        assertEquals("SET driver.name \"1\" TRACKING test-3", real[0].heard("SET"));
        assertEquals(Outcome.UNKNOWN, driver.setvar("no.such", "1"));
        assertEquals(Outcome.UNKNOWN, driver.instcmd("load.off", Optional.empty()));
        assertEquals(Outcome.UNKNOWN, driver.instcmd("upstream.no.such", Optional.empty()));
        assertEquals(Outcome.FAILED, driver.shutdown());
        assertTrue(real[1].heardNothingLike("INSTCMD"));
        end(driver);
    }

    @Test
    void administratorsOverrule() throws Exception {
        var device = device();
        var driver = begun(device, "OL", "OB");
        assertEquals(Outcome.CONVERSION_FAILED, driver.instcmd("two.force.primary", Optional.of("soon")));
        assertEquals(Outcome.HANDLED, driver.instcmd("two.force.primary", Optional.of("10")));
        driver.updateinfo(device.dstate());
        assertEquals("Second", device.value("ups.model"));
        assertEquals("0", device.value("driver.primary.priority"));
        device.passSeconds(10);
        driver.updateinfo(device.dstate());
        assertEquals("Second", device.value("ups.model"));
        device.passSeconds(1);
        driver.updateinfo(device.dstate());
        assertEquals("First", device.value("ups.model"));
        driver.instcmd("one.force.ignore", Optional.of("-1"));
        driver.updateinfo(device.dstate());
        assertEquals("Second", device.value("ups.model"));
        assertEquals("1", device.value("driver.stats.primary_drivers"));
        driver.instcmd("one.force.ignore", Optional.empty());
        driver.updateinfo(device.dstate());
        assertEquals("First", device.value("ups.model"));
        end(driver);
    }

    private void loseBoth(Driver driver, TestDevice device) throws Exception {
        real[0].close();
        real[1].close();
        for (int i = 0; i < 50 && !"0".equals(device.value("driver.stats.alive_drivers")); i++) {
            assertTrue(device.woken());
            driver.updateinfo(device.dstate());
        }
        assertEquals("0", device.value("driver.stats.alive_drivers"));
    }

    @Test
    void withoutAnybodyTheLastDataGoStale() throws Exception {
        var device = device();
        var driver = begun(device, "OL", "OL");
        loseBoth(driver, device);
        device.passSeconds(15);
        driver.updateinfo(device.dstate());
        assertEquals("OL", device.value("ups.status"));
        device.passSeconds(1);
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertEquals("OL", device.value("ups.status"));
        real[1] = new PlayedDriver(dir, "two", dump("Second", "OB"));
        device.passSeconds(20);
        device.calm();
        for (int i = 0; i < 50 && !"OB".equals(device.value("ups.status")); i++) {
            try {
                driver.updateinfo(device.dstate());
            } catch (IOException e) {
                assertEquals("none of the tracked UPS drivers are suitable primaries", e.getMessage());
                assertTrue(device.woken());
            }
        }
        assertEquals("Second", device.value("ups.model"));
        assertEquals("OB", device.value("ups.status"));
        end(driver);
    }

    @Test
    void withoutAnybodyModeOneAlarmsAndThenGoesStale() throws Exception {
        var device = device().option("fsdmode", "1").option("noprimarytime", "3");
        var driver = begun(device, "OL", "OL");
        loseBoth(driver, device);
        assertNull(device.value("ups.model"), "nobody's data");
        assertEquals("", device.value("ups.status"));
        device.passSeconds(4);
        driver.updateinfo(device.dstate());
        assertEquals("ALARM", device.value("ups.status"));
        assertEquals("No suitable primaries for failover", device.value("ups.alarm"));
        device.passSeconds(14);
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        end(driver);
    }

    @Test
    void withoutAnybodyModeTwoForcesTheShutdownUntilSomebodyIsThere() throws Exception {
        var device = device().option("fsdmode", "2").option("noprimarytime", "0");
        var driver = begun(device, "OL", "OL");
        loseBoth(driver, device);
        device.passSeconds(1);
        driver.updateinfo(device.dstate());
        assertEquals("ALARM FSD", device.value("ups.status"));
        device.passSeconds(1000);
        driver.updateinfo(device.dstate());
        assertEquals("ALARM FSD", device.value("ups.status"));
        real[0] = new PlayedDriver(dir, "one", dump("First", "OL"));
        device.passSeconds(20);
        device.calm();
        driver.updateinfo(device.dstate());
        until(driver, device, "ups.status", "OL");
        assertNull(device.value("ups.alarm"));
        end(driver);
    }

    @Test
    void staleDataAreStaleWhenNobodyIsBetter() throws Exception {
        var device = device();
        var driver = begun(device, "OL", "OL");
        real[1].say("DATASTALE\n");
        real[0].say("DATASTALE\n");
        var e = assertThrows(IOException.class, () -> {
            while (device.woken()) {
                driver.updateinfo(device.dstate());
            }
        });
        assertTrue(String.valueOf(e.getMessage()).contains("says its data are stale"), e.getMessage());
        end(driver);
    }

    @Test
    void atTheStartNobodyNeedBeThere() throws Exception {
        var device = device().option("inittime", "3");
        try (var driver = new FailoverProgram().initups(device)) {
            driver.initinfo(device.dstate());
            driver.updateinfo(device.dstate());
            assertEquals("WAIT", device.value("ups.status"));
            assertFalse(device.dstate().stale());
            device.passSeconds(4);
            driver.updateinfo(device.dstate());
            device.passSeconds(16);
            assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        }
    }

    @Test
    void connectionsThatFailAreTriedLessOften() throws Exception {
        var device = new TestDevice(dir, "one").option("maxconnfails", "2").option("coolofftime", "10");
        try (var driver = new FailoverProgram().initups(device)) {
            driver.initinfo(device.dstate());
            driver.updateinfo(device.dstate());
            driver.updateinfo(device.dstate());
            try (var late = new PlayedDriver(dir, "one", dump("First", "OL"))) {
                device.passSeconds(9);
                driver.updateinfo(device.dstate());
                assertEquals("0", device.value("driver.stats.alive_drivers"), "cooling off");
                device.passSeconds(2);
                driver.updateinfo(device.dstate());
                assertEquals("1", device.value("driver.stats.alive_drivers"));
                assertEquals("DUMPALL", late.heard("DUMPALL"));
            }
        }
    }

    @Test
    void portsThatMakeNoSenseAreRefused() throws Exception {
        for (String port : new String[] {"", " , ", "auto", "failover-test"}) {
            assertThrows(DriverException.class, () -> new FailoverProgram().initups(new TestDevice(dir, port)), port);
        }
        var settings = FailoverSettings.of(device().option("fsdmode", "3").option("deadtime", "x"));
        assertEquals(0, settings.fsdmode());
        assertEquals(30, settings.deadtime().toSeconds());
    }
}
