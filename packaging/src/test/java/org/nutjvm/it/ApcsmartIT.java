package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

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

    private final List<Rig> rigs = new ArrayList<>();

    /// A driver, its line and its device.
    private static final class Rig implements AutoCloseable {
        final Sandbox box = new Sandbox();
        final SmartUpsOnPty ups;
        final Proc driver;
        final Proc wire;
        final DriverTalk talk;

        Rig(Maker maker, String... settings) {
            Path near = box.dir().resolve("near");
            Path far = box.dir().resolve("far");
            wire = box.start("socat", List.of("socat", "pty,raw,echo=0,link=" + near, "pty,raw,echo=0,link=" + far));
            SmartUpsOnPty.awaitEnds(near, far);
            ups = new SmartUpsOnPty(far);
            var words = new ArrayList<>(List.of("-F", "-s", "bessie", "-x", "port=" + near));
            for (String setting : settings) {
                boolean interval = setting.startsWith("pollinterval=");
                words.addAll(interval ? List.of("-i", setting.substring(13)) : List.of("-x", setting));
            }
            driver = start(maker, words);
            talk = new DriverTalk(driver.name(), socket());
        }

        private Proc start(Maker maker, List<String> words) {
            return box.daemon(maker, "apcsmart", words.toArray(String[]::new));
        }

        Path socket() {
            return box.state().resolve("apcsmart-bessie");
        }

        List<String> dump() {
            talk.awaitSocket();
            return talk.dump();
        }

        String value(String name) {
            return "SETINFO " + name + " " + talk.value(name);
        }

        boolean stale() {
            talk.awaitSocket();
            return talk.stale();
        }

        String order(String order) {
            return talk.order(order);
        }

        @Override
        public void close() {
            ups.close();
            try {
                talk.close();
            } finally {
                box.close();
            }
        }
    }

    @BeforeEach
    void needsSocat() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "socat makes the pseudo terminals");
    }

    @AfterEach
    void close() {
        rigs.forEach(Rig::close);
    }

    private Rig rig(Maker maker, String... settings) {
        var rig = new Rig(maker, settings);
        rigs.add(rig);
        return rig;
    }

    @Test
    void valuesFlagsCommandsAndBytesAreCs() {
        assumeTrue(Maker.C.find("apcsmart").isPresent(), "C's apcsmart is not installed");
        var c = CompletableFuture.supplyAsync(() -> story(Maker.C));
        var ours = story(Maker.OURS);
        // An answer of another form than before is read twice, for the line may have damaged it.
        ours.replaceAll(line -> line.startsWith("SET ups.id box: ") ? line.replace("<0d>cc", "<0d>c") : line);
        assertEquals(String.join("\n", c.join()), String.join("\n", ours));
    }

    private List<String> story(Maker maker) {
        Rig rig;
        synchronized (rigs) {
            rig = rig(maker, "ttymode=canon", "pollinterval=" + (maker == Maker.C ? 2 : 600));
        }
        var story = new ArrayList<String>();
        Await.until("data of " + maker, () -> Files.exists(rig.socket()) && !rig.stale());
        story.addAll(rig.dump());
        String before = settled(rig);
        for (String order : ORDERS) {
            if (order.contains("shutdown") || order.contains("load.off")) {
                // Between 3 and 15 seconds after the one before.
                pause(Duration.ofMillis(3200));
            }
            String outcome = rig.order(order);
            String all = settled(rig);
            String heard = all.substring(before.length()).replace(POLL, "");
            story.add(
                    order + ": " + (order.startsWith("SET") || order.contains("no.such") ? "" : outcome) + " " + heard);
            before = all;
        }
        return story;
    }

    /// What the device heard, once it hears no more.
    private static String settled(Rig rig) {
        String heard = rig.ups.heard();
        while (true) {
            pause(Duration.ofMillis(400));
            String now = rig.ups.heard();
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
        var rig = rig(Maker.OURS, "pollinterval=1");
        Await.until("data", () -> Files.exists(rig.socket()) && !rig.stale());
        var good = rig.dump();
        for (var mood : List.of(SmartUpsOnPty.Mood.HALF, SmartUpsOnPty.Mood.NOISY)) {
            rig.ups.mood(mood);
            Await.until(mood + " makes it stale", rig::stale);
            var values = rig.dump();
            assertEquals(valuesOf(good), valuesOf(values), mood.toString());
            rig.ups.mood(SmartUpsOnPty.Mood.GOOD);
            Await.until("it recovers from " + mood, () -> !rig.stale());
            assertEquals(valuesOf(good), valuesOf(rig.dump()), mood.toString());
        }
        assertTrue(rig.driver.alive());
    }

    private static List<String> valuesOf(List<String> dump) {
        return dump.stream().filter(line -> line.startsWith("SETINFO")).toList();
    }

    @Test
    void powerFailsAndComesBackAndNoiseAloneIsNoFailure() {
        var rig = rig(Maker.OURS, "pollinterval=1");
        Await.until("data", () -> Files.exists(rig.socket()) && !rig.stale());
        assertEquals("SETINFO ups.status \"OL\"", rig.value("ups.status"));
        rig.ups.blurt("!%");
        String heard = rig.ups.heard();
        Await.until("it asked for the status again", () -> rig.ups.heard().length() > heard.length() + 20);
        assertEquals("SETINFO ups.status \"OL\"", rig.value("ups.status"));
        rig.ups.status(0x50);
        rig.ups.blurt("!");
        Await.until("OB LB", () -> rig.value("ups.status").equals("SETINFO ups.status \"OB LB\""));
        rig.ups.status(0x08);
        Await.until("OL", () -> rig.value("ups.status").equals("SETINFO ups.status \"OL\""));
        rig.ups.status(0);
        Await.until("OFF", () -> rig.value("ups.status").equals("SETINFO ups.status \"OFF\""));
    }

    @Test
    void portThatGoesAndComesBackIsFoundAgain() {
        var rig = rig(Maker.OURS, "pollinterval=1");
        Await.until("data", () -> Files.exists(rig.socket()) && !rig.stale());
        rig.wire.kill();
        Await.until("stale", rig::stale);
        assertFalse(rig.driver.log().contains("Exception"), rig.driver.log());
        for (String end : List.of("near", "far")) {
            try {
                Files.deleteIfExists(rig.box.dir().resolve(end));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Path near = rig.box.dir().resolve("near");
        Path far = rig.box.dir().resolve("far");
        rig.box.start("socat", List.of("socat", "pty,raw,echo=0,link=" + near, "pty,raw,echo=0,link=" + far));
        SmartUpsOnPty.awaitEnds(near, far);
        try (var again = new SmartUpsOnPty(far)) {
            Await.until("it recovers", () -> !rig.stale());
            assertTrue(again.heard().contains("Q"), again.heard());
        }
    }
}
