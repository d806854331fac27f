package org.nutjvm.common.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.UpsdConf;

/// What upsd.conf may say of TLS, and what is wrong with it.
class ServerTlsTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private static String at(String text) {
        return text.replace("@", Fixtures.directory() + "/");
    }

    private static UpsdConf conf(String text) {
        return UpsdConf.of(ConfReader.parse("upsd.conf", at(text).getBytes(StandardCharsets.US_ASCII)));
    }

    private static String refusal(String text) {
        return String.valueOf(assertThrows(TlsException.class, () -> ServerTls.of(conf(text), NOW))
                .getMessage());
    }

    @Test
    void withoutCertfileThereIsNone() throws Exception {
        assertTrue(ServerTls.of(conf("CERTPATH @authority.pem\nCERTREQUEST 1\n"), NOW)
                .isEmpty());
    }

    @Test
    void aCompleteSetUpServes() throws Exception {
        var tls = ServerTls.of(conf("""
                                CERTFILE @server.pem
                                CERTPATH @authority.pem
                                CERTREQUEST REQUIRE
                                CERTIDENT "NIT data server" "not needed"
                                """), NOW).orElseThrow();
        assertTrue(tls.engine().getNeedClientAuth());
        assertEquals(List.of("TLSv1.3", "TLSv1.2"), List.of(tls.engine().getEnabledProtocols()));
        assertEquals(List.of(), tls.warnings());
    }

    @Test
    void requestedIsNotRequired() throws Exception {
        var engine = ServerTls.of(conf("CERTFILE @server.pem\nCERTPATH @authority.pem\nCERTREQUEST 1\n"), NOW)
                .orElseThrow()
                .engine();
        assertTrue(engine.getWantClientAuth());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CERTFILE @none.pem                                  | CERTFILE @none.pem cannot be read, No such file or",
                "CERTFILE /                                          | CERTFILE / is a directory",
                "CERTFILE @make                                      | CERTFILE @make has no certificate",
                "CERTFILE @no-key.pem                                | CERTFILE @no-key.pem has no private key: append",
                "CERTFILE @mismatch.pem                              | the key does not belong to the certificate /O=NUT",
                "CERTFILE @wrong-order.pem                           | /O=NUT/CN=NIT data server, which has to come first",
                "CERTFILE @client.pem                                | the key is encrypted: its password has to be in",
                "CERTFILE @server.pem\\nCERTIDENT other pw           | (/O=NUT/CN=NIT data server) does not match CERTIDENT",
                "CERTFILE @server.pem\\nCERTREQUEST 2                | name the authorities' certificates",
                "CERTFILE @server.pem\\nCERTREQUEST 3                | has to be 0 (NO), 1 (REQUEST) or 2 (REQUIRE), not 3",
                "CERTFILE @server.pem\\nCERTREQUEST 1\\nCERTPATH @no-key.pem | no certificate of an authority",
                "CERTREQUEST 2                                       | there is no CERTFILE and so no encryption",
            })
    void whatIsWrongIsSaidWithTheFileAndTheCure(String text, String message) {
        String said = refusal(text.replace("\\n", "\n"));
        assertTrue(said.contains(at(message)), said);
    }

    @Test
    void anEncryptedKeyOpensWithThePasswordOfCertident() throws Exception {
        assertTrue(ServerTls.of(conf("CERTFILE @client.pem\nCERTIDENT \"NIT upsmon\" secret\n"), NOW)
                .isPresent());
        assertTrue(refusal("CERTFILE @client.pem\nCERTIDENT \"NIT upsmon\" wrong\n")
                .contains("the password in CERTIDENT does not open it"));
    }

    @Test
    void passwordsAreInNoMessage() {
        assertTrue(!refusal("CERTFILE @client.pem\nCERTIDENT \"NIT upsmon\" hunter2\n")
                .contains("hunter2"));
    }

    @Test
    void aCertificateOutOfItsTimeIsServedWithAWarning() throws Exception {
        var late = ServerTls.of(conf("CERTFILE @server.pem\n"), Instant.parse("2999-01-01T00:00:00Z"));
        assertTrue(late.orElseThrow().warnings().getFirst().contains("has expired on"));
        var early = ServerTls.of(conf("CERTFILE @server.pem\n"), Instant.parse("2001-01-01T00:00:00Z"));
        assertTrue(early.orElseThrow().warnings().getFirst().contains("is valid only from"));
    }

    @Test
    void aDatabaseOfNssIsRecognized(@TempDir Path directory) throws IOException {
        Files.createFile(directory.resolve("cert9.db"));
        assertTrue(refusal("CERTPATH " + directory + "\nCERTIDENT nick pw\n").contains("pk12util"));
    }

    @Test
    void aDirectoryOfAuthoritiesMayHoldAnything(@TempDir Path directory) throws Exception {
        assertTrue(refusal("CERTFILE @server.pem\nCERTREQUEST 2\nCERTPATH " + directory)
                .contains("no certificate of an authority"));
        Files.writeString(directory.resolve(".pwfile"), "secret");
        Files.write(directory.resolve("random.db"), new byte[] {0, 1, 2, (byte) 0xff});
        Files.writeString(directory.resolve("half.pem"), "-----BEGIN CERTIFICATE-----\nMIIB\n");
        Files.copy(Fixtures.file("ec-pbes2-des3.pem"), directory.resolve("rootca.key"));
        Files.createDirectory(directory.resolve("old"));
        Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nowhere"));
        Files.copy(Fixtures.file("server.pem"), directory.resolve("bundle.pem"));
        // of the bundle the authority counts, and not the server's own certificate
        assertEquals(1, CertFiles.authorities(directory).size());
        Files.createSymbolicLink(directory.resolve("0a1b2c3d.0"), Fixtures.file("other.pem"));
        Files.createSymbolicLink(directory.resolve("0a1b2c3d"), Fixtures.file("other.pem"));
        assertEquals(2, CertFiles.authorities(directory).size());
    }
}
