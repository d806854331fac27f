package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Our upsmon as a process of its own, at both makers' servers and beside C's upsmon. SHUTDOWNCMD only leaves a mark.
@ExtendWith(LogsOnFailure.class)
class UpsmonIT {
    private static final String PRIMARY = "dummy-admin P@ssW0rdAdm primary";
    private static final String SECONDARY = "dummy-user P@ssW0rd secondary";

    @SuppressWarnings("NullAway.Init") // each test begins with begin()
    private Stack stack;

    private void begin(Maker server) {
        stack = Stack.running(new Roles(server, Maker.OURS));
        stack.box().script("wall", "#!/bin/sh\ncat > /dev/null\n");
        stack.box().environment("PATH", stack.box().dir() + ":/usr/bin:/bin:/usr/sbin:/sbin");
        status("OL");
    }

    @AfterEach
    void end() {
        stack.close();
    }

    private void status(String words) {
        try (var wire = stack.wire()) {
            wire.ask("USERNAME admin");
            wire.ask("PASSWORD mypass");
            assertEquals("OK", wire.ask("SET VAR UPS2 ups.status \"" + words + "\""));
        }
        stack.awaitAnswer("GET VAR UPS2 ups.status", "VAR UPS2 ups.status \"" + words);
    }

    private Path mark(String name) {
        return stack.box().dir().resolve(name + ".down");
    }

    private Path notes(String name) {
        return stack.box().dir().resolve(name + ".notes");
    }

    private String conf(String name, String login, String more) {
        var box = stack.box();
        var notify =
                box.script(name + ".sh", "#!/bin/sh\necho \"$# $NOTIFYTYPE $UPSNAME $1\" >> '" + notes(name) + "'\n");
        return "MONITOR UPS2@localhost:" + stack.port() + " 1 " + login + "\nSHUTDOWNCMD \"echo down >> '" + mark(name)
                + "'\"\nPOWERDOWNFLAG " + box.dir().resolve(name + ".killpower") + "\nNOTIFYCMD " + notify
                + "\nNOTIFYFLAG ONLINE EXEC+SYSLOG\nNOTIFYFLAG ONBATT EXEC+SYSLOG\nNOTIFYFLAG COMMBAD EXEC+SYSLOG\n"
                + "NOTIFYFLAG COMMOK EXEC+SYSLOG\nPOLLFREQ 1\nPOLLFREQALERT 1\nFINALDELAY 0\n" + more + "\n";
    }

    /// Starts one of ours and waits until it counts.
    private Proc upsmon(String name, String login, int logins, String more) {
        var file = stack.box().write(name + ".conf", conf(name, login, more));
        var proc = stack.box().daemon(Maker.OURS, "upsmon", "-F", "-f", file.toString());
        stack.awaitAnswer("GET NUMLOGINS UPS2", "NUMLOGINS UPS2 " + logins);
        return proc;
    }

