package org.nutjvm.drivers.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.common.NutVersion;

@Timeout(60)
class DriverMainTest {
    @TempDir
    Path dir;

    private final FakeProgram program = new FakeProgram();

    private void conf(String text) throws IOException {
        Files.writeString(dir.resolve("ups.conf"), text);
    }

    private RunningDriver.Result run(String... args) {
        return RunningDriver.run(program, RunningDriver.env(dir), args);
    }

    private void fails(String expected, String... args) {
        var result = run(args);
        assertEquals(1, result.exitCode(), result.toString());
        assertTrue(result.err().contains(expected), result.err());
    }

    @Test
    void versionHelpAndListEndAtOnce() {
        var version = run("-V");
        assertEquals(0, version.exitCode());
        assertEquals("Network UPS Tools " + NutVersion.VERSION + " - Test driver 1.0\n", version.out());
        var help = run("-Dh");
        assertEquals(0, help.exitCode());
        assertTrue(help.out().contains("usage: fake-ups (-a <id>|-s <id>) [OPTIONS]"), help.out());
        assertTrue(help.out().contains("    cable=<value>\tKind of cable\n"), help.out());
        assertTrue(help.out().contains("  explore        \tLook around\n"), help.out());
        assertEquals("""
                VALUE cable "Kind of cable"
                VALUE lowbatt "Threshold"
                UNKNOWN community "Password"
                FLAG explore "Look around"
                """, run("-L").out());
    }

    @Test
    void bannerComesFirstUnlessItIsNotWanted() throws IOException {
        var env = RunningDriver.env(dir);
        env.remove("NUT_QUIET_INIT_BANNER");
        String out = RunningDriver.run(program, env, "-s", "x", "-x", "port=auto", "-d", "1")
                .out();
        assertTrue(out.startsWith("Network UPS Tools " + NutVersion.VERSION + " - Test driver 1.0\n"), out);
        assertTrue(run("-s", "x", "-x", "port=auto", "-d", "1").out().startsWith("device.mfr: "), out);
    }

    @Test
    void wrongCommandLinesAreRefused() throws IOException {
        conf("[a]\ndriver = fake-ups\nport = auto\n");
        fails("Error: specifying '-a id' or '-s id' is now mandatory. Try -h for help.");
        fails("Error: options '-a id' and '-s id' are mutually exclusive and single-use only.", "-a", "a", "-s", "b");
        fails("Error: too many non-option arguments. Try -h for help.", "-a", "a", "b");
        fails("Error: unknown option", "-Z");
        fails("fake-ups: option requires an argument -- 'a'", "-a");
        fails("Error: command-line: invalid pollinterval: 0", "-a", "a", "-i", "0");
        fails("Error: unknown argument to option -c. Try -h for help.", "-a", "a", "-c", "dance");
        fails("Error: only one command per run can be sent with option -c", "-a", "a", "-c", "reload", "-c", "exit");
        fails("Error: you must specify a port name in ups.conf or in '-x port=...' argument.", "-s", "a");
        fails("cannot be the name of a UPS", "-s", "../a", "-x", "port=auto");
        fails("Invalid log level threshold", "-qqqqqqqq", "-s", "a", "-x", "port=auto");
    }

    @Test
    void wrongConfigurationsAreRefusedWithPlaceAndCure() throws IOException {
        fails("Can't open " + dir.resolve("ups.conf"), "-a", "a");
        conf("""
                [fake]
                driver = fake-ups
                port = auto
                [b]
                driver = other
                port = x
                [c]
                driver = fake-ups
                [default]
                [d]
                driver = fake-ups
                port = auto
                lowbat = 5
                [e]
                pollinterval = -3
                """);
        fails(
                "Error: Section fak not found in ups.conf (" + dir + "/ups.conf: it has fake, b, c, default, d, e,"
                        + " did you mean fake?)",
                "-a",
                "fak");
        fails("Error: UPS [b] is for driver 'other', but I'm 'fake-ups'! (" + dir + "/ups.conf:5)", "-a", "b");
        fails("Section [c] of " + dir + "/ups.conf has none", "-a", "c");
        fails("UPS name 'default' is reserved", "-a", "default");
        fails(
                "Fatal error: 'lowbat' is not a valid variable name for this driver. (" + dir
                        + "/ups.conf:13) Did you mean lowbatt?",
                "-a",
                "d");
        fails("Error: UPS [e]: invalid pollinterval: -3", "-a", "e");
        fails(
                "Fatal error: 'explor' is not a valid flag for this driver. Did you mean explore?",
                "-s",
                "a",
                "-x",
                "explor");
    }

