package org.nutjvm.upssched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls in this process, with real scripts, files and sockets; the daemon is a thread.
class UpsschedTest {
    private final Box box = new Box();

    @AfterEach
    void end() {
        box.close();
    }

    @Test
    void executesAtOnceWithTheCauseInTheEnvironment() {
        box.rules("AT ONBATT * EXECUTE onbatt", "AT ONLINE * EXECUTE online", "AT onbatt bessie@h EXECUTE mine");
        assertEquals(0, box.call("ONBATT", "bessie@h", "UPS bessie@h on battery"));
        assertEquals(
                List.of(
                        "1|onbatt|bessie@h|ONBATT|UPS bessie@h on battery",
                        "1|mine|bessie@h|ONBATT|UPS bessie@h on battery"),
                box.calls());
        assertFalse(Files.exists(box.lock), "no timer, no daemon");
    }

    @Test
    void linesForOtherUpsesAreNotForThisOne() {
        box.rules("AT ONBATT other@h EXECUTE other", "AT LOWBATT * EXECUTE low");
        assertEquals(0, box.call("ONBATT", "bessie@h", "text"));
        assertEquals(List.of(), box.calls());
    }

    @Test
    void aSingleWordIsAShellLineSeveralAreWords() {
        box.rulesFor("\"" + box.dir().resolve("script") + " first\"", "AT ONBATT * EXECUTE \"two words\"");
        box.call("ONBATT", "u", "m");
        box.rulesFor(box.dir().resolve("script") + " \"a b\"", "AT ONBATT * EXECUTE \"two words\"");
        box.call("ONBATT", "u", "m");
        assertEquals(List.of("3|first two words|u|ONBATT|m", "2|a b two words|u|ONBATT|m"), box.calls());
    }

    @Test
    void aTimerFiresWithWhatItWasStartedFor() {
        box.rules("AT ONBATT * START-TIMER warn 1");
        assertEquals(0, box.call("ONBATT", "bessie@h", "UPS bessie@h on battery"));
        assertEquals(List.of(), box.calls());
        box.awaitCalls(1);
        assertEquals(List.of("1|warn|bessie@h|ONBATT|UPS bessie@h on battery"), box.calls());
    }

    @Test
    void aSharedTimerCollectsItsCauses() {
        box.rules("AT ONBATT * START-TIMER-SHARED warn 2");
        box.call("ONBATT", "a@h", "a on battery");
        box.call("ONBATT", "b@h", "b on battery");
        box.awaitCalls(1);
        assertEquals(List.of("1|warn|a@h,b@h|ONBATT|a on battery.\tb on battery"), box.calls());
    }

    @Test
    void cancelStopsAllOfThatName() {
        box.rules(
                "AT ONBATT * START-TIMER warn 300", "AT ONBATT * START-TIMER down 1", "AT ONLINE * CANCEL-TIMER warn");
        box.call("ONBATT", "a@h", "");
        box.call("ONBATT", "b@h", "");
        box.call("ONLINE", "a@h", "");
        box.awaitCalls(2);
        assertEquals(List.of("1|down|a@h|ONBATT|", "1|down|b@h|ONBATT|"), box.calls());
        box.await("the daemon ends", () -> !Files.exists(box.pipe));
    }

    @Test
    void cancelOfOneThatHasFiredRunsItsCommand() {
        box.rules(
                "AT ONBATT * START-TIMER warn 0",
                "AT ONBATT * START-TIMER long 300",
                "AT ONLINE * CANCEL-TIMER warn late");
        box.call("ONBATT", "a@h", "on battery");
        box.awaitCalls(1);
        box.call("ONLINE", "a@h", "on line");
        box.awaitCalls(2);
        assertEquals("1|late|a@h|ONLINE|on line", box.calls().get(1));
    }

