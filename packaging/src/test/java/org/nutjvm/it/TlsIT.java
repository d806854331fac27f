package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Encrypted connections between programs of both makers, and with other people's.
@ExtendWith(LogsOnFailure.class)
class TlsIT {
    private static String fixture(String name) {
        return TlsFixture.file(name);
    }

    /// Our clients insist on the right server from now on.
    private static void insisting(Stack stack, String authority) {
        stack.box()
                .environment(
                        "NUT_AUTHCONF_FILE",
                        TlsFixture.insisting(stack, authority).toString());
    }

    /// Upstream's integration tests look for these lines, and try TLS if they find them.
    @ParameterizedTest
    @ValueSource(strings = {"upsd", "upsmon", "upsc", "upslog", "upscmd", "upsrw"})
    void programsTellThatTheyEncrypt(String program) {
        try (var box = new Sandbox()) {
            var result = box.run(Maker.OURS, program, "-Dh");
            assertEquals(0, result.exit());
            var line = program.equals("upsd") ? "NUT data server was built with" : "Using NUT libupsclient library";
            assertTrue(
                    result.err().lines().anyMatch(told -> told.contains(line) && told.contains("OpenSSL")),
                    result.err());
        }
    }

    @Nested
    @ExtendWith(LogsOnFailure.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OurServer {
        @SuppressWarnings("NullAway.Init")
        private Stack stack;

        @BeforeAll
        void start() {
            stack = Stack.running(
                    new Roles(Maker.OURS, Maker.OURS),
                    "CERTFILE " + fixture("server.pem"),
                    "CERTPATH " + fixture("authority.pem"),
                    "CERTIDENT \"NIT data server\" \"no password is needed\"",
                    "DEBUG_MIN 2", // then upsd tells of each handshake
                    "CERTREQUEST REQUEST");
        }

        @AfterAll
        void end() {
            stack.close();
        }

        @Test
        void upscOfCReadsIt() {
            var result = stack.box().run(Maker.C, "upsc", stack.at("UPS2"), "ups.status");
            assertEquals("OL BOOST", result.out().strip(), result.err());
        }

        @ParameterizedTest
        @EnumSource(Maker.class)
        void upsmonIsLoggedInOverTls(Maker maker) {
            var verify = maker == Maker.C
                    ? new String[] {Upsmon.monitor(stack, "UPS1", "primary"), "FORCESSL 1"}
                    : new String[] {
                        Upsmon.monitor(stack, "UPS1", "primary"),
                        "FORCESSL 1",
                        "CERTVERIFY 1",
                        "CERTPATH " + fixture("authority.pem"),
                        "CERTFILE " + fixture("client.pem"),
                        "CERTIDENT \"NIT upsmon\" secret",
                        "CERTHOST 127.0.0.1:" + stack.port() + " \"NIT data server\" 1 1"
                    };
            try (var upsmon = new Upsmon(stack, maker, "tls" + maker, verify)) {
                upsmon.awaitLogin("UPS1", 1);
                upsmon.proc().awaitLog("Connected to NUT server 127.0.0.1 in SSL");
            }
            Await.until("it is gone", () -> stack.ask("GET NUMLOGINS UPS1").equals("NUMLOGINS UPS1 0"));
        }

        @Test
        void upsmonOfOursRefusesAServerOfAnotherAuthority() {
            var lines = new String[] {
                Upsmon.monitor(stack, "UPS1", "primary"), "CERTVERIFY 1", "CERTPATH " + fixture("other.pem")
            };
            try (var upsmon = new Upsmon(stack, Maker.OURS, "strict", lines)) {
                upsmon.proc().awaitLog("none of the authorities in CERTPATH");
                assertEquals("NUMLOGINS UPS1 0", stack.ask("GET NUMLOGINS UPS1"));
            }
        }

        @Test
        void pythonReadsItAndVerifiesIt() {
            assertEquals(
                    List.of(
                            "OK STARTTLS",
                            "TLSv1.3",
                            "1.3",
                            "VAR UPS2 ups.status \"OL BOOST\"",
                            "ERR ALREADY-SSL-MODE",
                            "OK Goodbye"),
                    peer("python3", "apt-get install python3", "tls.py"));
        }

        @Test
        void pynutDoesNotNoticeTheEncryption() {
            assertEquals(
                    List.of(
                            "OK STARTTLS",
                            "TLSv1.3",
                            "list: UPS1, UPS2, dummy",
                            "status: OL BOOST",
                            "switched by: load.off",
                            "set: ERR USERNAME-REQUIRED"),
                    peer("python3", "apt-get install python3-nut", "tls_client.py"));
        }

        @Test
        void perlDoesNotNoticeTheEncryption() {
            assertEquals(
                    List.of(
                            "OK STARTTLS",
                            "TLSv1_3",
                            "status: OL BOOST",
                            "variables: many",
                            "authenticate: 1",
                            "set: \"OL BOOST\"",
                            "command: 1",
                            "ERR ALREADY-SSL-MODE"),
                    peer("perl", "apt-get install libups-nut-perl libio-socket-ssl-perl", "tls.pl"));
        }

        private List<String> peer(String interpreter, String howToGet, String script) {
            var program = Path.of("/usr/bin", interpreter);
            assumeTrue(Files.isExecutable(program), "no " + program + ": " + howToGet);
            var file = Path.of(System.getProperty("nut.root", ".."), "packaging/src/test/resources/peers", script)
                    .toAbsolutePath();
            var result = stack.box()
                    .run(
                            script,
                            List.of(
                                    program.toString(),
                                    file.toString(),
                                    Integer.toString(stack.port()),
                                    fixture("authority.pem")));
            assumeTrue(!result.out().startsWith("SKIP"), () -> result.out().strip() + ": " + howToGet);
            assertEquals(0, result.exit(), result.err());
            return result.outLines();
        }

        @Test
        void upslogWritesWhatItReadOverTls() {
            var log = stack.box().dir().resolve("upslog.txt");
            insisting(stack, "authority.pem");
            try {
                int before = handshakes();
                var upslog = upslog(log);
                Await.until("a line is logged", () -> text(log).contains("OL BOOST"));
                upslog.kill();
                assertTrue(handshakes() > before, "it is encrypted");
            } finally {
                stack.box().environment("NUT_AUTHCONF_FILE", "none");
            }
        }

        @Test
        void upslogLogsNothingOfAServerThatIsNotTheRightOne() {
            var log = stack.box().dir().resolve("upslog-refused.txt");
            insisting(stack, "other.pem");
            try {
                var upslog = upslog(log);
                Await.until("a line is logged", () -> text(log).contains("NA"));
                upslog.awaitLog("none of the authorities in CERTPATH");
                upslog.kill();
                assertFalse(text(log).contains("OL"), text(log));
            } finally {
                stack.box().environment("NUT_AUTHCONF_FILE", "none");
            }
        }

        private Proc upslog(Path log) {
            return stack.box()
                    .daemon(
                            Maker.OURS,
                            "upslog",
                            "-F",
                            "-i",
                            "1",
                            "-f",
                            "%VAR ups.status%",
                            "-m",
                            stack.at("UPS2") + "," + log);
        }

        /// How many connections are or were encrypted, each by TLS 1.3.
        private int handshakes() {
            return stack.upsd().count("SSL connection with 127.0.0.1: TLSv1.3")
                    + stack.upsd().count("SSL connection with ::1: TLSv1.3");
        }

        @Test
        void repeaterRepeatsOverTls() {
            insisting(stack, "authority.pem");
            try (var box = new Sandbox()) {
                int before = handshakes();
                int port = Sandbox.freePort();
                box.environment(
                        "NUT_AUTHCONF_FILE",
                        stack.box().conf().resolve("nutauth.conf").toString());
                box.write(
                        "ups.conf",
                        "[copy]\n  driver = dummy-ups\n  mode = repeater\n  port = " + stack.at("UPS2")
                                + "\n  pollinterval = 1\n");
                box.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
                box.write("upsd.users", "");
                box.daemon(Maker.OURS, "dummy-ups", "-a", "copy", "-F");
                Await.until("the socket", () -> Files.exists(box.state().resolve("dummy-ups-copy")));
                box.daemon(Maker.OURS, "upsd", "-F");
                Await.until("upsd listens and has data", () -> {
                    try (var wire = new Wire(port)) {
                        return wire.ask("GET VAR copy ups.status").equals("VAR copy ups.status \"OL BOOST\"");
                    } catch (UncheckedIOException e) {
                        return false; // not yet
                    }
                });
                assertTrue(handshakes() > before, "it is encrypted");
            } finally {
                stack.box().environment("NUT_AUTHCONF_FILE", "none");
            }
        }

        @Test
        void ourClientsTakeUsersAndTlsFromNutauthConf() {
            insisting(stack, "authority.pem");
            try {
                var upsc = stack.box().run(Maker.OURS, "upsc", "-D", stack.at("UPS2"), "ups.status");
                assertEquals("OL BOOST", upsc.out().strip(), upsc.err());
                assertTrue(upsc.err().contains("VERIFIED"), upsc.err());
                var upscmd = stack.box().run(Maker.OURS, "upscmd", stack.at("UPS2"), "load.off");
                assertTrue(
                        upscmd.err().contains("ACCESS-DENIED") || upscmd.err().contains("Access denied"), upscmd.err());
                insisting(stack, "other.pem");
                var refused = stack.box().run(Maker.OURS, "upsc", stack.at("UPS2"), "ups.status");
                assertEquals(1, refused.exit());
                assertTrue(
                        refused.firstError().startsWith("Error: SSL error: the server's certificate is from none"),
                        refused.err());
                var without = stack.box().run(Maker.OURS, "upsc", "-A", "none", stack.at("UPS2"), "ups.status");
                assertEquals("OL BOOST", without.out().strip(), without.err());
            } finally {
                stack.box().environment("NUT_AUTHCONF_FILE", "none");
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Debian's upsd, which has its certificate and key in a database of NSS.
    @Nested
    @ExtendWith(LogsOnFailure.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class ServerOfCWithNss {
        @SuppressWarnings("NullAway.Init")
        private Stack stack;

        @BeforeAll
        void start() {
            stack = TlsFixture.nss();
        }

        @AfterAll
        void end() {
            if (stack != null) {
                stack.close();
            }
        }

        @Test
        void upscOfOursVerifiesIt() {
            insisting(stack, "authority.pem");
            var upsc = stack.box().run(Maker.OURS, "upsc", "-D", stack.at("UPS2"), "ups.status");
            assertEquals("OL BOOST", upsc.out().strip(), upsc.err());
            assertTrue(upsc.err().contains("VERIFIED"), upsc.err());
        }

        @Test
        void upscOfOursRefusesItForAnotherAuthority() {
            insisting(stack, "other.pem");
            var refused = stack.box().run(Maker.OURS, "upsc", stack.at("UPS2"), "ups.status");
            assertEquals(1, refused.exit());
            assertTrue(
                    refused.firstError().startsWith("Error: SSL error: the server's certificate is from none"),
                    refused.err());
        }

        @Test
        void upsmonOfOursLogsInToIt() {
            var lines = new String[] {
                Upsmon.monitor(stack, "UPS2", "primary"),
                "FORCESSL 1",
                "CERTVERIFY 1",
                "CERTPATH " + fixture("authority.pem")
            };
            try (var upsmon = new Upsmon(stack, Maker.OURS, "nss", lines)) {
                upsmon.awaitLogin("UPS2", 1);
                upsmon.proc().awaitLog("Connected to NUT server 127.0.0.1 in SSL");
            }
        }
    }
}
