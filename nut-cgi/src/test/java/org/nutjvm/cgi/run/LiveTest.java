package org.nutjvm.cgi.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.cgi.ups.Control.Change;
import org.nutjvm.cgi.ups.Control.Wish;
import org.nutjvm.cgi.ups.Login;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.Setting;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.ups.UpsTrouble.Kind;
import org.nutjvm.common.state.Range;

/// What pages ask of servers, on real sockets.
class LiveTest {
    @TempDir
    Path directory;

    private static final Login LOGIN = new Login("admin", "secret");

    private static final Keyring NO_KEYS = new Keyring(Map.of("NUT_AUTHCONF_FILE", "none"), System.err);

    private static String answer(String line) {
        return switch (line) {
            case "LIST VAR a" -> "BEGIN LIST VAR a\nVAR a ups.status \"OL\"\nEND LIST VAR a\n";
            case "LIST VAR b" -> "ERR DATA-STALE\n";
            case "LIST VAR silent", "LIST CMD silent" -> "";
            case "GET VAR a server.version" -> "VAR a server.version \"9\"\n";
            case "LIST RW a" ->
                "BEGIN LIST RW a\nRW a x.enum \"on\"\nRW a x.range \"5\"\nRW a x.text \"t\"\nRW a x.number \"1\"\nEND LIST RW a\n";
            case "GET DESC a x.enum" -> "DESC a x.enum \"On or off\"\n";
            case "GET DESC a x.range", "GET DESC a x.text", "GET DESC a x.number" ->
                line.substring(4) + " \"Unavailable\"\n";
            case "GET TYPE a x.enum" -> "TYPE a x.enum RW ENUM\n";
            case "GET TYPE a x.range" -> "TYPE a x.range RW RANGE NUMBER\n";
            case "GET TYPE a x.text" -> "TYPE a x.text RW STRING:99999\n";
            case "GET TYPE a x.number" -> "ERR VAR-NOT-SUPPORTED\n";
            case "LIST ENUM a x.enum" ->
                "BEGIN LIST ENUM a x.enum\nENUM a x.enum \"on\"\nENUM a x.enum \"off\"\nEND LIST ENUM a x.enum\n";
            case "LIST RANGE a x.range" ->
                "BEGIN LIST RANGE a x.range\nRANGE a x.range \"1\" \"9\"\nEND LIST RANGE a x.range\n";
            case "LIST CMD a" -> "BEGIN LIST CMD a\nCMD a load.off\nEND LIST CMD a\n";
            case "GET CMDDESC a load.off" -> "CMDDESC a load.off \"Off\"\n";
            case "USERNAME admin", "PASSWORD secret", "SET TRACKING ON", "USERNAME guest" -> "OK\n";
            case "PASSWORD \"a b\\\"\"" -> "OK\n";
            case "INSTCMD a beeper.off" -> "OK TRACKING x\n";
            case "GET TRACKING x" -> "ERR UNKNOWN\n";
            case "INSTCMD a load.off" -> "OK TRACKING 1bd31808-cb49-4aec-9d75-d056e6f018d2\n";
            case "GET TRACKING 1bd31808-cb49-4aec-9d75-d056e6f018d2" -> "SUCCESS\n";
            case "GET VAR a x.text" -> "VAR a x.text \"t\"\n";
            case "GET VAR a x.range" -> "VAR a x.range \"5\"\n";
            case "SET VAR a x.text \"n \\\"w\\\"\"" -> "OK\n";
            case "SET VAR a x.range 77" -> "ERR INVALID-VALUE\n";
            default -> line.startsWith("INSTCMD") ? "ERR ACCESS-DENIED\n" : "ERR UNKNOWN-UPS\n";
        };
    }

    private static UpsTrouble trouble(Reading reading) {
        return assertInstanceOf(Reading.Unknown.class, reading).trouble();
    }

    @Test
    void eachUpsIsAskedOnceOverOneConnection() throws IOException {
        try (var upsd = new FakeUpsd(LiveTest::answer);
                var upses = new LiveUpses(Map.of(), NO_KEYS)) {
            for (int i = 0; i < 3; i++) {
                assertEquals("OL", upses.read(upsd.at("a")).get("UPS.STATUS"));
                assertEquals(Kind.DRIVER, trouble(upses.read(upsd.at("b"))).kind());
                assertEquals(Kind.UNKNOWN_UPS, trouble(upses.read(upsd.at("c"))).kind());
            }
            assertEquals("9", upses.server(upsd.at("a"), "server.version"));
            assertEquals(Kind.NAME, trouble(upses.read("@x")).kind());
            assertEquals(List.of("LIST VAR a", "LIST VAR b", "LIST VAR c", "GET VAR a server.version"), upsd.requests);
        }
    }

