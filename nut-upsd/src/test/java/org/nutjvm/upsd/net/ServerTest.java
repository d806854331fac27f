package org.nutjvm.upsd.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.HostsAccess;
import org.nutjvm.common.conf.PasswordHash;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.tls.ServerTls;
import org.nutjvm.upsd.FakeDriver;
import org.nutjvm.upsd.TestClient;
import org.nutjvm.upsd.session.Descriptions;

/// The loop with real sockets and a clock that can be put forward.
class ServerTest {
    private static final String DUMP = "SETINFO ups.status \"OL\"\n" + variables(100) + "DATAOK\nDUMPDONE\n";
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    Path directory = Path.of("");

    private final AtomicLong ahead = new AtomicLong();
    private final AtomicLong stopped = new AtomicLong();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    @SuppressWarnings("NullAway.Init")
    private Server server;

    @SuppressWarnings("NullAway.Init")
    private FakeDriver driver;

    @BeforeEach
    void start() throws Exception {
        driver = new FakeDriver(directory.resolve("fake-dummy"), DUMP);
        server = new Server(new Descriptors(20_000), Descriptions.NONE, "1", this::now, () -> 1);
        server.listen(List.of(new UpsdConf.Listen("127.0.0.1", "0", 1)), false, false, "upsd.conf", false);
        server.devices(List.of(new Server.Served("dummy", null, directory.resolve("fake-dummy"))));
    }

