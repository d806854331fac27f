package org.nutjvm.upsd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGHUP: what changes, and what must not.
class ReloadTest {
    private static final String DUMP = "SETINFO ups.status \"OL\"\nDATAOK\nDUMPDONE\n";
    private static final String TWO = "[dummy]\ndriver = fake\nport = x\n[other]\ndriver = fake\nport = y\n";

    @TempDir
    Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private RunningUpsd upsd;

    @SuppressWarnings("NullAway.Init")
    private FakeDriver dummy;

    @SuppressWarnings("NullAway.Init")
    private FakeDriver other;

    @BeforeEach
    void start() throws Exception {
        upsd = new RunningUpsd(directory);
        dummy = new FakeDriver(upsd.socket("fake-dummy"), DUMP);
        other = new FakeDriver(upsd.socket("fake-other"), DUMP);
        upsd.start();
    }

    @AfterEach
    void stop() throws Exception {
        upsd.close();
        dummy.close();
        other.close();
    }

    private TestClient loggedIn(String device) throws Exception {
        var client = upsd.client();
        client.await("GET UPSDESC " + device, "UPSDESC " + device + " \"Unavailable\"");
        client.send("USERNAME mon\nPASSWORD mon\nLOGIN " + device + "\n");
        assertEquals("OK OK OK", client.line() + " " + client.line() + " " + client.line());
        return client;
    }

    @Test
    void aNewDeviceIsServedAndClientsOfTheOldOneStay() throws Exception {
        try (var client = loggedIn("dummy")) {
            upsd.file("ups.conf", TWO);
            upsd.reload();
            client.await("GET VAR other ups.status", "VAR other ups.status \"OL\"");
            assertEquals("NUMLOGINS dummy 1", client.ask("GET NUMLOGINS dummy"));
            assertTrue(client.list("LIST UPS").startsWith("BEGIN LIST UPS\nUPS dummy"));
        }
    }

