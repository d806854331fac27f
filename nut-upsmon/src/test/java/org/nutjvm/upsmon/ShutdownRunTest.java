package org.nutjvm.upsmon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The way down on a running upsmon, and the half of it that keeps root.
@Timeout(60)
class ShutdownRunTest {
    @TempDir
    Path directory;

    private FakeUpsd upsd;
    private RunningUpsmon upsmon;

    @BeforeEach
    void prepare() throws IOException {
        upsd = new FakeUpsd();
        upsd.status.put("ups", "OL");
        upsmon = new RunningUpsmon(directory);
    }

    @AfterEach
    void end() throws IOException {
        upsmon.close();
        upsd.close();
    }

    private String sys() {
        return "ups@localhost:" + upsd.port();
    }

    private String monitor(String role) {
        return "MONITOR " + sys() + " 1 monuser secret " + role;
    }

    private void awaitPolls(long more) throws InterruptedException {
        long before = upsd.count("GET VAR ups ups.status");
        upsmon.await(() -> upsd.count("GET VAR ups ups.status") >= before + more, "polls");
    }

    private void run(String... conf) throws Exception {
        upsmon.conf(conf);
        upsmon.start();
        awaitPolls(2);
    }

    private long helper() {
        return upsmon.program().helper();
    }

    private static void kill(long pid) throws IOException, InterruptedException {
        assertTrue(pid > 1);
        assertEquals(0, new ProcessBuilder("kill", "-9", "" + pid).start().waitFor());
    }

    @Test
    void aPrimarySetsFsdWaitsForSecondariesWritesTheFlagAndCallsTheCommandOnce() throws Exception {
        upsd.logins = 3;
        run(monitor("primary"), "HOSTSYNC 60");
        upsd.status.put("ups", "OB LB");
        upsmon.awaitTold("SHUTDOWN_HOSTSYNC [] Shutdown initiated; primary system is waiting for secondaries to log out"
                + " or time out");
        assertEquals(1, upsd.count("FSD ups"));
        upsmon.await(() -> upsd.count("GET NUMLOGINS ups") >= 3, "logins are counted again and again");
        assertFalse(Files.exists(directory.resolve("killpower")), "not before they are gone");
        upsd.logins = 1;
        assertEquals(0, upsmon.exitCode());
        upsmon.await(() -> Files.exists(directory.resolve("down")), "the command has run");
        assertEquals("down\n", upsmon.read("down"));
        assertEquals("upsmon-shutdown-file", upsmon.read("killpower"));
        assertEquals("LOGOUT", upsd.lines.getLast());
        String log = upsmon.log();
        assertTrue(log.contains("is critical: it is on battery and low"), log);
        assertTrue(log.contains("Too few UPS(es) are healthy (0<1), initiating forced shutdown"), log);
        assertTrue(log.contains("Executing automatic power-fail shutdown"), log);
        upsmon.awaitTold("FSD [" + sys() + "] UPS " + sys() + ": forced shutdown in progress");
        upsmon.awaitTold("SHUTDOWN [] Auto logout and shutdown proceeding");
    }

