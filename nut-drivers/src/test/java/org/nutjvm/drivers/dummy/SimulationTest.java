package org.nutjvm.drivers.dummy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

class SimulationTest {
    @TempDir
    Path dir;

    private void file(String name, String text) throws IOException {
        Files.writeString(dir.resolve(name), text);
    }

    private TestDevice device(String name, String text) throws IOException {
        file(name, text);
        return new TestDevice(dir, name);
    }

    private static Simulation started(TestDevice device, boolean loop) throws IOException, DriverException {
        var simulation = new Simulation(device, loop);
        simulation.initinfo(device.dstate());
        return simulation;
    }

    private static String value(TestDevice device, String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    @Test
    void emptyFileLeavesWhatIsThereFromTheStart() throws Exception {
        var device = device("a.dev", "");
        started(device, false);
        assertEquals("Dummy Manufacturer", value(device, "ups.mfr"));
        assertEquals("Dummy UPS", value(device, "ups.model"));
        assertEquals("OL", value(device, "ups.status"));
        assertTrue(device.dstate().tree().hasCmd("load.off"));
    }

    @Test
    void variablesAreDescribedByTheTable() throws Exception {
        var device = device("a.dev", "battery.charge: 5\nups.serial: 7\nmy.own: text\n");
        started(device, false);
        var charge = Objects.requireNonNull(device.dstate().find("battery.charge"));
        assertEquals(java.util.Set.of(Variable.Flag.RW), charge.flags());
        assertEquals(0, charge.aux());
        var serial = Objects.requireNonNull(device.dstate().find("ups.serial"));
        assertEquals(java.util.Set.of(Variable.Flag.RW, Variable.Flag.STRING), serial.flags());
        assertEquals(32, serial.aux());
        var own = Objects.requireNonNull(device.dstate().find("my.own"));
        assertEquals(java.util.Set.of(Variable.Flag.RW, Variable.Flag.STRING), own.flags());
        assertEquals(32, own.aux());
        assertEquals(1, DummyInfo.of("input.sensitivity").length());
    }

    @Test
    void sequenceLoopsOverItsTimers() throws Exception {
        var device = device("a.seq", "ups.status: OB\nTIMER 5\nups.status: OL\nTIMER 5\n");
        var simulation = started(device, true);
        var seen = new ArrayList<String>();
        for (int i = 0; i < 16; i++) {
            simulation.updateinfo(device.dstate());
            seen.add(value(device, "ups.status"));
            device.passSeconds(1);
        }
        assertEquals(
                List.of("OB", "OB", "OB", "OB", "OB", "OL", "OL", "OL", "OL", "OL", "OL", "OB", "OB", "OB", "OB", "OB"),
                seen,
                "the end of the file takes a poll of its own, as in C");
    }

    @Test
    void onceReadsToTheEndAndNotAgain() throws Exception {
        var device = device("a.dev", "ups.load: 1\nTIMER 5\nups.load: 2\n");
        var simulation = started(device, false);
        assertEquals("1", value(device, "ups.load"));
        device.passSeconds(5);
        simulation.updateinfo(device.dstate());
        assertEquals("2", value(device, "ups.load"));
        assertEquals(Outcome.HANDLED, simulation.setvar("ups.load", "3"));
        device.passSeconds(495);
        simulation.updateinfo(device.dstate());
        assertEquals("3", value(device, "ups.load"));
    }

    @Test
    void onceReadsAChangedFileAgain() throws Exception {
        var device = device("a.dev", "ups.load: 1\n");
        var simulation = started(device, false);
        simulation.setvar("ups.load", "3");
        file("a.dev", "ups.load: 44\n");
        simulation.updateinfo(device.dstate());
        assertEquals("44", value(device, "ups.load"));
        simulation.setvar("ups.load", "3");
        Files.setLastModifiedTime(dir.resolve("a.dev"), FileTime.fromMillis(1_000_000));
        simulation.updateinfo(device.dstate());
        assertEquals("44", value(device, "ups.load"), "touched");
        file("new.dev", "ups.load: 55\n");
        Files.move(dir.resolve("new.dev"), dir.resolve("a.dev"), StandardCopyOption.REPLACE_EXISTING);
        simulation.updateinfo(device.dstate());
        assertEquals("55", value(device, "ups.load"), "renamed over");
    }

    @Test
    void loopForgetsWhatWasSetExceptWhatTheFileDoesNotSay() throws Exception {
        var device = device("a.seq", "ups.load: 1\n");
        var simulation = started(device, true);
        simulation.setvar("ups.load", "3");
        simulation.setvar("ups.id", "mine");
        simulation.setvar("ups.status", "OB LB");
        simulation.updateinfo(device.dstate());
        assertEquals("1", value(device, "ups.load"));
        assertEquals("mine", value(device, "ups.id"));
        assertEquals("OB LB", value(device, "ups.status"));
    }

    @Test
    void emptyValueTakesAVariableAway() throws Exception {
        var device = device("a.dev", "ups.load: 1\nups.load:\n");
        var simulation = started(device, false);
        assertNull(device.dstate().getinfo("ups.load"));
        simulation.setvar("ups.mfr", "");
        assertNull(device.dstate().getinfo("ups.mfr"));
    }

    @Test
    void statusTakesEachWordOnce() throws Exception {
        var device = device("a.dev", "ups.status: OL OL CHRG\n");
        var simulation = started(device, false);
        assertEquals("OL CHRG", value(device, "ups.status"));
        simulation.setvar("ups.status", "OB  LB OB");
        assertEquals("OB LB", value(device, "ups.status"));
    }

    @Test
    void alarmsComeAndGo() throws Exception {
        var device = device("a.seq", """
                ups.status: OB
                ALARM [UPS too warm to charge]
                ALARM [UPS circuit is overheating]
                TIMER 5
                ALARM
                TIMER 5
                ALARM [UPS too cold to charge]
                """);
        var simulation = started(device, true);
        assertEquals("[UPS too warm to charge] [UPS circuit is overheating]", value(device, "ups.alarm"));
        assertEquals("ALARM OB", value(device, "ups.status"));
        device.passSeconds(5);
        simulation.updateinfo(device.dstate());
        assertNull(device.dstate().getinfo("ups.alarm"));
        assertEquals("OB", value(device, "ups.status"));
        device.passSeconds(5);
        simulation.updateinfo(device.dstate());
        assertEquals("[UPS too cold to charge]", value(device, "ups.alarm"));
        assertEquals("ALARM OB", value(device, "ups.status"));
    }

    @Test
    void aStatusThatStaysIsToldOnce() throws Exception {
        var device = device("a.seq", "ups.status: OB\nALARM [hot]\n");
        var simulation = started(device, true);
        var told = new ArrayList<String>();
        device.dstate().listener(line -> told.add(line.text()));
        simulation.updateinfo(device.dstate());
        simulation.updateinfo(device.dstate());
        assertEquals(List.of(), told);
    }

    @Test
    void chargeThatMovesIsSaid() throws Exception {
        var device = device("a.seq", "ups.status: OB\nbattery.charge: 50\nTIMER 1\nbattery.charge: 40\nTIMER 1\n");
        var simulation = started(device, true);
        device.dstate().rememberCharge();
        device.passSeconds(1);
        simulation.updateinfo(device.dstate());
        assertEquals("OB DISCHRG", value(device, "ups.status"));
    }

    @Test
    void missingFileAtTheStartEndsTheProgram() {
        var device = new TestDevice(dir, "nope.dev");
        var e = assertThrows(DriverException.class, () -> started(device, true));
        assertTrue(
                e.text()
                        .startsWith("Can't open dummy-ups definition file " + dir
                                + "/nope.dev: No such file or directory\nSection [test] of ups.conf"),
                e.text());
    }

    @Test
    void directoryIsTroubleThatPasses() throws Exception {
        Files.createDirectory(dir.resolve("a.dev"));
        var device = new TestDevice(dir, "a.dev");
        var simulation = new Simulation(device, false);
        assertThrows(IOException.class, () -> simulation.initinfo(device.dstate()));
        assertThrows(IOException.class, () -> simulation.updateinfo(device.dstate()));
        Files.delete(dir.resolve("a.dev"));
        file("a.dev", "ups.load: 1\n");
        simulation.updateinfo(device.dstate());
        assertEquals("1", value(device, "ups.load"));
    }

    @Test
    void fileThatVanishesIsTroubleUntilItIsBack() throws Exception {
        for (boolean loop : new boolean[] {false, true}) {
            var device = device("a.dev", "ups.load: 1\n");
            var simulation = started(device, loop);
            Files.delete(dir.resolve("a.dev"));
            for (int i = 0; i < 2; i++) {
                var e = assertThrows(IOException.class, () -> simulation.updateinfo(device.dstate()));
                assertTrue(String.valueOf(e.getMessage()).contains("No such file or directory"), e.toString());
            }
            file("a.dev", "ups.load: 2\n");
            simulation.updateinfo(device.dstate());
            assertEquals("2", value(device, "ups.load"));
        }
    }

    @Test
    void fileThatVanishesDuringATimerIsReadToItsEnd() throws Exception {
        var device = device("a.seq", "ups.load: 1\nTIMER 5\nups.load: 2\n");
        var simulation = started(device, true);
        Files.delete(dir.resolve("a.seq"));
        device.passSeconds(5);
        simulation.updateinfo(device.dstate());
        assertEquals("2", value(device, "ups.load"));
        assertThrows(IOException.class, () -> simulation.updateinfo(device.dstate()));
    }

    @Test
    void modesAreGuessedFromThePort() {
        assertEquals("dummy-loop", DummyProgram.mode("", "a.seq"));
        assertEquals("dummy-once", DummyProgram.mode("", "a.dev"));
        assertEquals("dummy", DummyProgram.mode("", "a.txt"));
        assertEquals("repeater", DummyProgram.mode("", "ups@host"));
        assertEquals("dummy-loop", DummyProgram.mode("dummy", "a.dev"));
        assertEquals("dummy-loop", DummyProgram.mode("dummy-loop", "a.dev"));
        assertEquals("dummy-once", DummyProgram.mode("dummy-once", "a@b.seq"));
        assertEquals("repeater", DummyProgram.mode("repeater", "ups"));
        assertEquals("dummy-once", DummyProgram.mode("once", "a.dev"), "unknown words are reported and ignored");
    }
}
