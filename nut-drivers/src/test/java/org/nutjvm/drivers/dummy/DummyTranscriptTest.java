package org.nutjvm.drivers.dummy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.drivers.core.RunningDriver;
import org.nutjvm.drivers.core.SocketReader;

/// What C's dummy-ups 2.8.0 answered (src/test/scripts/record-dummy.py), asked of ours. What later releases publish
/// besides is left out of the comparison.
@Timeout(60)
class DummyTranscriptTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"dump.txt", "requests.txt"})
    void answersAreCs(String name) throws IOException {
        Files.writeString(dir.resolve("office.dev"), resource("office.dev"));
        var recorded = new ArrayList<String>();
        for (String line : resource(name).split("\n", -1)) {
            if (!line.isEmpty() && !sinceThen(line)) {
                recorded.add(line);
            }
        }
        var replayed = new ArrayList<String>();
        try (var driver = RunningDriver.start(
                        new DummyProgram(), dir, "t", "-s", "t", "-x", "port=office.dev", "-i", "3600");
                var reader = driver.connect()) {
            driver.await("its first poll", () -> settled(driver));
            for (int i = 0; i < recorded.size(); i++) {
                if (recorded.get(i).startsWith("> ")) {
                    reader.send(recorded.get(i).substring(2));
                    replayed.add(recorded.get(i));
                } else {
                    replayed.add(next(reader));
                }
            }
            assertEquals("< PONG", next(reader.send("PING")));
        }
        assertEquals(String.join("\n", recorded), String.join("\n", replayed));
    }

    private static boolean settled(RunningDriver driver) {
        try (var reader = driver.connect()) {
            return reader.dump().contains("SETINFO driver.state \"quiet\"");
        } catch (IOException e) {
            return false;
        }
    }

    private static String next(SocketReader reader) throws IOException {
        while (true) {
            String line = "< " + reader.line();
            if (!sinceThen(line)) {
                return line;
            }
        }
    }

    private static boolean sinceThen(String line) {
        for (String name : List.of(
                " driver.debug",
                " driver.flag.allow_killpower",
                " driver.state",
                " driver.version",
                "ADDCMD driver.",
                "ADDCMD shutdown.default")) {
            if (line.startsWith("< ") && line.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static String resource(String name) throws IOException {
        try (var in = DummyTranscriptTest.class.getResourceAsStream("/transcripts/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
