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
import org.nutjvm.packaging.training.UpscodeDevice;

/// upscode2 and a UPS that speaks UPScode II on a pseudo terminal: beside C's driver, on a bad line, without its port,
/// and
/// with the order to switch off.
@ExtendWith(LogsOnFailure.class)
@Timeout(120)
class UpscodeIT {
    private static final List<String> ORDERS = List.of(
            "INSTCMD shutdown.return",
            "INSTCMD shutdown.stayoff",
            "INSTCMD shutdown.stop",
            "INSTCMD shutdown.reboot",
            "INSTCMD test.panel.start",
            "INSTCMD test.battery.start",
            "INSTCMD no.such.command",
            "SET ups.delay.shutdown 120",
            "SET ups.delay.reboot 90",
            "SET ups.id box");

    @RegisterExtension
    final SerialRigs rigs = new SerialRigs("upscode2");

    private int damages;

    @Test
    void valuesFlagsCommandsAndBytesAreCs() {
        rigs.compare(this::story);
    }

    private List<String> story(Maker maker) {
        var device = new UpscodeDevice();
        // C's of NUT 2.8.0 cuts the ends off lines only while it debugs, and understands none otherwise.
        String how = maker == Maker.C ? "-DDD" : "-F";
        var rig = rigs.start(maker, device::hear, how, "-i", "1", "-x", "manufacturer=Powerware");
        rig.awaitData();
        var story = new ArrayList<>(rig.dump());
        story.add("at the start: " + device.written().stream().sorted().toList());
        for (String order : ORDERS) {
            int before = device.written().size();
            String outcome = rig.order(order);
            if (outcome.equals("TRACKING id 0")) {
                Await.until(order, () -> device.written().size() > before);
            }
            var all = device.written();
            story.add(order + ": " + (order.startsWith("SET") ? "" : outcome) + " " + all.subList(before, all.size()));
        }
        story.add(rig.value("ups.delay.shutdown") + " " + rig.value("ups.delay.reboot"));
        device.set("STUF", "11");
        device.set("STAT", "BL");
        device.set("BTIME", "9999");
        device.set("MBIII", "-3.0");
        device.set("MBUUU", "47.4");
        Await.until("OB LB of " + maker, () -> rig.value("ups.status").equals("\"OB LB\""));
        story.add(rig.value("battery.charge") + " " + rig.value("battery.runtime"));
        return story;
    }

    @Test
    void badLineMakesDataStaleAndNeverWrong() {
        var device = new UpscodeDevice();
        var bad = new AtomicBoolean();
        var rig = rigs.start(Maker.OURS, c -> damaged(device.hear(c), bad.get()), "-F", "-i", "1");
        rig.awaitData();
        var good = rig.values();
        bad.set(true);
        Await.until("stale", rig::stale);
        assertEquals(good, rig.values());
        bad.set(false);
        Await.until("it recovers", () -> !rig.stale());
        assertEquals(good, rig.values());
        assertTrue(rig.driver.alive());
    }

    /// An answer without one of its bytes, each time another.
    private byte[] damaged(byte[] answer, boolean bad) {
        if (answer.length < 4 || !bad) {
            return answer;
        }
        byte[] damaged = new byte[answer.length - 1];
        int lost = damages++ * 7 % (answer.length - 2);
        System.arraycopy(answer, 0, damaged, 0, lost);
        System.arraycopy(answer, lost + 1, damaged, lost, damaged.length - lost);
        return damaged;
    }

    @Test
    void portGoesAndComesBackAndPowerWentMeanwhile() {
        var device = new UpscodeDevice();
        var rig = rigs.start(Maker.OURS, device::hear, "-F", "-i", "1");
        rig.awaitData();
        assertEquals("\"OL\"", rig.value("ups.status"));
        rig.replug(device::hear, () -> device.set("STBO", "11"));
        assertEquals("\"OB\"", rig.value("ups.status"));
        assertFalse(rig.driver.log().contains("Exception"), rig.driver.log());
    }

    @Test
    void driverThatIsOnlyToSwitchOffDoesSo() {
        var device = new UpscodeDevice();
        var rig = rigs.start(Maker.OURS, device::hear, "-k");
        assertEquals(0, rig.driver.awaitExit(Await.LONG), rig.driver.log());
        assertEquals(
                List.of("UPPC IJHLDMGCIU", "UPPC IJHLDMGCIU"),
                device.written().stream()
                        .filter(order -> order.startsWith("UPP"))
                        .toList());
    }
}
