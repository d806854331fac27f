package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.nutjvm.drivers.snmp.agent.AgentSettings;
import org.nutjvm.drivers.snmp.agent.Snmp4jAgent;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.spi.TestDevice;

/// The driver, SNMP4J and a socket, with a network and an agent that can be made to do all that is not nice.
@Timeout(60)
abstract class Troubled {
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
    static final Oid UPTIME = Oid.of(1, 3, 6, 1, 2, 1, 1, 3, 0);
    static final Oid IDENTITY = Oid.of(1, 3, 6, 1, 2, 1, 1, 2, 0);
    static final Oid MODEL = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 1, 2, 0);
    static final Oid BATTERY = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 1, 0);
    static final Oid RUNTIME = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 3, 0);
    static final Oid CHARGE = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 4, 0);
    static final Oid SOURCE = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 4, 1, 0);

    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    final TestDevice device = new TestDevice();
    final Random random = new Random(7);
    private Thread.@Nullable UncaughtExceptionHandler before;
    LoopbackAgent agent = new LoopbackAgent(new ScriptedAgent(Recording.of(UPS), true));
    SnmpDriver driver = driver(AgentSettings.Version.V2C, Duration.ofSeconds(1));

    Troubled() throws Exception {}

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

    void start(AgentSettings.Version version) throws Exception {
        start(version, Duration.ofMillis(80));
    }

    void start(AgentSettings.Version version, Duration timeout) throws Exception {
        agent.scripted.version2 = version == AgentSettings.Version.V2C;
        driver = driver(version, timeout);
        driver.detect();
        driver.initinfo(device.dstate());
        assertEquals("OL", value("ups.status"));
    }

    String value(String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    void set(Oid oid, SnmpValue value) {
        agent.scripted.recording.values.put(oid, value);
    }

    void set(Oid oid, long value) {
        set(oid, new SnmpValue.Whole(value, SnmpValue.Whole.Type.INTEGER));
    }

    void poll() throws IOException {
        device.passSeconds(31);
        driver.updateinfo(device.dstate());
    }

    /// Polls; the data are right or stale, and never those of a mains failure that is none.
    boolean polledOrStale() {
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
    void recovered() throws IOException {
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
}