    @Test
    void cancelMatchedLeavesOtherUpsesAlone() {
        box.rules("AT ONBATT * START-TIMER warn 300", "AT ONBATT a@h CANCEL-TIMER-MATCHED warn");
        box.call("ONBATT", "b@h", "");
        box.call("ONBATT", "a@h", "");
        box.call("ONBATT", "b@h", "", "-l");
        assertEquals(0, box.call("X", "X", "-l"));
        assertEquals(2, box.said().lines().count(), box.said());
        assertTrue(box.said().lines().allMatch(l -> l.endsWith("\tONBATT\tb@h\t\"\"")), box.said());
    }

    @Test
    void noTimerIsLostWhenTheDaemonIsLeaving() {
        box.emptyWait = Duration.ofMillis(1);
        box.rules("AT ONBATT * START-TIMER warn 0");
        for (int i = 0; i < 60; i++) {
            assertEquals(0, box.call("ONBATT", "ups" + i, "m"), box.complained());
        }
        box.awaitCalls(60);
        assertEquals(60, Set.copyOf(box.calls()).size());
    }

    @Test
    void cancelWithoutADaemonStartsNoneAndRunsItsCommand() {
        box.rules("AT ONLINE * CANCEL-TIMER warn", "AT ONLINE * CANCEL-TIMER down wasdown");
        assertEquals(0, box.call("ONLINE", "a@h", "on line"));
        assertEquals(List.of("1|wasdown|a@h|ONLINE|on line"), box.calls());
        assertFalse(Files.exists(box.pipe));
    }

    @Test
    void listsTimers() {
        box.rules("AT ONBATT * START-TIMER warn 300");
        box.call("ONBATT", "a@h", "a on battery");
        long now = System.currentTimeMillis() / 1000;
        assertEquals(0, box.call("X", "X", "-l"));
        String[] cells = box.said().split("\t", -1);
        assertEquals("warn", cells[0]);
        assertTrue(Math.abs(Long.parseLong(cells[1]) - now - 300) <= 2, box.said());
        assertTrue(Long.parseLong(cells[2]) <= 300 && Long.parseLong(cells[2]) >= 290, box.said());
        assertEquals(List.of("ONBATT", "a@h", "a on battery\n"), List.of(cells).subList(3, 6));
    }

    @Test
    void listWithoutADaemonFails() {
        box.rules("AT ONBATT * EXECUTE x");
        assertEquals(1, box.call("X", "X", "-l"));
        assertEquals("upssched timer is not running\n", box.complained());
        box.write("CMDSCRIPT /bin/true\n");
        assertEquals(1, box.call("X", "X", "-l"));
        assertTrue(box.complained().contains("lacks PIPEFN"), box.complained());
    }

    @Test
    void needsToKnowTheEvent() {
        box.rules();
        var env = box.env("ONBATT", "u");
        env.remove("UPSNAME");
        assertEquals(1, box.call(env, "text"));
        assertEquals("""
                Error: environment variables UPSNAME and NOTIFYTYPE must be set.
                This program should only be run from upsmon(8).
                """, box.said());
    }

    @Test
    void optionsAreAnswered() {
        assertEquals(0, box.call("X", "X", "-V"));
        assertTrue(box.said().startsWith("Network UPS Tools upssched "), box.said());
        assertEquals(0, box.call("X", "X", "-h"));
        assertTrue(box.said().contains("usage: upssched"), box.said());
        assertEquals(1, box.call("X", "X", "-Z"));
        assertTrue(box.complained().contains("invalid option -- 'Z'"), box.complained());
        assertTrue(box.complained().contains("Try -h for help."), box.complained());
    }

    @Test
    void withoutAConfigurationItSaysSo() {
        assertEquals(1, box.call("ONBATT", "u", "m"));
        assertTrue(box.complained().startsWith("Can't open " + box.conf), box.complained());
        box.write("PIPEFN " + box.pipe + "\nLOCKFN " + box.lock + "\nAT ONBATT * EXECUTE x\n");
        assertEquals(1, box.call("ONBATT", "u", "m"));
        assertEquals("CMDSCRIPT must be set before any ATs in the config file!\n", box.said());
    }

