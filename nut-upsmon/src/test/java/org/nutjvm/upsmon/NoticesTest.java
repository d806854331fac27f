package org.nutjvm.upsmon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.conf.NotifyType;

/// The life of a device in which all happens that upsmon has a notice for, each with its stock text.
class NoticesTest {
    @TempDir
    Path directory;

    private FakeUpsd upsd;
    private RunningUpsmon upsmon;

    @BeforeEach
    void prepare() throws IOException {
        upsd = new FakeUpsd();
        upsd.status.put("ups", "OL");
        upsmon = new RunningUpsmon(directory);
        upsmon.conf("MONITOR " + sys() + " 1 monuser secret primary", "DEADTIME 600", "OFFDURATION -1", "HOSTSYNC 600");
        upsmon.start();
    }

    @AfterEach
    void end() throws IOException {
        upsmon.close();
        upsd.close();
    }

    private String sys() {
        return "ups@localhost:" + upsd.port();
    }

    /// Waits for a notice about the device; `%s` in the text is its name.
    private void awaitTold(String type, String text) throws InterruptedException {
        upsmon.awaitTold(type + " [" + sys() + "] " + text.replace("%s", sys()));
    }

    /// Has the device say a word beside OL, and say it no longer.
    private void comesAndGoes(String word, String comes, String goes) throws InterruptedException {
        upsd.status.put("ups", "OL " + word);
        awaitTold(word, comes);
        upsd.status.put("ups", "OL");
        awaitTold("NOT" + word, goes);
    }

    @Test
    void eachIsToldWithItsStockText() throws Exception {
        upsmon.await(() -> upsd.count("GET VAR ups ups.status") >= 2, "polls");
        upsd.status.put("ups", "OB");
        awaitTold("ONBATT", "UPS %s on battery");
        upsd.status.put("ups", "OL");
        awaitTold("ONLINE", "UPS %s on line power");
        upsd.status.put("ups", "OL LB");
        awaitTold("LOWBATT", "UPS %s battery is low");
        upsd.status.put("ups", "OL RB");
        awaitTold("REPLBATT", "UPS %s battery needs to be replaced");
        comesAndGoes("CAL", "UPS %s: calibration in progress", "UPS %s: calibration finished");
        comesAndGoes(
                "OFF", "UPS %s: administratively OFF or asleep", "UPS %s: no longer administratively OFF or asleep");
        comesAndGoes("BYPASS", "UPS %s: on bypass (powered, not protecting)", "UPS %s: no longer on bypass");
        comesAndGoes("ECO", "UPS %s: in ECO mode (as defined by vendor)", "UPS %s: no longer in ECO mode");
        comesAndGoes("OVER", "UPS %s: overloaded", "UPS %s: no longer overloaded");
        comesAndGoes("TRIM", "UPS %s: trimming incoming voltage", "UPS %s: no longer trimming incoming voltage");
        comesAndGoes("BOOST", "UPS %s: boosting incoming voltage", "UPS %s: no longer boosting incoming voltage");
        upsd.alarm.put("ups", "Too hot");
        comesAndGoes(
                "ALARM",
                "UPS %s: one or more active alarms: [Too hot]",
                "UPS %s is no longer in an alarm state (no active alarms)");
        upsd.status.put("ups", "OL GLOWING");
        awaitTold("OTHER", "UPS %s: has at least one unclassified status token: [GLOWING]");
        upsd.status.put("ups", "OL");
        awaitTold("NOTOTHER", "UPS %s has no unclassified status tokens anymore");

        upsd.stale = true;
        awaitTold("COMMBAD", "Communications with UPS %s lost");
        awaitTold("NOCOMM", "UPS %s is unavailable");
        upsd.stale = false;
        awaitTold("COMMOK", "Communications with UPS %s established");

        upsmon.setForward = Duration.ofHours(8);
        upsmon.awaitLog("It seems we have slept without warning");
        upsmon.await(
                () -> told().contains("SUSPEND_TIMEJUMP_UNEXPECTED [] Unexpected clock change by 28")
                        && told().contains(" seconds, treating as wake up from sleep\n"),
                "the notice of the clock");

        assertEquals(
                0,
                new ProcessBuilder("kill", "-9", "" + upsmon.program().helper())
                        .start()
                        .waitFor());
        upsmon.awaitTold("NOPARENT [] upsmon parent process died - shutdown impossible");

        assertEquals("", upsmon.read("down"));
        upsd.logins = 2;
        upsmon.program().fsd();
        awaitTold("FSD", "UPS %s: forced shutdown in progress");
        upsmon.awaitTold("SHUTDOWN_HOSTSYNC [] Shutdown initiated; primary system is waiting for secondaries to log out"
                + " or time out");
        upsd.logins = 1;
        upsmon.awaitTold("SHUTDOWN [] Auto logout and shutdown proceeding");
        assertEquals(0, upsmon.exitCode());

        var left = new TreeSet<>(Arrays.asList(NotifyType.values()));
        left.removeAll(told().lines()
                .map(line -> NotifyType.named(line.split(" ", 2)[0]).orElseThrow())
                .collect(Collectors.toSet()));
        // What the sleep unit would tell it; a refused login has tests of its own.
        assertEquals("[NOLOGIN, SUSPEND_STARTING, SUSPEND_FINISHED]", left.toString());
    }

    private String told() {
        try {
            return upsmon.read("told");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Tabs between the words, all kinds in one file, quotes and backticks in a command: as upstream's suite writes it.
    @Test
    void flagsAreReadAsTheSuiteWritesThem() throws Exception {
        var flags = new StringBuilder();
        for (var type : NotifyType.values()) {
            flags.append("NOTIFYFLAG ").append(type).append("\tEXEC+SYSLOG\n");
        }
        try (var other = new RunningUpsmon(Files.createDirectory(directory.resolve("other")))) {
            other.confAsItIs("MINSUPPLIES 1\nPOLLFREQ 1\nSHUTDOWNCMD \"echo \\\"TESTING\\\" `date` >> '"
                    + other.directory + "/down'\"\nNOTIFYCMD \"" + other.directory + "/notify\"\nPOWERDOWNFLAG "
                    + other.directory + "/killpower\n" + flags + "MONITOR \"" + sys()
                    + "\" 1 \"dummy-admin-m\" \"pw\" master\nFINALDELAY 0\n");
            other.start();
            upsd.status.put("ups", "OB");
            other.awaitTold("ONBATT [" + sys() + "] UPS " + sys() + " on battery");
            assertTrue(!other.log().contains("config errors"), other.log());
            other.program().fsd();
            assertEquals(0, other.exitCode());
            other.await(
                    () -> {
                        try {
                            return other.read("down").matches("TESTING .*\\d\\d:\\d\\d.*\n");
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    },
                    "what the shell made of SHUTDOWNCMD: " + other.read("down"));
        }
    }
}
