package org.nutjvm.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A password asked for at a real terminal, which `script` of util-linux provides.
class TtyTest {
    private static final long SECONDS = 40;

    @TempDir
    private Path dir;

    /// Standard output goes to a file, as in `upscmd ... > log`, so the JVM's own Console would not be there.
    @Test
    void passwordIsNotEchoed() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script: apt-get install bsdutils");
        try (var upsd = new FakeUpsd(_ -> "OK\n")) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String command = java + " -cp '" + System.getProperty("java.class.path")
                    + "' org.nutjvm.tools.upscmd.Upscmd -u admin dummy@" + upsd.address() + " load.off > " + dir
                    + "/out; stty -a > " + dir + "/after";
            var terminal = new ProcessBuilder("script", "-qefc", command, dir + "/typescript")
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("screen").toFile())
                    .start();
            try {
                awaitOnScreen("Password: ");
                terminal.getOutputStream().write("hush-hush\n".getBytes(StandardCharsets.US_ASCII));
                terminal.getOutputStream().flush();
                assertTrue(terminal.waitFor(SECONDS, TimeUnit.SECONDS), "still running");
            } finally {
                terminal.destroyForcibly();
            }
            String screen = Files.readString(dir.resolve("screen"));
            assertEquals(
                    List.of("USERNAME admin", "PASSWORD hush-hush", "INSTCMD dummy load.off", "LOGOUT"), upsd.requests);
            assertFalse(screen.contains("hush"), screen);
            assertTrue(Files.readString(dir.resolve("after")).contains(" echo "), "echo is still off");
        }
    }

    private void awaitOnScreen(String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        while (!Files.readString(dir.resolve("screen")).contains(text)) {
            assertTrue(System.nanoTime() < deadline, () -> "never asked: " + screen());
            Thread.sleep(20);
        }
    }

    private String screen() {
        try {
            return Files.readString(dir.resolve("screen"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
