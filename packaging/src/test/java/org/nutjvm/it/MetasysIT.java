package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nutjvm.packaging.training.MetasysDevice;

/// metasys and a UPS of Meta System on a pseudo terminal: beside C's driver, on a bad line, without its port, and with
/// the order to switch off.
@ExtendWith(LogsOnFailure.class)
@Timeout(120)
class MetasysIT {
    private static final int STATUS = 3;
    private static final int SCHEDULE = 6;

    /// Not the test of the battery, for whose answer C's driver sleeps.
    private static final List<String> ORDERS = List.of(
            "INSTCMD beeper.enable",
            "INSTCMD beeper.mute",
            "INSTCMD beeper.on",
            "INSTCMD beeper.off",
            "INSTCMD test.failure.start",
            "INSTCMD test.failure.stop",
            "INSTCMD shutdown.return",
            "INSTCMD shutdown.stayoff",
            "INSTCMD shutdown.stop",
            "INSTCMD no.such.command",
            "SET ups.delay.shutdown 20");

    @RegisterExtension
    final SerialRigs rigs = new SerialRigs("metasys");

    @Test
    void valuesCommandsAndBytesAreCs() {
        rigs.compare(this::story);
    }

    /// C marks as writable what nothing can write.
    private List<String> story(Maker maker) {
        var device = new MetasysDevice();
        // With nothing scheduled C's of NUT 2.8.0 publishes -1 as an unsigned number of 64 bits.
        device.answer(SCHEDULE, "1e0000003c000000");
        var rig = rigs.start(maker, device::hear, "-F", "-i", "1");
        rig.awaitData();
        var story = new ArrayList<String>();
        rig.dump().stream()
                .filter(line -> !line.startsWith("SETFLAGS") && !line.startsWith("SETAUX"))
                .forEach(story::add);
        for (String order : ORDERS) {
            int before = device.written().size();
            String outcome = rig.order(order);
            var all = device.written();
            story.add(order + ": " + (order.startsWith("SET") ? "" : outcome) + " " + all.subList(before, all.size()));
        }
        device.answer(STATUS, "0105a8");
        Await.until("OB RB of " + maker, () -> rig.value("ups.status").equals("\"OB RB\""));
        story.add(rig.value("ups.temperature"));
        return story;
    }

    @Test
    void badLineMakesDataStaleAndNeverWrong() {
        var device = new MetasysDevice();
        var bad = new AtomicBoolean();
        var rig = rigs.start(Maker.OURS, c -> bad.get() ? damaged(device.hear(c)) : device.hear(c), "-F", "-i", "1");
        rig.awaitData();
        var good = rig.values();
        bad.set(true);
        device.answer(STATUS, "0201a8");
        Await.until("stale", rig::stale);
        assertEquals(good, rig.values());
        device.answer(STATUS, "00009f");
        bad.set(false);
        Await.until("it recovers", () -> !rig.stale());
        assertEquals(good, rig.values());
        assertTrue(rig.driver.alive());
    }

    /// An answer whose sum is wrong.
    private static byte[] damaged(byte[] answer) {
        byte[] damaged = answer.clone();
        if (damaged.length > 0) {
            damaged[damaged.length - 1] ^= 4;
        }
        return damaged;
    }

    @Test
    void portGoesAndComesBackAndPowerWentMeanwhile() {
        var device = new MetasysDevice();
        var rig = rigs.start(Maker.OURS, device::hear, "-F", "-i", "1");
        rig.awaitData();
        assertEquals("\"OL\"", rig.value("ups.status"));
        rig.replug(device::hear, () -> device.answer(STATUS, "02009f"));
        assertEquals("\"OB LB\"", rig.value("ups.status"));
        assertFalse(rig.driver.log().contains("Exception"), rig.driver.log());
    }

    @Test
    void driverThatIsOnlyToSwitchOffDoesSo() {
        var device = new MetasysDevice();
        var rig = rigs.start(Maker.OURS, device::hear, "-k");
        assertEquals(0, rig.driver.awaitExit(Await.LONG), rig.driver.log());
        assertEquals(List.of("0c0000000001", "0a9600000001000000"), device.written());
    }
}
