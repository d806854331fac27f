package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nutjvm.drivers.snmp.agent.AgentSettings;
import org.nutjvm.drivers.snmp.agent.Snmp4jAgent;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.spi.TestDevice;
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

/// The driver, SNMP4J and a socket, with a network and an agent that do all that is not nice: data are those of the
/// device or stale, trouble ends when its cause does, and no mains failure is made up.
@Timeout(60)
class TroubleTest {
    private static final String UPS = """
            1.3.6.1.2.1.1.1.0|4|A UPS of the standard
            1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33
            1.3.6.1.2.1.1.3.0|67|100000
            1.3.6.1.2.1.33.1.1.1.0|4|Example
            1.3.6.1.2.1.33.1.1.2.0|4|Standard 1000
            1.3.6.1.2.1.33.1.2.1.0|2|2
            1.3.6.1.2.1.33.1.2.3.0|2|42
            1.3.6.1.2.1.33.1.2.4.0|2|95
            1.3.6.1.2.1.33.1.3.2.0|2|1
            1.3.6.1.2.1.33.1.4.1.0|2|3
            1.3.6.1.2.1.33.1.4.3.0|2|1
            1.3.6.1.2.1.33.1.8.2.0|2|-1
            1.3.6.1.2.1.33.1.9.8.0|2|2
            """;
    private static final Oid UPTIME = Oid.of(1, 3, 6, 1, 2, 1, 1, 3, 0);
    private static final Oid IDENTITY = Oid.of(1, 3, 6, 1, 2, 1, 1, 2, 0);
    private static final Oid MODEL = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 1, 2, 0);
    private static final Oid BATTERY = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 1, 0);
    private static final Oid RUNTIME = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 3, 0);
    private static final Oid CHARGE = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 4, 0);
    private static final Oid SOURCE = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 4, 1, 0);

    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private final TestDevice device = new TestDevice();
    private final Random random = new Random(7);
    private Thread.@Nullable UncaughtExceptionHandler before;
    private LoopbackAgent agent = new LoopbackAgent(new ScriptedAgent(Recording.of(UPS), true));
    private SnmpDriver driver = driver(AgentSettings.Version.V2C, Duration.ofSeconds(1));

    TroubleTest() throws Exception {}

    @BeforeEach
    void watch() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
    }

    @AfterEach
    void nothingFellThrough() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        driver.close();
        agent.close();
        assertEquals(List.of(), List.copyOf(uncaught));
        assertEquals(List.of(), agent.faults());
    }

    private SnmpDriver driver(AgentSettings.Version version, Duration timeout) throws Exception {
        var settings = new AgentSettings("127.0.0.1", agent.port(), version, "public", 5, timeout, null, 0);
        return new SnmpDriver(device, new Snmp4jAgent(settings), "test", Played.catalogue());
    }

    private void start(AgentSettings.Version version) throws Exception {
        start(version, Duration.ofMillis(80));
    }

    private void start(AgentSettings.Version version, Duration timeout) throws Exception {
        agent.scripted.version2 = version == AgentSettings.Version.V2C;
        driver = driver(version, timeout);
        driver.detect();
        driver.initinfo(device.dstate());
        assertEquals("OL", value("ups.status"));
    }

    private String value(String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    private void set(Oid oid, SnmpValue value) {
        agent.scripted.recording.values.put(oid, value);
    }

    private void set(Oid oid, long value) {
        set(oid, new SnmpValue.Whole(value, SnmpValue.Whole.Type.INTEGER));
    }

    private void poll() throws IOException {
        device.passSeconds(31);
        driver.updateinfo(device.dstate());
    }

    /// Polls; the data are right or stale, and never those of a mains failure that is none.
    private boolean polledOrStale() {
        boolean good = true;
        try {
            poll();
        } catch (IOException e) {
            good = false;
        }
        assertFalse(value("ups.status").contains("B"), value("ups.status") + " though there is mains power");
        return good;
    }

    /// What was wrong is over: at the next look, or the one after it, the data are right again.
    private void recovered() throws IOException {
        agent.network = LoopbackAgent.GOOD;
        agent.twist = pdu -> pdu;
        agent.swallowed = 0;
        if (!polledOrStale()) {
            poll();
        }
        set(SOURCE, 5);
        set(CHARGE, 61);
        poll();
        assertEquals("OB", value("ups.status"));
        assertEquals("61", value("battery.charge"));
        assertEquals("Standard 1000", value("device.model"));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void datagramsGetLost(AgentSettings.Version version) throws Exception {
        start(version);
        var sent = new AtomicInteger();
        agent.network = answer -> sent.incrementAndGet() % 3 == 0 ? List.of() : List.of(answer);
        agent.swallowed = 4;
        for (int i = 1; i <= 12; i++) {
            set(CHARGE, i);
            poll();
            assertEquals(Integer.toString(i), value("battery.charge"));
            assertEquals("OL", value("ups.status"));
        }
        recovered();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void datagramsComeTwiceLateAndInAnotherOrder(AgentSettings.Version version) throws Exception {
        start(version);
        var held = new ArrayList<byte[]>();
        agent.network = answer -> {
            var sent = new ArrayList<>(held); // what answers an older request, and that twice
            sent.addAll(held);
            sent.add(answer);
            sent.add(answer);
            held.clear();
            held.add(answer);
            return sent;
        };
        for (int i = 1; i <= 12; i++) {
            set(CHARGE, i);
            poll();
            assertEquals(Integer.toString(i), value("battery.charge"), "not an older one");
            assertEquals("OL", value("ups.status"));
        }
        recovered();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void answersToOtherRequestsAreNone(AgentSettings.Version version) throws Exception {
        start(version);
        agent.twist = pdu -> {
            pdu.setRequestID(new Integer32(pdu.getRequestID().getValue() ^ 0x55));
            return pdu;
        };
        set(SOURCE, 5);
        var trouble = assertThrows(IOException.class, this::poll);
        assertTrue(String.valueOf(trouble.getMessage()).startsWith("Timeout: no response"), trouble.getMessage());
        assertEquals("OL", value("ups.status"));
        set(SOURCE, 3);
        recovered();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void garbageIsNoAnswer(AgentSettings.Version version) throws Exception {
        start(version);
        agent.network = answer -> {
            var sent = new ArrayList<byte[]>();
            for (int i = 0; i < 20; i++) {
                byte[] broken = answer.clone();
                for (int change = 0; change <= i / 4; change++) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
                }
                // With a changed number that is another request's, or a value that no checksum guards.
                sent.add(i % 2 == 0 ? new byte[random.nextInt(200)] : Arrays.copyOf(broken, 1 + random.nextInt(20)));
            }
            sent.add(new byte[0]);
            sent.add(answer);
            return sent;
        };
        for (int i = 1; i <= 20; i++) {
            set(CHARGE, i);
            poll();
            assertEquals(Integer.toString(i), value("battery.charge"));
        }
        recovered();
    }

    /// Any octet of an answer may be any other. What still is an answer is believed, UDP having no better guard; but
    /// the
    /// driver lives, and is right as soon as answers are.
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void brokenAnswersBreakNothing(AgentSettings.Version version) throws Exception {
        start(version);
        agent.network = answer -> {
            byte[] broken = answer.clone();
            broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            return List.of(broken, answer);
        };
        int polled = 0;
        for (int i = 0; i < 60; i++) {
            try {
                poll();
                polled++;
            } catch (IOException e) {
                device.passSeconds(31);
            }
        }
        assertTrue(polled > 0);
        agent.network = LoopbackAgent.GOOD;
        set(SOURCE, 3);
        for (int i = 0; i < 12; i++) {
            polledOrRead();
        }
        recovered();
    }

    private void polledOrRead() {
        try {
            poll();
        } catch (IOException e) {
            device.passSeconds(1);
        }
    }

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

    /// An agent that sends of one object what is no value at all spoils each answer with it. The others are read.
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void aValueThatCannotBeDecodedHarmsNoOther(AgentSettings.Version version) throws Exception {
        start(version, Duration.ofMillis(50));
        byte[] good = {33, 1, 2, 4, 0, 2, 1, 95};
        agent.network = answer -> {
            for (int i = 0; i + good.length <= answer.length; i++) {
                if (Arrays.equals(answer, i, i + good.length, good, 0, good.length)) {
                    answer[i + 5] = 0x7e;
                }
            }
            return List.of(answer);
        };
        set(RUNTIME, 41);
        poll();
        assertEquals("OL", value("ups.status"));
        assertEquals("2460", value("battery.runtime"));
        assertNull(device.dstate().getinfo("battery.charge"));
        int asked = agent.asked();
        poll();
        assertTrue(agent.asked() - asked <= 3, "it is known now");
        agent.scripted.gone = true;
        assertFalse(polledOrStale());
        agent.scripted.gone = false;
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

    /// An agent in trouble fails at one object for a moment. That must not hide a low battery for the polls to come.
    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void whatVanishesForAMomentIsBackAtOnce(AgentSettings.Version version) throws Exception {
        start(version);
        agent.scripted.cursed.add(BATTERY);
        poll();
        assertEquals("OL", value("ups.status"));
        agent.scripted.cursed.clear();
        set(SOURCE, 5);
        set(BATTERY, 3);
        poll();
        assertEquals("LB OB", value("ups.status"));
        set(BATTERY, 2);
        set(SOURCE, 3);
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
        set(SOURCE, 5);
        set(BATTERY, 3);
        poll();
        assertEquals("LB OB", value("ups.status"));
        set(BATTERY, 2);
        set(SOURCE, 3);
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

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void aDeviceThatIsGoneAndBack(AgentSettings.Version version) throws Exception {
        start(version);
        agent.scripted.gone = true;
        for (int i = 0; i < 3; i++) {
            assertFalse(polledOrStale());
        }
        agent.scripted.gone = false;
        agent.scripted.silentAbove = 4; // and takes less than before
        recovered();
    }
}