    @Test
    void aSilentServerCostsOneTimeOut() throws IOException {
        try (var upsd = new FakeUpsd(LiveTest::answer);
                var upses = new LiveUpses(Duration.ofSeconds(5), Duration.ofMillis(100), NO_KEYS)) {
            assertEquals(Kind.SERVER, trouble(upses.read(upsd.at("silent"))).kind());
            assertEquals(Kind.SERVER, trouble(upses.read(upsd.at("a"))).kind());
            upsd.awaitRequests(1);
            assertEquals(List.of("LIST VAR silent"), upsd.requests);
        }
    }

    @Test
    void serversAreAskedSideBySide() throws IOException {
        var servers = new ArrayList<FakeUpsd>();
        try (var upses = new LiveUpses(Duration.ofSeconds(5), Duration.ofSeconds(5), NO_KEYS)) {
            var names = new ArrayList<String>();
            for (int i = 0; i < 20; i++) {
                servers.add(new FakeUpsd(LiveTest::answer));
                names.add(servers.getLast().at("a"));
                names.add(servers.getLast().at("b"));
            }
            names.add("nothing@127.0.0.1:1");
            names.add("@");
            upses.expect(names);
            for (int i = 0; i < 20; i++) {
                assertEquals("OL", upses.read(names.get(i * 2)).get("ups.status"));
                assertEquals(
                        "Data stale", trouble(upses.read(names.get(i * 2 + 1))).getMessage());
                assertEquals(List.of("LIST VAR a", "LIST VAR b"), servers.get(i).requests);
            }
            assertEquals(
                    "Connection failure: Connection refused",
                    trouble(upses.read(names.get(40))).getMessage());
        } finally {
            for (FakeUpsd server : servers) {
                server.close();
            }
        }
    }

    @Test
    void settingsWithWhatTheyTake() throws Exception {
        try (var upsd = new FakeUpsd(LiveTest::answer)) {
            assertEquals(
                    List.of(
                            new Setting("x.enum", "On or off", "on", new Setting.Kind.Choice(List.of("on", "off"))),
                            new Setting("x.range", "", "5", new Setting.Kind.Numeric(List.of(new Range(1, 9)))),
                            new Setting("x.text", "", "t", new Setting.Kind.Text(256)),
                            new Setting("x.number", "", "1", new Setting.Kind.Text(256))),
                    new LiveControl(Map.of(), NO_KEYS).settings(upsd.at("a")));
        }
    }

    @Test
    void commandsAndTheirOutcome() throws Exception {
        try (var upsd = new FakeUpsd(LiveTest::answer)) {
            var control = new LiveControl(Map.of(), NO_KEYS);
            assertEquals("Off", control.commands(upsd.at("a")).getFirst().description());
            assertEquals("OK, SUCCESS", control.instcmd(upsd.at("a"), LOGIN, "load.off"));
            var failed = assertThrows(UpsTrouble.class, () -> control.instcmd(upsd.at("a"), LOGIN, "beeper.off"));
            assertEquals("Instant command failed: UNKNOWN", failed.getMessage());
            var refused = assertThrows(
                    UpsTrouble.class, () -> control.instcmd(upsd.at("b"), new Login("guest", "a b\""), "load.off"));
            assertEquals(Kind.ACCESS, refused.kind());
            assertTrue(upsd.requests.contains("PASSWORD \"a b\\\"\""), upsd.requests::toString);
            assertFalse(LOGIN.toString().contains("secret"));
        }
    }

    @Test
    void onlyWhatChangesIsSet() throws Exception {
        try (var upsd = new FakeUpsd(LiveTest::answer)) {
            var wishes = List.of(
                    new Wish("x.text", "t"),
                    new Wish("x.text", "n \"w\""),
                    new Wish("x.range", "77"),
                    new Wish("y\n", "1"));
            var changes = new LiveControl(Map.of(), NO_KEYS).set(upsd.at("a"), LOGIN, wishes.subList(0, 3));
            assertEquals(
                    List.of(
                            new Change("x.text", "t", "n \"w\"", true, "OK"),
                            new Change("x.range", "5", "77", false, "Invalid value for variable")),
                    changes);
        }
    }

