package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

/// The driver with an agent in the hands of the test: polls, trouble, commands.
class SnmpDriverTest {
    private static final String UPS = """
            1.3.6.1.2.1.1.1.0|4|A UPS of the standard
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33
            1.3.6.1.2.1.33.1.1.1.0|4|Example
            1.3.6.1.2.1.33.1.1.2.0|4|Standard 1000
            1.3.6.1.2.1.33.1.2.1.0|2|2
            1.3.6.1.2.1.33.1.2.3.0|2|42
            1.3.6.1.2.1.33.1.2.4.0|2|95
            1.3.6.1.2.1.33.1.3.2.0|2|1
            1.3.6.1.2.1.33.1.4.1.0|2|3
            1.3.6.1.2.1.33.1.4.3.0|2|1
            1.3.6.1.2.1.33.1.7.1.0|6|1.3.6.1.2.1.33.1.7.7.1
            1.3.6.1.2.1.33.1.8.1.0|2|2
            1.3.6.1.2.1.33.1.8.2.0|2|-1
            1.3.6.1.2.1.33.1.8.3.0|2|-1
            1.3.6.1.2.1.33.1.8.5.0|2|2
            1.3.6.1.2.1.33.1.9.8.0|2|2
            """;
    private static final Oid SOURCE = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 4, 1, 0);
    private static final Oid CHARGE = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 4, 0);

    private final ScriptedAgent agent = new ScriptedAgent(Recording.of(UPS), true);
    private final TestDevice device = new TestDevice();
    private SnmpDriver driver;

    @BeforeEach
    void start() throws Exception {
        driver = new SnmpDriver(device, agent, "test", Played.catalogue());
        driver.detect();
        driver.initinfo(device.dstate());
    }

    private String value(String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    private void poll() throws IOException {
        device.passSeconds(31);
        driver.updateinfo(device.dstate());
    }

    private void set(Oid oid, long value) {
        agent.recording.values.put(oid, new SnmpValue.Whole(value, SnmpValue.Whole.Type.INTEGER));
    }

    @Test
    void aPollIsOneRequest() throws Exception {
        agent.requests = 0;
        poll();
        assertEquals(1, agent.requests);
        assertEquals("OL", value("ups.status"));
        assertEquals("95", value("battery.charge"));
        assertEquals("Standard 1000", value("device.model"));
    }

    @Test
    void aKnownDeviceIsFoundWithTwoSmallRequestsAndReadOnce() throws Exception {
        for (boolean version2 : new boolean[] {true, false}) {
            var fresh = new ScriptedAgent(Recording.of(UPS), version2);
            try (var other = new SnmpDriver(new TestDevice(), fresh, "test", Played.catalogue())) {
                other.detect();
                assertEquals(2, fresh.requests);
                assertTrue(fresh.largest <= 2, fresh.largest + " objects");
                other.initinfo(new Dstate());
                assertTrue(fresh.requests <= (version2 ? 5 : 11), fresh.requests + " requests");
            }
        }
    }

    @Test
    void pollfreqIsKept() throws Exception {
        agent.requests = 0;
        device.passSeconds(29);
        driver.updateinfo(device.dstate());
        assertEquals(0, agent.requests);
        device.passSeconds(2);
        driver.updateinfo(device.dstate());
        assertEquals(1, agent.requests);
    }

    @Test
    void whatChangesShows() throws Exception {
        set(SOURCE, 5);
        set(Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 1, 0), 3);
        poll();
        assertEquals("LB OB", value("ups.status"));
    }

    @Test
    void aValueThatVanishesAndComesBack() throws Exception {
        var was = agent.recording.values.remove(CHARGE);
        poll();
        assertNull(device.dstate().getinfo("battery.charge"));
        agent.recording.values.put(CHARGE, was);
        poll();
        assertEquals("95", value("battery.charge"));
    }

    @Test
    void aWrongTypeDoesNoHarm() throws Exception {
        agent.recording.values.put(CHARGE, new SnmpValue.Text("x".repeat(65_000)));
        agent.recording.values.put(
                Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 3, 0), new SnmpValue.Pointer(Oid.of(1, 3, 6, 1, 9)));
        poll();
        assertEquals("OL", value("ups.status"));
        assertNull(device.dstate().getinfo("battery.charge"), "a text is no empty battery");
    }

    @Test
    void aTrapIsAnOccasionToAskAndNoNews() throws Exception {
        agent.requests = 0;
        driver.heard(Oid.of(1, 3, 6, 1, 2, 1, 33, 2, 1));
        assertEquals("OL", value("ups.status"));
        driver.updateinfo(device.dstate());
        assertEquals(1, agent.requests);
        assertEquals("OL", value("ups.status"), "that is what the device says, whoever sent the trap");
        set(SOURCE, 5);
        device.passSeconds(2);
        driver.updateinfo(device.dstate());
        assertEquals("OB", value("ups.status"), "the agent is asked once more, as it may show news late");
        driver.updateinfo(device.dstate());
        assertEquals(2, agent.requests);
        driver.heard(null);
        driver.updateinfo(device.dstate());
        assertEquals(3, agent.requests);
    }

    @Test
    void aTrapOfALostDeviceHasItLookedForAtOnce() throws Exception {
        agent.gone = true;
        assertThrows(IOException.class, this::poll);
        agent.gone = false;
        driver.heard(null);
        driver.updateinfo(device.dstate());
        assertEquals("OL", value("ups.status"));
    }

    @Test
    void aLostDeviceIsStaleAndComesBackByItself() throws Exception {
        agent.gone = true;
        assertThrows(IOException.class, this::poll);
        agent.requests = 0;
        device.passSeconds(2);
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertEquals(0, agent.requests, "a lost device is not asked at each turn");
        device.passSeconds(5);
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertEquals(1, agent.requests, "and then once only");
        agent.gone = false;
        set(SOURCE, 5);
        device.passSeconds(6);
        driver.updateinfo(device.dstate());
        assertEquals("OB", value("ups.status"));
    }

    @Test
    void aStateThatIsToldNoMoreIsTrouble() {
        agent.recording.values.remove(SOURCE);
        agent.recording.values.remove(Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 1, 0));
        agent.recording.values.remove(Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 3, 0));
        agent.recording.values.remove(Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 4, 0));
        var trouble = assertThrows(IOException.class, this::poll);
        assertEquals("test answers, but does not tell its state any more", trouble.getMessage());
    }

    @Test
    void onBatteryHoldsWhereTwoObjectsContradictEachOther() throws Exception {
        agent.recording = Recording.of("""
                1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.705.1
                1.3.6.1.4.1.705.1.1.1.0|4|Pulsar
                1.3.6.1.4.1.705.1.7.3.0|2|2
                1.3.6.1.2.1.33.1.4.1.0|2|3
                """);
        poll();
        assertEquals("OL", value("ups.status"));
        set(SOURCE, 5);
        poll();
        assertEquals("OB", value("ups.status"));
    }

    @Test
    void anotherDeviceAtTheSameAddressIsReadAnew() throws Exception {
        agent.recording = Recording.of("""
                1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.318.1.3.27
                1.3.6.1.4.1.318.1.1.1.1.1.1.0|4|Smart-UPS 750
                1.3.6.1.4.1.318.1.1.1.4.1.1.0|2|3
                1.3.6.1.4.1.318.1.1.1.2.1.1.0|2|3
                """);
        poll();
        assertEquals("apcc MIB 1.61", value("driver.version.data"));
        assertEquals("OB LB", value("ups.status"));
        assertEquals("Smart-UPS 750", value("device.model"));
        assertNull(device.dstate().getinfo("battery.charge"));
        assertFalse(device.dstate().tree().hasCmd("beeper.mute"));
    }

    @Test
    void shutdownReturnIsDoneInSteps() throws Exception {
        assertTrue(device.dstate().tree().hasCmd("shutdown.return"));
        assertEquals(Outcome.HANDLED, driver.instcmd("shutdown.return", Optional.empty()));
        assertEquals(List.of(written("8.1.0", 1), written("8.5.0", 1), written("8.2.0", 20)), agent.written);
        agent.written.clear();
        assertEquals(Outcome.HANDLED, driver.instcmd("shutdown.stayoff", Optional.of("90")));
        assertEquals(List.of(written("8.1.0", 1), written("8.5.0", 2), written("8.2.0", 90)), agent.written);
    }

    @Test
    void killpowerIsShutdownReturn() throws Exception {
        assertEquals(Outcome.HANDLED, driver.shutdown());
        assertEquals(written("8.2.0", 20), agent.written.getLast());
    }

    @Test
    void theDelaysOfTheAdministratorCount() throws Exception {
        device.options.put("offdelay", "120");
        var own = new SnmpDriver(device, agent, "test", Played.catalogue());
        own.detect();
        own.initinfo(device.dstate());
        own.instcmd("load.off.delay", Optional.empty());
        assertEquals(written("8.2.0", 120), agent.written.getLast());
    }

    @Test
    void parametersAreChecked() throws Exception {
        assertEquals(Outcome.CONVERSION_FAILED, driver.instcmd("load.off.delay", Optional.of("soon")));
        assertEquals(Outcome.CONVERSION_FAILED, driver.instcmd("load.off.delay", Optional.of("99999999999")));
        assertEquals(Outcome.INVALID, driver.instcmd("beeper.mute", Optional.of("7")));
        assertEquals(Outcome.UNKNOWN, driver.instcmd("load.dance", Optional.empty()));
        assertEquals(Outcome.INVALID, driver.setvar("battery.charge", "1"));
        assertEquals(Outcome.UNKNOWN, driver.setvar("ups.dance", "1"));
        assertEquals(List.of(), agent.written);
    }

    @Test
    void aTestIsStartedByItsName() throws Exception {
        assertEquals(Outcome.HANDLED, driver.instcmd("test.battery.start.quick", Optional.empty()));
        assertEquals(
                new SnmpValue.Pointer(Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 7, 7, 4)),
                agent.written.getLast().value());
    }

    @Test
    void aRefusedWriteIsAFailure() throws Exception {
        agent.setError = 17;
        assertEquals(Outcome.FAILED, driver.instcmd("beeper.mute", Optional.empty()));
        assertEquals(Outcome.FAILED, driver.shutdown());
    }

    @Test
    void whatFitsNoMappingIsRefusedWithAReason() throws Exception {
        var strange = new ScriptedAgent(Recording.of("1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.1"), true);
        var other = new SnmpDriver(device, strange, "test", Played.catalogue());
        var refusal = assertThrows(DriverException.class, other::detect);
        assertTrue(refusal.text().contains("No matching MIB found for sysOID '1.3.6.1.4.1.1'"), refusal.text());
        device.options.put("mibs", "apc");
        var named = new SnmpDriver(device, strange, "test", Played.catalogue());
        assertTrue(assertThrows(DriverException.class, named::detect).text().contains("did not match this device"));
        device.options.put("mibs", "nonsense");
        var unknown = new SnmpDriver(device, strange, "test", Played.catalogue());
        assertTrue(assertThrows(DriverException.class, unknown::detect).text().contains("Unknown 'mibs' value"));
    }

    private static ScriptedAgent.Written written(String below, long value) {
        var oid = Oid.parse("1.3.6.1.2.1.33.1." + below);
        if (oid == null) {
            throw new AssertionError(below);
        }
        return new ScriptedAgent.Written(oid, new SnmpValue.Whole(value, SnmpValue.Whole.Type.INTEGER));
    }
}
