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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nutjvm.drivers.snmp.agent.AgentSettings;
import org.snmp4j.smi.Integer32;

/// A bad network between driver and agent: data are those of the device or stale, trouble ends when its cause does, and
/// no mains failure is made up.
class NetworkTroubleTest extends Troubled {
    NetworkTroubleTest() throws Exception {}

    /// None that is older.
    private void eachChargeArrives(int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            set(CHARGE, i);
            poll();
            assertEquals(Integer.toString(i), value("battery.charge"));
            assertEquals("OL", value("ups.status"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2C"})
    void datagramsGetLost(AgentSettings.Version version) throws Exception {
        start(version);
        var sent = new AtomicInteger();
        agent.network = answer -> sent.incrementAndGet() % 3 == 0 ? List.of() : List.of(answer);
        agent.swallowed = 4;
        eachChargeArrives(12);
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
        eachChargeArrives(12);
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
        eachChargeArrives(20);
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
