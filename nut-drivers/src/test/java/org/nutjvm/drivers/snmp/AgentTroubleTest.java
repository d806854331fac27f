package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nutjvm.drivers.snmp.agent.AgentSettings;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Opaque;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/// An agent that says what it should not, or is another one: data are those of the device or stale, trouble ends when
/// its cause does, and no mains failure is made up.
class AgentTroubleTest extends Troubled {
    AgentTroubleTest() throws Exception {}

    private static Variable huge() {
        return new OctetString("z".repeat(60_000));
    }

    private static Variable longest() {
        int[] arcs = new int[128];
        Arrays.fill(arcs, -1);
        arcs[0] = 1;
        arcs[1] = 3;
        return new OID(arcs);
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void valuesOfWrongTypesMakeNoAlarm(AgentSettings.Version version) throws Exception {
        start(version);
        var strange = List.of(
                new OctetString("on battery"),
                new OctetString(""),
                new OctetString(new byte[] {0, -1, 5}),
                longest(),
                new OID("1.3.6.1.2.1.33.1.4.1.5"),
                new OID(new int[] {0, 0}),
                new Null(),
                new Integer32(Integer.MIN_VALUE),
                new Integer32(Integer.MAX_VALUE),
                new Counter64(-1),
                new Gauge32(0xffff_ffffL),
                new IpAddress("5.5.5.5"),
                new Opaque(new byte[] {5}),
                huge());
        for (var each : strange) {
            for (var about : List.of(SOURCE, BATTERY, CHARGE, RUNTIME, MODEL, UPTIME)) {
                var name = new OID(about.toArray());
                agent.rows(rows ->
                        rows.replaceAll(row -> row.getOid().equals(name) ? new VariableBinding(name, each) : row));
                if (version == AgentSettings.Version.V1 && each instanceof Counter64) {
                    continue;
                }
                polledOrStale();
                assertFalse(value("battery.charge").equals("0"), "an empty battery by " + each.getSyntaxString());
            }
        }
        recovered();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void liesAboutWhatWasAsked(AgentSettings.Version version) throws Exception {
        start(version);
        agent.rows(List::clear);
        polledOrStale();
        agent.rows(rows -> rows.addAll(List.copyOf(rows)));
        polledOrStale();
        agent.rows(rows -> rows.replaceAll(row -> new VariableBinding(new OID("1.3.6.1.2.1.1"), row.getVariable())));
        polledOrStale();
        agent.rows(rows -> rows.replaceAll(row -> new VariableBinding(new OID(new int[] {0, 0}), row.getVariable())));
        polledOrStale();
        var far = new OID((OID) longest());
        agent.rows(rows -> rows.replaceAll(row -> new VariableBinding(far, row.getVariable())));
        polledOrStale();
        recovered();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void errorsOfAllKindsForEverything(AgentSettings.Version version) throws Exception {
        start(version);
        for (int error : new int[] {1, 2, 3, 5, 13, 18, 99, -1}) {
            for (int index : new int[] {0, 1, 99, -5}) {
                agent.twist = pdu -> {
                    pdu.setErrorStatus(error);
                    pdu.setErrorIndex(index);
                    return pdu;
                };
                assertFalse(polledOrStale(), "nothing is read, error " + error);
            }
        }
        recovered();
    }

    private void aLowBatteryIsSeen() throws IOException {
        set(SOURCE, 5);
        set(BATTERY, 3);
        poll();
        assertEquals("LB OB", value("ups.status"));
        set(BATTERY, 2);
        set(SOURCE, 3);
    }

    /// An agent in trouble fails at one object for a moment. That must not hide a low battery for the polls to come.
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void whatVanishesForAMomentIsBackAtOnce(AgentSettings.Version version) throws Exception {
        start(version);
        agent.scripted.cursed.add(BATTERY);
        poll();
        assertEquals("OL", value("ups.status"));
        agent.scripted.cursed.clear();
        aLowBatteryIsSeen();
        recovered();
    }

    /// It is asked for as long as the device is the same.
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void aStateThatVanishesForLongIsStillLookedFor(AgentSettings.Version version) throws Exception {
        start(version);
        agent.scripted.recording.values.remove(BATTERY);
        for (int i = 0; i < 25; i++) {
            poll();
        }
        aLowBatteryIsSeen();
        recovered();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void numbersThatWrap(AgentSettings.Version version) throws Exception {
        start(version);
        set(UPTIME, new SnmpValue.Whole(0xffff_ffffL, SnmpValue.Whole.Type.TICKS));
        poll();
        set(UPTIME, new SnmpValue.Whole(5, SnmpValue.Whole.Type.TICKS));
        set(CHARGE, new SnmpValue.Whole(0xffff_ffffL, SnmpValue.Whole.Type.COUNTER));
        poll();
        assertEquals("4294967295", value("battery.charge"));
        set(CHARGE, new SnmpValue.Whole(3, SnmpValue.Whole.Type.COUNTER));
        poll();
        assertEquals("3", value("battery.charge"));
        set(CHARGE, 95);
        recovered();
    }

    /// A device of the same kind with another name stands at the address now.
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void anotherDeviceOfTheSameKindIsReadAnew(AgentSettings.Version version) throws Exception {
        start(version);
        poll();
        set(UPTIME, new SnmpValue.Whole(90, SnmpValue.Whole.Type.TICKS));
        set(MODEL, new SnmpValue.Text("Standard 3000"));
        agent.scripted.recording.values.remove(RUNTIME);
        poll();
        assertEquals("Standard 3000", value("device.model"));
        assertNull(device.dstate().getinfo("battery.runtime"));
        set(MODEL, new SnmpValue.Text("Standard 1000"));
        set(UPTIME, new SnmpValue.Whole(10, SnmpValue.Whole.Type.TICKS));
        recovered();
    }

    /// It answers as if it were less than it is, as while it starts. Its data are stale; it does not become another.
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void aDeviceThatStartsIsNotAnother(AgentSettings.Version version) throws Exception {
        start(version);
        var all = agent.scripted.recording;
        var less = Recording.of("""
                1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33
                1.3.6.1.2.1.1.3.0|67|10
                1.3.6.1.4.1.318.1.1.1.4.1.1.0|2|3
                1.3.6.1.4.1.318.1.1.1.1.1.1.0|4|something
                """);
        agent.scripted.recording = less;
        assertThrows(IOException.class, this::poll);
        less.values.remove(IDENTITY);
        assertThrows(IOException.class, this::poll);
        assertTrue(value("driver.version.data").startsWith("ietf "), value("driver.version.data"));
        agent.scripted.recording = all;
        recovered();
    }

    /// The address now belongs to a device of another kind, which takes smaller requests only.
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void aDeviceOfAnotherKindAndAbility(AgentSettings.Version version) throws Exception {
        start(version);
        var first = agent.scripted.recording;
        agent.scripted.recording = Recording.of("""
                1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.318.1.3.27
                1.3.6.1.4.1.318.1.1.1.1.1.1.0|4|Smart-UPS 750
                1.3.6.1.4.1.318.1.1.1.4.1.1.0|2|2
                1.3.6.1.4.1.318.1.1.1.2.1.1.0|2|2
                1.3.6.1.4.1.318.1.1.1.2.2.1.0|66|88
                """);
        agent.scripted.tooBigAbove = 3;
        poll();
        assertEquals("OL", value("ups.status"));
        assertEquals("Smart-UPS 750", value("device.model"));
        assertEquals("88", value("battery.charge"));
        agent.scripted.tooBigAbove = Integer.MAX_VALUE;
        agent.scripted.recording = first;
        recovered();
    }
}
