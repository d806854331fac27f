package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What upstream's test suite expects of upssched, on the image's program.
class NitUpsschedIT {
    private final Sandbox box = new Sandbox();
    private Path log;
    private Path pid;

    @BeforeEach
    void configure() {
        log = box.dir().resolve("calls");
        pid = box.state().resolve("upssched.pid");
        var script = box.script("cmdscript", "#!/bin/sh\necho \"$1 $UPSNAME $NOTIFYTYPE $NOTIFYMSG\" >> " + log + "\n");
        box.write("upssched.conf", """
                CMDSCRIPT %1$s
                PIPEFN %2$s/upssched.pipe
                LOCKFN %2$s/upssched.lock
                AT ONBATT * EXECUTE onbatt
                AT ONBATT * START-TIMER shortly 1
                AT ONBATT * START-TIMER inanhour 3600
                AT ONLINE * CANCEL-TIMER inanhour
                AT REPLBATT * ONBATT * EXECUTE replbatt
                """.formatted(script, box.state()));
        box.environment("UPSNAME", "dummy@localhost:12345").environment("NOTIFYTYPE", "ONBATT");
    }

    @AfterEach
    void end() throws IOException {
        if (Files.exists(pid)) {
            var daemon = ProcessHandle.of(Long.parseLong(text(pid).strip()));
            daemon.ifPresent(ProcessHandle::destroyForcibly);
            Await.until(
                    "the timer daemon has ended",
                    () -> daemon.map(d -> !d.isAlive()).orElse(true));
        }
        box.close();
    }

    @Test
    void executesAtOnceAndAfterATimer() {
        var said = box.run(Maker.OURS, "upssched", "UPS dummy@localhost:12345 on battery");
        assertEquals(0, said.exit(), said.err());
        assertTrue(said.err().contains("Invalid command: ONBATT"), said.err());
        Await.until("CMDSCRIPT has run twice", () -> calls().lines().count() == 2);
        String cause = " dummy@localhost:12345 ONBATT UPS dummy@localhost:12345 on battery\n";
        assertEquals("onbatt" + cause + "shortly" + cause, calls());
    }

    @Test
    void theDaemonCanBeStoppedByItsPidFile() {
        assertEquals(0, box.run(Maker.OURS, "upssched", "on battery").exit());
        var daemon = ProcessHandle.of(Long.parseLong(text(pid).strip())).orElseThrow();
        assertTrue(daemon.isAlive());
        var listed = box.run(Maker.OURS, "upssched", "-l");
        assertTrue(listed.out().contains("inanhour\t"), listed.out() + listed.err());

        assertTrue(daemon.destroy()); // SIGTERM
        Await.until("the daemon has ended", Sandbox.PROMPTLY, () -> !daemon.isAlive());
        assertFalse(Files.exists(box.state().resolve("upssched.pipe")));
        assertEquals(1, box.run(Maker.OURS, "upssched", "-l").exit());
    }

    @Test
    void cancelledByTheNextEvent() {
        assertEquals(0, box.run(Maker.OURS, "upssched", "on battery").exit());
        box.environment("NOTIFYTYPE", "ONLINE");
        assertEquals(0, box.run(Maker.OURS, "upssched", "on line").exit());
        Await.until("the other timer has run out", () -> calls().contains("shortly"));
        assertEquals("", box.run(Maker.OURS, "upssched", "-l").out());
    }

    /// A daemon that dies before it has taken its first timer: the call starts another.
    @Test
    void aDaemonThatIsKilledWhileItStartsIsReplacedAndNoTimerIsLost() {
        var call = box.start("upssched", List.of(Maker.OURS.program("upssched").toString(), "on battery"));
        var daemon = Await.value(
                        "a daemon is being started",
                        Await.LONG,
                        () -> ProcessHandle.of(call.pid())
                                .flatMap(process -> process.children().findFirst()),
                        Optional::isPresent)
                .orElseThrow();
        assertTrue(daemon.destroyForcibly());
        assumeFalse(Files.exists(box.state().resolve("upssched.pipe")), "it was ready before it could be killed");
        assertEquals(0, call.awaitExit(Duration.ofSeconds(20)));
        var listed = box.run(Maker.OURS, "upssched", "-l");
        assertEquals(
                1, listed.out().lines().filter(l -> l.startsWith("inanhour\t")).count(), listed.out() + listed.err());
        Await.until("the short timer", () -> calls().contains("shortly"));
        assertEquals(1, calls().lines().filter(l -> l.startsWith("shortly ")).count());
    }

    /// A daemon that dies while a timer's script runs takes nothing with it: the script comes to its end, once,
    /// whatever
    /// it writes, and the next event has a daemon again.
    @Test
    void aDaemonThatIsKilledWhileAScriptRunsLeavesItRunning() {
        box.script("cmdscript", """
                #!/bin/sh
                [ "$1" = onbatt ] && exit 0
                echo "$1 begins" >> %1$s
                while ! [ -e %2$s/go ]; do sleep 0.1; done
                echo "$1 says so" && echo "$1 says so" >&2
                echo "$1 ends" >> %1$s
                """.formatted(log, box.dir()));
        assertEquals(0, box.run(Maker.OURS, "upssched", "on battery").exit());
        Await.until("the short timer's script runs", () -> calls().equals("shortly begins\n"));
        var daemon = ProcessHandle.of(Long.parseLong(text(pid).strip())).orElseThrow();
        assertTrue(daemon.destroyForcibly());
        Await.until("the daemon is gone", () -> !daemon.isAlive());
        box.script("go", "");
        Await.until("the script has ended", () -> calls().equals("shortly begins\nshortly ends\n"));

        assertEquals(0, box.run(Maker.OURS, "upssched", "on battery").exit());
        Await.until("the next timer's script has ended", () -> calls().lines().count() == 4);
        assertEquals("shortly begins\nshortly ends\n".repeat(2), calls());
        assertTrue(box.run(Maker.OURS, "upssched", "-l").out().startsWith("inanhour\t"));
    }

    private String calls() {
        return Files.exists(log) ? text(log) : "";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
