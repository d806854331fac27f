package org.nutjvm.drivers.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.drivers.spi.Outcome;

@Timeout(60)
class TwinTest {
    @TempDir
    Path dir;

    private final FakeProgram program = new FakeProgram();
    private final FakeProgram other = new FakeProgram();

    private static final String CONF =
            "[a]\ndriver = fake-ups\nport = auto\ncable = one\nlowbatt = 10\npollinterval = 60\n";

    @BeforeEach
    void conf() throws IOException {
        conf(CONF);
    }

    private void conf(String text) throws IOException {
        Files.writeString(dir.resolve("ups.conf"), text);
    }

    private RunningDriver.Result command(String... args) {
        var all = new java.util.ArrayList<>(List.of("-a", "a"));
        all.addAll(List.of(args));
        return RunningDriver.run(other, RunningDriver.env(dir), all.toArray(String[]::new));
    }

    @Test
    void aRunningTwinIsReplaced() throws IOException {
        var first = RunningDriver.start(program, dir, "a", "-a", "a");
        try (var second = RunningDriver.begin(other, dir, "a", "-a", "a")) {
            assertEquals(0, first.exitCode());
            second.await("its socket", () -> Files.exists(second.socket()));
            assertTrue(second.err().contains("Duplicate driver instance detected (local Unix socket exists)!"));
            try (var reader = second.connect()) {
                assertEquals("PONG", reader.send("PING").line());
            }
        }
    }

    @Test
    void twinExitsOnCommand() {
        var driver = RunningDriver.start(program, dir, "a", "-a", "a");
        assertEquals(0, command("-c", "exit").exitCode());
        assertEquals(0, driver.exitCode());
        var nobody = command("-c", "exit");
        assertEquals(255, nobody.exitCode());
        assertTrue(nobody.err().contains("Socket dialog with the other driver instance"), nobody.err());
        assertEquals(1, command("-c", "reload").exitCode());
        assertEquals(0, other.polls.get());
    }

    @Test
    void killpowerIsLeftToTheTwin() {
        var driver = RunningDriver.start(program, dir, "a", "-a", "a");
        assertEquals(0, command("-k").exitCode());
        assertEquals(0, driver.exitCode());
        assertEquals(List.of("shutdown"), program.calls());
        assertEquals(List.of(), other.calls());
    }

    @Test
    void killpowerTheTwinCannotDoIsTriedHere() {
        program.shutdown = Outcome.FAILED;
        var driver = RunningDriver.start(program, dir, "a", "-a", "a");
        assertEquals(0, command("-k").exitCode());
        assertEquals(1, driver.exitCode());
        assertEquals(List.of("shutdown"), other.calls());
    }

    @Test
    void reloadTakesOverWhatMayChange() throws IOException {
        try (var driver = RunningDriver.start(program, dir, "a", "-a", "a");
                var reader = driver.connect()) {
            conf("""
                    debug_min = 1
                    [a]
                    driver = fake-ups
                    port = auto
                    cable = one
                    lowbatt = 20
                    pollinterval = 50
                    synchronous = no
                    sdcommands = load.off
                    default.ups.id = new
                    """);
            assertEquals(0, command("-c", "reload-or-error").exitCode());
            var dump = reader.dump();
            for (String line : List.of(
                    "SETINFO driver.parameter.lowbatt \"20\"",
                    "SETINFO driver.parameter.pollinterval \"50\"",
                    "SETINFO driver.parameter.synchronous \"no\"",
                    "SETINFO driver.parameter.sdcommands \"load.off\"",
                    "SETINFO driver.debug \"1\"",
                    "SETINFO ups.id \"new\"")) {
                assertTrue(dump.contains(line), line + " not in " + dump);
            }
            assertEquals(List.of("reloaded lowbatt"), program.calls());
            conf(CONF);
            driver.main().reload();
            driver.await("debugging to end again", () -> driver.err().contains("Completed requested live reload"));
            reader.until("SETINFO driver.debug \"0\"");
        }
    }

    @Test
    void reloadReportsWhatNeedsARestart() throws IOException {
        try (var driver = RunningDriver.start(program, dir, "a", "-a", "a")) {
            conf(CONF.replace("one", "two").replace("auto", "/dev/ttyS0"));
            assertEquals(2, command("-c", "reload-or-error").exitCode());
            assertTrue(
                    driver.err()
                            .contains("setting 'cable' exists and differs: new value 'two' vs. 'one'"
                                    + " (driver restart is needed to apply)"),
                    driver.err());
            assertEquals(0, command("-c", "reload").exitCode());
            try (var reader = driver.connect()) {
                assertTrue(reader.dump().contains("SETINFO driver.parameter.cable \"one\""));
            }
        }
    }

    @Test
    void reloadOrExitEndsWithTheSignalsCode() throws IOException {
        var driver = RunningDriver.start(program, dir, "a", "-a", "a");
        assertEquals(0, command("-c", "reload-or-exit").exitCode());
        driver.await("a reload without changes", () -> driver.err().contains("Completed requested live reload"));
        conf(CONF.replace("one", "two"));
        assertEquals(0, command("-c", "reload-or-exit").exitCode());
        assertEquals(138, driver.exitCode());
        assertTrue(
                driver.err()
                        .contains("NUT driver reload-or-exit: setting cable was changed and requires a driver"
                                + " restart"),
                driver.err());
        assertFalse(Files.exists(driver.socket()));
    }

    @Test
    void aBrokenConfigurationDoesNotEndARunningDriver() throws IOException {
        try (var driver = RunningDriver.start(program, dir, "a", "-a", "a")) {
            conf(CONF + "nonsense = 1\npollinterval = 0\n");
            assertEquals(2, command2().exitCode());
            Files.delete(dir.resolve("ups.conf"));
            try (var reader = driver.connect()) {
                reader.send("NOBROADCAST", "INSTCMD driver.reload-or-error TRACKING 1");
                reader.until("TRACKING 1 0");
                assertTrue(reader.dump().contains("SETINFO driver.parameter.pollinterval \"60\""));
            }
        }
    }

    /// By `-s`, because the configuration is broken for this program as well.
    private RunningDriver.Result command2() {
        return RunningDriver.run(other, RunningDriver.env(dir), "-s", "a", "-c", "reload-or-error");
    }

    @Test
    void aDriverWithoutASectionTakesTheGlobalPartOver() throws IOException {
        conf("pollinterval = 33\n[other]\ndriver = fake-ups\nport = x\n");
        try (var driver = RunningDriver.start(program, dir, "t", "-s", "t", "-x", "port=auto");
                var reader = driver.connect()) {
            reader.send("NOBROADCAST", "INSTCMD driver.reload-or-error TRACKING 1");
            reader.until("TRACKING 1 0");
            assertTrue(reader.dump().contains("SETINFO driver.parameter.pollinterval \"33\""));
        }
    }

    @Test
    void aPidFileOfNobodyIsNoTwin() throws IOException {
        Files.writeString(dir.resolve("fake-ups-a.pid"), "999999999\n");
        var driver = RunningDriver.start(program, dir, "a", "-F", "-a", "a");
        assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(dir.resolve("fake-ups-a.pid")));
        driver.close();
    }
}