    @Test
    void deviceThatCannotBeOpenedEndsTheProgram() {
        fails("no such device", "-s", "a", "-x", "port=refuse");
        fails("/dev/broken: Input/output error", "-s", "a", "-x", "port=broken");
    }

    @Test
    void laterSettingsWin() throws IOException {
        conf("""
                pollinterval = 7
                [a]
                driver = fake-ups
                port = auto
                cable = one
                explore
                community = secret
                sdcommands = load.off,shutdown.default
                default.battery.charge = 5
                override.ups.mfr = "Own Name"
                """);
        String out = run("-a", "a", "-x", "cable=two", "-i", "3", "-d", "1").out();
        for (String line : new String[] {
            "battery.charge: 5",
            "device.mfr: Own Name",
            "device.type: ups",
            "driver.debug: 0",
            "driver.flag.allow_killpower: 0",
            "driver.flag.explore: enabled",
            "driver.name: fake-ups",
            "driver.parameter.cable: two",
            "driver.parameter.default.battery.charge: 5",
            "driver.parameter.override.ups.mfr: Own Name",
            "driver.parameter.pollinterval: 3",
            "driver.parameter.port: auto",
            "driver.parameter.sdcommands: load.off,shutdown.default",
            "driver.parameter.synchronous: auto",
            "driver.state: dumping",
            "driver.version: " + NutVersion.VERSION,
            "driver.version.internal: 1.0",
            "ups.mfr: Own Name"
        }) {
            assertTrue(out.lines().anyMatch(line::equals), line + " not in\n" + out);
        }
        assertFalse(out.contains("secret"), out);
        assertEquals(1, program.closed.get());
    }

    @Test
    void complaintsAreAboutOwnAndGlobalSettingsOnly() throws IOException {
        conf("pollintervall = 3\n[a]\ndriver = fake-ups\nport = auto\ncable two\n[b]\nuser nobody\n");
        String err = run("-a", "a", "-d", "1").err();
        assertTrue(err.contains("unknown setting 'pollintervall'"), err);
        assertTrue(err.contains("'cable ...'"), err);
        assertFalse(err.contains("nobody"), err);
    }

    @Test
    void dumpPollsSoOftenAndLeavesNothing() throws IOException {
        run("-s", "a", "-x", "port=auto", "-d", "1");
        assertEquals(3, program.polls.get(), "once at start, then count + 1 as C");
        try (var files = Files.list(dir)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void missingStatepathIsExplained() {
        var env = RunningDriver.env(dir);
        env.put("NUT_STATEPATH", dir.resolve("gone").toString());
        var result = RunningDriver.run(program, env, "-s", "a", "-x", "port=auto");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("Can't chdir to " + dir + "/gone: No such file or directory"), result.err());
        assertTrue(result.err().contains(" - mkdir " + dir + "/gone"), result.err());
    }

    @Test
    void unwritableStatepathIsExplainedWithOwnerAndMode() throws IOException {
        Path state = Files.createDirectory(dir.resolve("ro"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(state), "this user may write anywhere");
        var env = RunningDriver.env(dir);
        env.put("NUT_STATEPATH", state.toString());
        var result = RunningDriver.run(program, env, "-s", "a", "-x", "port=auto");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("bind " + state + "/fake-ups-a failed: Permission denied"), result.err());
        assertTrue(result.err().contains("mode r-xr-xr-x"), result.err());
    }

    @Test
    void nameTooLongForASocketIsExplained() {
        String name = "x".repeat(120);
        var result = run("-s", name, "-x", "port=auto");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("is longer than the 107 bytes a socket's name may have"), result.err());
    }

