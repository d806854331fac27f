package org.nutjvm.common.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    private static final Map<String, String> CHECKED = Map.of();
    private static final Map<String, String> UNCHECKED = Map.of("NUT_IGNORE_CHECKPROCNAME", "Yes");

    @TempDir
    Path dir;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatWasStarted() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Process run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("x.pid"), text);
    }

    @Test
    void holdsThePidAndANewlineReadableForAll() throws IOException {
        Path file = dir.resolve("upsd.pid");
        PidFile.write(file);
        assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(file));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void replacesALongerFormerOne() throws IOException {
        Path file = file("12345678901234567890 and more\n");
        PidFile.write(file, 7);
        assertEquals("7\n", Files.readString(file));
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path file = dir.resolve("no/upsd.pid");
        var e = assertThrows(IOException.class, () -> PidFile.write(file));
        assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e.getMessage());
        assertEquals("No such file or directory", Reasons.of(e));
    }

    @Test
    void aFullDiskIsAnError() {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "no /dev/full here");
        var e = assertThrows(IOException.class, () -> PidFile.write(Path.of("/dev/full")));
        assertEquals("No space left on device", Reasons.of(e));
    }

    @Test
    void removeLeavesASuccessorsFile() throws IOException {
        Path file = file("1\n");
        PidFile.remove(file);
        assertTrue(Files.exists(file));
        PidFile.write(file);
        PidFile.remove(file);
        assertFalse(Files.exists(file));
        PidFile.remove(file);
    }

    @Test
    void numbersAsStrtolReadsThem() {
        assertEquals(12, PidFile.pid("12\n"));
        assertEquals(12, PidFile.pid(" \t+12x"));
        assertEquals(-12, PidFile.pid("-12"));
        assertEquals(0, PidFile.pid("upsd"));
        assertEquals(0, PidFile.pid(""));
        assertEquals(Integer.MAX_VALUE, PidFile.pid("2147483647"));
        assertEquals(-1, PidFile.pid("2147483648"));
        assertEquals(-1, PidFile.pid("99999999999999999999999999"));
    }

    @Test
    void noFileIsEveryday() {
        var outcome = PidFile.send(dir.resolve("upsd.pid"), PidFile.NONE, List.of("upsd"), CHECKED);
        assertEquals(-3, outcome.code());
        assertTrue(outcome.everyday());
        assertEquals("fopen " + dir.resolve("upsd.pid") + ": No such file or directory", outcome.message());
    }

    @Test
    void anEmptyFileHasNoPid() throws IOException {
        var outcome = PidFile.send(file(""), PidFile.NONE, List.of("upsd"), CHECKED);
        assertEquals(-2, outcome.code());
        assertFalse(outcome.everyday());
    }

    @Test
    void aDirectoryInItsPlaceIsNoFile() throws IOException {
        Path directory = Files.createDirectory(dir.resolve("upsd.pid"));
        var outcome = PidFile.send(directory, PidFile.NONE, List.of("upsd"), CHECKED);
        assertEquals(-3, outcome.code());
        assertFalse(outcome.everyday());
        assertTrue(outcome.message().endsWith("Is a directory"), outcome.message());
    }

    @Test
    void rubbishAndInitAreNeverSignalled() throws IOException {
        for (String text : List.of("upsd\n", "0\n", "1\n", "-5\n", "99999999999\n")) {
            var outcome = PidFile.send(file(text), "TERM", List.of(), UNCHECKED);
            assertEquals(-1, outcome.code(), text);
            assertTrue(outcome.message().startsWith("Ignoring invalid pid number"), outcome.message());
        }
    }

    @Test
    void aDeadProcessIsEveryday() throws Exception {
        Process gone = run("/bin/true");
        assertTrue(gone.waitFor(10, TimeUnit.SECONDS));
        var outcome = PidFile.send(file(gone.pid() + "\n"), PidFile.NONE, List.of("upsd"), CHECKED);
        assertEquals(-1, outcome.code());
        assertTrue(outcome.everyday());
        assertEquals("kill: No such process", outcome.message());
    }

    @Test
    void aForeignProcessIsSpared() throws Exception {
        Process other = run("/bin/sleep", "60");
        Path file = file(other.pid() + "\n");
        awaitName(other, "sleep");
        var outcome = PidFile.send(file, "TERM", List.of("upsd", "nut-upsd"), CHECKED);
        assertEquals(-1, outcome.code());
        assertFalse(outcome.everyday());
        assertEquals(
                "Tried to signal PID " + other.pid() + " which exists but is not of expected program 'upsd'/'nut-upsd'",
                outcome.message());
        assertTrue(other.isAlive());
    }

    @Test
    void theExpectedProgramIsSignalled() throws Exception {
        Process sleep = run("/bin/sleep", "60");
        awaitName(sleep, "sleep");
        assertTrue(PidFile.send(sleep.pid(), PidFile.NONE, List.of("sleep"), CHECKED)
                .sent());
        assertTrue(sleep.isAlive());
        assertTrue(PidFile.send(sleep.pid(), "TERM", List.of("upsd", "sleep"), CHECKED)
                .sent());
        assertTrue(sleep.waitFor(10, TimeUnit.SECONDS));
        assertEquals(128 + 15, sleep.exitValue());
    }

    @Test
    void theCheckCanBeLeftOut() throws Exception {
        Process sleep = run("/bin/sleep", "60");
        assertTrue(PidFile.send(sleep.pid(), "USR1", List.of("upsd"), UNCHECKED).sent());
        assertTrue(sleep.waitFor(10, TimeUnit.SECONDS));
        assertEquals(128 + 10, sleep.exitValue());
    }

    @Test
    void anUnknownSignalIsRefused() throws Exception {
        Process sleep = run("/bin/sleep", "60");
        var outcome = PidFile.send(sleep.pid(), "NOSUCH", List.of(), CHECKED);
        assertEquals(-1, outcome.code());
        assertTrue(sleep.isAlive());
    }

    @Test
    void anotherUsersProcessIsRefused() throws Exception {
        Process sleep = run("/bin/sleep", "60");
        var outcome = Jvm.of(PidFileTest.Sender.class, Long.toString(sleep.pid()))
                .asNobody(dir)
                .run();
        assertEquals("-1 kill: Operation not permitted\n", outcome.out(), outcome.err());
        assertTrue(sleep.isAlive());
    }

    /// Sends TERM to the process given.
    static final class Sender {
        public static void main(String[] args) {
            var outcome = PidFile.send(Long.parseLong(args[0]), "TERM", List.of(), Map.of());
            System.out.println(outcome.code() + " " + outcome.message());
        }
    }

    /// Until exec, the child is still the helper that starts it.
    private static void awaitName(Process process, String name) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!ProgramName.isOneOf(ProgramName.of(process.pid()), List.of(name))) {
            assertTrue(System.nanoTime() < deadline, () -> "still " + ProgramName.of(process.pid()));
            Thread.sleep(5);
        }
    }
}
