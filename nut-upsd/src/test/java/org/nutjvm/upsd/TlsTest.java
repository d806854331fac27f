package org.nutjvm.upsd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.tls.ClientTls;

/// STARTTLS, over real connections.
@Timeout(60)
class TlsTest {
    private static final Path FIXTURES = Path.of("..", "nut-common", "src", "test", "resources", "tls");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private RunningUpsd upsd(String conf) throws IOException {
        var upsd = new RunningUpsd(directory);
        for (var name : new String[] {"server.pem", "renewed.pem", "authority.pem", "mismatch.pem"}) {
            Files.copy(FIXTURES.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(directory.resolve(name), PosixFilePermissions.fromString("rw-r-----"));
        }
        upsd.file("upsd.conf", "LISTEN 127.0.0.1 0\n" + conf.replace("@", directory + "/"));
        return upsd;
    }

    private static ClientTls verifying(String authority, Optional<String> certfile) throws IOException {
        return ClientTls.of(
                new ClientTls.Terms(ClientTls.Mode.FORCE, true, "NIT data server"),
                Optional.of(FIXTURES.resolve(authority).toString()),
                certfile.map(name -> FIXTURES.resolve(name).toString()),
                certfile.map(_ -> new UpsdConf.CertIdent("", "secret")),
                Instant.parse("2027-01-01T00:00:00Z"));
    }

    private static UpsdClient client(RunningUpsd upsd, ClientTls tls) throws NutException {
        return UpsdClient.connect("127.0.0.1", upsd.port(), UpsdClient.Family.ANY, LIMIT, LIMIT, tls);
    }

    /// Encrypted, whoever the server is.
    private static SSLSocket encrypted(RunningUpsd upsd) throws IOException {
        var plain = new Socket(InetAddress.getLoopbackAddress(), upsd.port());
        plain.getOutputStream().write("STARTTLS\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("OK STARTTLS\n", new String(plain.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
        return (SSLSocket) ClientTls.IF_POSSIBLE.secure(
                plain, "localhost", upsd.port(), ClientTls.IF_POSSIBLE.terms("localhost", 1), 20_000);
    }

    @Test
    void aVerifiedClientDoesAllItDoesInClearText() throws Exception {
        try (var upsd = upsd("CERTFILE @server.pem\n").start();
                var client = client(upsd, verifying("authority.pem", Optional.empty()))) {
            assertEquals(UpsdClient.Privacy.VERIFIED, client.privacy());
            assertEquals("ERR ALREADY-SSL-MODE", client.ask("STARTTLS"));
            client.username("mon");
            client.password("mon");
            client.login("dummy");
            assertEquals("dummy", String.join(",", client.listUps().keySet()));
            client.logout();
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsRefusedByTheClientAlone() throws Exception {
        try (var upsd = upsd("CERTFILE @server.pem\n").start()) {
            var refused =
                    assertThrows(NutException.class, () -> client(upsd, verifying("other.pem", Optional.empty())));
            assertEquals(NutException.Reason.SSLERR, refused.reason());
            assertTrue(refused.getMessage().contains("none of the authorities in CERTPATH"), refused.getMessage());
            try (var plain = upsd.client()) {
                assertEquals("1.3", plain.ask("PROTVER"));
            }
            upsd.awaitLog("SSL handshake with 127.0.0.1 failed: ");
        }
    }

    @Test
    void withoutCertfileTheSessionGoesOnInClearText() throws Exception {
        try (var upsd = upsd("").start();
                var plain = upsd.client()) {
            assertEquals("ERR FEATURE-NOT-CONFIGURED", plain.ask("STARTTLS"));
            assertEquals("1.3", plain.ask("PROTVER"));
            var refused =
                    assertThrows(NutException.class, () -> client(upsd, verifying("authority.pem", Optional.empty())));
            assertEquals(NutException.Reason.SSLFAIL, refused.reason());
        }
    }

    @Test
    void certificatesOfClientsAreRequiredIfTheConfigurationSaysSo() throws Exception {
        try (var upsd = upsd("CERTFILE @server.pem\nCERTPATH @authority.pem\nCERTREQUEST REQUIRE\n")
                .start()) {
            var without =
                    assertThrows(NutException.class, () -> client(upsd, verifying("authority.pem", Optional.empty())));
            assertEquals(NutException.Reason.SSLERR, without.reason(), without.getMessage());
            upsd.awaitLog("failed: the client has no certificate, and CERTREQUEST wants one");
            var stranger = assertThrows(
                    NutException.class, () -> client(upsd, verifying("authority.pem", Optional.of("stranger.pem"))));
            assertEquals(NutException.Reason.SSLERR, stranger.reason(), stranger.getMessage());
            upsd.awaitLog("failed: the client's certificate is from none of the authorities in CERTPATH");
            try (var client = client(upsd, verifying("authority.pem", Optional.of("client.pem")))) {
                assertEquals("1.3", client.protver());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET VAR dummy ups.status\n",
                "STARTTLS\nUSERNAME mon\n",
                "\u0016\u0003\u0001\u0000\u0005\u007f\u0000\u0000\u0001\u0000", // no message there is
                "\u0016\u0003\u0001\u00ff\u00ff" // longer than any record may be
            })
    void whoeverSpeaksOtherwiseAfterStarttlsIsDropped(String text) throws Exception {
        try (var upsd = upsd("CERTFILE @server.pem\n").start();
                var bystander = upsd.client()) {
            assertEquals("1.3", bystander.ask("PROTVER"));
            try (var rude = upsd.client()) {
                // what is sent with STARTTLS at once is no request, either
                rude.send("STARTTLS\n" + text);
                assertEquals("OK STARTTLS", rude.line());
                String last = rude.line();
                while (!last.endsWith("(closed)")) {
                    last = rude.line(); // an alert
                }
            }
            upsd.awaitLog("SSL handshake with 127.0.0.1 failed: ");
            assertEquals("1.3", bystander.ask("PROTVER"));
        }
    }

    @Test
    void aRecordThatComesByteByByteIsUnderstood() throws Exception {
        try (var upsd = upsd("CERTFILE @server.pem\n").start();
                var relay = new Dribble(upsd.port());
                var client = UpsdClient.connect(
                        "127.0.0.1",
                        relay.port(),
                        UpsdClient.Family.ANY,
                        LIMIT,
                        LIMIT,
                        verifying("authority.pem", Optional.empty()))) {
            assertEquals("1.3", client.protver());
            assertTrue(client.ver().startsWith("Network UPS Tools upsd"));
        }
    }

    @Test
    void manyRequestsInOneRecordAndManyRecordsAtOnceAreAnsweredInOrder() throws Exception {
        try (var upsd = upsd("CERTFILE @server.pem\n").start();
                var socket = encrypted(upsd)) {
            var out = socket.getOutputStream();
            out.write("NETVER\nHELP\n".repeat(300).getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 300; i++) {
                out.write("NETVER\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write("LOGOUT\n".getBytes(StandardCharsets.US_ASCII));
            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1);
            assertEquals(902, answers.length);
            assertEquals("1.3", answers[0]);
            assertTrue(answers[599].startsWith("Commands:"));
            assertEquals("OK Goodbye", answers[900]);
        }
    }

    @Test
    void aClientThatDoesNotReadGetsEverythingOnceItDoes() throws Exception {
        try (var upsd = upsd("CERTFILE @server.pem\n").start();
                var socket = encrypted(upsd)) {
            socket.setSoTimeout(20_000);
            var writer = Thread.ofPlatform().daemon().start(() -> {
                try {
                    for (int i = 0; i < 200; i++) {
                        socket.getOutputStream().write("HELP\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
                    }
                    socket.getOutputStream().write("LOGOUT\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // shows below
                }
            });
            Thread.sleep(300); // its socket fills meanwhile; nothing depends on whether it did
            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1);
            assertEquals(200_002, answers.length);
            assertEquals("OK Goodbye", answers[200_000]);
            writer.join(20_000);
        }
    }

    private static String served(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSerialNumber()
                .toString();
    }

    @Test
    void aReloadTakesTheRenewedCertificateAndDropsNobody() throws Exception {
        try (var upsd = upsd("CERTFILE @server.pem\n").start();
                var before = encrypted(upsd)) {
            Files.copy(
                    FIXTURES.resolve("renewed.pem"),
                    directory.resolve("server.pem"),
                    StandardCopyOption.REPLACE_EXISTING);
            upsd.reload();
            try (var after = encrypted(upsd)) {
                assertTrue(!served(before).equals(served(after)), "another certificate");
            }
            before.getOutputStream().write("NETVER\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals('1', before.getInputStream().read());
        }
    }

    @Test
    void aReloadWithABrokenSetUpKeepsTheOldOne() throws Exception {
        try (var upsd = upsd("CERTFILE @server.pem\n").start();
                var before = encrypted(upsd)) {
            Files.copy(
                    FIXTURES.resolve("mismatch.pem"),
                    directory.resolve("server.pem"),
                    StandardCopyOption.REPLACE_EXISTING);
            upsd.reload();
            upsd.awaitLog("Reload: SSL stays as it was: CERTFILE " + directory.resolve("server.pem"));
            try (var after = encrypted(upsd)) {
                assertEquals(served(before), served(after));
            }
        }
    }

    @Test
    void aBrokenSetUpDoesNotStart() throws Exception {
        try (var upsd = upsd("CERTFILE @mismatch.pem\n")) {
            upsd.begin();
            assertEquals(1, upsd.exitCode());
            assertTrue(
                    upsd.log()
                            .contains("SSL configuration was specified, but NUT server failed to initialize it:"
                                    + " CERTFILE " + directory.resolve("mismatch.pem") + ": the key does not belong"),
                    upsd.log());
        }
    }
}