    /// nutauth.conf with these lines, and where what is wrong with it goes.
    private Keyring keys(String text, ByteArrayOutputStream log) throws IOException {
        Path file = Files.writeString(directory.resolve("nutauth.conf"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new Keyring(
                Map.of("NUT_AUTHCONF_FILE", file.toString()), new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @Test
    void readersAreWhoNutauthConfSays() throws IOException {
        try (var upsd = new FakeUpsd(LiveTest::answer)) {
            var log = new ByteArrayOutputStream();
            Keyring keys = keys("USER = admin\nPASS = secret\n", log);
            try (var upses = new LiveUpses(Map.of(), keys)) {
                assertEquals("OL", upses.read(upsd.at("a")).get("ups.status"));
            }
            new LiveControl(Map.of(), keys).commands(upsd.at("a"));
            var control = new LiveControl(Map.of(), keys);
            assertThrows(
                    UpsTrouble.class, () -> control.instcmd(upsd.at("a"), new Login("guest", "guess"), "load.off"));
            assertEquals(List.of("USERNAME admin", "PASSWORD secret", "LIST VAR a"), upsd.requests.subList(0, 3));
            assertEquals("", log.toString(StandardCharsets.UTF_8));
            assertEquals(
                    List.of("USERNAME admin", "PASSWORD secret", "USERNAME admin", "PASSWORD secret", "USERNAME guest"),
                    names(upsd.requests).subList(0, 5),
                    "who changes something is whom the browser says, and nobody else");
        } catch (UpsTrouble e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> names(List<String> requests) {
        return requests.stream()
                .filter(line -> line.startsWith("USERNAME") || line.startsWith("PASSWORD"))
                .toList();
    }

    @Test
    void nothingIsSaidInClearTextWhereThatIsForbidden() throws IOException {
        try (var upsd = new FakeUpsd(line -> line.equals("STARTTLS") ? "ERR FEATURE-NOT-CONFIGURED\n" : "ERR\n")) {
            Keyring keys = keys("FORCESSL = 1\nUSER = admin\nPASS = secret\n", new ByteArrayOutputStream());
            try (var upses = new LiveUpses(Map.of(), keys)) {
                var unknown = assertInstanceOf(Reading.Unknown.class, upses.read(upsd.at("a")));
                assertEquals(Kind.SERVER, unknown.trouble().kind());
                assertTrue(
                        unknown.trouble().getMessage().contains("FORCESSL wants it"),
                        unknown.trouble().getMessage());
            }
            var control = new LiveControl(Map.of(), keys);
            assertThrows(UpsTrouble.class, () -> control.instcmd(upsd.at("a"), LOGIN, "load.off"));
            assertEquals(List.of("STARTTLS", "STARTTLS"), upsd.requests);
        }
    }

    @Test
    void withoutTheKeysNobodyIsAsked() throws IOException {
        try (var upsd = new FakeUpsd(LiveTest::answer)) {
            var missing = new Keyring(
                    Map.of("NUT_AUTHCONF_FILE", directory.resolve("no").toString()), System.err);
            try (var upses = new LiveUpses(Map.of(), missing)) {
                var unknown = assertInstanceOf(Reading.Unknown.class, upses.read(upsd.at("a")));
                assertTrue(
                        unknown.trouble().getMessage().contains("nutauth.conf"),
                        unknown.trouble().getMessage());
            }
            assertEquals(List.of(), upsd.requests);
        }
    }

    @Test
    void complaintsOfTheFileAreToldOnce() throws IOException {
        try (var upsd = new FakeUpsd(LiveTest::answer)) {
            var log = new ByteArrayOutputStream();
            Keyring keys = keys("USSER = admin\n", log);
            for (int i = 0; i < 2; i++) {
                try (var upses = new LiveUpses(Map.of(), keys)) {
                    assertEquals("OL", upses.read(upsd.at("a")).get("ups.status"));
                }
            }
            String said = log.toString(StandardCharsets.UTF_8);
            assertEquals(1, said.lines().count(), said);
            assertTrue(said.contains("USSER"), said);
        }
    }
}
