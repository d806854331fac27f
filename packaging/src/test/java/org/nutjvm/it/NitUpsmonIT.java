package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nutjvm.common.conf.NotifyType;

/// What upstream's test suite expects of upsmon and upssched together, on the image's programs and a device whose power
/// comes and goes; and upsmon's options that have to do with the network.
@ExtendWith(LogsOnFailure.class)
class NitUpsmonIT {
    private Stack stack;
    private Sandbox box;

    @BeforeEach
    void start() {
        stack = Stack.running(new Roles(Maker.OURS, Maker.OURS));
        box = stack.box();
        box.script("wall", "#!/bin/sh\ncat > /dev/null\n");
        box.environment("PATH", box.dir() + ":/usr/bin:/bin:/usr/sbin:/sbin");
    }

    @AfterEach
    void end() {
        stack.close();
    }

    private void configure(String notifycmd, String server) {
        var flags = new StringBuilder();
        for (var type : NotifyType.values()) {
            flags.append("NOTIFYFLAG ").append(type).append("\tEXEC+SYSLOG\n");
        }
        box.write(
                "upsmon.conf",
                "MINSUPPLIES 1\nSHUTDOWNCMD \"echo \\\"TESTING\\\" `date` >> '" + file("down") + "'\"\nPOWERDOWNFLAG "
                        + file("killpower") + "\nNOTIFYCMD \"" + notifycmd + "\"\nPOLLFREQ 1\nPOLLFREQALERT 1\n" + flags
                        + "MONITOR \"dummy@" + server + "\" 1 \"dummy-admin-m\" \"P@ssW0rdAdm\" master\n");
    }

    private Path file(String name) {
        return box.dir().resolve(name);
    }

