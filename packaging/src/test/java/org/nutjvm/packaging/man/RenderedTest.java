package org.nutjvm.packaging.man;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages as the programs that show them take them: not one warning.
class RenderedTest {
    @TempDir
    static Path directory;

    @BeforeAll
    static void write() throws IOException {
        Manual.write(Pages.DIRECTORY, directory, "2026-01-01");
    }

    private static List<String> files() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> Files.isRegularFile(file))
                    .filter(file -> file.getFileName().toString().matches(".*\\.[58]"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isThere(String program) {
        for (String entry : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(entry, program))) {
                return true;
            }
        }
        return false;
    }

    /// What a program says on standard error about all pages.
    private static String said(String... command) throws Exception {
        assumeTrue(isThere(command[0]), command[0] + " is not installed");
        var words = new ArrayList<>(List.of(command));
        words.addAll(files());
        Path err = directory.resolve(command[0] + ".err");
        var builder = new ProcessBuilder(words).redirectError(err.toFile());
        builder.redirectOutput(directory.resolve(command[0] + ".out").toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("MANPAGER", "cat");
        builder.environment().put("MANWIDTH", "80");
        var process = builder.start();
        assertTrue(process.waitFor(50, TimeUnit.SECONDS), "it does not end");
        String failure = process.exitValue() == 0 ? "" : "exit code " + process.exitValue() + "\n";
        return failure + Files.readString(err);
    }

    @Test
    void man() throws Exception {
        assertEquals("", said("man", "--warnings", "-l"));
        String text = Files.readString(directory.resolve("man.out"));
        assertTrue(text.contains("upsd - "), "the text of upsd(8) is missing");
    }

    @Test
    void groff() throws Exception {
        assertEquals("", said("groff", "-man", "-ww", "-Tutf8"));
    }

    @Test
    void mandoc() throws Exception {
        String code = said("mandoc", "-T", "lint", "-W", "warning");
        assertEquals("", Files.readString(directory.resolve("mandoc.out")));
        assertEquals("", code);
    }

    /// What apropos(1) and whatis(1) show.
    @Test
    void nameAndPurpose() throws Exception {
        assertEquals("", said("lexgrog"));
        var lines = Files.readAllLines(directory.resolve("lexgrog.out"));
        assertEquals(files().size(), lines.size());
        assertTrue(lines.stream().allMatch(line -> line.contains(" - ")), lines.toString());
    }
}
