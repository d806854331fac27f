package org.nutjvm.common.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertNameTest {
    private static X509Certificate certificate(String file) throws Exception {
        return CertFiles.certificates(Pem.blocks(Files.readString(Fixtures.file(file), StandardCharsets.US_ASCII)))
                .getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NIT data server",
                "nit DATA server",
                "/O=NUT/CN=NIT data server",
                "localhost",
                "127.0.0.1",
                "::1"
            })
    void certidentAndCerthostTakeAnyOfItsNames(String name) throws Exception {
        assertTrue(CertName.is(certificate("server.pem"), name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NIT data", "NUT", "CN=NIT data server", "127.0.0.2", ""})
    void andNoOthers(String name) throws Exception {
        assertFalse(CertName.is(certificate("server.pem"), name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST.", "127.0.0.1", "::1", "0:0::1", "::1%lo", "ups.example.org"})
    void aHostIsOneOfTheAlternativeNames(String host) throws Exception {
        assertTrue(CertName.isOf(certificate("server.pem"), host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NIT data server", "a.b.example.org", "example.org", "127.0.0.2", "::2", "*.example.org.evil"})
    void otherHostsAreNone(String host) throws Exception {
        assertFalse(CertName.isOf(certificate("server.pem"), host));
    }

    @Test
    void theCommonNameCountsForAHostOnlyWithoutAlternatives() throws Exception {
        assertTrue(CertName.isOf(certificate("stranger.pem"), "localhost"));
        assertFalse(CertName.isOf(certificate("stranger.pem"), "127.0.0.1"));
    }

    @Test
    void aStarIsOneLabelAndNoWholeDomain() {
        assertFalse(CertName.matches("*.org", "nut.org"));
        assertFalse(CertName.matches("*.0.0.1", "127.0.0.1"));
        assertFalse(CertName.matches("u*.example.org", "ups.example.org"));
    }

    @Test
    void theSubjectIsShownAsOpensslShowsIt() throws Exception {
        assertEquals("/O=NUT/CN=NIT data server", CertName.oneline(certificate("server.pem")));
    }
}
