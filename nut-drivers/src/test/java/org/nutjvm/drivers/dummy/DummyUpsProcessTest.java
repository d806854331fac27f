package org.nutjvm.drivers.dummy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.drivers.core.RunningDriver;
import org.nutjvm.drivers.core.SocketReader;

/// dummy-ups as a process of its own, as an init system or a shell sees it.
@Timeout(120)
class DummyUpsProcessTest {
    @TempDir
    Path dir;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void configuration() throws IOException {
        Files.writeString(dir.resolve("a.dev"), "ups.load: 1\n");
        conf("a.dev");
    }

    @AfterEach
    void end() throws Exception {
        for (var process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void conf(String port) throws IOException {
        Files.writeString(dir.resolve("ups.conf"), "[a]\ndriver = dummy-ups\nport = " + port + "\npollinterval = 60\n");
    }

    private Process start(String... args) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dnut.program=dummy-ups",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                DummyUps.class.getName(),
                "-a",
                "a",
                "-u",
                System.getProperty("user.name")));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command)
                .redirectOutput(dir.resolve("out").toFile())
                .redirectError(dir.resolve("err").toFile());
        builder.environment().putAll(RunningDriver.env(dir));
        var process = builder.start();
        started.add(process);
        return process;
    }

    private Process running(String... args) throws Exception {
        var process = start(args);
        await("its socket", () -> Files.exists(socket()) || !process.isAlive());
        assertTrue(process.isAlive(), said());
        return process;
    }

    private Path socket() {
        return dir.resolve("dummy-ups-a");
    }

    private String said() {
        try {
            return Files.readString(dir.resolve("out"), StandardCharsets.ISO_8859_1)
                    + Files.readString(dir.resolve("err"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "waited in vain for " + what + "\n" + said());
            Thread.sleep(20);
        }
    }

    /// Whether it is gone, or dead and not yet collected by whatever process 1 is here.
    private static boolean ended(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException e) {
            return true;
        }
    }

    private static void signal(String name, long pid) throws Exception {
        var kill = new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + pid).start();
        assertTrue(kill.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, kill.exitValue());
    }

    private int exitCode(Process process) throws InterruptedException {
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), this::said);
        return process.exitValue();
    }

    @Test
    void signalsMeanWhatTheyMeanToADriver() throws Exception {
        var process = running("-F");
        long pid = process.pid();
        signal("URG", pid);
        await("the dump", () -> said().contains("ups.load: 1\n") && said().contains("driver.name: dummy-ups\n"));
        signal("HUP", pid);
        await(
                "the reload",
                () -> said().contains("Completed requested live reload of NUT driver configuration for [a]: 0"));
        conf("b.dev");
        signal("USR1", pid);
        assertEquals(138, exitCode(process), this::said);
        assertFalse(Files.exists(socket()));
    }

    @Test
    void termAndIntEndItWithZero() throws Exception {
        for (String name : List.of("TERM", "INT")) {
            var process = running("-FF");
            assertEquals(process.pid() + "\n", Files.readString(dir.resolve("dummy-ups-a.pid")));
            signal(name, process.pid());
            assertEquals(0, exitCode(process), this::said);
            assertFalse(Files.exists(socket()));
            assertFalse(Files.exists(dir.resolve("dummy-ups-a.pid")));
        }
    }

    @Test
    void whatAKilledOneLeavesIsNoObstacle() throws Exception {
        var killed = running("-FF");
        killed.destroyForcibly();
        exitCode(killed);
        assertTrue(Files.exists(socket()));
        var process = start("-FF");
        await("an answer", () -> {
            try (var reader = SocketReader.connect(socket())) {
                return reader.send("PING").line().equals("PONG");
            } catch (IOException e) {
                return false;
            }
        });
        signal("TERM", process.pid());
        assertEquals(0, exitCode(process), this::said);
    }

    @Test
    void detachedItReturnsWhenItServesAndAFailureIsReported() throws Exception {
        assertEquals(0, exitCode(start()), this::said);
        long pid =
                Long.parseLong(Files.readString(dir.resolve("dummy-ups-a.pid")).strip());
        try (var reader = SocketReader.connect(socket())) {
            assertEquals("PID " + pid, reader.send("NOBROADCAST", "GETPID").line());
            assertEquals(0, exitCode(start("-c", "exit")), this::said);
        }
        await("its end", () -> ended(pid));
        conf("nope.dev");
        assertEquals(1, exitCode(start()), this::said);
        assertTrue(said().contains("Can't open dummy-ups definition file " + dir + "/nope.dev: No such file"), said());
        assertFalse(Files.exists(socket()));
    }

    @Test
    void aFreshOneReplacesADetachedOne() throws Exception {
        assertEquals(0, exitCode(start()), this::said);
        long first =
                Long.parseLong(Files.readString(dir.resolve("dummy-ups-a.pid")).strip());
        assertEquals(0, exitCode(start()), this::said);
        long second =
                Long.parseLong(Files.readString(dir.resolve("dummy-ups-a.pid")).strip());
        assertTrue(first != second);
        await("the first one's end", () -> ended(first));
        signal("TERM", second);
        await("its end", () -> !Files.exists(socket()));
    }
}
