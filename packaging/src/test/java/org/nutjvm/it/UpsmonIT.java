package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our upsmon as a process of its own, at both makers' servers and beside C's upsmon: who goes down when, what is left
/// of root, and what an administrator does with it.
@ExtendWith(LogsOnFailure.class)
class UpsmonIT {
    private static final String UPS = "UPS2";

    @SuppressWarnings("NullAway.Init") // each test begins with begin()
    private Stack stack;

    private final List<Upsmon> upsmons = new ArrayList<>();

    private void begin(Maker server) {
        stack = Stack.of(new Roles(server, Maker.OURS), List.of(UPS));
    }

    @AfterEach
    void end() {
        upsmons.forEach(Upsmon::close);
        stack.close();
    }

    private Upsmon upsmon(Maker maker, String name, String role, int logins, String... more) {
        var lines = new ArrayList<>(List.of(more));
        lines.add(Upsmon.monitor(stack, UPS, role));
        var upsmon = new Upsmon(stack, maker, name, lines.toArray(String[]::new));
        upsmons.add(upsmon);
        return upsmon.awaitLogin(UPS, logins);
    }

    private Upsmon primary(int logins, String... more) {
        return upsmon(Maker.OURS, "primary", "primary", logins, more);
    }

    @ParameterizedTest
    @CsvSource({"OURS, OURS", "C, OURS", "OURS, C", "C, C"})
    void secondariesGoDownBeforeTheirPrimary(Maker server, Maker of) throws IOException {
        begin(server);
        var secondaries = new ArrayList<Upsmon>();
        secondaries.add(upsmon(Maker.OURS, "ours", "secondary", 1));
        if (of == Maker.OURS) {
            secondaries.add(upsmon(Maker.C, "cs", "secondary", 2));
        }
        var primary = upsmon(of, "primary", "primary", secondaries.size() + 1, "HOSTSYNC 60");
        stack.status(UPS, "OB LB");
        assertEquals(0, primary.proc().awaitExit(Duration.ofSeconds(50)));
        assertFalse(
                primary.proc().log().contains("Host sync timer expired"),
                primary.proc().log());
        for (var secondary : secondaries) {
            assertEquals(0, secondary.proc().awaitExit(Duration.ofSeconds(10)));
            assertEquals("down\n", secondary.downs());
            assertTrue(at(secondary) <= at(primary), "the secondary first");
        }
        assertEquals("down\n", primary.downs());
        assertEquals("upsmon-shutdown-file", primary.flag());
    }

    private static long at(Upsmon upsmon) throws IOException {
        return Files.getLastModifiedTime(upsmon.file("down")).toMillis();
    }

    @Test
    void aSecondaryThatHangsIsNotWaitedForLongerThanHostsync() {
        begin(Maker.OURS);
        var secondary = upsmon(Maker.OURS, "secondary", "secondary", 1);
        var primary = primary(2, "HOSTSYNC 2");
        secondary.proc().freeze();
        stack.status(UPS, "OB LB");
        assertEquals(0, primary.proc().awaitExit(Duration.ofSeconds(30)));
        primary.proc().awaitLog("Host sync timer expired, forcing shutdown");
        assertEquals("down\n", primary.downs());
        assertEquals("", secondary.downs());
    }

    @Test
    void onlyTheHelperKeepsRootAndItEndsWithUpsmon() throws IOException {
        assumeTrue(Sandbox.root(), "not root");
        begin(Maker.OURS);
        configure("RUN_AS_USER nobody");
        var upsmon = stack.box()
                .start("ours upsmon", List.of(Maker.OURS.program("upsmon").toString(), "-F"));
        stack.awaitAnswer("GET NUMLOGINS UPS2", "NUMLOGINS UPS2 1");
        String nobody = uids("self", "nobody");
        assertEquals(nobody, uids("" + upsmon.pid(), ""));
        var helper = ProcessHandle.of(upsmon.pid())
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow();
        assertEquals("0 0 0 0", uids("" + helper.pid(), ""));
        upsmon.kill();
        Await.until("the helper ends", () -> !helper.isAlive());
        assertFalse(Files.exists(down()));
    }

    /// Real, effective, saved and file system user of a process; or what they would be for a user of that name.
    private static String uids(String process, String user) throws IOException {
        if (!user.isEmpty()) {
            for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
                if (line.startsWith(user + ":")) {
                    String uid = line.split(":", -1)[2];
                    return String.join(" ", List.of(uid, uid, uid, uid));
                }
            }
        }
        for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
            if (line.startsWith("Uid:")) {
                return line.substring(4).strip().replace('\t', ' ');
            }
        }
        throw new AssertionError("no Uid of " + process);
    }

    /// Writes an upsmon.conf where upsmon looks by itself.
    private void configure(String more) {
        stack.box()
                .write(
                        "upsmon.conf",
                        Upsmon.monitor(stack, UPS, "primary") + "\nSHUTDOWNCMD \"echo down >> '" + down()
                                + "'\"\nPOWERDOWNFLAG " + stack.box().dir().resolve("killpower")
                                + "\nPOLLFREQ 1\nPOLLFREQALERT 1\nFINALDELAY 0\nNOTIFYFLAG SHUTDOWN SYSLOG\n" + more
                                + "\n");
        stack.box().script("wall", "#!/bin/sh\ncat > /dev/null\n");
        stack.box().environment("PATH", stack.box().dir() + ":/usr/bin:/bin:/usr/sbin:/sbin");
    }

    private Path down() {
        return stack.box().dir().resolve("down");
    }

    @Test
    void pidFileCommandsAndHelp() throws IOException {
        begin(Maker.OURS);
        var box = stack.box();
        assertEquals(0, box.run(Maker.OURS, "upsmon", "-Dh").exit());
        configure("");
        var upsmon = box.daemon(Maker.OURS, "upsmon", "-FF");
        stack.awaitAnswer("GET NUMLOGINS UPS2", "NUMLOGINS UPS2 1");
        assertEquals(upsmon.pid() + "\n", Files.readString(box.state().resolve("upsmon.pid")));
        assertEquals(1, box.run(Maker.OURS, "upsmon", "-F", "-p").exit());
        assertEquals(0, box.run(Maker.OURS, "upsmon", "-c", "reload").exit());
        upsmon.awaitLog("Reloading configuration");
        assertEquals(0, box.run(Maker.OURS, "upsmon", "-c", "stop").exit());
        assertEquals(0, upsmon.awaitExit(Sandbox.PROMPTLY));
        stack.awaitAnswer("GET NUMLOGINS UPS2", "NUMLOGINS UPS2 0");
        assertFalse(Files.exists(box.state().resolve("upsmon.pid")));
        assertFalse(Files.exists(down()));
        assertEquals(1, box.run(Maker.OURS, "upsmon", "-K").exit());
    }

    @Test
    void forcedByCommand() throws IOException {
        begin(Maker.OURS);
        var box = stack.box();
        configure("");
        var upsmon = box.daemon(Maker.OURS, "upsmon", "-FF");
        stack.awaitAnswer("GET NUMLOGINS UPS2", "NUMLOGINS UPS2 1");
        assertEquals(0, box.run(Maker.OURS, "upsmon", "-c", "fsd").exit());
        assertEquals(0, upsmon.awaitExit(Duration.ofSeconds(30)));
        assertTrue(stack.ask("GET VAR UPS2 ups.status").contains("FSD"));
        assertEquals("down\n", Files.readString(down()));
        assertEquals(0, box.run(Maker.OURS, "upsmon", "-K").exit());
    }
}
