package org.nutjvm.drivers.dummy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.drivers.dummy.DataFile.Instruction;

class DataFileTest {
    @TempDir
    Path dir;

    private final List<String> complaints = new ArrayList<>();

    private List<Instruction> read(String text) throws IOException {
        return readBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<Instruction> readBytes(byte[] bytes) throws IOException {
        Path file = Files.write(dir.resolve("x.dev"), bytes);
        var found = new ArrayList<Instruction>();
        try (var data = DataFile.open(file, complaints::add)) {
            for (var next = data.next(); next != null; next = data.next()) {
                found.add(next);
            }
        }
        return found;
    }

    private static Instruction set(String name, String value) {
        return new Instruction.Set(name, value);
    }

    @Test
    void upscDumpIsRead() throws IOException {
        assertEquals(
                List.of(set("ups.mfr", "APC"), set("ups.model", "Back-UPS 500"), set("ups.status", "OL CHRG")),
                read("# a comment\n\nups.mfr: APC\n  ups.model:   Back-UPS  500 # trailing\nups.status:OL CHRG\n"
                        .replace("status:OL", "status: OL")));
        assertEquals(List.of(), complaints);
    }

    @Test
    void namesThatCannotTravelAreLeftOut() throws IOException {
        assertEquals(List.of(set("ups.mfr", "x")), read("\"a b\" 1\n\\\"y\\\": 2\nups.mfr: x\n"));
        assertEquals(2, complaints.size());
        assertTrue(complaints.getFirst().contains("x.dev:1: 'a b' is no name"), complaints.toString());
    }

    @Test
    void driverVariablesAreNotOfTheDevice() throws IOException {
        assertEquals(List.of(), read("driver.name: usbhid-ups\ndriver.parameter.port: auto\n"));
    }

    @Test
    void nameWithoutValueTakesTheVariableAway() throws IOException {
        assertEquals(List.of(set("ups.alarm", ""), set("ups.id", "")), read("ups.alarm:\nups.id\n"));
    }

    @Test
    void lastLineNeedsNoNewlineAsLongAsAWordIsComplete() throws IOException {
        assertEquals(List.of(set("ups.id", "7")), read("ups.id: 7"));
    }

    @Test
    void timerAndAlarm() throws IOException {
        assertEquals(
                List.of(
                        new Instruction.Timer(5),
                        new Instruction.Alarm("[UPS too warm]"),
                        new Instruction.Alarm(""),
                        set("ups.id", "x")),
                read("TIMER 5\nALARM [UPS too warm]\nALARM\nups.id: x\n"));
    }

    @Test
    void timerWithoutNumberIsReportedWithItsPlace() throws IOException {
        assertEquals(List.of(set("ups.id", "x")), read("\nTIMER\nTIMER soon\nups.id: x\n"));
        assertEquals(2, complaints.size());
        assertTrue(complaints.getFirst().endsWith("x.dev:2: TIMER needs a number of seconds"), complaints.toString());
    }

    @Test
    void timersReadAsInC() throws IOException {
        assertEquals(
                List.of(new Instruction.Timer(5), new Instruction.Timer(0), new Instruction.Timer(1_000_000_000)),
                read("TIMER 5s\nTIMER 0\nTIMER 99999999999999999999999\n"));
        assertEquals(List.of(), read("TIMER -5\n"));
        assertEquals(1, complaints.size());
    }

    @Test
    void quotesAndEqualSignsReadAsInConfigurationFiles() throws IOException {
        assertEquals(
                List.of(set("ups.id", "two  blanks"), set("outlet.desc", "a = b")),
                read("ups.id: \"two  blanks\"\noutlet.desc: a=b\n"));
    }

    @Test
    void malformedQuoteIsReportedAndReadingGoesOn() throws IOException {
        assertEquals(
                List.of(set("ups.load", "5")),
                read("ups.id: \"a # b\n\nups.load: 5\n").stream()
                        .filter(i -> i.equals(set("ups.load", "5")))
                        .toList());
        assertTrue(complaints.getFirst().contains(":1: Parse error"), complaints.toString());
    }

    @Test
    void aMegabyteWithoutNewlineIsReportedAndLeftOut() throws IOException {
        var found = read("ups.id: 1\nups.model: " + "x".repeat(1_000_000) + "\nups.load: 5\n");
        assertEquals(List.of(set("ups.id", "1"), set("ups.load", "5")), found);
        assertEquals(1, complaints.size());
        assertTrue(complaints.getFirst().contains(":2: a line of more than 65536 bytes"), complaints.toString());
    }

    @Test
    void bytesThatAreNoTextAreReported() throws IOException {
        assertEquals(List.of(set("ups.id", "caf")), readBytes(new byte[] {
            'u', 'p', 's', '.', 'i', 'd', ':', ' ', 'c', 'a', 'f', (byte) 0xc3, (byte) 0xa9, '\n'
        }));
        assertEquals(1, complaints.size());
    }

    @Test
    void missingFileDirectoryAndPipeAreToldApart() {
        assertMessage(dir.resolve("nope.dev"), "nope.dev: No such file or directory");
        assertMessage(dir, "it is a directory");
        assertMessage(Path.of("/dev/zero"), "it is not a regular file");
    }

    @Test
    void nullDeviceIsAnEmptyFile() throws IOException {
        try (var data = DataFile.open(Path.of("/dev/null"), complaints::add)) {
            assertNull(data.next());
        }
    }

    private void assertMessage(Path file, String expected) {
        var e = assertThrows(IOException.class, () -> DataFile.open(file, complaints::add));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("Can't open dummy-ups definition file " + file), message);
        assertTrue(message.contains(expected), message);
    }

    @Test
    void versionChangesWithContentAndWithAnotherFile() throws IOException {
        Path file = Files.writeString(dir.resolve("v.dev"), "ups.id: 1\n");
        var first = DataFile.version(file);
        assertEquals(first, DataFile.version(file));
        Files.writeString(file, "ups.id: 12\n");
        assertNotEquals(first, DataFile.version(file));
        assertNull(DataFile.version(dir.resolve("nope")));
    }

    @Test
    void portsAreFoundWhereCFindsThem() throws IOException {
        Path state = Files.createDirectory(dir.resolve("state"));
        Files.writeString(state.resolve("a.dev"), "");
        assertEquals(Path.of("/x/y.dev"), DataFile.locate("/x/y.dev", dir, state));
        assertEquals(dir.resolve("y.dev"), DataFile.locate("y.dev", dir, state));
        assertEquals(dir.resolve("sub/y.dev"), DataFile.locate("sub/y.dev", dir, state));
        assertEquals(state.resolve("./a.dev"), DataFile.locate("./a.dev", dir, state));
        assertTrue(DataFile.locate("./b.dev", dir, state).isAbsolute());
    }
}
