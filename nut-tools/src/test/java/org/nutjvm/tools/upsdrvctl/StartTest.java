package org.nutjvm.tools.upsdrvctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nutjvm.tools.upsdrvctl.Box.section;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Starting drivers that behave, and drivers that do not.
@Timeout(30)
class StartTest {
    /// Ends well only while ten of its kind run.
    private static final String MEETING = """
            : > $box/here.$ups
            tries=0
            until set -- $box/here.*; [ $# = 10 ]; do
                tries=$((tries + 1)); [ $tries = 800 ] && exit 9
                sleep 0.01
            done""";

    @TempDir
    Path dir;

    private Box box;

    @BeforeEach
    void box() throws IOException {
        box = new Box(dir);
        box.driver("good", ": > $box/started.$ups");
    }

    private static String ten(String driver) {
        var conf = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            conf.append(section("u" + i, driver, "maxstartdelay = 0"));
        }
        return conf.toString();
    }

    @Test
    void tenDriversStartSideBySide() throws IOException {
        box.driver("meeting", MEETING).conf(ten("meeting"));
        assertEquals(new Box.Ran(0, "", ""), box.run("start"));
    }

    /// The counterpart: nine hands are one too few for that meeting, so the test above can fail.
    @Test
    void nineAtATimeAreNotTen() throws IOException {
        box.driver("meeting", MEETING.replace("800", "20")).conf(ten("meeting"));
        assertEquals(1, box.run(new Crew(9), "start").exitCode());
    }

    @Test
    void usbDriversStartOneAfterTheOther() throws IOException {
        box.driver("usbhid-ups", """
                mkdir $box/bus || exit 7
                echo $ups >> $box/order
                sleep 0.02
                rmdir $box/bus""").conf(ten("usbhid-ups"));
        assertEquals(0, box.run("start").exitCode());
        assertEquals("u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 ", box.read("order").replace('\n', ' '));
    }

    @Test
    void driversOfDriversComeAfterThem() throws IOException {
        box.driver("slow", "sleep 0.05; : > $box/up").driver("clone", "[ -e $box/up ]");
        box.conf(section("c", "clone") + section("s", "slow", "maxstartdelay = 0"));
        assertEquals(new Box.Ran(0, "", ""), box.run("start"));
    }

    @Test
    void aDriverThatDiesCostsNobodyElse() throws IOException {
        box.driver("dies", "exit 3").conf(section("a", "dies") + section("b", "good"));
        var ran = box.run("start");
        assertEquals(1, ran.exitCode());
        assertEquals("Driver failed to start (exit status=3): UPS [a], driver dies\n", ran.err());
        assertTrue(box.has("started.b"));
    }

    @Test
    void aDriverThatIsKilled() throws IOException {
        box.driver("shot", "kill -KILL $$").conf(section("a", "shot"));
        assertEquals(
                "Driver exited abnormally (signal 9): UPS [a], driver shot\n",
                box.run("start").err());
    }

    @Test
    void aDriverThatIsMissing() throws IOException {
        box.conf(section("a", "goood") + section("b", "good") + "[c]\n port = auto\n");
        var ran = box.run("start");
        assertEquals(1, ran.exitCode());
        assertTrue(
                ran.err().contains("Can't start " + dir + "/bin/goood: No such file or directory (for UPS [a])\n"),
                ran.err());
        assertTrue(ran.err().contains("Did you mean good?"), ran.err());
        assertTrue(
                ran.err().contains("UPS [c] has no driver: add a line 'driver = ...' to its section (ups.conf:9)"),
                ran.err());
        assertTrue(box.has("started.b"));
    }

    @Test
    void aDriverThatIsNoProgram() throws IOException {
        Files.writeString(dir.resolve("bin/text"), "just text");
        Files.createDirectory(dir.resolve("bin/folder"));
        Path garbage = Files.write(dir.resolve("bin/garbage"), new byte[] {1, 2, 3});
        assertTrue(garbage.toFile().setExecutable(true));
        box.conf(section("a", "text") + section("b", "good") + section("c", "folder") + section("d", "garbage"));
        var ran = box.run(Crew.ALONE, "start");
        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().contains("/bin/text: Permission denied (for UPS [a])"), ran.err());
        assertTrue(ran.err().contains("/bin/folder: Is a directory (for UPS [c])"), ran.err());
        assertTrue(ran.err().contains("UPS [d], driver garbage"), ran.err());
        assertTrue(box.has("started.b"));
    }

    @Test
    void aDriverThatHangs() throws Exception {
        box.driver("hangs", "echo $$ > $box/new; mv $box/new $box/pid; exec sleep 20");
        box.conf(section("a", "hangs", "maxstartdelay = 2") + section("b", "good"));
        var ran = box.run("start");
        await("pid");
        long pid = Long.parseLong(box.read("pid").strip());
        var left = ProcessHandle.of(pid);
        left.ifPresent(ProcessHandle::destroyForcibly);
        assertEquals(1, ran.exitCode());
        assertTrue(left.isPresent(), "the last attempt is left alone: it may yet succeed");
        assertTrue(
                ran.err().contains("Startup timer elapsed and the child process did not change state, continuing..."),
                ran.err());
        assertTrue(
                ran.err()
                        .contains("Driver [a] PID " + pid
                                + " initially exceeded maxstartdelay 2 sec and is still starting"),
                ran.err());
        assertTrue(box.has("started.b"));
    }

    @Test
    void aDriverThatIsLateButWell() throws IOException {
        box.driver("late", "echo $$ > $box/new; mv $box/new $box/pid; sleep 0.5");
        box.driver("later", """
                until [ -e $box/pid ]; do sleep 0.01; done
                while kill -0 $(cat $box/pid); do sleep 0.01; done""");
        box.conf(section("a", "late", "maxstartdelay = 1") + section("b", "later", "maxstartdelay = 0"));
        var ran = box.run("-D", "start");
        assertEquals(0, ran.exitCode(), ran.err());
        assertTrue(ran.err().contains("has finished starting by now"), ran.err());
    }

    @Test
    void attemptsAreRepeated() throws IOException {
        box.driver("third", "echo x >> $box/attempts; [ $(wc -l < $box/attempts) = 3 ]");
        box.conf("maxretry = 5\nretrydelay = 0\nmaxstartdelay = 0\n" + section("a", "third"));
        var ran = box.run("start");
        assertEquals(0, ran.exitCode());
        assertEquals(
                2,
                ran.err()
                        .lines()
                        .filter(l -> l.startsWith("Driver failed to start (exit status=1)"))
                        .count());
        assertEquals("x\nx\nx\n", box.read("attempts"));
    }

    @Test
    void anAttemptThatHangsIsEndedBeforeTheNext() throws IOException, InterruptedException {
        // An attempt that is ended before it has come to anything is followed by another one, too.
        box.driver("stuck", """
                if [ -e $box/pid ]; then
                    kill -0 $(cat $box/pid) && : > $box/alive
                    exit 0
                fi
                trap '' TERM
                echo $$ > $box/new
                mv $box/new $box/pid
                while :; do sleep 0.05; done""");
        box.conf("maxretry = 100\nretrydelay = 0\n" + section("a", "stuck", "maxstartdelay = 8"));
        var ran = box.run("start");
        assertEquals(0, ran.exitCode(), ran.err());
        assertFalse(box.has("alive"), "two at a time");
        assertFalse(ProcessHandle.of(Long.parseLong(box.read("pid").strip())).isPresent());
    }

    @Test
    void nowaitDoesNotWait() throws Exception {
        box.driver("waits", "echo $$ > $box/pid; until [ -e $box/go ]; do sleep 0.01; done; : > $box/done");
        box.conf("nowait\n" + section("a", "waits"));
        assertEquals(0, box.run("start").exitCode());
        assertFalse(box.has("done"));
        Files.createFile(dir.resolve("go"));
        await("done");
    }

    private void await(String file) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!box.has(file)) {
            assertTrue(System.nanoTime() < end, "a driver has not gone on: no file " + file);
            Thread.sleep(5);
        }
    }

    @Test
    void debugWithoutBackgroundDoesNotWait() throws IOException {
        box.driver("tells", "echo \"$ups\" > $box/tells").conf(section("a", "tells"));
        var ran = box.run("-D", "-D", "-d", "-B", "-u", "me", "-r", "/jail", "start", "a");
        assertEquals(0, ran.exitCode());
        assertTrue(ran.err().contains("exec:  " + dir + "/bin/tells -DD -B -a a -r /jail -u me\n"), ran.err());
    }

    @Test
    void shutdownKeepsTheOrderAndGoesOnAfterFailures() throws IOException {
        box.driver("ups", "echo $ups $killpower >> $box/order; [ $ups != first ]");
        box.conf("nowait\n" + section("last", "ups", "sdorder = 2") + section("first", "ups")
                + section("never", "ups", "sdorder = -1") + section("middle", "ups", "sdorder = 1")
                + section("gone", "nosuch"));
        var ran = box.run("shutdown");
        assertEquals(1, ran.exitCode());
        assertEquals("first yes\nmiddle yes\nlast yes\n", box.read("order"));
        assertTrue(ran.err().contains("Driver failed to start (exit status=1): UPS [first]"), ran.err());
        assertEquals(0, box.run("shutdown", "never").exitCode());
        assertTrue(box.read("order").endsWith("never yes\n"));
    }

    @Test
    void testingStartsNothing() throws IOException {
        box.conf(section("b", "good") + section("a", "good"));
        var ran = box.run("-t", "start");
        assertEquals(0, ran.exitCode());
        assertEquals("*** Testing mode: not calling exec/kill/signal\n", ran.out());
        assertEquals("""
                [D1] upsdrvctl commanding all drivers (2 found): start
                [D1] Starting UPS: b
                [D2] 1 remaining attempts
                [D2] exec:  %1$s/bin/good -a b
                [D1] Starting UPS: a
                [D2] 1 remaining attempts
                [D2] exec:  %1$s/bin/good -a a
                """.formatted(dir), ran.err().replaceAll("(?m)^ +\\d+\\.\\d{6}\t", ""));
        assertFalse(box.has("started.a"));
    }

    @Test
    void twoHundredDevicesWithOddNames() throws IOException {
        var conf = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            conf.append(section("u" + i + (i % 2 == 0 ? "-'$(x);" : "*&\\\\n"), "good"));
        }
        box.driver("good", "printf '%s\\n' \"$ups\" >> $box/names").conf(conf.toString());
        var ran = box.run("start");
        assertEquals(0, ran.exitCode(), ran.err());
        assertEquals(200, box.read("names").lines().count());
        assertEquals(200, box.run("list").out().lines().count());
    }

    @Test
    void handsOverWhatTheLauncherIsToBecome() throws IOException {
        box.env(Handover.ASKED, "1").conf(section("o'neil", "good") + section("b", "good"));
        assertEquals(
                new Box.Ran(0, "exec '" + dir + "/bin/good' '-FF' '-a' 'o'\\''neil' '-u' 'me'\n", ""),
                box.run("-FF", "-u", "me", "start", "o'neil"));
        for (String[] args : new String[][] {
            {"-F", "start"},
            {"-F", "stop", "b"},
            {"start", "b"},
            {"-F", "-t", "start", "b"},
            {"-FB", "start", "b"},
            {"-F", "start", "x"},
            {"-F", "-Z", "start", "b"},
            {"-Fh", "start", "b"}
        }) {
            assertEquals(new Box.Ran(0, "", ""), box.run(args), String.join(" ", args));
        }
        box.conf(section("only", "good"));
        assertEquals(
                "exec '" + dir + "/bin/good' '-F' '-a' 'only'\n",
                box.run("-F", "start").out());
    }
}