    private String text(String name) {
        try {
            return Files.exists(file(name)) ? Files.readString(file(name)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noticesReachAScriptAndUpssched() throws IOException {
        String ups = "dummy@localhost:" + stack.port();
        var cmdscript =
                box.script("cmdscript", "#!/bin/sh\necho \"$1 $UPSNAME $NOTIFYTYPE\" >> " + file("sched") + "\n");
        box.write("upssched.conf", """
                CMDSCRIPT %1$s
                PIPEFN %2$s/upssched.pipe
                LOCKFN %2$s/upssched.lock
                AT ONBATT * EXECUTE onbatt
                AT ONBATT * START-TIMER shortly 1
                AT ONBATT * START-TIMER inanhour 3600
                AT ONLINE * CANCEL-TIMER inanhour
                AT REPLBATT * ONBATT * EXECUTE replbatt
                """.formatted(cmdscript, box.state()));
        configure(
                box.script(
                                "notify",
                                "#!/bin/sh\necho \"$# $NOTIFYTYPE $UPSNAME $1\" >> " + file("notes") + "\nexec "
                                        + Maker.OURS.program("upssched") + " \"$1\"\n")
                        .toString(),
                "localhost:" + stack.port());
        var upsmon = box.daemon(Maker.OURS, "upsmon", "-FF");
        Await.until(
                "both notices have come twice",
                Await.LONG,
                () -> count("notes", "1 ONBATT " + ups + " UPS " + ups + " on battery\n") >= 2
                        && count("notes", "1 ONLINE " + ups + " UPS " + ups + " on line power\n") >= 2);
        Await.until("upssched has called", () -> text("sched").contains("shortly " + ups + " ONBATT\n"));
        assertTrue(text("sched").startsWith("onbatt " + ups + " ONBATT\n"), text("sched"));
        assertEquals(upsmon.pid() + "\n", Files.readString(box.state().resolve("upsmon.pid")));
        assertFalse(Files.exists(file("down")), "being on battery is no reason to go down");
        var daemon = ProcessHandle.of(Long.parseLong(
                        Files.readString(box.state().resolve("upssched.pid")).strip()))
                .orElseThrow();

        assertEquals(0, box.run(Maker.OURS, "upsmon", "-c", "stop").exit());
        ProcessHandle.of(upsmon.pid()).ifPresent(ProcessHandle::destroy); // it may be gone already
        assertEquals(0, upsmon.awaitExit(Sandbox.PROMPTLY));
        daemon.destroy();
        daemon.destroy();
        Await.until("the timer daemon has ended", Sandbox.PROMPTLY, () -> !daemon.isAlive());
        assertFalse(Files.exists(file("down")));
    }

    private int count(String file, String line) {
        return text(file).split(Pattern.quote(line), -1).length - 1;
    }

    @Test
    void anotherPidAndANumberThatIsNone() {
        configure("/bin/true", "localhost:" + stack.port());
        var upsmon = box.daemon(Maker.OURS, "upsmon", "-F");
        stack.awaitAnswer("GET NUMLOGINS dummy", "NUMLOGINS dummy 1");
        assertFalse(Files.exists(box.state().resolve("upsmon.pid")));
        assertEquals(1, box.run(Maker.OURS, "upsmon", "-c", "reload").exit());
        assertEquals(
                1, box.run(Maker.OURS, "upsmon", "-c", "reload", "-P", "me").exit());
        String stranger = Long.toString(ProcessHandle.current().pid());
        assertEquals(
                1, box.run(Maker.OURS, "upsmon", "-c", "stop", "-P", stranger).exit());
        assertEquals(
                0,
                box.run(Maker.OURS, "upsmon", "-c", "reload", "-P", Long.toString(upsmon.pid()))
                        .exit());
        upsmon.awaitLog("Reloading configuration");
        assertEquals(
                0,
                box.run(Maker.OURS, "upsmon", "-P", Long.toString(upsmon.pid()), "-c", "stop")
                        .exit());
        assertEquals(0, upsmon.awaitExit(Sandbox.PROMPTLY));
    }

    @Test
    void theOtherAddressFamilyIsNotTried() {
        configure("/bin/true", "127.0.0.1:" + stack.port());
        var six = box.daemon(Maker.OURS, "upsmon", "-F", "-6");
        six.awaitLog("connect failed: ");
        assertEquals("NUMLOGINS dummy 0", stack.ask("GET NUMLOGINS dummy"));
        assertEquals(0, six.end());
        box.daemon(Maker.OURS, "upsmon", "-F", "-4");
        stack.awaitAnswer("GET NUMLOGINS dummy", "NUMLOGINS dummy 1");
    }

    /// A name with two addresses, on the first of which nobody listens.
    @Test
    void eachAddressOfANameIsTried() throws IOException {
        assumeTrue(Sandbox.root(), "a host table of its own needs root");
        Files.writeString(file("hosts"), "127.0.0.77 twofold\n127.0.0.1 twofold localhost\n");
        configure("/bin/true", "twofold:" + stack.port());
        box.start(
                "upsmon",
                List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind '" + file("hosts") + "' /etc/hosts && exec '" + Maker.OURS.program("upsmon")
                                + "' -F -u root"));
        stack.awaitAnswer("GET NUMLOGINS dummy", "NUMLOGINS dummy 1");
    }

    /// A server whose queue of connections is full answers as slowly as one that is switched off.
    @Test
    void connectingTakesNoLongerThanAskedFor() throws IOException {
        assertEquals(1, box.run(Maker.OURS, "upsmon", "-F", "-W", "soon").exit());
        var waiting = new ArrayList<Socket>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 2; i++) {
                waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
            }
            configure("/bin/true", "127.0.0.1:" + full.getLocalPort());
            var upsmon = box.daemon(Maker.OURS, "upsmon", "-F", "-W", "1");
            Await.until(
                    "it gives up twice, which with the usual ten seconds takes twenty",
                    Duration.ofSeconds(15),
                    () -> upsmon.count("UPS [dummy@127.0.0.1:" + full.getLocalPort() + "]: connect failed") >= 1
                            && upsmon.count("Communications with UPS dummy@127.0.0.1:" + full.getLocalPort() + " lost")
                                    >= 1);
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }
}
