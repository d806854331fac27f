package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// upsdrvctl with drivers of ours and of C NUT, beside C's upsdrvctl.
@ExtendWith(LogsOnFailure.class)
class UpsdrvctlIT {
    private Sandbox box;

    @BeforeEach
    void open() {
        box = new Sandbox();
        box.environment("NUT_QUIET_INIT_BANNER", "true");
        box.write("office.dev", "ups.status: OL\nups.load: 12\n");
    }

    /// Whatever a test left running is ended by the ids in its pid files.
    @AfterEach
    void close() throws IOException {
        try (var files = Files.newDirectoryStream(box.state(), "*.pid")) {
            for (Path file : files) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).ifPresent(ProcessHandle::destroy);
            }
        }
        box.close();
    }

    private static String section(String name, String driver, String port) {
        return "[" + name + "]\n  driver = " + driver + "\n  port = " + port + "\n";
    }

    private static String driverpath(Maker maker) {
        return "driverpath = \"" + maker.program("dummy-ups").getParent() + "\"\n";
    }

    private Result upsdrvctl(Maker maker, String... arguments) {
        return box.run(maker + " upsdrvctl", words(maker, arguments));
    }

    private Proc started(String... arguments) {
        return box.start("upsdrvctl", words(Maker.OURS, arguments));
    }

    private static List<String> words(Maker maker, String... arguments) {
        var command = new ArrayList<String>();
        command.add(maker.program("upsdrvctl").toString());
        if (Sandbox.root()) {
            command.addAll(List.of("-u", "root"));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    private String status() {
        var result = upsdrvctl(Maker.OURS, "status", "--json");
        assertEquals(0, result.exit(), result.err());
        return result.out();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    /// Two of ours, and one of C's that we have not got, found where Debian has it and started after the one it needs.
    @Test
    void oursAndCsUnderOneUpsdrvctl() {
        Maker.C.program("clone");
        box.write(
                "ups.conf",
                section("copy", "clone", "dummy-ups-one")
                        + section("one", "dummy-ups", "office.dev")
                        + section("two", "dummy-ups", "office.dev"));
        var start = upsdrvctl(Maker.OURS, "start");
        assertEquals(0, start.exit(), start.err());
        var running =
                Await.value("data of all three", Await.LONG, this::status, s -> count(s, "\"status\": \"OL") == 3);
        assertEquals(3, count(running, "\"running\": true"), running);
        var stop = upsdrvctl(Maker.OURS, "stop");
        assertEquals(0, stop.exit(), stop.err());
        assertEquals(3, count(status(), "\"running\": null"));
    }

    /// Either upsdrvctl stops what the other has started, drivers of either make.
    @ParameterizedTest
    @EnumSource
    void startsForTheOther(Maker drivers) {
        box.write("ups.conf", driverpath(drivers) + section("one", "dummy-ups", "office.dev"));
        for (var starter : Maker.values()) {
            var stopper = starter == Maker.C ? Maker.OURS : Maker.C;
            var start = upsdrvctl(starter, "start");
            assertEquals(0, start.exit(), start.err());
            assertTrue(status().contains("\"running\": true"));
            var stop = upsdrvctl(stopper, "stop", "one");
            assertEquals(0, stop.exit(), stop.err());
            assertTrue(status().contains("\"responsive\": false"));
        }
    }

    /// What would be done is said in C's lines and order.
    @ParameterizedTest
    @ValueSource(strings = {"start", "shutdown"})
    void testingModeShowsWhatCShows(String action) {
        box.write(
                "ups.conf",
                driverpath(Maker.C) + "maxretry = 2\n" + section("b", "dummy-ups", "x") + "  sdorder = 1\n"
                        + section("a", "dummy-ups", "x") + section("c", "usbhid-ups", "auto") + "  sdorder = -1\n");
        assertEquals(plan(Maker.C, action), plan(Maker.OURS, action));
        assertEquals(plan(Maker.C, action, "c"), plan(Maker.OURS, action, "c"));
    }

    private List<String> plan(Maker maker, String... arguments) {
        var words = new ArrayList<>(List.of("-t", "-r", "/jail"));
        words.addAll(List.of(arguments));
        var result = upsdrvctl(maker, words.toArray(String[]::new));
        assertEquals(0, result.exit(), result.err());
        return result.err()
                .lines()
                .filter(line -> line.matches(".*\\[D\\d.*") && !line.contains("commanding") && !line.endsWith("] "))
                .map(line -> line.replaceFirst("^.*\\[D(\\d)[^]]*] ", "[D$1] "))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void inTheForegroundItBecomesTheDriver(Maker drivers) throws IOException {
        box.write(
                "ups.conf",
                driverpath(drivers)
                        + section("one", "dummy-ups", "office.dev")
                        + section("two", "dummy-ups", "no.dev"));
        var proc = started("-FF", "start", "one");
        Await.until("the driver's socket", () -> Files.exists(box.state().resolve("dummy-ups-one")));
        assertEquals(
                "dummy-ups",
                Path.of("/proc/" + proc.pid() + "/exe")
                        .toRealPath()
                        .getFileName()
                        .toString());
        assertEquals(0, ProcessHandle.of(proc.pid()).orElseThrow().children().count());
        if (drivers == Maker.OURS) { // Debian's does not know -FF, and may die of a signal that comes early
            assertEquals(proc.pid() + "\n", Files.readString(box.state().resolve("dummy-ups-one.pid")));
            assertEquals(0, proc.end());
        } else {
            proc.end();
        }
    }

    @Test
    void severalInTheForegroundEndTogether() {
        box.write(
                "ups.conf",
                driverpath(Maker.OURS)
                        + section("one", "dummy-ups", "office.dev")
                        + section("two", "dummy-ups", "office.dev"));
        var proc = started("-F", "start");
        Await.until(
                "both sockets",
                () -> Files.exists(box.state().resolve("dummy-ups-one"))
                        && Files.exists(box.state().resolve("dummy-ups-two")));
        proc.awaitLog("Starting \"all\" drivers but requested the foreground mode!");
        var children = ProcessHandle.of(proc.pid()).orElseThrow().children().toList();
        assertEquals(2, children.size());
        children.getFirst().destroy();
        assertEquals(1, proc.awaitExit(Sandbox.PROMPTLY.multipliedBy(2)));
        assertTrue(
                proc.err().contains("At least one tracked driver running in foreground mode has exited"), proc.err());
        assertFalse(children.getLast().isAlive());
    }

    /// Everything that can be wrong with a device at once, and the one that is sound starts and stops.
    @Test
    void whatIsWrongCostsTheOthersNothing() {
        box.script("dies", "#!/bin/sh\nexit 3\n");
        box.script("hangs", "#!/bin/sh\nexec sleep 30\n");
        box.write(
                "ups.conf",
                "maxstartdelay = 1\ndriverpath = \""
                        + Maker.OURS.program("dummy-ups").getParent() + ":" + box.dir() + "\"\n"
                        + section("missing", "dumy-ups", "x") + section("dies", "dies", "x")
                        + section("hangs", "hangs", "x")
                        + section("odd", "dummy-ups", "office.dev") + "  colour = red\n[half\n"
                        + section("sound", "dummy-ups", "office.dev") + "  maxstartdelay = 30\n");
        var start = upsdrvctl(Maker.OURS, "start");
        assertEquals(1, start.exit());
        for (var complaint : List.of(
                "(for UPS [missing])",
                "Did you mean dummy-ups?",
                "Driver failed to start (exit status=3): UPS [dies], driver dies",
                "Startup timer elapsed and the child process did not change state, continuing... (UPS [hangs]",
                "'colour' is not a valid variable name for this driver.")) {
            assertTrue(start.err().contains(complaint), complaint + " in " + start.err());
        }
        assertTrue(
                status().contains("{\"ups\": \"sound\", \"driver\": \"dummy-ups\", \"running\": true"), this::status);
        assertEquals(0, upsdrvctl(Maker.OURS, "stop", "sound").exit());
    }

    @Test
    void mistakesOfTheCommandLineGetCsExitCodes() {
        box.write("ups.conf", driverpath(Maker.C) + section("one", "dummy-ups", "office.dev"));
        for (var arguments :
                new String[][] {{"bogus"}, {"start", "nope"}, {"-Z"}, {"-h"}, {"-V"}, {}, {"stop", "one"}}) {
            assertEquals(
                    upsdrvctl(Maker.C, arguments).exit(),
                    upsdrvctl(Maker.OURS, arguments).exit(),
                    String.join(" ", arguments));
        }
    }
}