    @Test
    void whoIsLoggedIntoARemovedDeviceIsDisconnectedAndNobodyElse() throws Exception {
        upsd.file("ups.conf", TWO);
        upsd.reload();
        try (var stays = loggedIn("dummy");
                var goes = loggedIn("other")) {
            stays.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OL\"");
            stays.await("GET VAR other ups.status", "VAR other ups.status \"OL\"");
            assertTrue(stays.list("LIST VAR other").contains("OL"));
            upsd.file("ups.conf", "[dummy]\ndriver = fake\nport = x\n");
            upsd.reload();
            assertEquals("(closed)", goes.line());
            assertEquals("ERR UNKNOWN-UPS", stays.ask("GET VAR other ups.status"));
            assertEquals("ERR UNKNOWN-UPS", stays.list("LIST VAR other"));
            assertEquals("VAR dummy ups.status \"OL\"", stays.ask("GET VAR dummy ups.status"));
            assertTrue(upsd.log().contains("Deleting UPS [other]"));
            assertTrue(upsd.log().contains("Kicking client 127.0.0.1 (was on UPS [other])"));
        }
    }

    @Test
    void aDeviceWithAnotherDriverIsConnectedAnew() throws Exception {
        try (var replacement = new FakeDriver(upsd.socket("better-dummy"), DUMP.replace("OL", "OB"));
                var client = loggedIn("dummy")) {
            client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OL\"");
            upsd.file("ups.conf", "[dummy]\ndriver = better\nport = x\ndesc = \"New one\"\n");
            upsd.reload();
            client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OB\"");
            assertEquals("UPSDESC dummy \"New one\"", client.ask("GET UPSDESC dummy"));
            assertTrue(upsd.log().contains("Redefined UPS [dummy]"));
            assertEquals("NUMLOGINS dummy 1", client.ask("GET NUMLOGINS dummy"));
            assertEquals("DUMPALL", replacement.heard("DUMPALL"));
        }
    }

    @Test
    void aForcedShutdownOutlivesAReload() throws Exception {
        try (var client = loggedIn("dummy")) {
            assertEquals("OK FSD-SET", client.ask("FSD dummy"));
            client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"FSD OL\"");
            upsd.reload();
            assertEquals("VAR dummy ups.status \"FSD OL\"", client.ask("GET VAR dummy ups.status"));
        }
    }

    @Test
    void newUsersCountAndOldPasswordsDoNot() throws Exception {
        try (var old = upsd.client();
                var fresh = upsd.client()) {
            old.send("USERNAME mon\nPASSWORD mon\n");
            assertEquals("OK OK", old.line() + " " + old.line());
            upsd.file("upsd.users", "[mon]\npassword = changed\nupsmon secondary\n");
            upsd.reload();
            upsd.awaitLog("Applying debug level");
            fresh.send("USERNAME mon\nPASSWORD changed\n");
            assertEquals("OK OK", fresh.line() + " " + fresh.line());
            fresh.await("LOGIN dummy", "OK");
            assertEquals("ERR ACCESS-DENIED", old.ask("LOGIN dummy"));
        }
    }

    @Test
    void aFileThatCannotBeReadLeavesWhatItWasAbout() throws Exception {
        try (var client = upsd.client()) {
            client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OL\"");
            Files.delete(directory.resolve("ups.conf"));
            upsd.reload();
            upsd.awaitLog("the devices stay as they were");
            assertEquals("VAR dummy ups.status \"OL\"", client.ask("GET VAR dummy ups.status"));
            Files.delete(directory.resolve("upsd.conf"));
            upsd.reload();
            upsd.awaitLog("everything stays as it was");
            assertEquals("VAR dummy ups.status \"OL\"", client.ask("GET VAR dummy ups.status"));
        }
    }

    @Test
    void aFileWithMalformedLinesLeavesWhatItWasAbout() throws Exception {
        try (var client = upsd.client()) {
            upsd.file("ups.conf", "[dummy]\ndriver = \"fa#ke\"\nport = x\n");
            upsd.file("upsd.users", "[mon]\npassword = \"m#n\"\n");
            upsd.reload();
            upsd.awaitLog("the users stay as they were");
            client.send("USERNAME mon\nPASSWORD mon\nLOGIN dummy\n");
            assertEquals("OK OK OK", client.line() + " " + client.line() + " " + client.line());
        }
    }

    @Test
    void withoutDevicesLeftItServesNoneAndSaysSo() throws Exception {
        try (var client = upsd.client()) {
            upsd.file("ups.conf", "maxretry = 3\n");
            upsd.reload();
            upsd.awaitLog("Warning: no UPSes currently defined!");
            client.await("GET VAR dummy ups.status", "ERR UNKNOWN-UPS");
            assertEquals("BEGIN LIST UPS\nEND LIST UPS", client.list("LIST UPS"));
        }
    }

    @Test
    void newAddressesNeedARestartAndThatIsSaid() throws Exception {
        upsd.reload();
        assertFalse(upsd.log().contains("LISTEN"));
        upsd.file("upsd.conf", "LISTEN 127.0.0.2 0\n");
        upsd.reload();
        upsd.awaitLog("The LISTEN lines of upsd.conf have changed");
    }

    @Test
    void debuggingFollowsTheFile() throws Exception {
        upsd.file("upsd.conf", "LISTEN 127.0.0.1 0\nDEBUG_MIN 2\n");
        upsd.reload();
        upsd.awaitLog("Applying DEBUG_MIN 2 from upsd.conf");
        try (var client = upsd.client()) {
            assertEquals("1.3", client.ask("PROTVER"));
            upsd.awaitLog("Connect from 127.0.0.1");
        }
        upsd.file("upsd.conf", "LISTEN 127.0.0.1 0\n");
        upsd.reload();
        upsd.awaitLog("Applying debug level 0 from original command line arguments");
        assertFalse(upsd.log().contains("Reload failed"));
    }
}