    private void run() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                server.run(new Server.Chores() {
                    @Override
                    public void reload() {}

                    @Override
                    public void tick() {}
                });
                ended.complete(true);
            } catch (IOException | RuntimeException e) {
                ended.completeExceptionally(e);
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        ended.orTimeout(10, TimeUnit.SECONDS).join();
        server.close();
        driver.close();
    }

    private static String variables(int count) {
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("SETINFO outlet.")
                    .append(i)
                    .append(".desc \"Outlet number ")
                    .append(i)
                    .append("\"\n");
        }
        return lines.toString();
    }

    private long now() {
        long at = stopped.get();
        return (at == 0 ? System.nanoTime() : at) + ahead.get();
    }

    /// From here on time passes by [#pass] alone.
    private void stopClock() {
        stopped.set(System.nanoTime());
    }

    private void pass(long seconds) {
        ahead.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private TestClient client() throws IOException {
        return new TestClient(server.port());
    }

    private static void ready(TestClient client) throws Exception {
        client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OL\"");
    }

    @Test
    void anySplitOfRequestsGetsTheSameReplies() throws Exception {
        run();
        try (var client = client()) {
            ready(client);
            String requests =
                    "GET VAR dummy ups.status\nNOSUCH\n\nGET VAR \"dum\\my\" ups.status\r\nSET VAR a \"b#c\nPROTVER\n";
            var expected = List.of(
                    "VAR dummy ups.status \"OL\"",
                    "ERR UNKNOWN-COMMAND",
                    "ERR UNKNOWN-COMMAND",
                    "VAR dummy ups.status \"OL\"",
                    "ERR INVALID-ARGUMENT",
                    "1.3");
            for (int cut = 0; cut <= requests.length(); cut++) {
                client.send(requests.substring(0, cut));
                client.send(requests.substring(cut));
                var replies = new ArrayList<String>();
                for (int i = 0; i < expected.size(); i++) {
                    replies.add(client.line());
                }
                assertEquals(expected, replies, "cut at " + cut);
            }
            for (int i = 0; i < requests.length(); i++) {
                client.send(requests.substring(i, i + 1));
            }
            for (var reply : expected) {
                assertEquals(reply, client.line());
            }
        }
    }

    @Test
    void keptRepliesAreThoseThatWouldBeMade() throws Exception {
        run();
        try (var client = client()) {
            ready(client);
            for (var request :
                    List.of("LIST VAR dummy", "LIST VAR Dummy", "LIST UPS", "LIST CMD dummy", "LIST RW dummy")) {
                assertEquals(client.list(request), client.list(request));
                assertEquals(client.list(request), client.list(request + "  # made anew"));
            }
            driver.say("SETINFO ups.status \"OB\"\n");
            client.await("GET VAR dummy ups.status", "VAR dummy ups.status \"OB\"");
            assertTrue(client.list("LIST VAR dummy").contains("VAR dummy ups.status \"OB\""));
        }
    }

    @Test
    void aClientThatAsksNothingForAMinuteIsDropped() throws Exception {
        run();
        try (var idle = client();
                var busy = client()) {
            assertEquals("1.3", idle.ask("PROTVER"));
            assertEquals("1.3", busy.ask("PROTVER"));
            for (int i = 0; i < 7; i++) {
                pass(10);
                assertEquals("1.3", busy.ask("PROTVER"));
            }
            assertEquals("(closed)", idle.line());
            assertEquals("1.3", busy.ask("PROTVER"));
        }
    }

    @Test
    void aDriverThatIsSilentIsAskedAndThenItsDataAreStale() throws Exception {
        run();
        try (var client = client()) {
            ready(client);
            pass(7);
            assertEquals("PING", driver.heard("PING"));
            driver.say("PONG\n");
            pass(11);
            ready(client);
            pass(10);
            client.await("GET VAR dummy ups.status", "ERR DATA-STALE");
            driver.say("PONG\n");
            ready(client);
        }
    }

    @Test
    void whoDoesNotReadIsDroppedAndOthersAreServed() throws Exception {
        run();
        try (var deaf = client();
                var other = client()) {
            ready(other);
            var flood = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 100_000; i++) {
                        deaf.send("LIST VAR dummy\n".repeat(100));
                    }
                } catch (IOException e) {
                    return; // dropped at last
                }
                throw new AssertionError("everything was read");
            });
            for (int i = 0; i < 100; i++) {
                assertEquals("VAR dummy ups.status \"OL\"", other.ask("GET VAR dummy ups.status"));
            }
            for (int i = 0; i < 200 && !flood.isDone(); i++) {
                pass(2);
                assertEquals("1.3", other.ask("NETVER"));
                Thread.sleep(20);
            }
            flood.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aSlowReaderGetsEverything() throws Exception {
        run();
        try (var client = client()) {
            ready(client);
            int count = 3000;
            var sent = new AtomicLong();
            var sending = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        client.send("LIST VAR dummy\n");
                        sent.incrementAndGet();
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            while (sent.get() < count / 2) {
                Thread.onSpinWait();
            }
            int ends = 0;
            for (int lines = 0; ends < count; lines++) {
                String line = client.line();
                assertTrue(!line.endsWith("(closed)"), "closed after " + lines + " lines");
                ends += line.equals("END LIST VAR dummy") ? 1 : 0;
            }
            sending.get(10, TimeUnit.SECONDS);
            assertEquals("1.3", client.ask("PROTVER"));
        }
    }

    @Test
    void endlessAndBinaryLinesGetAnErrorAndThenTheDoor() throws Exception {
        run();
        try (var client = client();
                var other = client()) {
            assertEquals("ERR TOO-LONG", client.ask("X".repeat(5000)));
            assertEquals("1.3", client.ask("PROTVER"));
            assertEquals("ERR TOO-LONG", client.ask("X".repeat(100_000)));
            assertEquals("ERR INVALID-ARGUMENT", client.ask("\1\2\3\4"));
            assertEquals("1.3", client.ask("PROTVER"));
            assertEquals("ERR INVALID-ARGUMENT", client.ask("\1\2\3\4"));
            assertEquals("ERR TOO-LONG", client.ask("X".repeat(5000)));
            assertEquals("(closed)", client.line());
            assertEquals("1.3", other.ask("PROTVER"));
        }
    }

    @Test
    void randomBytesHarmNobodyElse() throws Exception {
        run();
        var random = new Random(42);
        try (var other = client()) {
            ready(other);
            for (int round = 0; round < 200; round++) {
                try (var socket = new Socket(LOOPBACK, server.port())) {
                    byte[] bytes = new byte[20_000];
                    random.nextBytes(bytes);
                    socket.getOutputStream().write(bytes);
                    socket.getOutputStream().write("\nLOGOUT\n".getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    continue; // the server had enough of it
                }
                assertEquals("VAR dummy ups.status \"OL\"", other.ask("GET VAR dummy ups.status"));
            }
        }
    }

    @Test
    void clientsBeyondMaxconnAreRefusedUntilOthersLeave() throws Exception {
        server.maxconn(5); // one device, one listener, three clients
        run();
        try (var first = client();
                var second = client()) {
            assertEquals("1.3", first.ask("PROTVER"));
            assertEquals("1.3", second.ask("PROTVER"));
            try (var third = client();
                    var fourth = client()) {
                assertEquals("1.3", third.ask("PROTVER"));
                assertEquals("(closed)", fourth.line());
                assertEquals("1.3", first.ask("PROTVER"));
            }
            String reply = "";
            for (int i = 0; i < 500 && !reply.equals("1.3"); i++) {
                try (var later = client()) {
                    later.send("PROTVER\n");
                    reply = later.line();
                } catch (IOException e) {
                    reply = "(closed)";
                }
                Thread.sleep(5);
            }
            assertEquals("1.3", reply);
        }
    }

    @Test
    void moreThanTheSystemAllowsIsNotPromised() {
        ended.complete(true);
        var refused = org.junit.jupiter.api.Assertions.assertThrows(StartException.class, () -> server.maxconn(30_000));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("You requested 30000 as maximum number of connections"));
    }

    @Test
    void aThousandClientsAreServedAndLeaveNothing() throws Exception {
        run();
        var clients = new ArrayList<TestClient>();
        try (var last = client()) {
            for (int i = 0; i < 1000; i++) {
                clients.add(client());
            }
            for (var client : clients) {
                client.send("PROTVER\n");
            }
            for (var client : clients) {
                assertEquals("1.3", client.line());
            }
            for (var client : clients) {
                client.close();
            }
            assertEquals("1.3", last.ask("PROTVER"));
        }
    }

    private void encrypts() throws IOException {
        var fixture = Path.of("..", "nut-common", "src", "test", "resources", "tls", "server.pem");
        var conf = UpsdConf.of(
                ConfReader.parse("upsd.conf", ("CERTFILE " + fixture + '\n').getBytes(StandardCharsets.US_ASCII)));
        server.tls(ServerTls.of(conf, Instant.parse("2027-01-01T00:00:00Z")));
    }

    @Test
    void aClientThatStallsInItsHandshakeIsDroppedAlone() throws Exception {
        encrypts();
        run();
        try (var bystander = client();
                var silent = client();
                var slow = client()) {
            ready(bystander);
            assertEquals("OK STARTTLS", silent.ask("STARTTLS"));
            assertEquals("OK STARTTLS", slow.ask("STARTTLS"));
            for (int i = 0; i < 3; i++) {
                slow.send("\u0016\u0003\u0001".substring(i, i + 1));
                pass(1 + Handshakes.SECONDS / 3);
                assertEquals("1.3", bystander.ask("NETVER"));
            }
            for (var stalled : List.of(silent, slow)) {
                String last = stalled.line();
                while (!last.endsWith("(closed)")) {
                    last = stalled.line(); // an alert
                }
            }
            assertEquals("1.3", bystander.ask("NETVER"));
        }
    }

    @Test
    void noConnectionIsEncryptedOnceThatIsSwitchedOff() throws Exception {
        encrypts();
        server.tls(Optional.empty());
        run();
        try (var client = client()) {
            assertEquals("ERR FEATURE-NOT-CONFIGURED", client.ask("STARTTLS"));
        }
    }

    private void users(String password) {
        server.users(UpsdUsers.of(ConfReader.parse(
                "upsd.users",
                ("[mon]\npassword = " + password + "\nupsmon primary\n").getBytes(StandardCharsets.US_ASCII))));
    }

    private static String login(TestClient client, String password) throws IOException {
        client.send("USERNAME mon\nPASSWORD " + password + "\nLOGIN dummy\nNETVER\n");
        return client.line() + ' ' + client.line() + ' ' + client.line() + ' ' + client.line();
    }

    @Test
    void aPasswordWithACheckValueIsLookedAtWhileOthersAreServed() throws Exception {
        users(PasswordHash.make("secret", 1000, new byte[16]).text());
        run();
        try (var right = client();
                var again = client();
                var wrong = client()) {
            ready(right);
            assertEquals("OK OK OK 1.3", login(right, "secret"));
            assertEquals("OK OK ERR ACCESS-DENIED 1.3", login(wrong, "guess"));
            assertEquals("OK OK OK 1.3", login(again, "secret"));
            assertEquals("NUMLOGINS dummy 2", right.ask("GET NUMLOGINS dummy"));
            assertEquals("OK PRIMARY-GRANTED", right.ask("PRIMARY dummy"));
            assertEquals("ERR ACCESS-DENIED", wrong.ask("PRIMARY dummy"));
        }
    }

    @Test
    void whoGuessesPasswordsWaitsAndOthersDoNot() throws Exception {
        users("secret");
        run();
        try (var other = client()) {
            ready(other);
            for (int i = 0; i < 5; i++) {
                try (var guesser = client()) {
                    assertEquals("OK OK ERR ACCESS-DENIED 1.3", login(guesser, "guess" + i));
                }
            }
            try (var guesser = client()) {
                stopClock();
                guesser.send("USERNAME mon\nPASSWORD again\nLOGIN dummy\nNETVER\n");
                assertEquals("OK", guesser.line());
                assertEquals("OK", guesser.line());
                for (int i = 0; i < 20; i++) {
                    ready(other);
                }
                assertFalse(guesser.hasMore(), "the answer comes a second later");
                pass(2);
                assertEquals("ERR ACCESS-DENIED", guesser.line());
                assertEquals("1.3", guesser.line());
            }
            assertEquals("OK OK OK 1.3", login(other, "secret"));
        }
    }

    @Test
    void oneAddressCannotTakeAllPlaces() throws Exception {
        users("secret");
        server.strangers(3, false);
        run();
        try (var first = client();
                var second = client();
                var third = client()) {
            ready(first);
            assertEquals("1.3", second.ask("NETVER"));
            assertEquals("1.3", third.ask("NETVER"));
            try (var fourth = client()) {
                assertEquals("(closed)", fourth.line());
            }
            assertEquals("OK OK OK 1.3", login(first, "secret"));
            try (var fourth = client()) {
                assertEquals("1.3", fourth.ask("NETVER"), "who is logged in does not count");
            }
        }
    }

    @Test
    void readersHaveToLogInWhereTheConfigurationSaysSo() throws Exception {
        users("secret");
        server.strangers(0, true);
        run();
        try (var reader = client();
                var stranger = client();
                var wrong = client()) {
            assertEquals("ERR USERNAME-REQUIRED", stranger.ask("GET VAR dummy ups.status"));
            assertEquals("ERR USERNAME-REQUIRED", stranger.ask("LIST UPS"));
            assertEquals("1.3", stranger.ask("NETVER"));
            reader.ask("USERNAME mon");
            assertEquals("ERR PASSWORD-REQUIRED", reader.ask("LIST VAR dummy"));
            reader.ask("PASSWORD secret");
            ready(reader);
            // what was kept for those who may is not for those who may not
            assertEquals("ERR USERNAME-REQUIRED", stranger.ask("GET VAR dummy ups.status"));
            wrong.ask("USERNAME mon");
            wrong.ask("PASSWORD guess");
            assertEquals("ERR ACCESS-DENIED", wrong.ask("GET VAR dummy ups.status"));
        }
    }

    @Test
    void rulesForAddressesAreAboutLogins() throws Exception {
        users("secret");
        server.hosts(HostsAccess.of("", "upsd: 127.0.0.1", "hosts.allow", "hosts.deny"));
        run();
        try (var client = client()) {
            ready(client);
            assertEquals("OK OK ERR ACCESS-DENIED 1.3", login(client, "secret"));
        }
    }
}