    private String notices(String name) {
        try {
            return Files.exists(notes(name)) ? Files.readString(notes(name)) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String downs(Path mark) throws IOException {
        return Files.exists(mark) ? Files.readString(mark) : "";
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void secondariesGoDownBeforeTheirPrimary(Maker server) throws IOException {
        begin(server);
        try (var cs = new Upsmon(stack, "UPS2", "secondary", "dummy-user", "P@ssW0rd")) {
            var secondary = upsmon("secondary", SECONDARY, 2, "");
            var primary = upsmon("primary", PRIMARY, 3, "HOSTSYNC 60");
            status("OB LB");
            assertEquals(0, primary.awaitExit(Duration.ofSeconds(50)));
            assertFalse(primary.log().contains("Host sync timer expired"), primary.log());
            assertEquals(0, secondary.awaitExit(Duration.ofSeconds(10)));
            assertTrue(cs.hasShutDown(), "C's secondary first");
            assertEquals("down\n", downs(mark("secondary")));
            assertEquals("down\n", downs(mark("primary")));
            assertTrue(
                    Files.getLastModifiedTime(mark("secondary")).compareTo(Files.getLastModifiedTime(mark("primary")))
                            <= 0);
            assertEquals(
                    "upsmon-shutdown-file", Files.readString(stack.box().dir().resolve("primary.killpower")));
        }
    }

    @Test
    void aSecondaryThatHangsIsNotWaitedForLongerThanHostsync() throws IOException {
        begin(Maker.OURS);
        var secondary = upsmon("secondary", SECONDARY, 1, "");
        var primary = upsmon("primary", PRIMARY, 2, "HOSTSYNC 2");
        secondary.freeze();
        status("OB LB");
        assertEquals(0, primary.awaitExit(Duration.ofSeconds(30)));
        assertTrue(primary.log().contains("Host sync timer expired, forcing shutdown"), primary.log());
        assertEquals("down\n", downs(mark("primary")));
        assertEquals("", downs(mark("secondary")));
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void aServerThatRestartsWhileOnLineBringsNothingDown(Maker server) throws IOException {
        begin(server);
        var primary = upsmon("primary", PRIMARY, 1, "DEADTIME 3");
        stack.upsd().kill();
        Await.until("COMMBAD", () -> notices("primary").contains("1 COMMBAD UPS2@localhost:" + stack.port() + " Comm"));
        primary.awaitLog("connect failed: Connection failure: Connection refused");
        stack.startUpsd();
        Await.until("COMMOK", () -> notices("primary").contains("COMMOK"));
        stack.awaitAnswer("GET NUMLOGINS UPS2", "NUMLOGINS UPS2 1");
        assertEquals("", downs(mark("primary")));
        assertEquals(0, primary.end());
        assertEquals("", downs(mark("primary")));
    }

    @Test
    void aServerThatIsGoneWhileOnBatteryBringsTheMachineDownAfterDeadtime() throws IOException {
        begin(Maker.OURS);
        var primary = upsmon("primary", PRIMARY, 1, "DEADTIME 3");
        status("OB");
        Await.until("ONBATT", () -> notices("primary").contains("1 ONBATT UPS2@localhost:"));
        stack.upsd().kill();
        assertEquals(0, primary.awaitExit(Duration.ofSeconds(30)));
        assertTrue(primary.log().contains("[DEAD_ON_BATTERY]"), primary.log());
        assertEquals("down\n", downs(mark("primary")));
    }

    @Test
    void batteryAloneIsNoReason() throws IOException {
        begin(Maker.OURS);
        var primary = upsmon("primary", PRIMARY, 1, "");
        for (var words : List.of("OB DISCHRG", "OL CHRG", "OL OFF", "CAL OB LB")) {
            status(words);
        }
        primary.awaitLog("calibration in progress");
        status("OL");
        primary.awaitLog("calibration finished");
        assertEquals("", downs(mark("primary")));
        assertTrue(primary.alive());
    }

    @Test
    void onlyTheHelperKeepsRootAndItEndsWithUpsmon() throws IOException {
        assumeTrue(Sandbox.root(), "not root");
        begin(Maker.OURS);
        stack.box().write("upsmon.conf", conf("primary", PRIMARY, "RUN_AS_USER nobody"));
        var primary = stack.box()
                .start("ours upsmon", List.of(Maker.OURS.program("upsmon").toString(), "-F"));
        stack.awaitAnswer("GET NUMLOGINS UPS2", "NUMLOGINS UPS2 1");
        String nobody = uids("self", "nobody");
        assertEquals(nobody, uids("" + primary.pid(), ""));
        var helper = ProcessHandle.of(primary.pid())
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow();
        assertEquals("0 0 0 0", uids("" + helper.pid(), ""));
        primary.kill();
        Await.until("the helper ends", () -> !helper.isAlive());
        assertEquals("", downs(mark("primary")));
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

    @Test
    void pidFileCommandsAndHelp() throws IOException {
        begin(Maker.OURS);
        var box = stack.box();
        assertEquals(0, box.run(Maker.OURS, "upsmon", "-Dh").exit());
        box.write("upsmon.conf", conf("primary", PRIMARY, ""));
        var primary = box.daemon(Maker.OURS, "upsmon", "-FF");
        stack.awaitAnswer("GET NUMLOGINS UPS2", "NUMLOGINS UPS2 1");
        assertEquals(primary.pid() + "\n", Files.readString(box.state().resolve("upsmon.pid")));
        assertEquals(1, box.run(Maker.OURS, "upsmon", "-F", "-p").exit());
        assertEquals(0, box.run(Maker.OURS, "upsmon", "-c", "reload").exit());
        primary.awaitLog("Reloading configuration");
        assertEquals(0, box.run(Maker.OURS, "upsmon", "-c", "stop").exit());
        assertEquals(0, primary.awaitExit(Sandbox.PROMPTLY));
        stack.awaitAnswer("GET NUMLOGINS UPS2", "NUMLOGINS UPS2 0");
        assertFalse(Files.exists(box.state().resolve("upsmon.pid")));
        assertEquals("", downs(mark("primary")));
        assertEquals(1, box.run(Maker.OURS, "upsmon", "-K").exit());
    }

    @Test
    void forcedByCommand() throws IOException {
        begin(Maker.OURS);
        var box = stack.box();
        box.write("upsmon.conf", conf("primary", PRIMARY, ""));
        var primary = box.daemon(Maker.OURS, "upsmon", "-FF");
        stack.awaitAnswer("GET NUMLOGINS UPS2", "NUMLOGINS UPS2 1");
        assertEquals(0, box.run(Maker.OURS, "upsmon", "-c", "fsd").exit());
        assertEquals(0, primary.awaitExit(Duration.ofSeconds(30)));
        assertTrue(stack.ask("GET VAR UPS2 ups.status").contains("FSD"));
        assertEquals("down\n", downs(mark("primary")));
    }
}
