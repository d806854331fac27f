package org.nutjvm.upssched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls as processes of their own, as upsmon makes them, and the detached daemon.
@Timeout(120)
class ProcessesTest {
    private static final String DAEMON = "NUT_UPSSCHED_FIRST=";

    private final Box box = new Box();

    @AfterEach
    void end() {
        box.close();
    }

    @Test
    void twentyFirstCallsAtOnceMakeOneDaemonAndLoseNoEvent() {
        box.rules("AT ONBATT * START-TIMER warn 300");
        var calls = new ArrayList<Process>();
        for (int i = 0; i < 20; i++) {
            calls.add(box.process("ONBATT", "ups" + i, "message " + i));
        }
        for (Process call : calls) {
            assertEquals(0, Box.exit(call), box.output());
        }
        assertEquals(1, box.daemons(DAEMON).size());
        assertEquals(0, box.call("X", "X", "-l"));
        var upses = new HashSet<String>();
        for (String row : box.said().lines().toList()) {
            assertTrue(upses.add(row.split("\t", -1)[4]), row);
        }
        assertEquals(20, upses.size());
    }

    @Test
    void theDaemonIsDetachedAndKnownByItsPidFile() throws IOException {
        box.rules("AT ONBATT * START-TIMER warn 1", "AT ONBATT * START-TIMER down 300");
        assertEquals(0, Box.exit(box.process("ONBATT", "bessie@h", "on battery")), box.output());
        var daemon = box.daemons(DAEMON).getFirst();
        assertEquals(daemon.pid() + "\n", Files.readString(box.pid));
        String[] stat = Files.readString(Path.of("/proc/" + daemon.pid() + "/stat"), StandardCharsets.ISO_8859_1)
                .replaceFirst(".*\\) ", "")
                .split(" ", -1);
        assertEquals(Long.toString(daemon.pid()), stat[3], "leads a session of its own");
        box.awaitCalls(1);
        assertEquals(List.of("1|warn|bessie@h|ONBATT|on battery"), box.calls());

        assertTrue(daemon.destroy()); // SIGTERM
        box.await("the daemon ends", () -> !daemon.isAlive());
        assertFalse(Files.exists(box.pipe), "the socket is gone");
        assertFalse(Files.exists(box.pid), "the pid file is gone");
        assertEquals("", box.output());
    }

    @Test
    void scriptsOfTheDaemonInheritNothingOfItsOwn() {
        box.script("script", "env >> " + box.log() + "; umask >> " + box.log());
        box.rules("AT ONBATT * START-TIMER warn 0");
        assertEquals(0, Box.exit(box.process("ONBATT", "bessie@h", "on battery")), box.output());
        box.await("the script has run", () -> box.calls().contains("0007"));
        assertTrue(box.calls().contains("NUT_CONFPATH=" + box.conf), box.calls().toString());
        assertTrue(box.calls().stream().noneMatch(l -> l.startsWith("NUT_BACKGROUND") || l.startsWith(DAEMON)));
    }

    @Test
    void aKilledDaemonLeavesNothingInTheWay() {
        box.rules("AT ONBATT * START-TIMER warn 300", "AT ONLINE * CANCEL-TIMER warn online");
        assertEquals(0, Box.exit(box.process("ONBATT", "a@h", "on battery")), box.output());
        var daemon = box.daemons(DAEMON).getFirst();
        assertTrue(daemon.destroyForcibly());
        box.await("the daemon is dead", () -> !daemon.isAlive());
        assertTrue(Files.exists(box.pipe) && Files.exists(box.pid), "it could not remove its files");

        assertEquals(0, Box.exit(box.process("ONLINE", "a@h", "on line")), box.output());
        assertEquals(List.of("1|online|a@h|ONLINE|on line"), box.calls());
        assertEquals(0, Box.exit(box.process("ONBATT", "b@h", "on battery")), box.output());
        assertEquals(1, box.daemons(DAEMON).size());
        box.call("X", "X", "-l");
        assertTrue(box.said().contains("\tb@h\t") && !box.said().contains("\ta@h\t"), box.said());
    }

    @Test
    void theDaemonEndsWhenTheQueueIsEmpty() {
        box.rules("AT ONBATT * START-TIMER warn 0");
        assertEquals(0, Box.exit(box.process("ONBATT", "a@h", "on battery")), box.output());
        var daemon = box.daemons(DAEMON).getFirst();
        box.awaitCalls(1);
        box.await("the daemon ends", () -> !daemon.isAlive());
        assertFalse(Files.exists(box.pipe) || Files.exists(box.pid));
    }

    @Test
    void aCancellationWaitsForATimerThatIsBeingStarted() throws InterruptedException {
        box.rules("AT ONBATT * START-TIMER down 3", "AT ONLINE * CANCEL-TIMER down");
        Process start = box.process("ONBATT", "a@h", "on battery");
        box.await("the daemon is being started", () -> Files.exists(box.lock));
        assertEquals(0, Box.exit(box.process("ONLINE", "a@h", "on line")), box.output());
        assertEquals(0, Box.exit(start), box.output());
        box.call("X", "X", "-l");
        assertEquals("", box.said());
    }

    @Test
    void aDaemonThatCannotStartIsToldOf() {
        box.write("CMDSCRIPT /bin/true\nPIPEFN " + box.run + "/no/p\nLOCKFN " + box.lock
                + "\nAT ONBATT * START-TIMER warn 1\n");
        assertEquals(1, Box.exit(box.process("ONBATT", "a@h", "on battery")));
        assertTrue(box.output().contains("bind " + box.run + "/no/p failed: No such file or directory"), box.output());
        assertTrue(box.output().contains("Unable to connect to daemon and unable to start daemon"), box.output());
    }
}