    @Test
    void aMalformedLineIsOnlyComplainedAbout() {
        box.rules("AT REPLBATT * ONBATT * EXECUTE replace", "AT ONBATT * EXECUTE onbatt");
        assertEquals(0, box.call("ONBATT", "u", "m"));
        assertEquals(1, box.calls().size());
        assertTrue(box.complained().contains("Invalid command: ONBATT"), box.complained());
        assertTrue(
                box.complained().contains("Encountered 1 config errors, those entries were ignored"), box.complained());
    }

    @Test
    void aScriptThatFailsOrIsMissingIsLoggedAndTheOthersRun() {
        box.script("odd", "echo $1 >> " + box.log() + "; case $1 in fail) exit 7;; die) kill -9 $$;; esac");
        box.rulesFor(
                box.dir().resolve("odd").toString(),
                "AT ONBATT * EXECUTE fail",
                "AT ONBATT * EXECUTE die",
                "AT ONBATT * EXECUTE good");
        assertEquals(0, box.call("ONBATT", "u", "m"));
        assertEquals(List.of("fail", "die", "good"), box.calls());
        assertTrue(box.complained().contains("exec_cmd(" + box.dir() + "/odd fail) returned 7"), box.complained());
        assertTrue(
                box.complained().contains("exec_cmd(" + box.dir() + "/odd die) terminated with signal 9"),
                box.complained());
        box.rulesFor("/no/such/script", "AT ONBATT * EXECUTE x");
        assertEquals(0, box.call("ONBATT", "u", "m"));
        assertTrue(box.complained().contains("exec_cmd(/no/such/script x) returned 127"), box.complained());
        box.rulesFor("/no/such/script arg", "AT ONBATT * EXECUTE x");
        assertEquals(0, box.call("ONBATT", "u", "m"));
        assertTrue(
                box.complained().contains("execvp('/no/such/script' 'arg' 'x') failed: No such file or directory"),
                box.complained());
    }

    @Test
    void aTimersScriptThatHangsDoesNotHoldUpTheOthers() {
        box.script("hang", "echo $1 >> " + box.log() + "; case $1 in hang*) exec sleep 100;; esac");
        box.rulesFor(
                box.dir().resolve("hang").toString(),
                "AT ONBATT * START-TIMER hang 0",
                "AT ONBATT * START-TIMER down 1");
        assertEquals(0, box.call("ONBATT", "u", "m"));
        box.awaitCalls(2);
        assertEquals(List.of("hang", "down"), box.calls());
    }

    @Test
    void aScriptThatHangsDoesNotKeepATimerFromStarting() throws InterruptedException {
        box.script("hang", "echo $1 >> " + box.log() + "; case $1 in hang) exec sleep 100;; esac");
        box.rulesFor(
                box.dir().resolve("hang").toString(),
                "AT ONBATT * EXECUTE hang",
                "AT ONBATT * START-TIMER down 0",
                "AT ONBATT * EXECUTE later");
        var call = new Thread(() -> box.call("ONBATT", "u", "m"));
        call.setDaemon(true);
        call.start();
        box.awaitCalls(3);
        assertEquals(List.of("hang", "down", "later"), box.calls());
        assertTrue(call.isAlive(), "waits for the script, but not for ever");
    }

