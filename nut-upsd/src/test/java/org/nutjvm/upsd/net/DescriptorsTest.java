package org.nutjvm.upsd.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.wire.Words;
import org.nutjvm.upsd.TestClient;

/// A server without a file descriptor left.
class DescriptorsTest {
    private static final int LIMIT = 80;

    @TempDir
    Path directory = Path.of("");

    @Test
    void itServesWhoItHasRefusesOthersAndRecovers() throws Exception {
        var log = directory.resolve("log");
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + LIMIT + " && exec \"$0\" -XX:+UseSerialGC -cp \"$1\" " + Crowded.class.getName(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"))
                .redirectError(log.toFile())
                .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int port = Integer.parseInt(String.valueOf(out.readLine()).substring(5));
            crowd(port, process.pid());
            assertTrue(Files.readString(log).contains("Too many open files"), Files.readString(log));
        } finally {
            process.destroy();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        }
    }

    private static void crowd(int port, long pid) throws Exception {
        var served = new ArrayList<TestClient>();
        int refused = 0;
        for (int i = 0; i < LIMIT; i++) {
            var client = new TestClient(port);
            if (answers(client)) {
                served.add(client);
            } else {
                refused++;
                client.close();
            }
        }
        assertTrue(refused > 5 && served.size() > 20, served.size() + " served, " + refused + " refused");
        for (var client : served) {
            assertEquals("1.3", client.ask("PROTVER"));
        }
        assertTrue(cpuMillis(pid) < 20_000, "it spins");
        for (var client : served) {
            client.close();
        }
        boolean recovered = false;
        for (int i = 0; i < 500 && !recovered; i++) {
            try (var client = new TestClient(port)) {
                recovered = answers(client);
            }
            Thread.sleep(10);
        }
        assertTrue(recovered);
    }

    private static boolean answers(TestClient client) {
        try {
            return client.ask("PROTVER").equals("1.3");
        } catch (IOException e) {
            return false;
        }
    }

    private static long cpuMillis(long pid) throws IOException {
        List<String> stat = Words.split(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        return (Long.parseLong(stat.get(13)) + Long.parseLong(stat.get(14))) * 10;
    }
}
