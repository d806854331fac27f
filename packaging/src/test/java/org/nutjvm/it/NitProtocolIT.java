package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What upstream's integration suite and its C++, Python and Perl clients demand of the network protocol in plain text.
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class NitProtocolIT extends OnAStack {
    private static final Pattern TRACKING_ID = Pattern.compile(
            "OK TRACKING ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", Pattern.CASE_INSENSITIVE);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @Test
    void connectionStaysOpenAfterEveryError() {
        try (var wire = stack.wire()) {
            for (var request : new String[] {
                "NONSENSE",
                "GET",
                "GET VAR",
                "GET VAR nobody x",
                "LIST",
                "LIST NOTHING",
                "SET",
                "SET VAR dummy",
                "INSTCMD",
                "LOGIN",
                "USERNAME",
                "PASSWORD",
                "FSD nobody",
                "PRIMARY nobody",
                "STARTTLS",
                ""
            }) {
                assertTrue(wire.ask(request).startsWith("ERR "), request);
                assertTrue(wire.ask("NETVER").matches("1\\.[0-3]"), "after " + request);
            }
        }
    }

    @Test
    void listsAreFramedByTheRequestItself() {
        try (var wire = stack.wire()) {
            for (var what : new String[] {"UPS", "VAR dummy", "RW dummy", "CMD dummy", "CLIENT dummy", "VAR UPS2"}) {
                var lines = wire.list("LIST " + what);
                assertEquals("BEGIN LIST " + what, lines.getFirst());
                assertEquals("END LIST " + what, lines.getLast());
            }
        }
    }

    @Test
    void valuesAreAlwaysQuoted() {
        try (var wire = stack.wire()) {
            for (var line : wire.list("LIST VAR UPS2")) {
                assertTrue(line.matches("(BEGIN|END) LIST VAR UPS2|VAR UPS2 \\S+ \".*\""), line);
            }
            assertEquals("VAR UPS2 outlet.count \"8\"", wire.ask("GET VAR UPS2 outlet.count"));
            assertEquals("VAR UPS2 ups.id \"rack \\\"4\\\" \\\\ left\"", wire.ask("GET VAR UPS2 ups.id"));
        }
    }

    @Test
    void netverIsOneDotThree() {
        try (var wire = stack.wire()) {
            assertEquals("1.3", wire.ask("NETVER"));
            assertTrue(wire.ask("VER").startsWith("Network UPS Tools upsd "));
        }
    }

    @Test
    void protverIsOneDotThree() {
        assertEquals("1.3", stack.ask("PROTVER"));
    }

    @Test
    void logoutIsAnsweredBeforeClosing() {
        try (var wire = stack.wire()) {
            assertEquals("OK Goodbye", wire.ask("LOGOUT"));
            assertTrue(wire.closed());
        }
    }

    @Test
    void droppingTheConnectionWithoutLogoutDisturbsNobody() {
        try (var witness = stack.wire()) {
            for (int i = 0; i < 20; i++) {
                try (var rude = stack.wire()) {
                    rude.send("LIST VAR UPS2");
                }
            }
            assertEquals("VAR UPS2 outlet.count \"8\"", witness.ask("GET VAR UPS2 outlet.count"));
        }
    }

    @Test
    void emptyUsernameAndEmptyLoginAreErrors() {
        try (var wire = stack.wire()) {
            assertTrue(wire.ask("USERNAME").startsWith("ERR "));
            assertTrue(wire.ask("LOGIN").startsWith("ERR "));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOGIN dummy",
                "INSTCMD UPS1 load.off",
                "SET VAR UPS1 ups.id test",
                "SET TRACKING ON",
            })
    void withoutCredentialsTheAnswerIsUsernameRequired(String request) {
        assertEquals("ERR USERNAME-REQUIRED", stack.ask(request));
    }

    @Test
    void credentialsAreAcceptedUncheckedAndWrongOnesShowLater() {
        try (var wire = stack.wire()) {
            assertEquals("OK", wire.ask("USERNAME admin"));
            assertEquals("OK", wire.ask("PASSWORD wrong"));
            assertEquals("ERR ACCESS-DENIED", wire.ask("SET VAR UPS2 ups.status OL"));
            assertEquals("ERR ACCESS-DENIED", wire.ask("INSTCMD UPS2 load.off"));
            assertEquals("ERR ACCESS-DENIED", wire.ask("LOGIN dummy"));
        }
    }

    @Test
    void listClientWithoutNameIsInvalidArgument() {
        assertEquals("ERR INVALID-ARGUMENT", stack.ask("LIST CLIENT"));
    }

    @Test
    void listClientOfUnknownDeviceIsUnknownUps() {
        assertEquals("ERR UNKNOWN-UPS", stack.ask("LIST CLIENT nobody"));
    }

    @Test
    void listClientShowsNameAndAddressOfWhoLoggedIn() {
        try (var wire = stack.wire().login("dummy-user", "P@ssW0rd")) {
            assertEquals("OK", wire.ask("LOGIN dummy"));
            assertTrue(wire.list("LIST CLIENT dummy").contains("CLIENT dummy 127.0.0.1"));
            assertEquals("OK Goodbye", wire.ask("LOGOUT"));
        }
        Await.until("the login is gone", () -> stack.ask("GET NUMLOGINS dummy").equals("NUMLOGINS dummy 0"));
    }

    @ParameterizedTest
    @CsvSource({"admin, mypass", "reader, public", "tester, pass words"})
    void loginWithoutUpsmonRoleIsDenied(String user, String password) {
        try (var wire = stack.wire().login(user, password)) {
            assertEquals("ERR ACCESS-DENIED", wire.ask("LOGIN dummy"));
        }
    }

    @ParameterizedTest
    @CsvSource({"admin, mypass", "tester, pass words"})
    void unknownInstantCommandIsRefusedInOneOfTheKnownWays(String user, String password) {
        try (var wire = stack.wire().login(user, password)) {
            assertTrue(Set.of("ERR CMD-NOT-SUPPORTED", "ERR ACCESS-DENIED", "OK")
                    .contains(wire.ask("INSTCMD UPS1 test.panel.start")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET VAR UPS1 ups.id test", "SET VAR UPS1 ups.id \"test\""})
    void unknownVariableIsRefusedInOneOfTheKnownWays(String request) {
        var known = Set.of("ERR VAR-NOT-SUPPORTED", "ERR ACCESS-DENIED", "OK");
        try (var admin = stack.wire().login("admin", "mypass");
                var reader = stack.wire().login("reader", "public")) {
            assertTrue(known.contains(admin.ask(request)));
            assertEquals("ERR ACCESS-DENIED", reader.ask(request));
        }
    }

    @Test
    void commandDescriptionWithPythonQuotesIsAnswered() {
        try (var wire = stack.wire()) {
            var answer = wire.ask("GET CMDDESC dummy b'load.off'");
            assertTrue(answer.matches("CMDDESC dummy b'load.off' \".*\"|ERR .*"), answer);
            assertTrue(wire.ask("GET CMDDESC dummy load.off").matches("CMDDESC dummy load.off \".+\""));
        }
    }

    @Test
    void descriptionIsTheOneOfUpsConf() {
        assertEquals("UPSDESC dummy \"Crash Dummy\"", stack.ask("GET UPSDESC dummy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dummy-admin-m", "dummy-admin"})
    void masterAndPrimaryAreBothGrantedToPrimaryUsers(String user) {
        try (var wire = stack.wire().login(user, "P@ssW0rdAdm")) {
            assertEquals("OK MASTER-GRANTED", wire.ask("MASTER dummy"));
            assertEquals("OK PRIMARY-GRANTED", wire.ask("PRIMARY dummy"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dummy-user-s", "dummy-user"})
    void masterAndPrimaryAreBothDeniedToSecondaryUsers(String user) {
        try (var wire = stack.wire().login(user, "P@ssW0rd")) {
            assertEquals("ERR ACCESS-DENIED", wire.ask("MASTER dummy"));
            assertEquals("ERR ACCESS-DENIED", wire.ask("PRIMARY dummy"));
        }
    }

    @Test
    void aValueSetCanBeReadWithinTenSecondsAndSetBack() {
        try (var wire = stack.wire().login("admin", "mypass")) {
            assertEquals("OFF", wire.ask("GET TRACKING"));
            for (var value : new String[] {"OL BOOST-test", "OL BOOST"}) {
                assertEquals("OK", wire.ask("SET VAR UPS2 ups.status \"" + value + "\""));
                var shown = "VAR UPS2 ups.status \"" + value + "\"";
                Await.value(shown, TEN_SECONDS, () -> wire.ask("GET VAR UPS2 ups.status"), shown::equals);
            }
        }
    }

    @Test
    void trackingFollowsAValueThatIsSet() {
        try (var wire = stack.wire().login("admin", "mypass")) {
            assertEquals("OFF", wire.ask("GET TRACKING"));
            assertEquals("OK", wire.ask("SET TRACKING ON"));
            assertEquals("ON", wire.ask("GET TRACKING"));
            var id = TRACKING_ID.matcher(wire.ask("SET VAR UPS2 ups.status \"OL BOOST\""));
            assertTrue(id.matches());
            Await.value(
                    "the outcome",
                    TEN_SECONDS,
                    () -> {
                        var answer = wire.ask("GET TRACKING " + id.group(1));
                        assertTrue(Set.of("PENDING", "SUCCESS").contains(answer), answer);
                        return answer;
                    },
                    "SUCCESS"::equals);
            assertEquals("OK", wire.ask("SET TRACKING OFF"));
            assertEquals("OFF", wire.ask("GET TRACKING"));
        }
    }

    @Test
    void driverDebugIsWritable() {
        assumeTrue(roles.driver() == Maker.OURS, "Debian's dummy-ups 2.8.0 does not have driver.debug");
        try (var wire = stack.wire().login("admin", "mypass")) {
            assertEquals("OK", wire.ask("SET TRACKING ON"));
            var id = TRACKING_ID.matcher(wire.ask("SET VAR UPS2 driver.debug \"1\""));
            assertTrue(id.matches());
            Await.value("the outcome", TEN_SECONDS, () -> wire.ask("GET TRACKING " + id.group(1)), "SUCCESS"::equals);
        }
    }

    @Test
    void everyAnswerComesWithinPynutsFiveSeconds() throws SocketException {
        try (var wire = stack.wire()) {
            wire.socket().setSoTimeout(5000);
            for (int i = 0; i < 20; i++) {
                assertEquals("END LIST VAR UPS2", wire.list("LIST VAR UPS2").getLast());
            }
        }
    }
}
