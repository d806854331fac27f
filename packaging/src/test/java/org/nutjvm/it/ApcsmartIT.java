package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/// apcsmart and a Smart-UPS on a pseudo terminal: beside C's driver, and with a bad line.
@ExtendWith(LogsOnFailure.class)
@Timeout(120)
class ApcsmartIT {
    /// Orders to both drivers. The dangerous ones come one after the other so that each confirms the next.
    private static final List<String> ORDERS = List.of(
            "INSTCMD test.panel.start",
            "INSTCMD test.failure.start",
            "INSTCMD test.battery.start",
            "INSTCMD test.battery.stop",
            "INSTCMD bypass.start",
            "INSTCMD bypass.stop",
            "INSTCMD calibrate.start",
            "INSTCMD calibrate.start",
            "INSTCMD calibrate.stop",
            "INSTCMD calibrate.stop",
            "INSTCMD load.on",
            "INSTCMD no.such.command",
            "SET input.transfer.high 271",
            "SET input.transfer.high 271",
            "SET input.transfer.high 999",
            "SET ups.test.interval 604800",
            "SET battery.date 12/24/26",
            "SET ups.id box",
            "SET ups.id waytoolongname",
            "SET ups.load 1",
            "INSTCMD load.off",
            "INSTCMD shutdown.stayoff",
            "INSTCMD shutdown.return",
            "INSTCMD shutdown.return at:002",
            "INSTCMD shutdown.return cs",
            "INSTCMD load.off");

    /// What C's driver asks in each poll; ours polls once in this story. (C's may lose its device at the start, and
    /// needs more polls to find it.)
    private static final String POLL = "QCPXLF9GMNOfBj";

    @RegisterExtension
    final SerialRigs rigs = new SerialRigs("apcsmart");

    @Test
    void valuesFlagsCommandsAndBytesAreCs() {
        rigs.needC();
        var c = CompletableFuture.supplyAsync(() -> story(Maker.C));
        var ours = story(Maker.OURS);
        // An answer of another form than before is read twice, for the line may have damaged it.
        ours.replaceAll(line -> line.startsWith("SET ups.id box: ") ? line.replace("<0d>cc", "<0d>c") : line);
        assertEquals(String.join("\n", c.join()), String.join("\n", ours));
    }

    private List<String> story(Maker maker) {
        var ups = new SmartUps();
        var rig = rigs.start(maker, ups, "-F", "-x", "ttymode=canon", "-i", maker == Maker.C ? "2" : "600");
        rig.awaitData();
        var story = new ArrayList<>(rig.dump());
        String before = settled(ups);
        for (String order : ORDERS) {
            if (order.contains("shutdown") || order.contains("load.off")) {
                // Between 3 and 15 seconds after the one before.
                pause(Duration.ofMillis(3200));
            }
            String outcome = rig.order(order);
            String all = settled(ups);
            String heard = all.substring(before.length()).replace(POLL, "");
            story.add(
                    order + ": " + (order.startsWith("SET") || order.contains("no.such") ? "" : outcome) + " " + heard);
            before = all;
        }
        return story;
    }

    /// What the device heard, once it hears no more.
    private static String settled(SmartUps ups) {
        String heard = ups.heard();
        while (true) {
            pause(Duration.ofMillis(400));
            String now = ups.heard();
            if (now.equals(heard)) {
                return now;
            }
            heard = now;
        }
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void badLineMakesDataStaleAndNeverWrong() {
        var ups = new SmartUps();
        var rig = polling(ups);
        var good = rig.values();
        for (var mood : List.of(SmartUps.Mood.HALF, SmartUps.Mood.NOISY)) {
            ups.mood(mood);
            Await.until(mood + " makes it stale", rig::stale);
            assertEquals(good, rig.values(), mood.toString());
            ups.mood(SmartUps.Mood.GOOD);
            Await.until("it recovers from " + mood, () -> !rig.stale());
            assertEquals(good, rig.values(), mood.toString());
        }
        assertTrue(rig.driver.alive());
    }

    /// Our driver with good data, polling each second.
    private SerialRig polling(SmartUps ups) {
        var rig = rigs.start(Maker.OURS, ups, "-F", "-i", "1");
        rig.awaitData();
        return rig;
    }

    @Test
    void powerFailsAndComesBackAndNoiseAloneIsNoFailure() {
        var ups = new SmartUps();
        var rig = polling(ups);
        assertEquals("\"OL\"", rig.value("ups.status"));
        rig.say(new byte[] {'!', '%'});
        String heard = ups.heard();
        Await.until("it asked for the status again", () -> ups.heard().length() > heard.length() + 20);
        assertEquals("\"OL\"", rig.value("ups.status"));
        ups.status(0x50);
        rig.say(new byte[] {'!'});
        Await.until("OB LB", () -> rig.value("ups.status").equals("\"OB LB\""));
        ups.status(0x08);
        Await.until("OL", () -> rig.value("ups.status").equals("\"OL\""));
        ups.status(0);
        Await.until("OFF", () -> rig.value("ups.status").equals("\"OFF\""));
    }

    @Test
    void portThatGoesAndComesBackIsFoundAgain() {
        var rig = polling(new SmartUps());
        var again = new SmartUps();
        rig.replug(again, () -> assertFalse(rig.driver.log().contains("Exception"), rig.driver.log()));
        assertTrue(again.heard().contains("Q"), again.heard());
    }
}
