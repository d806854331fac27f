package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.conf.ConfException.Reason;

class ConfReaderTest {
    @TempDir
    private Path dir;

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(dir.resolve(name), bytes);
    }

    private ConfText read(String text) throws IOException {
        return ConfReader.read(file("t.conf", text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static List<List<String>> words(ConfText text) {
        var words = new ArrayList<List<String>>();
        text.lines().forEach(line -> words.add(line.words()));
        return words;
    }

    private static ConfException refused(Path file, Reason reason) {
        ConfException e = assertThrows(ConfException.class, () -> ConfReader.read(file));
        assertEquals(reason, e.reason());
        assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
        assertEquals(-1, e.getMessage().indexOf('\n'));
        return e;
    }

    @Test
    void missingFile() {
        Path file = dir.resolve("upsd.conf");
        assertEquals(
                "Can't open " + file + ": No such file or directory"
                        + " (create it, or let NUT_CONFPATH name the directory it is in)",
                refused(file, Reason.MISSING).getMessage());
    }

    @Test
    void directoryInPlaceOfAFile() {
        assertTrue(refused(dir, Reason.DIRECTORY).getMessage().startsWith("Can't open " + dir + ": Is a directory"));
    }

    @Test
    void fileInPlaceOfTheDirectory() throws IOException {
        Path file = file("nut", new byte[0]).resolve("ups.conf");
        assertTrue(refused(file, Reason.FAILED).getMessage().startsWith("Can't open " + file + ": Not a directory"));
    }

    @Test
    void linkThatEndsNowhere() throws IOException {
        refused(Files.createSymbolicLink(dir.resolve("ups.conf"), Path.of("away")), Reason.MISSING);
    }

    @Test
    void pipeDoesNotBlock() throws Exception {
        Path pipe = dir.resolve("ups.conf");
        Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertTrue(mkfifo.waitFor(10, TimeUnit.SECONDS));
        refused(pipe, Reason.FAILED);
    }

    @Test
    void unreadableFile() throws Throwable {
        Path file = file("ups.conf", "a\n".getBytes(StandardCharsets.US_ASCII));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        ConfException e = NobodysEyes.look(() -> refused(file, Reason.UNREADABLE));
        assertTrue(
                e.getMessage().startsWith("Can't open " + file + ": Permission denied (let the user"), e::getMessage);
    }

    @Test
    void tenMegabytes() throws IOException {
        byte[] much = new byte[10_000_000];
        Arrays.fill(much, (byte) '\n');
        assertTrue(refused(file("ups.conf", much), Reason.TOO_LONG).getMessage().contains("longer than 4194304 bytes"));
    }

    @Test
    void endlessDevice() {
        refused(Path.of("/dev/zero"), Reason.TOO_LONG);
    }

    @Test
    void nullDeviceIsAnEmptyFile() throws IOException {
        assertEquals(new ConfText("/dev/null", List.of(), List.of()), ConfReader.read(Path.of("/dev/null")));
    }

    @Test
    void longestFileIsRead() throws IOException {
        byte[] much = new byte[ConfReader.MAX_BYTES];
        Arrays.fill(much, (byte) '\n');
        much[much.length - 2] = 'x';
        ConfLine last = ConfReader.read(file("ups.conf", much)).lines().getFirst();
        assertEquals(ConfReader.MAX_BYTES - 1, last.line());
        assertEquals(ConfReader.MAX_BYTES - 1, last.logicalLine());
    }

    @Test
    void binaryFile() throws IOException {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        refused(file("noise", noise), Reason.BINARY);
        refused(file("utf16", "[ups]\ndriver = x\n".getBytes(StandardCharsets.UTF_16LE)), Reason.BINARY);
        refused(Path.of(System.getProperty("java.home"), "bin", "java"), Reason.BINARY);
    }

    @Test
    void foreignLettersAreNotBinary() throws IOException {
        String comment = "# \u0418\u0441\u0442\u043e\u0447\u043d\u0438\u043a \u00e9\u00e8\u00ea\n[ups]\n";
        ConfText text = ConfReader.read(file("ups.conf", comment.getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of(List.of("[ups]")), words(text));
        assertEquals(List.of(), text.complaints());
    }

    @Test
    void nulBytesAreDroppedAndSaid() throws IOException {
        String comment = "# a comment long enough for a text\n";
        ConfText text = read(comment + "a\0b = c\n");
        assertEquals(List.of(List.of("ab", "=", "c")), words(text));
        assertEquals(
                "discarding invalid character (0x00): only plain ASCII text is understood (" + dir + "/t.conf:2)",
                text.complaints().getFirst().text());
    }

    @Test
    void droppedBytesAreSaidOncePerLine() throws IOException {
        ConfText text = read("desc = \"caf\u00c3\u00a9 \u00c3\u00a9\"\nok\nx\u00ff");
        assertEquals(List.of(List.of("desc", "=", "caf "), List.of("ok")), words(text));
        assertEquals(2, text.complaints().size());
        assertTrue(text.complaints().getFirst().text().startsWith("discarding invalid character (0xc3) and 3 more: "));
        assertEquals(3, text.complaints().getLast().line());
    }

    @Test
    void carriageReturnsAreBlanks() throws IOException {
        assertEquals(List.of(List.of("a", "=", "b"), List.of("c d")), words(read("a = b\r\n\r\n\"c d\"\r\n")));
    }

    @Test
    void lastLineWithoutNewlineCounts() throws IOException {
        assertEquals(List.of(List.of("a"), List.of("b", "c")), words(read("a\nb c")));
        assertEquals(List.of(List.of("a")), words(read("a\nb")), "a lone word is lost, as in C");
        assertEquals(List.of(), words(read("")));
    }

    @Test
    void joinedLinesKeepTheLineTheyBeginOn() throws IOException {
        ConfText text = read("a \\\nb\n\nc \"x\\\ny\"\nd\n");
        assertEquals(List.of(List.of("a", "b"), List.of("c", "xy"), List.of("d")), words(text));
        assertEquals(List.of(1, 4, 6), text.lines().stream().map(ConfLine::line).toList());
        assertEquals(
                List.of(1, 3, 4),
                text.lines().stream().map(ConfLine::logicalLine).toList());
    }

    @Test
    void blankAfterJoinedLinesMakesAnEmptyWordAsInC() throws IOException {
        assertEquals(List.of(List.of("a", "", "b")), words(read("a \\\n b\n")));
    }

    @Test
    void malformedLineIsSaidWithItsPhysicalLine() throws IOException {
        ConfText text = read("a \\\nb\nc \"d # e\nf g\n");
        assertEquals(List.of(List.of("a", "b"), List.of("e"), List.of("f", "g")), words(text));
        assertEquals(
                "Parse error: " + dir + "/t.conf:3: Unbalanced word due to unescaped # in quotes",
                text.complaints().getFirst().text());
        assertEquals(3, text.lines().get(1).line(), "the rest of the line is a line of its own, as in C");
        assertEquals(3, text.lines().get(1).logicalLine());
        assertEquals(4, text.lines().get(2).line());
    }

    @Test
    void wordOfAMegabyteIsCutAsInC() throws IOException {
        ConfText text = read("x".repeat(1_000_000) + " y\n");
        assertEquals(List.of(List.of("x".repeat(512), "y")), words(text));
        assertTrue(text.complaints().getFirst().text().startsWith("only the first 32 words of a line"));
    }

    @Test
    void tenThousandWordsAreCutAsInC() throws IOException {
        ConfText text = read("w ".repeat(10_000) + "\nnext one\n");
        assertEquals(32, text.lines().getFirst().size());
        assertEquals(List.of("next", "one"), text.lines().getLast().words());
        assertEquals(1, text.complaints().size());
    }

    @Test
    void fileOfPasswordsThatAllMayReadIsSaid() throws IOException {
        Path file = file("upsd.users", new byte[0]);
        for (String mode : List.of("rw----r--", "rw-r----x", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            String said = ConfReader.readSecret(file).complaints().getFirst().text();
            assertTrue(said.startsWith("WARNING: " + file + " is world readable (hope you don't have"), said);
            assertEquals(List.of(), ConfReader.read(file).complaints());
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw--w-"));
        assertEquals(List.of(), ConfReader.readSecret(file).complaints());
    }

    @Test
    void modelsReadTheirFiles() throws IOException {
        file("ups.conf", "[u]\ndriver=a\nport=b\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("u", UpsConf.load(dir).sections().getFirst().name());
        assertThrows(ConfException.class, () -> UpsdConf.load(dir));
        file("upsd.conf", "MAXAGE 7\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals(7, UpsdConf.load(dir).maxageSeconds());
        file("upsd.users", "[v]\npassword = p\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("v", UpsdUsers.load(dir).users().getFirst().name());
    }
}
