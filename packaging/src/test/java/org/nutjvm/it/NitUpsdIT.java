package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What upstream's integration suite demands of upsd's start, end and configuration.
@ParameterizedClass(name = "{0} upsd")
@EnumSource(Maker.class)
@ExtendWith(LogsOnFailure.class)
class NitUpsdIT {
    @Parameter
    @SuppressWarnings("NullAway.Init")
    Maker maker;

    @SuppressWarnings("NullAway.Init")
    private Stack stack;

    @BeforeEach
    void newStack() {
        stack = new Stack(new Roles(maker, Maker.C));
        maker.program("upsd");
    }

    @AfterEach
    void endAll() {
        stack.close();
    }

    // 1.

    @Test
    void withoutAnyConfigurationItExitsByItselfNonZero() throws IOException {
        remove("upsd.conf", "ups.conf", "upsd.users");
        assertRefusesToStart();
    }

    @Test
    void withoutUpsConfItExitsByItselfNonZero() throws IOException {
        remove("ups.conf", "upsd.users");
        assertRefusesToStart();
    }

    @Test
    void withoutAnySectionInUpsConfItExitsByItselfNonZero() throws IOException {
        remove("upsd.users");
        stack.box().write("ups.conf", stack.globals());
        assertRefusesToStart();
    }

    @Test
    void itStaysInTheForeground() {
        var upsd = stack.startUpsd();
        assertTrue(upsd.alive());
        assertFalse(Files.exists(stack.box().state().resolve("upsd.pid")), "-F leaves no pid file");
    }

    // 2.

    @Test
    void withAllowNoDeviceItRunsWithoutAnySectionAndListsNothing() {
        stack.box().write("ups.conf", stack.globals());
        stack.box().write("upsd.conf", stack.listen() + "ALLOW_NO_DEVICE true\n");
        stack.startUpsd();
        try (var wire = stack.wire()) {
            assertEquals(List.of("BEGIN LIST UPS", "END LIST UPS"), wire.list("LIST UPS"));
        }
    }

    @Test
    void allowNoDeviceIsAcceptedTogetherWithSections() {
        stack.box().write("upsd.conf", stack.listen() + "ALLOW_NO_DEVICE true\n");
        stack.startUpsd();
        try (var wire = stack.wire()) {
            assertEquals(5, wire.list("LIST UPS").size());
        }
    }

    // 3.

    @Test
    void overlappingAddressesOfLocalhostAreNotFatal() {
        var upsd = stack.startUpsd();
        try (var wire = new Wire("127.0.0.1", stack.port())) {
            assertEquals("1.3", wire.ask("NETVER"));
        }
        assumeTrue(knowsIpv6(), "this machine has no ::1");
        try (var wire = new Wire("::1", stack.port())) {
            assertEquals("1.3", wire.ask("NETVER"));
        }
        assertTrue(upsd.alive());
    }

    @Test
    void debugMinAndMaxconnAreAccepted() {
        stack.box().write("upsd.conf", stack.listen() + "DEBUG_MIN 2\nMAXCONN 60\n");
        var upsd = stack.startUpsd();
        assertFalse(upsd.log().contains("DEBUG_MIN") && upsd.log().contains("invalid"), upsd.log());
    }

    // 4.

    @Test
    void theKernelShowsItListening() throws IOException {
        assertFalse(listening(stack.port()));
        stack.startUpsd();
        assertTrue(listening(stack.port()));
    }

    @Test
    void thePortIsUsableRightAfterThePreviousServerEnded() {
        for (int i = 0; i < 3; i++) {
            var upsd = stack.startUpsd();
            var wire = stack.wire(); // closed by the server first: the port is left in TIME_WAIT
            assertEquals("1.3", wire.ask("NETVER"));
            upsd.end();
            assertTrue(wire.closed());
            wire.close();
        }
    }

    // 5.

    @Test
    void onSigtermItEndsPromptlyWithZero() {
        var upsd = stack.startUpsd();
        try (var idle = stack.wire()) {
            upsd.signal("TERM");
            assertEquals(0, upsd.awaitExit(Sandbox.PROMPTLY));
            assertTrue(idle.closed());
        }
    }

    // 6. and 7.

    @Test
    void devicesWithoutDriverAreListedInOrderAndAnswered() {
        stack.startUpsd();
        try (var wire = stack.wire()) {
            assertEquals(
                    List.of(
                            "BEGIN LIST UPS",
                            "UPS dummy \"Crash Dummy\"",
                            "UPS UPS1 \"Example event sequence\"",
                            "UPS UPS2 \"Example ePDU data dump\"",
                            "END LIST UPS"),
                    wire.list("LIST UPS"));
            assertEquals("ERR DRIVER-NOT-CONNECTED", wire.ask("GET VAR dummy ups.status"));
            assertEquals("ERR DRIVER-NOT-CONNECTED", wire.ask("LIST VAR UPS1"));
        }
    }

    @Test
    void driversStartedLaterArePickedUp() {
        Maker.C.program("dummy-ups");
        stack.startUpsd();
        assertEquals("ERR DRIVER-NOT-CONNECTED", stack.ask("GET VAR UPS2 ups.status"));
        stack.startDriver("UPS2");
        stack.awaitAnswer("GET VAR UPS2 ups.status", "VAR UPS2 ups.status \"OL BOOST\"");
    }

    // 8.

    @Test
    void usersAreReadInEverySpellingOfTheSuite() {
        stack.box().write("upsd.users", """
                        [bare]
                            password = secret
                            actions = SET
                            instcmds = ALL
                            # an indented comment
                            upsmon master
                        [quoted]
                            password = "two words"
                            instcmds = load.off
                            instcmds = beeper.off
                            upsmon slave
                        [first]
                            upsmon primary
                            password = x
                        [second]
                            upsmon secondary
                            password = y
                        """);
        stack.startUpsd();
        assertLogin("bare", "secret", "OK MASTER-GRANTED");
        assertLogin("quoted", "two words", "ERR ACCESS-DENIED");
        assertLogin("first", "x", "OK MASTER-GRANTED");
        assertLogin("second", "y", "ERR ACCESS-DENIED");
    }

    // 9.

    @Test
    void configurationOfMode640OwnedByTheUserIsRead() throws IOException {
        assertEquals(
                "rw-r-----",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(stack.box().conf().resolve("upsd.users"))));
        var upsd = stack.startUpsd();
        assertFalse(upsd.log().contains("upsd.users is world readable"), upsd.log());
    }

    private void assertLogin(String user, String password, String master) {
        try (var wire = stack.wire().login(user, password)) {
            assertEquals(master, wire.ask("MASTER dummy"), user);
            assertEquals("OK", wire.ask("LOGIN dummy"), user);
        }
    }

    private void assertRefusesToStart() {
        var upsd = stack.box().daemon(maker, "upsd", "-F");
        assertNotEquals(0, upsd.awaitExit(Await.LONG));
        assertFalse(upsd.err().isBlank(), "a reason on stderr");
    }

    private void remove(String... names) throws IOException {
        for (var name : names) {
            Files.delete(stack.box().conf().resolve(name));
        }
    }

    private static boolean listening(int port) throws IOException {
        var row = String.format(Locale.ROOT, ":%04X ", port);
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (var line : Files.readAllLines(Path.of(table))) {
                var words = line.strip().split("\\s+", -1);
                if ((words[1] + " ").endsWith(row) && words[3].equals("0A")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean knowsIpv6() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
