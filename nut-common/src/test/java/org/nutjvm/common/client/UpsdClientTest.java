package org.nutjvm.common.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.common.client.UpsdClient.Family;

class UpsdClientTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(150);

    private interface Talk {
        void with(UpsdClient client) throws NutException;
    }

    private static List<String> talk(UnaryOperator<String> answers, Talk talk) throws IOException {
        try (var upsd = new FakeUpsd(answers);
                var client = UpsdClient.connect("127.0.0.1", upsd.port(), Family.ANY, PATIENT, PATIENT)) {
            talk.with(client);
            return List.copyOf(upsd.requests);
        }
    }

    private static NutException failure(String answer, Talk talk) throws IOException {
        return failure(answer, PATIENT, talk);
    }

    /// What a call throws when the server answers so, and that the client is closed exactly when it should be.
    private static NutException failure(String answer, Duration readTimeout, Talk talk) throws IOException {
        try (var upsd = new FakeUpsd(_ -> answer);
                var client = UpsdClient.connect("127.0.0.1", upsd.port(), Family.ANY, PATIENT, readTimeout)) {
            var failure = assertThrows(NutException.class, () -> talk.with(client));
            assertEquals(failure.answered(), client.open());
            return failure;
        }
    }

    @Test
    void valueOfVariable() throws IOException {
        var sent = talk(
                _ -> "VAR dummy ups.model \"Dummy \\\"UPS\\\" \\\\ \\# 1\"\n",
                client -> assertEquals("Dummy \"UPS\" \\ # 1", client.getVar("dummy", "ups.model")));
        assertEquals(List.of("GET VAR dummy ups.model"), sent);
    }

    @Test
    void echoIsComparedWithoutCase() throws IOException {
        talk(_ -> "VAR DUMMY ups.model \"x\"\n", client -> assertEquals("x", client.getVar("dummy", "ups.model")));
    }

    @Test
    void emptyValue() throws IOException {
        talk(_ -> "VAR dummy ups.id \"\"\n", client -> assertEquals("", client.getVar("dummy", "ups.id")));
    }

    @Test
    void listKeepsTheServersOrder() throws IOException {
        var list = """
                BEGIN LIST VAR dummy
                VAR dummy ups.status "OL CHRG"
                VAR dummy battery.charge "90"
                VAR dummy device.mfr ""
                END LIST VAR dummy
                """;
        talk(_ -> list, client -> {
            var vars = client.listVar("dummy");
            assertEquals(List.of("ups.status", "battery.charge", "device.mfr"), List.copyOf(vars.keySet()));
            assertEquals(List.of("OL CHRG", "90", ""), List.copyOf(vars.values()));
        });
    }

    @Test
    void emptyList() throws IOException {
        talk(_ -> "BEGIN LIST UPS\nEND LIST UPS\n", client -> assertEquals(Map.of(), client.listUps()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8191, 8192, 8193})
    void listOfAnySizeInPiecesOfAnySize(int piece) throws Exception {
        var text = new StringBuilder("BEGIN LIST VAR u\n");
        var expected = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            expected.add("x".repeat(i));
            text.append("VAR u v").append(i).append(" \"").append("x".repeat(i)).append("\"\n");
        }
        var bytes = text.append("END LIST VAR u\n").toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = Thread.ofPlatform().daemon().start(() -> {
                try (var connection = listener.accept()) {
                    connection.setTcpNoDelay(true);
                    assertTrue(connection.getInputStream().read() >= 0);
                    for (int i = 0; i < bytes.length; i += piece) {
                        connection.getOutputStream().write(bytes, i, Math.min(piece, bytes.length - i));
                    }
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (var client = UpsdClient.connect("127.0.0.1", listener.getLocalPort(), Family.ANY, PATIENT, PATIENT)) {
                assertEquals(expected, List.copyOf(client.listVar("u").values()));
            }
            server.join(Duration.ofSeconds(20));
        }
    }

    /// The second line begins and ends where the buffer's half and whole do.
    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 0})
    void linesAsLongAsAllowed(int less) throws IOException {
        var begin = "BEGIN LIST CMD u\n";
        int limit = ReplyReader.LINE_LIMIT;
        var first = padded("CMD u a.b", limit + less - begin.length());
        var second = padded("CMD u c.d", limit + 1 + less);
        talk(
                _ -> begin + first + second + "END LIST CMD u\n",
                client -> assertEquals(List.of("a.b", "c.d"), client.listCmd("u")));
    }

    private static String padded(String line, int length) {
        return line + " ".repeat(length - line.length() - 1) + '\n';
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            VAR u x.y "a=b ! ~"      | a=b ! ~
            VAR u x.y a!b            | a!b
            VAR u x.y "a\\"b"         | a"b
            VAR u x.y "a"b           | a
            VAR u x.y a"b"           | a"b"
            VAR u x.y a\\ b           | a b
            VAR  u\\tx.y  "a"         | a
            VAR u x.y "a             | a
            VAR u x.y a # b          | a
            VAR u x.y a=b            | a
            """)
    void wordsInAllTheirForms(String answer, String value) throws IOException {
        talk(_ -> answer.replace("\\t", "\t") + "\n", client -> assertEquals(value, client.getVar("u", "x.y")));
    }

    @Test
    void requestsAreQuotedWhereTheParserNeedsIt() throws IOException {
        var sent = talk(_ -> "OK\n", client -> {
            client.username("admin");
            client.password("a b#c\"d\\e=f");
            client.login("");
            client.setVar("ups", "ups.id", "plain");
            client.instcmd("ups", "test.panel.start", "");
            client.instcmd("ups", "shutdown.return", "20 30");
            client.setTracking(true);
            client.fsd("ups");
        });
        assertEquals(
                List.of(
                        "USERNAME admin",
                        "PASSWORD \"a b\\#c\\\"d\\\\e=f\"",
                        "LOGIN \"\"",
                        "SET VAR ups ups.id plain",
                        "INSTCMD ups test.panel.start",
                        "INSTCMD ups shutdown.return \"20 30\"",
                        "SET TRACKING ON",
                        "FSD ups"),
                sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\nFSD ups", "x\r", "x\0"})
    void oneRequestNeverBecomesTwo(String value) throws IOException {
        var sent = talk(_ -> "OK\n", client -> {
            var refused = assertThrows(NutException.class, () -> client.setVar("ups", "ups.id", value));
            assertEquals(Reason.INVALIDARG, refused.reason());
            client.login("ups");
        });
        assertEquals(List.of("LOGIN ups"), sent);
    }

    @Test
    void trackingId() throws IOException {
        talk(request -> request.startsWith("GET") ? "PENDING\n" : "OK TRACKING 1-2-3\n", client -> {
            assertEquals("1-2-3", client.setVar("ups", "ups.id", "x"));
            assertEquals("PENDING", client.tracking("1-2-3"));
        });
    }

    @Test
    void primaryFallsBackToTheOldWord() throws IOException {
        var sent = talk(
                request -> request.startsWith("PRIMARY") ? "ERR UNKNOWN-COMMAND\n" : "OK MASTER-GRANTED\n",
                client -> client.primary("ups"));
        assertEquals(List.of("PRIMARY ups", "MASTER ups"), sent);
    }

    @Test
    void logoutWaitsForGoodbyeAndCloses() throws IOException {
        var sent = talk(_ -> "OK Goodbye\n", client -> {
            client.logout();
            assertFalse(client.open());
            client.logout();
        });
        assertEquals(List.of("LOGOUT"), sent);
    }

    @ParameterizedTest
    @CsvSource({
        "ERR VAR-NOT-SUPPORTED, VARNOTSUPP, Variable not supported by UPS",
        "ERR UNKNOWN-UPS, UNKNOWNUPS, Unknown UPS",
        "ERR DATA-STALE, DATASTALE, Data stale",
        "ERR DRIVER-NOT-CONNECTED, DRVNOTCONN, Driver not connected",
        "ERR ACCESS-DENIED, ACCESSDENIED, Access denied",
        "ERR READONLY, VARREADONLY, Read-only variable",
        "ERR TOO-LONG with more, TOOLONG, New value is too long",
        "ERR INVALID-ARGUMENT, UNKNOWN, Unknown error",
        "ERR FEATURE-NOT-CONFIGURED, UNKNOWN, Unknown error",
        "ERR SOMETHING-NEW, UNKNOWN, Unknown error",
        "ERR, UNKNOWN, Unknown error"
    })
    void errorOfServer(String answer, Reason reason, String message) throws IOException {
        var failure = failure(answer + "\n", client -> client.getVar("ups", "x.y"));
        assertEquals(reason, failure.reason());
        assertEquals(message, failure.getMessage());
        assertEquals(answer.length() > 4 ? answer.substring(4) : "", failure.detail());
    }

    @Test
    void connectionSurvivesAnError() throws IOException {
        talk(request -> request.endsWith("bad") ? "ERR VAR-NOT-SUPPORTED\n" : "VAR ups good \"1\"\n", client -> {
            assertThrows(NutException.class, () -> client.getVar("ups", "bad"));
            assertEquals("1", client.getVar("ups", "good"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VAR ups\n",
                "VAR ups other.var \"1\"\n",
                "VAR other x.y \"1\"\n",
                "VAR ups x.y\n",
                "DESC ups x.y \"1\"\n",
                "\n",
                "OK\n",
                "\u0001\u0002\u00ff\u0080\n"
            })
    void answerToAnotherQuestion(String answer) throws IOException {
        assertEquals(
                Reason.PROTOCOL,
                failure(answer, client -> client.getVar("ups", "x.y")).reason());
    }

    @Test
    void answerTheParserRefuses() throws IOException {
        var failure = failure("VAR ups x.y \"a#b\"\n", client -> client.getVar("ups", "x.y"));
        assertEquals("Parse error: Unbalanced word due to unescaped # in quotes", failure.getMessage());
    }

    @Test
    void endlessLine() throws IOException {
        var failure = failure("VAR ups x.y \"" + "a".repeat(100_000), client -> client.getVar("ups", "x.y"));
        assertEquals(Reason.PROTOCOL, failure.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "VAR ups x.y \"half\0", "ERR DATA-ST\0"})
    void hungUpBeforeTheLineWasWhole(String answer) throws IOException {
        var failure = failure(answer, client -> client.getVar("ups", "x.y"));
        assertEquals(Reason.SRVDISC, failure.reason());
        assertEquals("Server disconnected", failure.getMessage());
        assertFalse(failure.timedOut());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "VAR ups x.y \"half"})
    void silence(String answer) throws IOException {
        var failure = failure(answer, SHORT, client -> client.getVar("ups", "x.y"));
        assertEquals("Server disconnected", failure.getMessage());
        assertTrue(failure.timedOut());
        assertEquals("no answer within 0.15 seconds", failure.detail());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN LIST VAR ups\nVAR ups a.b \"1\"\n\0",
                "BEGIN LIST VAR ups\nVAR ups a.b \"1\"\nVAR ups c.\0",
            })
    void hungUpInTheMiddleOfAList(String answer) throws IOException {
        assertEquals(
                Reason.SRVDISC, failure(answer, client -> client.listVar("ups")).reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN LIST VAR other\nEND LIST VAR other\n",
                "BEGIN LIST VAR\nEND LIST VAR\n",
                "BEGIN\n",
                "VAR ups a.b \"1\"\n",
                "BEGIN LIST VAR ups\nEND LIST VAR other\n",
                "BEGIN LIST VAR ups\nVAR other a.b \"1\"\nEND LIST VAR ups\n",
                "BEGIN LIST VAR ups\nVAR ups a.b\nEND LIST VAR ups\n",
                "BEGIN LIST VAR ups\n\nEND LIST VAR ups\n",
                "BEGIN LIST VAR ups\nBEGIN LIST VAR ups\n",
            })
    void malformedList(String answer) throws IOException {
        assertEquals(
                Reason.PROTOCOL,
                failure(answer, client -> client.listVar("ups")).reason());
    }

    @Test
    void errorInTheMiddleOfAList() throws IOException {
        var failure =
                failure("BEGIN LIST VAR ups\nVAR ups a.b \"1\"\nERR DATA-STALE\n", client -> client.listVar("ups"));
        assertEquals(Reason.DATASTALE, failure.reason());
    }

    @Test
    void endlessList() throws IOException {
        var row = "VAR ups a.b \"" + "x".repeat(500) + "\"\n";
        var failure = failure("BEGIN LIST VAR ups\n" + row.repeat(10_000), client -> client.listVar("ups"));
        assertEquals(Reason.PROTOCOL, failure.reason());
    }

    @Test
    void afterTheEndNothingIsSent() throws IOException {
        try (var upsd = new FakeUpsd(_ -> "\0");
                var client = UpsdClient.connect("127.0.0.1", upsd.port())) {
            assertThrows(NutException.class, client::ver);
            var again = assertThrows(NutException.class, client::ver);
            assertEquals("Driver not connected", again.getMessage());
            assertEquals(1, upsd.requests.size());
        }
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
        }
        var failure = assertThrows(NutException.class, () -> UpsdClient.connect("127.0.0.1", port));
        assertEquals("Connection failure: Connection refused", failure.getMessage());
        assertEquals(Reason.CONNFAILURE, failure.reason());
    }

    @Test
    void unknownHost() {
        var failure = assertThrows(NutException.class, () -> UpsdClient.connect("no-such-host.invalid", 3493));
        assertEquals("No such host", failure.getMessage());
        assertEquals("no-such-host.invalid", failure.detail());
    }

    @Test
    void addressOfTheOtherFamilyIsNoHost() {
        var failure = assertThrows(
                NutException.class, () -> UpsdClient.connect("127.0.0.1", 3493, Family.IPV6, PATIENT, PATIENT));
        assertEquals(Reason.NOSUCHHOST, failure.reason());
    }

    /// A listener whose queue is full lets SYNs fall, as a host that is switched off does.
    @Test
    @Timeout(60) // the system would try for two minutes
    void connectingTakesNoLongerThanAllowed() throws IOException {
        var waiting = new ArrayList<Socket>();
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            boolean full = false;
            for (int i = 0; i < 20 && !full; i++) {
                var socket = new Socket();
                waiting.add(socket);
                try {
                    socket.connect(listener.getLocalSocketAddress(), 300);
                } catch (java.net.SocketTimeoutException e) {
                    full = true;
                }
            }
            assumeTrue(full, "this system does not drop connections at a full queue");
            var failure = assertThrows(
                    NutException.class,
                    () -> UpsdClient.connect(
                            "127.0.0.1", listener.getLocalPort(), Family.ANY, SHORT, Duration.ofHours(1)));
            assertEquals("Connection failure: Connection timed out", failure.getMessage());
            assertTrue(failure.timedOut());
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    @SuppressWarnings("try") // closed by hand on purpose
    void closeFromAnotherThreadEndsTheWait() throws Exception {
        var asked = new CountDownLatch(1);
        var failure = new AtomicReference<NutException>();
        UnaryOperator<String> silent = _ -> {
            asked.countDown();
            return "";
        };
        try (var upsd = new FakeUpsd(silent);
                var client = UpsdClient.connect("127.0.0.1", upsd.port(), Family.ANY, PATIENT, Duration.ZERO)) {
            var waiting = Thread.ofVirtual()
                    .start(() -> failure.set(assertThrows(NutException.class, () -> client.getVar("ups", "x.y"))));
            assertTrue(asked.await(20, TimeUnit.SECONDS));
            client.close();
            assertTrue(waiting.join(Duration.ofSeconds(20)));
            assertFalse(failure.get().answered());
        }
    }

    @Test
    void rowsOneByOne() throws IOException {
        talk(_ -> "BEGIN LIST CMD ups\nCMD ups load.off\nEND LIST CMD ups\n", client -> {
            client.startList("CMD", "ups");
            assertThrows(IllegalStateException.class, client::ver);
            assertEquals(List.of("CMD", "ups", "load.off"), client.nextRow());
            assertNull(client.nextRow());
            assertThrows(IllegalStateException.class, client::nextRow);
        });
    }
}
