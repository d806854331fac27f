package org.nutjvm.upsmon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Watching: connections, logins, notices, reload, end.
@Timeout(60)
class UpsmonTest {
    @TempDir
    Path directory;

    private FakeUpsd upsd;
    private RunningUpsmon upsmon;

    @BeforeEach
    void prepare() throws IOException {
        upsd = new FakeUpsd();
        upsd.status.put("ups", "OL");
        upsmon = new RunningUpsmon(directory);
        upsmon.conf(monitor("primary"));
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

    @Test
    void aPrimaryLogsInAsCDoes() throws Exception {
        upsmon.start();
        awaitPolls(2);
        assertEquals(
                java.util.List.of("USERNAME monuser", "PASSWORD secret", "LOGIN ups", "PRIMARY ups"),
                upsd.lines.subList(0, 4));
        assertTrue(upsmon.log().contains("UPS: " + sys() + " (primary) (power value 1)"));
        assertFalse(upsmon.log().contains("secret"));
        assertEquals("", upsmon.read("told"), "the first ONLINE and COMMOK are no news");
    }

    @Test
    void olderServersAreAskedForMaster() throws Exception {
        upsd.answers.put("PRIMARY ups", "ERR UNKNOWN-COMMAND");
        upsmon.start();
        awaitPolls(2);
        assertEquals(1, upsd.count("MASTER ups"));
    }

    @Test
    void buzzwordsAreAskedForOnlyWhileTheDriverHasThem() throws Exception {
        upsmon.start();
        awaitPolls(4);
        assertEquals(1, upsd.count("GET VAR ups ups.mode.buzzwords"));
        assertEquals(1, upsd.count("GET VAR ups experimental.ups.mode.buzzwords"));
    }

    @Test
    void statusChangesAreTold() throws Exception {
        upsmon.start();
        awaitPolls(2);
        upsd.status.put("ups", "OB DISCHRG");
        upsmon.awaitTold("ONBATT [" + sys() + "] UPS " + sys() + " on battery");
        upsd.status.put("ups", "OL");
        upsmon.awaitTold("ONLINE [" + sys() + "] UPS " + sys() + " on line power");
        upsd.alarm.put("ups", "Replace `battery` \\\"now\\\"");
        upsd.status.put("ups", "ALARM OL");
        upsmon.awaitTold(
                "ALARM [" + sys() + "] UPS " + sys() + ": one or more active alarms: [Replace `battery` \"now\"]");
        assertEquals("", upsmon.read("down"));
    }

    @Test
    void aServerThatGoesAndComesBackWhileOnLineIsNoReasonToGoDown() throws Exception {
        upsmon.start();
        awaitPolls(2);
        int port = upsd.port();
        upsd.close();
        upsmon.awaitTold("COMMBAD [" + sys() + "] Communications with UPS " + sys() + " lost");
        upsmon.awaitLog("UPS [" + sys() + "]: connect failed: Connection failure: Connection refused");
        upsmon.awaitTold("NOCOMM [" + sys() + "] UPS " + sys() + " is unavailable");
        upsd = new FakeUpsd(port);
        upsd.status.put("ups", "OL");
        upsmon.awaitTold("COMMOK [" + sys() + "] Communications with UPS " + sys() + " established");
        assertEquals("", upsmon.read("down"));
    }

    @Test
    void staleDataWhileOnBatteryIsAReason() throws Exception {
        upsmon.start();
        awaitPolls(2);
        upsd.status.put("ups", "OB");
        upsmon.awaitTold("ONBATT [" + sys() + "] UPS " + sys() + " on battery");
        upsd.stale = true;
        upsmon.awaitLog("Poll UPS [" + sys() + "] failed - Data stale");
        assertEquals(0, upsmon.exitCode());
        assertTrue(upsmon.log().contains("[DEAD_ON_BATTERY]"), upsmon.log());
        assertEquals("down\n", upsmon.read("down"));
    }

    @Test
    void aRefusedLoginIsToldAgainAndAgainAndTriedAgain() throws Exception {
        upsd.answers.put("LOGIN ups", "ERR ACCESS-DENIED");
        upsmon.start();
        upsmon.awaitLog("Can't login to UPS [" + sys() + "]: Access denied");
        upsmon.await(() -> upsd.count("LOGIN ups") >= 3, "three attempts");
        upsmon.await(
                () -> {
                    try {
                        return upsmon.told().stream()
                                        .filter(("NOLOGIN [" + sys() + "] UPS " + sys()
                                                + ": login refused: Access denied")::equals)
                                        .count()
                                >= 2;
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                "told twice");
        awaitPolls(2); // anonymously
        upsd.answers.clear();
        upsmon.awaitLog("Logged into UPS " + sys());
    }

    @Test
    void nonsenseInPlaceOfOkIsNamed() throws Exception {
        upsd.answers.put("LOGIN ups", "MAYBE");
        upsmon.start();
        upsmon.awaitLog("Login on UPS [" + sys() + "] failed - got [MAYBE]");
        awaitPolls(2);
    }

    @Test
    void aServerThatDoesNotAnswerDelaysNoOther() throws Exception {
        try (var deaf = new FakeUpsd()) {
            deaf.silent = true;
            upsmon.conf(monitor("primary"), "MONITOR other@localhost:" + deaf.port() + " 1 u p secondary");
            upsmon.start();
            upsmon.await(() -> !deaf.lines.isEmpty(), "the deaf one is asked");
            awaitPolls(5);
            assertEquals(1, deaf.lines.size());
        }
    }

    @Test
    void unknownUpsIsNamedWithItsServer() throws Exception {
        upsd.status.clear();
        upsmon.start();
        upsmon.awaitLog("Poll UPS [" + sys() + "] failed - [ups] does not exist on server localhost");
    }

    @Test
    void reloadAddsRemovesAndRedefines() throws Exception {
        upsd.status.put("new", "OL");
        upsmon.start();
        awaitPolls(2);
        String next = "MONITOR new@localhost:" + upsd.port() + " 2 monuser secret secondary";
        upsmon.conf(monitor("secondary").replace(" 1 ", " 0 ").replace("secret", "other"), next, "DEBUG_MIN 2");
        upsmon.program().reload();
        upsmon.awaitLog("UPS: new@localhost:" + upsd.port() + " (secondary) (power value 2)");
        upsmon.awaitLog("UPS [" + sys() + "]: redefined power value to 0");
        upsmon.awaitLog("UPS [" + sys() + "]: redefined password");
        upsmon.awaitLog("UPS [" + sys() + "]: redefined as a secondary");
        upsmon.awaitLog("Applying DEBUG_MIN 2 from upsmon.conf");
        upsmon.await(() -> upsd.count("LOGIN new") == 1, "login to the new one");
        upsmon.conf(next, "SHUTDOWNCMD other");
        upsmon.program().reload();
        upsmon.awaitLog("No longer monitoring UPS [" + sys() + "]");
        upsmon.awaitLog("Warning: SHUTDOWNCMD redefined in split-process mode!");
        upsmon.await(() -> upsd.count("LOGOUT") == 1, "the removed one is left politely");
    }

    @Test
    void aBadReloadLeavesAllAsItIs() throws Exception {
        upsmon.start();
        awaitPolls(1);
        Files.delete(directory.resolve("upsmon.conf"));
        upsmon.program().reload();
        upsmon.awaitLog("Reload failed: Can't open " + directory.resolve("upsmon.conf"));
        upsmon.conf(monitor("primary"), "CERTVERIFY 1");
        upsmon.program().reload();
        upsmon.awaitLog("SSL is required and cannot be set up: Can not verify certificate if any is specified");
        awaitPolls(2);
    }

    @Test
    void aReloadToTooFewSuppliesIsFatal() throws Exception {
        upsmon.start();
        awaitPolls(1);
        upsmon.conf(monitor("primary"), "MINSUPPLIES 2");
        upsmon.program().reload();
        assertEquals(1, upsmon.exitCode());
        assertTrue(upsmon.log().contains("Fatal error: total power value (1) less than MINSUPPLIES (2)"));
        assertEquals("", upsmon.read("down"));
    }

    @Test
    void stopLogsOutAndShutsNothingDown() throws Exception {
        upsmon.start();
        awaitPolls(2);
        upsmon.program().stop();
        assertEquals(0, upsmon.exitCode());
        assertEquals("LOGOUT", upsd.lines.getLast());
        assertEquals("", upsmon.read("down"));
        assertFalse(Files.exists(directory.resolve("killpower")));
    }

    @Test
    void stopDoesNotWaitForADeafServer() throws Exception {
        upsmon.start("-W", "3600");
        awaitPolls(1);
        upsd.silent = true;
        long polls = upsd.lines.size();
        upsmon.await(() -> upsd.lines.size() > polls, "an unanswered poll");
        upsmon.program().stop();
        assertEquals(0, upsmon.exitCode());
    }

    @Test
    void theWholeConfigurationIsCheckedBeforeItRuns() throws Exception {
        upsmon.conf(monitor("primary"), "MINSUPPLIES 2");
        assertEquals(1, upsmon.once("-F"));
        assertTrue(
                upsmon.log().contains("Fatal error: insufficient power configured!\n\nSum of power values........: 1"));
        upsmon.conf(monitor("primary"), "CERTVERIFY 1");
        assertEquals(1, upsmon.once("-F", "-p"));
        assertTrue(upsmon.log().contains("no CERTPATH was given"));
        Files.delete(directory.resolve("upsmon.conf"));
        assertEquals(1, upsmon.once("-F"));
        assertTrue(upsmon.log().contains("Can't open " + directory.resolve("upsmon.conf")));
        assertEquals(1, upsmon.once("-F", "-W", "soon"));
        assertTrue(upsmon.log().contains("Error: invalid network timeout: soon"));
    }

    @Test
    void helpNamesTheFlag() throws Exception {
        assertEquals(0, upsmon.once("-Dh"));
        assertTrue(upsmon.log().contains("checks POWERDOWNFLAG (" + directory.resolve("killpower") + ")"));
        Files.delete(directory.resolve("upsmon.conf"));
        assertEquals(0, upsmon.once("-h"));
        assertTrue(upsmon.log().contains("***NOT CONFIGURED***"));
        assertEquals(0, upsmon.once("-c", "dance"));
        assertTrue(Control.signal("").isEmpty(), "no word is no FSD");
        assertEquals("USR1", Control.signal("f"));
        assertEquals(0, upsmon.once("-V"));
    }

    @Test
    void killpowerIsAskedForByExitCode() throws Exception {
        assertEquals(1, upsmon.once("-K"));
        assertTrue(upsmon.log().contains("Power down flag is not set"));
        Files.writeString(directory.resolve("killpower"), "upsmon-shutdown-file");
        assertEquals(0, upsmon.once("-K"));
        assertTrue(upsmon.log().contains("Power down flag is set"));
        Files.writeString(directory.resolve("killpower"), "my letters");
        assertEquals(1, upsmon.once("-K"));
        assertTrue(upsmon.log().contains("does not contain the upsmon magic string"));
    }

    @Test
    void commandsWithoutARunningOneFail() {
        assertEquals(1, upsmon.once("-c", "stop"));
        assertTrue(upsmon.log().contains("Failed to signal the currently running daemon (if any)"));
        assertTrue(upsmon.log()
                .contains("Exiting upsmon instance after sending a signal to the running daemon unsuccessfully"));
    }

    @Test
    void anOldFlagIsRemovedAtStartAndAForeignFileKept() throws Exception {
        Path flag = directory.resolve("killpower");
        Files.writeString(flag, "upsmon-shutdown-file");
        upsmon.start();
        awaitPolls(1);
        assertFalse(Files.exists(flag));
    }

    @Test
    void aForeignFileInPlaceOfTheFlagIsNeverTouched() throws Exception {
        Path flag = directory.resolve("killpower");
        Files.writeString(flag, "my letters");
        upsmon.start();
        awaitPolls(1);
        upsmon.awaitLog("not a NUT file) - disabling!");
        upsmon.program().fsd();
        assertEquals(0, upsmon.exitCode());
        assertEquals("my letters", Files.readString(flag));
        assertEquals("down\n", upsmon.read("down"));
    }
}