    @Test
    void everybodyLoggedInIsTold() throws Exception {
        run(monitor("primary"), "NOTIFYFLAG SHUTDOWN WALL", "NOTIFYMSG SHUTDOWN \"Save your work, %s\"");
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        upsmon.await(
                () -> {
                    try {
                        return upsmon.read("walled").lines().count() == 2;
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                "two messages");
        var walled = List.of(upsmon.read("walled").split("\n", -1));
        assertTrue(walled.contains("Executing automatic power-fail shutdown"), "" + walled);
        assertTrue(walled.contains("Save your work, "), "" + walled);
    }

    /// Without the jump this is a reason to go down: see UpsmonTest.staleDataWhileOnBatteryIsAReason.
    @Test
    void aClockThatJumpsOrASleepIsNoReason() throws Exception {
        run(monitor("primary"));
        upsd.status.put("ups", "OB");
        upsmon.awaitTold("ONBATT [" + sys() + "] UPS " + sys() + " on battery");
        upsmon.setForward = Duration.ofHours(8);
        upsd.stale = true;
        upsmon.awaitLog("It seems we have slept without warning or the system clock was changed by 28");
        awaitPolls(15);
        assertEquals("", upsmon.read("down"));
        upsmon.await(
                () -> {
                    try {
                        return upsmon.read("told")
                                .contains("SUSPEND_TIMEJUMP_UNEXPECTED [] Unexpected clock change by 28");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                "the jump is told of");
        upsd.stale = false;
        upsmon.setForward = Duration.ZERO;
        upsmon.awaitLog("the system clock was changed by -28");
        upsd.status.put("ups", "OB LB");
        assertEquals(0, upsmon.exitCode());
        assertEquals("down\n", upsmon.read("down"), "and what is read afterwards counts");
    }

    @Test
    void twoHundredUpsesAreWatched() throws Exception {
        var monitors = new String[200];
        for (int i = 0; i < 200; i++) {
            upsd.status.put("u" + i, "OL");
            monitors[i] = "MONITOR u" + i + "@localhost:" + upsd.port() + " 1 u p primary";
        }
        upsmon.conf(monitors);
        upsmon.start();
        upsmon.await(
                () -> {
                    for (int i = 0; i < 200; i++) {
                        if (upsd.count("LOGIN u" + i) != 1 || upsd.count("GET VAR u" + i + " ups.status") < 2) {
                            return false;
                        }
                    }
                    return true;
                },
                "200 logged in and read");
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        for (int i = 0; i < 200; i++) {
            assertEquals(1, upsd.count("FSD u" + i));
        }
        assertEquals("down\n", upsmon.read("down"));
    }

    @Test
    void hostsyncEndsTheWait() throws Exception {
        upsd.logins = 2;
        run(monitor("primary"), "HOSTSYNC 1");
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        assertTrue(upsmon.log().contains("Host sync timer expired, forcing shutdown"));
        assertEquals("down\n", upsmon.read("down"));
    }

    @Test
    void aSecondaryGoesDownOnFsdWithoutSettingIt() throws Exception {
        run(monitor("secondary"));
        upsd.status.put("ups", "FSD OB LB");
        assertEquals(0, upsmon.exitCode());
        assertEquals(0, upsd.count("FSD ups"));
        assertEquals(0, upsd.count("PRIMARY ups"));
        assertEquals("down\n", upsmon.read("down"));
        assertEquals("LOGOUT", upsd.lines.getLast());
    }

    @Test
    void oneOfTwoSuppliesIsEnough() throws Exception {
        upsd.status.put("two", "OL");
        String two = "MONITOR two@localhost:" + upsd.port() + " 1 u p primary";
        run(monitor("primary"), two);
        upsd.status.put("ups", "OB LB");
        upsmon.awaitLog("UPS [" + sys() + "] is critical");
        awaitPolls(3);
        assertEquals("", upsmon.read("down"));
        upsd.status.put("two", "OB LB");
        assertEquals(0, upsmon.exitCode());
        assertEquals("down\n", upsmon.read("down"));
    }

    @Test
    void calibrationAndShortOffAreNoReason() throws Exception {
        run(monitor("primary"));
        upsd.status.put("ups", "OL OFF");
        awaitPolls(3);
        upsd.status.put("ups", "CAL OB LB");
        awaitPolls(3);
        upsd.status.put("ups", "OL");
        upsmon.awaitTold("NOTCAL [" + sys() + "] UPS " + sys() + ": calibration finished");
        assertEquals("", upsmon.read("down"));
    }

    @Test
    void aServerThatCannotBeToldOfFsdHoldsNothingUp() throws Exception {
        run(monitor("primary"), "HOSTSYNC 30");
        upsd.close();
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        assertTrue(upsmon.log().contains("FSD set on UPS " + sys() + " failed: "));
        assertEquals("down\n", upsmon.read("down"));
    }

    @Test
    void aFullDiskUnderTheFlagIsSaidAndHoldsNothingUp() throws Exception {
        run(monitor("primary"), "POWERDOWNFLAG /dev/full");
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        assertTrue(upsmon.log().contains("Failed to create power down flag!"), upsmon.log());
        assertEquals("down\n", upsmon.read("down"));
    }

    @Test
    void aCommandThatFailsIsSaid() throws Exception {
        run(monitor("primary"), "SHUTDOWNCMD /no/such/shutdown now");
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        assertTrue(
                upsmon.log().contains("upsmon parent: Unable to call shutdown command: /no/such/shutdown 'now'"),
                upsmon.log());
    }

    @Test
    void aCommandOfSeveralWordsKeepsThemApart() throws Exception {
        var script = upsmon.script("args", "printf '%s,' \"$@\" > '" + directory + "/words'\n");
        run(monitor("primary"), "SHUTDOWNCMD " + script + " \"a b\" \"it's\" \"`x`\"");
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        assertEquals("a b,it's,`x`,", upsmon.read("words"));
    }

    @Test
    void theCommandSeesNothingOfTheHelper() throws Exception {
        run(monitor("primary"), "SHUTDOWNCMD \"env > " + directory + "/env; echo down >> " + directory + "/down\"");
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        upsmon.await(() -> Files.exists(directory.resolve("down")), "the command has run");
        assertFalse(upsmon.read("env").contains("NUT_UPSMON"), upsmon.read("env"));
        assertTrue(upsmon.read("env").contains("PATH="));
    }

    @Test
    void aHelperThatDiesIsToldOfAndTheShutdownStillTried() throws Exception {
        run(monitor("primary"));
        kill(helper());
        upsmon.awaitTold("NOPARENT [] upsmon parent process died - shutdown impossible");
        upsmon.awaitLog("Parent died - shutdown impossible");
        awaitPolls(3);
        assertEquals(
                1, upsmon.told().stream().filter(l -> l.startsWith("NOPARENT")).count());
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        assertEquals("down\n", upsmon.read("down"));
    }

    @Test
    void theHelperEndsWithUpsmonAndDoesNothing() throws Exception {
        run(monitor("primary"));
        var process = ProcessHandle.of(helper()).orElseThrow();
        upsmon.program().stop();
        assertEquals(0, upsmon.exitCode());
        upsmon.await(() -> !process.isAlive(), "the helper has ended");
        assertEquals("", upsmon.read("down"));
        assertEquals("", upsmon.read("killpower"));
    }

    @Test
    void withoutSplitItCallsTheCommandItself() throws Exception {
        upsmon.conf(monitor("primary"));
        upsmon.start("-p");
        awaitPolls(2);
        assertEquals(0, helper());
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        assertEquals("down\n", upsmon.read("down"));
        assertEquals("upsmon-shutdown-file", upsmon.read("killpower"));
    }

    @Test
    void askedToStopItFinishesAShutdownThatHasBegun() throws Exception {
        run(monitor("primary"), "FINALDELAY 2");
        upsmon.program().fsd();
        upsmon.awaitLog("Executing automatic power-fail shutdown");
        upsmon.conf("MINSUPPLIES 9");
        upsmon.program().reload();
        upsmon.awaitLog("Not reloading: a shutdown has begun");
        upsmon.program().stop();
        assertEquals(0, upsmon.exitCode());
        assertEquals("down\n", upsmon.read("down"));
    }

    @Test
    void shutdownexitKeepsItAndItsLogin() throws Exception {
        run(monitor("primary"), "SHUTDOWNEXIT no");
        upsmon.program().fsd();
        upsmon.await(() -> Files.exists(directory.resolve("down")), "the command has run");
        long counts = upsd.count("GET NUMLOGINS ups");
        upsmon.await(() -> upsd.count("GET NUMLOGINS ups") >= counts + 2, "it stays in touch");
        assertEquals(0, upsd.count("LOGOUT"));
        upsmon.program().stop();
        assertEquals(0, upsmon.exitCode());
        assertEquals("down\n", upsmon.read("down"));
        assertEquals(
                List.of("LOGOUT"), upsd.lines.stream().filter("LOGOUT"::equals).toList());
    }

    @Test
    void fiftyNoticesAtOnceAllArriveAndASlowNotifierDelaysNoShutdown() throws Exception {
        var monitors = new String[51];
        for (int i = 0; i < 50; i++) {
            upsd.status.put("u" + i, "OL");
            monitors[i] = "MONITOR u" + i + "@localhost:" + upsd.port() + " 1 u p secondary";
        }
        monitors[50] = monitor("primary");
        upsmon.conf(monitors);
        upsmon.script("notify", "echo \"$NOTIFYTYPE\" >> '" + directory + "/told'\nsleep 3\n");
        upsmon.start();
        upsmon.await(() -> upsd.count("LOGIN u49") == 1 && upsd.count("LOGIN ups") == 1, "all logged in");
        awaitPolls(3);
        for (int i = 0; i < 50; i++) {
            upsd.status.put("u" + i, "OB");
        }
        upsmon.await(
                () -> {
                    try {
                        return upsmon.told().stream().filter("ONBATT"::equals).count() == 50;
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                "50 notices");
        assertEquals("", upsmon.read("down"));
    }
}
