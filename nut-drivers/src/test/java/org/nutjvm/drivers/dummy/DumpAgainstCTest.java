package org.nutjvm.drivers.dummy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.drivers.core.RunningDriver;

/// The same definition file played by Debian's C dummy-ups and by ours, printed by `-d 1`.
@Timeout(120)
class DumpAgainstCTest {
    private static final Path C = Path.of("/lib/nut/dummy-ups");

    @TempDir
    Path dir;

    @Test
    void randomFilesReadTheSame() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(C), "no C dummy-ups here: apt-get install nut-server");
        Files.writeString(dir.resolve("x.dev"), randomFile(new Random(285)));
        var env = RunningDriver.env(dir);
        var builder = new ProcessBuilder(
                        C.toString(),
                        "-u",
                        System.getProperty("user.name"),
                        "-s",
                        "t",
                        "-x",
                        "port=x.dev",
                        "-x",
                        "override.battery.charge.low=17",
                        "-x",
                        "default.ups.id=seventeen",
                        "-d",
                        "1")
                .redirectError(Redirect.DISCARD);
        builder.environment().putAll(env);
        Process process = builder.start();
        String theirs = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        var ours = RunningDriver.run(
                new DummyProgram(),
                env,
                "-s",
                "t",
                "-x",
                "port=x.dev",
                "-x",
                "override.battery.charge.low=17",
                "-x",
                "default.ups.id=seventeen",
                "-d",
                "1");
        assertEquals(0, ours.exitCode(), ours.err());
        assertEquals(String.join("\n", comparable(theirs)), String.join("\n", comparable(ours.out())));
        assertTrue(comparable(theirs).size() > 100, theirs);
    }

    /// Without the banner, without what the two publish of themselves, without the copies in `device.*`, which C
    /// escapes twice, and without names that have no value (what an open quote leaves of a line), to which C gives
    /// the value of the line before.
    private static List<String> comparable(String dump) {
        var lines = new ArrayList<String>();
        for (String line : dump.split("\n", -1)) {
            if (line.startsWith("my.") || line.startsWith("ups.") || line.startsWith("battery.")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String randomFile(Random random) throws IOException {
        String letters = "abcXYZ019 .:=#\"\\[]%$'\t-_/()";
        var text = new StringBuilder("ups.status: OL CHRG\n");
        for (int i = 0; i < 400; i++) {
            text.append("my.").append(random.nextInt(300)).append(": v");
            int length = random.nextInt(60);
            for (int j = 0; j < length; j++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            // A line that a backslash or an open quote leaves unfinished swallows the next; both must do so alike.
            text.append('\n');
        }
        return text.append("\"\nups.load: 5\nbattery.charge.low: 99\n").toString();
    }
}
