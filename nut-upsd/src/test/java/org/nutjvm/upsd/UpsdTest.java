package org.nutjvm.upsd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole program: start, drivers that come and go, end.
class UpsdTest {
    private static final String DUMP = """
            SETINFO ups.status "OL"
            SETINFO ups.id "x"
            SETFLAGS ups.id RW STRING
            SETAUX ups.id 20
            ADDCMD beeper.mute
            DATAOK
            DUMPDONE
            """;

    @TempDir
    Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private RunningUpsd upsd;

    @BeforeEach
    void prepare() throws Exception {
        upsd = new RunningUpsd(directory);
    }

    @Test
    void servesADriverThatComesLateAndComesBack() throws Exception {
        try (var running = upsd.start();
                var client = running.client()) {
            assertEquals("ERR DRIVER-NOT-CONNECTED", client.ask("GET VAR dummy ups.status"));
            running.awaitLog("Can't connect to UPS [dummy] (" + directory.resolve("fake-dummy")
                    + "): No such file or directory");
            try (var driver = new FakeDriver(running.socket("fake-dummy"), DUMP)) {
                client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OL\"");
                running.awaitLog("Connected to UPS [dummy]: fake-dummy");
                driver.say("SETINFO ups.status \"OB LB\"\n");
                client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OB LB\"");
                driver.say("DATASTALE\n");
                client.await("GET VAR dummy ups.status", "ERR DATA-STALE");
                running.awaitLog("Data for UPS [dummy] is stale - check driver");
                driver.say("DATAOK\n");
                client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OB LB\"");
                running.awaitLog("UPS [dummy] data is no longer stale");
            }
            client.await("GET VAR dummy ups.status", "ERR DRIVER-NOT-CONNECTED");
            try (var driver = new FakeDriver(running.socket("fake-dummy"), DUMP)) {
                driver.heard("DUMPALL");
                client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OL\"");
            }
        }
    }

    @Test
    void settingsAndCommandsReachTheDriver() throws Exception {
        try (var driver = new FakeDriver(upsd.socket("fake-dummy"), DUMP);
                var running = upsd.start();
                var client = running.client()) {
            client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OL\"");
            client.send("USERNAME admin\nPASSWORD secret\nSET TRACKING ON\n");
            assertEquals("OK OK OK", client.line() + " " + client.line() + " " + client.line());
            String id = client.ask("SET VAR dummy ups.id \"a b\"").substring("OK TRACKING ".length());
            assertEquals("SET ups.id \"a b\" TRACKING " + id, driver.heard("SET"));
            assertEquals("PENDING", client.ask("GET TRACKING " + id));
            driver.say("TRACKING " + id + " 0\nSETINFO ups.id \"a b\"\n");
            client.await("GET TRACKING " + id, "SUCCESS");
            assertEquals("VAR dummy ups.id \"a b\"", client.ask("GET VAR dummy ups.id"));
            assertEquals("OK", client.ask("SET TRACKING OFF"));
            assertEquals("OK", client.ask("INSTCMD dummy beeper.mute 5"));
            assertTrue(driver.heard("INSTCMD").startsWith("INSTCMD beeper.mute"));
            assertFalse(running.log().contains("secret"));
        }
    }

    @Test
    void aDriverThatSendsRubbishIsNoDanger() throws Exception {
        upsd.file("ups.conf", "[dummy]\ndriver = fake\nport = x\n[bad]\ndriver = fake\nport = y\n");
        try (var driver = new FakeDriver(upsd.socket("fake-dummy"), DUMP);
                var bad = new FakeDriver(upsd.socket("fake-bad"), "\0\1\2 \"#\" = =\n".repeat(100));
                var running = upsd.start();
                var client = running.client()) {
            client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OL\"");
            bad.heard("DUMPALL");
            bad.say("x".repeat(100_000));
            running.awaitLog("UPS [bad]: what comes from its driver is no driver's; disconnecting");
            bad.heard("DUMPALL");
            assertEquals("VAR dummy ups.status \"OL\"", client.ask("GET VAR dummy ups.status"));
            assertTrue(driver.heard("DUMPALL").equals("DUMPALL"));
        }
    }

    @Test
    void aDriverThatDoesNotReadIsGivenUp() throws Exception {
        try (var driver = new FakeDriver(upsd.socket("fake-dummy"), "", false);
                var running = upsd.start();
                var client = running.client()) {
            driver.say(DUMP);
            client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OL\"");
            client.send("USERNAME admin\nPASSWORD secret\n");
            assertEquals("OK OK", client.line() + " " + client.line());
            String reply = "OK";
            for (int i = 0; i < 100_000 && reply.equals("OK"); i++) {
                reply = client.ask("INSTCMD dummy beeper.mute 123456789012345678901234567890");
            }
            assertEquals("ERR INSTCMD-FAILED", reply);
            running.awaitLog("Send to UPS [dummy] failed");
            running.awaitLog("Set command send failed");
        }
    }

    @Test
    void withoutConfigurationItEndsAndSaysWhatIsMissing() throws Exception {
        Files.delete(directory.resolve("upsd.conf"));
        upsd.begin();
        assertEquals(1, upsd.exitCode());
        assertTrue(upsd.log().contains("Can't open " + directory.resolve("upsd.conf") + ": No such file"), upsd.log());
    }

    @Test
    void withoutDevicesItEndsUnlessAllowed() throws Exception {
        upsd.file("ups.conf", "maxretry = 3\n");
        upsd.begin();
        assertEquals(1, upsd.exitCode());
        assertTrue(upsd.log().contains("Fatal error: at least one UPS must be defined in ups.conf"), upsd.log());
        var second = new RunningUpsd(directory);
        second.file("ups.conf", "maxretry = 3\n");
        second.file("upsd.conf", "LISTEN 127.0.0.1 0\nALLOW_NO_DEVICE true\n");
        try (var running = second.start();
                var client = running.client()) {
            assertEquals("BEGIN LIST UPS\nEND LIST UPS", client.list("LIST UPS"));
        }
    }

    @Test
    void encryptionThatCannotBeHadIsNotPassedOver() throws Exception {
        upsd.file("upsd.conf", "LISTEN 127.0.0.1 0\nCERTREQUEST REQUIRE\n");
        upsd.begin();
        assertEquals(1, upsd.exitCode());
        assertTrue(upsd.log().contains("CERTREQUEST in upsd.conf requires certificates"), upsd.log());
        var second = new RunningUpsd(directory);
        second.file("upsd.conf", "LISTEN 127.0.0.1 0\nCERTFILE /no/such.pem\n");
        second.begin();
        assertEquals(1, second.exitCode());
        assertTrue(second.log().contains("CERTFILE /no/such.pem cannot be read"), second.log());
    }

    @Test
    void withoutUpsConfItEnds() throws Exception {
        Files.delete(directory.resolve("ups.conf"));
        upsd.begin();
        assertEquals(1, upsd.exitCode());
        assertTrue(upsd.log().contains("Can't open " + directory.resolve("ups.conf")), upsd.log());
    }

    @Test
    void withoutStatepathItEnds() throws Exception {
        upsd.env.put("NUT_STATEPATH", directory.resolve("nosuch").toString());
        upsd.begin();
        assertEquals(1, upsd.exitCode());
        assertTrue(upsd.log().contains("Can't chdir to " + directory.resolve("nosuch") + ": No such file"), upsd.log());
    }

    @Test
    void aBusyPortIsNamedWithItsLineAndItsOwner() throws Exception {
        try (var busy = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            upsd.file("upsd.conf", "# a comment\nLISTEN 127.0.0.1 " + busy.getLocalPort() + "\n");
            upsd.begin();
            assertEquals(1, upsd.exitCode());
            assertTrue(
                    upsd.log()
                            .contains("not listening on 127.0.0.1 port " + busy.getLocalPort()
                                    + ": Address already in use (" + directory.resolve("upsd.conf")
                                    + ":2; the port is used by process "
                                    + ProcessHandle.current().pid()),
                    upsd.log());
            assertTrue(upsd.log().contains("no listening interface available"), upsd.log());
        }
    }

    @Test
    void thePortCanBeUsedAgainAtOnce() throws Exception {
        int port;
        try (var running = upsd.start();
                var client = running.client()) {
            port = running.port();
            assertEquals("1.3", client.ask("PROTVER"));
            running.stop();
            assertEquals(0, running.exitCode());
            assertEquals("(closed)", client.line());
        }
        var second = new RunningUpsd(directory);
        second.file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
        try (var running = second.start();
                var client = running.client()) {
            assertEquals(port, running.port());
            assertEquals("1.3", client.ask("NETVER"));
        }
    }

    @Test
    void unknownOptionsAndObsoleteOnesAreAnswered() throws Exception {
        upsd.begin("-p", "3493");
        assertEquals(1, upsd.exitCode());
        assertTrue(upsd.log().contains("Use 'LISTEN <address> [<port>]' in 'upsd.conf' instead."), upsd.log());
        var second = new RunningUpsd(directory);
        second.begin("-c", "nosuch");
        assertEquals(0, second.exitCode());
        assertTrue(second.log().contains("usage: upsd"), second.log());
    }

    @Test
    void aPidFileIsKeptWhileItServesOnRequest() throws Exception {
        try (var running = upsd.start("-F")) {
            assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(directory.resolve("upsd.pid")));
            running.stop();
            assertEquals(0, running.exitCode());
        }
        assertFalse(Files.exists(directory.resolve("upsd.pid")));
    }

    @Test
    void filesThatAllCanReadAreComplainedAbout() throws Exception {
        Files.setPosixFilePermissions(
                directory.resolve("upsd.users"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        try (var running = upsd.start()) {
            running.awaitLog(directory.resolve("upsd.users") + " is world readable");
        }
    }

    @Test
    void descriptionsAreReadFromTheDataDirectory() throws Exception {
        upsd.file("upsd.conf", "LISTEN 127.0.0.1 0\nDATAPATH " + directory + "\n");
        upsd.file("cmdvartab", "VARDESC ups.status \"How it is\"\nCMDDESC beeper.mute \"Hush\"\nOTHER a b\n");
        try (var driver = new FakeDriver(upsd.socket("fake-dummy"), DUMP);
                var running = upsd.start();
                var client = running.client()) {
            driver.heard("DUMPALL");
            client.await("GET DESC dummy UPS.Status", "DESC dummy UPS.Status \"How it is\"");
            assertEquals("CMDDESC dummy beeper.mute \"Hush\"", client.ask("GET CMDDESC dummy beeper.mute"));
            assertEquals("DESC dummy x \"Description unavailable\"", client.ask("GET DESC dummy x"));
        }
    }

    @Test
    void aMissingTableOfDescriptionsIsMentioned() throws Exception {
        upsd.file("upsd.conf", "LISTEN 127.0.0.1 0\nDATAPATH " + directory.resolve("nosuch") + "\n");
        try (var running = upsd.start()) {
            running.awaitLog("cmdvartab not found - disabling descriptions");
        }
    }
}