    @Test
    void aStaleSocketIsReplacedAndTheNewOneIsForOwnerAndGroup() throws IOException {
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(box.pipe));
        }
        Files.writeString(box.lock, "");
        Files.setPosixFilePermissions(box.lock, PosixFilePermissions.fromString("---------"));
        box.rules("AT ONBATT * START-TIMER warn 300");
        assertEquals(0, box.call("ONBATT", "u", "m"));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(box.pipe)));
        assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(box.pid));
    }

    @Test
    void aSocketThatIsRemovedComesBack() throws IOException {
        box.rules("AT ONBATT * START-TIMER warn 300", "AT ONLINE * CANCEL-TIMER warn");
        box.call("ONBATT", "u", "m");
        Files.delete(box.pipe);
        box.await("the socket is there again", () -> Files.exists(box.pipe));
        assertEquals(0, box.call("ONLINE", "u", "m"));
        box.call("X", "X", "-l");
        assertEquals("", box.said());
    }

    @Test
    void aDirectoryThatIsMissingIsNamed() {
        box.write("CMDSCRIPT /bin/true\nPIPEFN " + box.run + "/no/p\nLOCKFN " + box.run
                + "/no/l\nAT ONBATT * START-TIMER a 1\nAT ONBATT * EXECUTE x\n");
        assertEquals(1, box.call("ONBATT", "u", "m"));
        assertTrue(
                box.complained()
                        .contains("Failed to connect to parent and failed to create parent: No such file or directory"),
                box.complained());
        box.write("CMDSCRIPT /bin/true\nPIPEFN " + box.run + "/" + "p".repeat(120) + "\nLOCKFN " + box.lock
                + "\nAT ONBATT * START-TIMER a 1\n");
        assertEquals(1, box.call("ONBATT", "u", "m"));
        assertTrue(box.complained().contains("is too long"), box.complained());
    }

    @Test
    void strangersOnTheSocketAreToldSoAndHarmNobody() throws IOException {
        box.rules("AT ONBATT * START-TIMER warn 300");
        box.call("ONBATT", "u", "m");
        assertEquals("ERR UNKNOWN\n", ask("FOO bar\n"));
        assertTrue(
                box.complained().contains("Unknown command on socket: \narg 0: FOO\narg 1: bar\n"), box.complained());
        assertEquals("ERR UNKNOWN\n", ask("START\n"));
        assertEquals("OK\n", ask("START x -1\n"));
        assertEquals("OK\n", ask("ST\\ART " + "y".repeat(3000) + " 300 \"a\" b c\n"));
        assertEquals("OK\nOK\n", ask("CANCEL nothing\n\n\"CANCEL\" nothing\n"));
        box.call("X", "X", "-l");
        assertEquals(2, box.said().lines().count(), box.said());
    }

    @Test
    void moreCallersThanItCaresFor() throws IOException {
        box.rules("AT ONBATT * START-TIMER warn 300");
        box.call("ONBATT", "u", "m");
        var idle = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < 100; i++) {
                idle.add(SocketChannel.open(UnixDomainSocketAddress.of(box.pipe)));
            }
            assertEquals(0, box.call("ONBATT", "v", "m"));
            box.call("X", "X", "-l");
            assertEquals(2, box.said().lines().count(), box.said());
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
    }

    @Test
    void manyTimersAreListedWhole() throws IOException {
        box.rules("AT ONBATT * START-TIMER warn 300");
        box.call("ONBATT", "u", "m");
        for (int i = 0; i < 20; i++) {
            ask(("START t 300 ONBATT ups \"" + "long message ".repeat(20) + "\"\n").repeat(100));
        }
        box.call("X", "X", "-l");
        assertEquals(2001, box.said().lines().count());
    }

    @Test
    void debugLinesTellWhatHappens() {
        box.rules("DEBUG_MIN 1", "AT ONBATT * START-TIMER warn 0", "AT ONLINE * CANCEL-TIMER warn");
        box.call("ONBATT", "u", "m");
        box.awaitCalls(1);
        box.await("the daemon ends", () -> box.complained().contains("Timer queue empty, exiting"));
        for (String text : List.of(
                "[D1] Handling NOTIFYTYPE='ONBATT' for UPSNAME='u'",
                "Timer daemon started",
                "New timer: warn\t[ONBATT]\t[u]\t[m]\t(will elapse in 0 seconds)",
                "Event: warn ")) {
            assertTrue(box.complained().contains(text), text + " in " + box.complained());
        }
        assertFalse(Files.exists(box.pid));
    }

    /// Sends something and reads what comes back until the daemon has nothing more to say.
    private String ask(String lines) throws IOException {
        int expected = Math.max(1, (int) lines.lines().filter(l -> !l.isBlank()).count());
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(box.pipe))) {
            var bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            var answer = new StringBuilder();
            var chunk = ByteBuffer.allocate(4096);
            while (answer.chars().filter(c -> c == '\n').count() < expected && channel.read(chunk) >= 0) {
                answer.append(new String(chunk.array(), 0, chunk.position(), StandardCharsets.US_ASCII));
                chunk.clear();
            }
            return answer.toString();
        }
    }
}
