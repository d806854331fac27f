package org.nutjvm.tools.nutconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFileTest {
    @TempDir
    Path dir;

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Whoever reads while it is replaced gets the old text or the new one, and never finds the file missing.
    @Test
    void readersSeeOneTextOrTheOther() throws Exception {
        Path file = dir.resolve("upsmon.conf");
        byte[] one = bytes("1".repeat(50_000));
        byte[] two = bytes("2".repeat(70_000));
        Files.write(file, one);
        try (var pool = Executors.newSingleThreadExecutor()) {
            Callable<Integer> reading = () -> {
                int reads = 0;
                for (byte[] text = one; text[0] != '3'; reads++) {
                    text = Files.readAllBytes(file);
                    assertTrue(text.length == (text[0] == '1' ? 50_000 : text[0] == '2' ? 70_000 : 1)
                            && text[0] == text[text.length - 1]);
                }
                return reads;
            };
            var reads = pool.submit(reading);
            for (int i = 0; i < 20; i++) {
                SafeFile.replace(file, one, two);
                SafeFile.replace(file, two, one);
            }
            SafeFile.replace(file, one, bytes("3"));
            assertTrue(reads.get() > 1);
        }
        try (var files = Files.list(dir)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void ownerGroupAndModeStay() throws IOException {
        assumeTrue(root(), "only root may give files away");
        Path file = Files.write(dir.resolve("upsd.users"), bytes("x"));
        Files.setAttribute(file, "unix:uid", 12);
        Files.setAttribute(file, "unix:gid", 34);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--rw----"));
        SafeFile.replace(file, bytes("x"), bytes("y"));
        assertEquals("y", Files.readString(file));
        assertEquals(12, Files.getAttribute(file, "unix:uid"));
        assertEquals(34, Files.getAttribute(file, "unix:gid"));
        assertEquals("r--rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    /// Otherwise the daemons could not read what root has made.
    @Test
    void aNewFileHasTheGroupOfItsDirectory() throws IOException {
        assumeTrue(root(), "only root may give files away");
        Files.setAttribute(dir, "unix:gid", 34);
        SafeFile.replace(dir.resolve("ups.conf"), new byte[0], bytes("y"));
        assertEquals(34, Files.getAttribute(dir.resolve("ups.conf"), "unix:gid"));
        assertEquals(
                "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("ups.conf"))));
    }

    @Test
    void aFileThatHasComeMeanwhileIsLeftAlone() throws IOException {
        Path file = dir.resolve("ups.conf");
        Files.writeString(file, "somebody else's");
        assertThrows(IOException.class, () -> SafeFile.replace(file, new byte[0], bytes("ours")));
        assertEquals("somebody else's", Files.readString(file));
    }
}