    @Test
    void statepathOfUpsConfHoldsUnlessTheEnvironmentSaysOtherwise() throws IOException {
        Path other = Files.createDirectory(dir.resolve("other"));
        conf("statepath = " + other + "\n[a]\ndriver = fake-ups\nport = auto\n");
        try (var driver = RunningDriver.start(program, dir, "a", "-a", "a")) {
            assertTrue(driver.err().contains("overrides setting STATEPATH='" + other), driver.err());
        }
        try (var files = Files.list(other)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void pidFileOnlyWithTwoFs() throws IOException {
        Path pid = dir.resolve("fake-ups-a.pid");
        try (var driver = RunningDriver.start(program, dir, "a", "-s", "a", "-x", "port=auto")) {
            driver.await(
                    "the log", () -> driver.err().contains("Running as foreground process, not saving a PID file"));
            assertFalse(Files.exists(pid));
        }
        try (var driver = RunningDriver.start(program, dir, "a", "-F", "-s", "a", "-x", "port=auto")) {
            driver.await(
                    "the log",
                    () -> driver.err().contains("Running as foreground process, but saving a PID file anyway"));
            assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(pid));
        }
        assertFalse(Files.exists(pid));
    }

    @Test
    void stopEndsWithZeroAndCleansUp() throws IOException {
        var driver = RunningDriver.start(program, dir, "a", "-s", "a", "-x", "port=auto");
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(driver.socket())));
        driver.main().stop();
        assertEquals(0, driver.exitCode());
        assertTrue(driver.err().contains("Signal 15: exiting"), driver.err());
        assertEquals(1, program.closed.get());
        try (var files = Files.list(dir)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void ignorelbNeedsSomethingToDecideBy() {
        fails(
                "The 'ignorelb' flag is set, but there is no way to determine the",
                "-s",
                "a",
                "-x",
                "port=auto",
                "-x",
                "ignorelb");
        var result = run(
                "-s",
                "a",
                "-x",
                "port=auto",
                "-x",
                "ignorelb",
                "-x",
                "default.battery.charge=5",
                "-x",
                "default.battery.charge.low=10",
                "-d",
                "1");
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.err().contains("using 'battery.charge' to set battery low state"), result.err());
    }

    @ParameterizedTest
    @CsvSource({
        "reload, RELOAD",
        "reload-or-error, RELOAD_OR_ERROR",
        "reload-or-exit, RELOAD_OR_EXIT",
        "exit, EXIT",
        "e, EXIT",
        "reload-or-e, RELOAD_OR_ERROR",
        "reload-or-ex, RELOAD_OR_EXIT"
    })
    void commandsMayBeShortened(String word, TwinCommand command) {
        assertEquals(command, TwinCommand.of(word));
    }

    @Test
    void killpowerWithoutATwinUsesTheDevice() {
        var result = run("-s", "a", "-x", "port=auto", "-k");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(java.util.List.of("shutdown"), program.calls());
        assertTrue(result.err().contains("UPS [a]: shutdown request was successful with 'shutdown.default'"));
        program.shutdown = org.nutjvm.drivers.spi.Outcome.FAILED;
        assertEquals(1, run("-s", "a", "-x", "port=auto", "-k").exitCode());
    }

    @Test
    void sdcommandsAreTriedInTheirOrder() {
        var result =
                run("-s", "a", "-x", "port=auto", "-x", "sdcommands=shutdown.return,load.off,shutdown.default", "-k");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(java.util.List.of("shutdown.return", "load.off"), program.calls());
        assertTrue(result.err().contains("shutdown request was successful with 'load.off'"), result.err());
    }
}
