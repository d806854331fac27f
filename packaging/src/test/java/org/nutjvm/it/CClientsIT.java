package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Debian's C clients against every choice of server and driver.
@ParameterizedClass(name = "{0}")
@MethodSource("allRoles")
class CClientsIT extends OnAStack {
    private Result c(String program, String... arguments) {
        return stack.box().run(Maker.C, program, arguments);
    }

    @Test
    void upscListsDevices() {
        var result = c("upsc", "-L", "localhost:" + stack.port());
        assertEquals(0, result.exit(), result.err());
        assertEquals(
                List.of("dummy: Crash Dummy", "UPS1: Example event sequence", "UPS2: Example ePDU data dump"),
                result.outLines());
    }

    @Test
    void upscListsExactlyTheVariablesOnTheWire() {
        var result = c("upsc", stack.at("UPS2"));
        assertEquals(0, result.exit(), result.err());
        try (var wire = stack.wire()) {
            var rows = wire.list("LIST VAR UPS2");
            var expected = rows.subList(1, rows.size() - 1).stream()
                    .map(row -> row.replaceAll("^VAR UPS2 (\\S+) \"(.*)\"$", "$1: $2")
                            .replaceAll("\\\\(.)", "$1"))
                    .toList();
            assertEquals(expected, result.outLines());
            assertTrue(expected.contains("ups.id: rack \"4\" \\ left"), expected.toString());
        }
    }

    @Test
    void upscReadsOneVariable() {
        assertEquals("8\n", c("upsc", stack.at("UPS2"), "outlet.count").out());
    }

    @Test
    void upscShowsWhoIsLoggedIn() {
        try (var wire = stack.wire().login("dummy-user", "P@ssW0rd")) {
            assertEquals("OK", wire.ask("LOGIN UPS1"));
            var result = c("upsc", "-c", stack.at("UPS1"));
            assertEquals(0, result.exit(), result.err());
            assertEquals("127.0.0.1\n", result.out());
        }
    }

    @Test
    void upscmdListsCommandsWithDescriptions() {
        var result = c("upscmd", "-l", stack.at("UPS2"));
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().startsWith("Instant commands supported on UPS [UPS2]:\n\n"), result.out());
        var row = result.outLines().stream()
                .filter(line -> line.startsWith("load.off - "))
                .toList();
        assertEquals(1, row.size(), result.out());
        assertFalse(row.getFirst().contains("unavailable"), row.getFirst());
    }

    @Test
    void upscmdWithTheRightPasswordIsAccepted() {
        var result = c("upscmd", "-u", "admin", "-p", "mypass", stack.at("UPS2"), "load.off");
        assertEquals(0, result.exit(), result.err());
        assertEquals("OK", result.firstError());
    }

    @Test
    void upscmdFollowsTheCommandToItsEnd() {
        var result = c("upscmd", "-w", "-t", "10", "-u", "admin", "-p", "mypass", stack.at("UPS2"), "load.off");
        assertEquals(0, result.exit(), result.err());
        assertTrue(List.of("ERR UNKNOWN", "SUCCESS").contains(result.firstError()), result.err());
    }

    @ParameterizedTest
    @CsvSource({"admin, wrong", "reader, public", "tester, pass words", "nobody, mypass"})
    void upscmdWithoutTheRightIsDenied(String user, String password) {
        var result = c("upscmd", "-u", user, "-p", password, stack.at("UPS2"), "load.off");
        assertEquals(1, result.exit());
        // C's clients send the password unquoted, so one of two words is an argument too many.
        var expected = password.contains(" ")
                ? "Unexpected response from upsd: ERR PASSWORD-REQUIRED"
                : "Unexpected response from upsd: ERR ACCESS-DENIED";
        assertEquals(expected, result.firstError());
    }

    @Test
    void upsrwListsWritableVariables() {
        var result = c("upsrw", stack.at("UPS2"));
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().contains("[ups.status]\n"), result.out());
        assertTrue(
                result.out().replaceAll("(?s).*\\[ups.status]\n", "").contains("Type: STRING\nMaximum length: 32\n"),
                result.out());
    }

    @Test
    void upsrwSetsAValueAndSeesItHappen() {
        for (var value : new String[] {"OL TRIM", "OL BOOST"}) {
            var result = c(
                    "upsrw",
                    "-w",
                    "-t",
                    "10",
                    "-s",
                    "ups.status=" + value,
                    "-u",
                    "admin",
                    "-p",
                    "mypass",
                    stack.at("UPS2"));
            assertEquals(0, result.exit(), result.err());
            assertEquals("SUCCESS", result.firstError());
            stack.awaitAnswer("GET VAR UPS2 ups.status", "VAR UPS2 ups.status \"" + value + "\"");
        }
    }

    @Test
    void upsrwWithAWrongPasswordIsDenied() {
        var result = c("upsrw", "-s", "ups.status=OB", "-u", "admin", "-p", "wrong", stack.at("UPS2"));
        assertEquals(1, result.exit());
        assertEquals("Unexpected response from upsd: ERR ACCESS-DENIED", result.firstError());
        assertEquals("VAR UPS2 ups.status \"OL BOOST\"", stack.ask("GET VAR UPS2 ups.status"));
    }

    @Test
    void upslogSeesThePowerGoAndCome() throws IOException {
        var file = stack.box().dir().resolve("upslog.txt");
        var upslog =
                stack.box().daemon(Maker.C, "upslog", "-F", "-i", "1", "-s", stack.at("dummy"), "-l", file.toString());
        Await.until(
                "both states logged",
                () -> text(file).contains(" [OB] ") && text(file).contains(" [OL] "));
        upslog.end();
    }

    @ParameterizedTest
    @CsvSource({
        "primary, dummy-admin, P@ssW0rdAdm",
        "master, dummy-admin-m, P@ssW0rdAdm",
        "secondary, dummy-user, P@ssW0rd",
        "slave, dummy-user-s, P@ssW0rd"
    })
    void upsmonLogsInAndIsCounted(String role, String user, String password) {
        var line = "MONITOR dummy@127.0.0.1:" + stack.port() + " 1 " + user + " " + password + " " + role;
        try (var upsmon = new Upsmon(stack, Maker.C, "monitor", line).awaitLogin("dummy", 1);
                var wire = stack.wire()) {
            assertEquals("NUMLOGINS dummy 1", wire.ask("GET NUMLOGINS dummy"));
            assertEquals(
                    List.of("BEGIN LIST CLIENT dummy", "CLIENT dummy 127.0.0.1", "END LIST CLIENT dummy"),
                    wire.list("LIST CLIENT dummy"));
            assertFalse(
                    upsmon.proc().log().contains("unavailable"), upsmon.proc().log());
            assertFalse(upsmon.proc().log().contains("failed"), upsmon.proc().log());
            upsmon.proc().end();
        }
        stack.awaitAnswer("GET NUMLOGINS dummy", "NUMLOGINS dummy 0");
    }

    @Test
    void upsmonNoticesThatPowerGoesAndComesAndDoesNotShutDown() {
        var at = "dummy@127.0.0.1:" + stack.port();
        try (var upsmon = new Upsmon(stack, Maker.C, "watcher", Upsmon.monitor(stack, "dummy", "primary"))) {
            upsmon.awaitLogin("dummy", 1);
            Await.until("both notices", () -> {
                var seen = upsmon.notices();
                return seen.contains("ONBATT " + at) && seen.contains("ONLINE " + at);
            });
            upsmon.proc().end();
            assertEquals("", upsmon.downs());
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
