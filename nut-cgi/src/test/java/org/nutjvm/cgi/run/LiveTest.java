package org.nutjvm.cgi.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
    private static final Login LOGIN = new Login("admin", "secret");

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
                var upses = new LiveUpses(Map.of())) {
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
                var upses = new LiveUpses(Duration.ofSeconds(5), Duration.ofMillis(100))) {
            assertEquals(Kind.SERVER, trouble(upses.read(upsd.at("silent"))).kind());
            assertEquals(Kind.SERVER, trouble(upses.read(upsd.at("a"))).kind());
            assertEquals(List.of("LIST VAR silent"), upsd.requests);
        }
    }

    @Test
    void serversAreAskedSideBySide() throws IOException {
        var servers = new ArrayList<FakeUpsd>();
        try (var upses = new LiveUpses(Duration.ofSeconds(5), Duration.ofSeconds(5))) {
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
                    new LiveControl(Map.of()).settings(upsd.at("a")));
        }
    }

    @Test
    void commandsAndTheirOutcome() throws Exception {
        try (var upsd = new FakeUpsd(LiveTest::answer)) {
            var control = new LiveControl(Map.of());
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
            var changes = new LiveControl(Map.of()).set(upsd.at("a"), LOGIN, wishes.subList(0, 3));
            assertEquals(
                    List.of(
                            new Change("x.text", "t", "n \"w\"", true, "OK"),
                            new Change("x.range", "5", "77", false, "Invalid value for variable")),
                    changes);
        }
    }
}
