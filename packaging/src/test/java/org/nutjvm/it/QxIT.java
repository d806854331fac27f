package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/// nutdrv_qx and blazer_ser and devices on pseudo terminals: beside C's drivers, and with a bad line.
@ExtendWith(LogsOnFailure.class)
@Timeout(150)
class QxIT {
    private static final String STATUS = "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000";
    private static final String RATINGS = "#220.0 000 024.0 50.0";
    private static final String NAK = "(NAK";
    private static final String VENDOR = "#ACME            SMART 1000 VT12046Q  ";

    private static final List<String> ORDERS = List.of(
            "INSTCMD beeper.toggle",
            "INSTCMD load.off",
            "INSTCMD load.on",
            "INSTCMD shutdown.stop",
            "INSTCMD shutdown.return",
            "INSTCMD shutdown.stayoff",
            "INSTCMD test.battery.start 120",
            "INSTCMD test.battery.start",
            "INSTCMD test.battery.start 7000",
            "INSTCMD test.battery.start.deep",
            "INSTCMD test.battery.start.quick",
            "INSTCMD test.battery.stop",
            "INSTCMD bypass.start",
            "SET ups.delay.shutdown 95",
            "SET ups.delay.start 250",
            "INSTCMD shutdown.return",
            "SET ups.delay.shutdown 5",
            "SET ups.delay.start 0",
            "INSTCMD shutdown.return",
            "SET ups.start.auto yes",
            "SET battery.packs 4",
            "SET battery.packs 100",
            "SET input.transfer.high 250",
            "INSTCMD bypass.start");

    /// Drivers and protocols of C NUT 2.8.0 that ours are held against: one that is typical, one with bytes, one that
    /// keeps
    /// settings in the device. The others are held against recordings of C's driver, in nut-drivers.
    private static final List<String> PROTOCOLS =
            List.of("nutdrv_qx megatec", "nutdrv_qx voltronic-qs-hex", "nutdrv_qx voltronic", "blazer_ser megatec");

    private final List<Rig> rigs = new CopyOnWriteArrayList<>();

    /// A driver, its line and its device.
    private static final class Rig implements AutoCloseable {
        final Sandbox box = new Sandbox();
        final Q1OnPty ups;
        final Proc driver;
        final Proc wire;
        final DriverTalk talk;

        Rig(Maker maker, String program, Map<String, String> says, String... settings) {
            Path near = box.dir().resolve("near");
            Path far = box.dir().resolve("far");
            wire = box.start("socat", List.of("socat", "pty,raw,echo=0,link=" + near, "pty,raw,echo=0,link=" + far));
            SmartUpsOnPty.awaitEnds(near, far);
            ups = new Q1OnPty(far, says, says.containsValue(NAK) ? NAK : null);
            var words = new ArrayList<>(List.of("-F", "-s", "bessie", "-i", "1", "-x", "port=" + near));
            for (String setting : settings) {
                words.addAll(List.of("-x", setting));
            }
            driver = box.daemon(maker, program, words.toArray(String[]::new));
            talk = new DriverTalk(driver.name(), box.state().resolve(program + "-bessie"));
        }

