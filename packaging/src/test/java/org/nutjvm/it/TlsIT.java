package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/// Encrypted connections between programs of both makers, and with other people's.
@ExtendWith(LogsOnFailure.class)
class TlsIT {
    private static final Path FIXTURES = Path.of(System.getProperty("nut.root", ".."))
            .resolve("nut-common/src/test/resources/tls")
            .toAbsolutePath()
            .normalize();

    private static String fixture(String name) {
        return FIXTURES.resolve(name).toString();
    }

    /// A nutauth.conf by which our clients insist on the right server.
    private static void insisting(Stack stack, String authority) {
        var file = stack.box()
                .write(
                        "nutauth.conf",
                        "CERTPATH = " + fixture(authority) + "\nCERTVERIFY = 1\nFORCESSL = 1\n[@localhost:"
                                + stack.port() + "]\nUSER = reader\nPASS = public\n");
        stack.box().environment("NUT_AUTHCONF_FILE", file.toString());
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
            var result = stack.box()
                    .run(
                            "tls.py",
                            List.of(
                                    "/usr/bin/python3",
                                    Path.of(
                                                    System.getProperty("nut.root", ".."),
                                                    "packaging/src/test/resources/peers/tls.py")
                                            .toAbsolutePath()
                                            .toString(),
                                    Integer.toString(stack.port()),
                                    fixture("authority.pem")));
            assumeTrue(!result.err().contains("No such file"), "no /usr/bin/python3");
            assertEquals(
                    List.of(
                            "OK STARTTLS",
                            "TLSv1.3",
                            "1.3",
                            "VAR UPS2 ups.status \"OL BOOST\"",
                            "ERR ALREADY-SSL-MODE",
                            "OK Goodbye"),
                    result.outLines(),
                    result.err());
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
}