        void awaitData() {
            talk.awaitSocket();
            Await.until("data of " + driver.name(), () -> !talk.stale());
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

    private Rig rig(Maker maker, String program, Map<String, String> says, String... settings) {
        var rig = new Rig(maker, program, says, settings);
        rigs.add(rig);
        return rig;
    }

    private static Map<String, String> megatec() {
        return Map.of("Q1", STATUS, "F", RATINGS, "I", VENDOR);
    }

    /// What a device of a protocol says.
    static Map<String, String> device(String protocol) {
        var says = new HashMap<String, String>();
        switch (protocol) {
            case "megatec" -> says.putAll(megatec());
            case "voltronic" -> {
                says.putAll(Map.of(
                        "QPI", "(PI01",
                        "QRI", "(230.0 004 024.0 50.0",
                        "F", RATINGS,
                        "QGS", "(234.9 50.0 229.8 50.0 000.0 000 369.1 ---.- 026.5 ---.- 018.8 100000000001",
                        "QMOD", "(L",
                        "QBV", "(026.5 02 01 068 255",
                        "QFLAG", "(EpashcDbroegfl",
                        "RE0", "#20",
                        "QHE", "(242 218"));
                for (String order : List.of("BZOFF", "SOFF", "SON", "CS", "PEE", "PER", "BATGN04", "HEH250")) {
                    says.put(order, "(ACK");
                }
            }
            default ->
                says.putAll(Map.of(
                        "M",
                        "P",
                        "QS",
                        "#l\u0001 5 l\u0001 5 \u0003 Q\u009a (\u0002\u0012\u00d0 \u00e6 \u001e \u0009"));
        }
        if (!protocol.equals("voltronic-qs-hex")) {
            String obeyed = protocol.equals("voltronic") ? "(ACK" : "ACK";
            for (String command :
                    List.of("Q", "S00R0000", "C", "S.5R0003", "S.5R0000", "T02", "T10", "TL", "T", "S01R0004", "S01")) {
                says.put(command, obeyed);
            }
            // Refused: comes back, or with a word of its own.
            says.put("CT", protocol.equals("voltronic") ? NAK : "CT");
        }
        return says;
    }

    @Test
    void valuesFlagsCommandsAndBytesAreCs() {
        assumeTrue(Maker.C.find("nutdrv_qx").isPresent(), "C's nutdrv_qx is not installed");
        assumeTrue(Maker.C.find("blazer_ser").isPresent(), "C's blazer_ser is not installed");
        var checks = new ArrayList<Executable>();
        try (ExecutorService side = Executors.newFixedThreadPool(8)) {
            for (String one : PROTOCOLS) {
                var c = CompletableFuture.supplyAsync(() -> story(Maker.C, one), side);
                var ours = CompletableFuture.supplyAsync(() -> story(Maker.OURS, one), side);
                checks.add(() ->
                        assertEquals(String.join("\n", c.join()), String.join("\n", knownThen(one, ours.join())), one));
            }
            assertAll(checks);
        }
    }

    /// Without what NUT 2.8.0 does not guess if the device tells the other limit, and what follows of it.
    private static List<String> knownThen(String one, List<String> ours) {
        if (!one.endsWith("voltronic")) {
            return ours;
        }
        var newer = List.of("SETINFO battery.voltage.high \"26.00\"");
        assertTrue(ours.containsAll(newer), ours.toString());
        return ours.stream().filter(line -> !newer.contains(line)).toList();
    }

    private List<String> story(Maker maker, String one) {
        String program = one.substring(0, one.indexOf(' '));
        String protocol = one.substring(program.length() + 1);
        var rig = rig(maker, program, device(protocol), "protocol=" + protocol);
        rig.awaitData();
        var story = new ArrayList<>(rig.talk.dump());
        for (String order : ORDERS) {
            String sent = program.equals("blazer_ser") ? order.replace(" 120", " 2") : order;
            int before = rig.ups.heard().size();
            String outcome = rig.talk.order(sent);
            var heard = rig.ups.heard();
            story.add(order + ": " + (order.startsWith("SET") ? "" : outcome) + " "
                    + heard.subList(before, heard.size()));
        }
        story.add(rig.talk.value("ups.delay.shutdown") + " " + rig.talk.value("ups.delay.start"));
        return story;
    }

    @Test
    void protocolIsFoundAndABadLineMakesDataStaleAndNeverWrong() {
        var rig = rig(Maker.OURS, "nutdrv_qx", megatec());
        rig.awaitData();
        assertTrue(rig.driver.log().contains("Using protocol: Megatec"), rig.driver.log());
        assertEquals(3, rig.ups.count("D"));
        var good = rig.talk.dump();
        for (var mood : List.of(Q1OnPty.Mood.NOISY, Q1OnPty.Mood.HALF)) {
            rig.ups.mood(mood);
            Await.until(mood + " makes it stale", rig.talk::stale);
            assertEquals(valuesOf(good), valuesOf(rig.talk.dump()), mood.toString());
            rig.ups.mood(Q1OnPty.Mood.GOOD);
            Await.until("it recovers from " + mood, () -> !rig.talk.stale());
            assertEquals(valuesOf(good), valuesOf(rig.talk.dump()), mood.toString());
        }
        assertTrue(rig.driver.alive());
        assertFalse(rig.driver.log().contains("Exception"), rig.driver.log());
    }

    private static List<String> valuesOf(List<String> dump) {
        return dump.stream().filter(line -> line.startsWith("SETINFO")).toList();
    }

    @Test
    void powerFailsAndComesBackAndSoDoesThePort() {
        var rig = rig(Maker.OURS, "nutdrv_qx", megatec(), "protocol=megatec");
        rig.awaitData();
        assertEquals("\"OL\"", rig.talk.value("ups.status"));
        rig.ups.says("Q1", STATUS.replace("00001000", "11001000"));
        Await.until("OB LB", () -> rig.talk.value("ups.status").equals("\"OB LB\""));
        rig.wire.kill();
        Await.until("stale", rig.talk::stale);
        assertEquals("\"OB LB\"", rig.talk.value("ups.status"));
        Path near = rig.box.dir().resolve("near");
        Path far = rig.box.dir().resolve("far");
        try {
            Files.deleteIfExists(near);
            Files.deleteIfExists(far);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rig.box.start("socat", List.of("socat", "pty,raw,echo=0,link=" + near, "pty,raw,echo=0,link=" + far));
        SmartUpsOnPty.awaitEnds(near, far);
        try (var again = new Q1OnPty(far, megatec(), null)) {
            Await.until("it recovers", () -> !rig.talk.stale());
            assertEquals("\"OL\"", rig.talk.value("ups.status"));
            assertTrue(again.count("Q1") > 0);
        }
        assertFalse(rig.driver.log().contains("Exception"), rig.driver.log());
    }

    @Test
    void driverThatIsOnlyToSwitchOffDoesSo() {
        try (var box = new Sandbox()) {
            Path near = box.dir().resolve("near");
            Path far = box.dir().resolve("far");
            box.start("socat", List.of("socat", "pty,raw,echo=0,link=" + near, "pty,raw,echo=0,link=" + far));
            SmartUpsOnPty.awaitEnds(near, far);
            try (var ups = new Q1OnPty(far, device("megatec"), null)) {
                var driver = box.daemon(
                        Maker.OURS, "nutdrv_qx", "-k", "-s", "bessie", "-x", "port=" + near, "-x", "protocol=megatec");
                assertEquals(0, driver.awaitExit(Await.LONG), driver.log());
                assertEquals(List.of("C", "S.5R0003"), ups.heard());
            }
        }
    }
}
