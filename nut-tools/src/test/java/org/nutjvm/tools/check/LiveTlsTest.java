package org.nutjvm.tools.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.tls.CertLife;

/// What is said of certificates and keys: which file, which line, why.
class LiveTlsTest {
    private static final Path FIXTURES = Path.of(System.getProperty("nut.root", ".."))
            .resolve("nut-common/src/test/resources/tls")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path etc;

    private Instant now = Instant.EPOCH;

    @BeforeEach
    void aDayAfterTheyWereMade() throws IOException {
        CertLife life = CertLife.inCertfile(FIXTURES.resolve("renewed.pem")).getFirst();
        now = life.from().plusSeconds(86400);
    }

    private String pem(String name) throws IOException {
        Path file = etc.resolve(name);
        Files.copy(FIXTURES.resolve(name), file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return file.toString();
    }

    private List<String> told(String file, String text) throws IOException {
        Files.writeString(etc.resolve(file), text);
        ConfSet set = ConfSet.read(etc);
        var found = new Findings();
        var tls = new LiveTls(set, now, found);
        set.upsd().ifPresent(conf -> tls.upsd(conf, Optional.empty()));
        set.upsmon().ifPresent(conf -> tls.upsmon(conf, Optional.empty()));
        set.cgi().ifPresent(tls::cgi);
        set.auth().ifPresent(tls::auth);
        var told = new ArrayList<String>();
        for (Finding finding : found.sorted()) {
            assertEquals(etc.resolve(file).toString(), finding.file());
            told.add(finding.line() + " " + finding.mistake().id() + " " + finding.level() + " " + finding.what());
        }
        return told;
    }

    private void assertTold(String start, List<String> told) {
        assertEquals(1, told.size(), told::toString);
        assertTrue(told.getFirst().startsWith(start), told::toString);
    }

    @Test
    void whatIsRightIsLeftAlone() throws IOException {
        String server = pem("server.pem");
        String authority = pem("authority.pem");
        assertEquals(
                List.of(),
                told("upsd.conf", "CERTFILE " + server + "\nCERTPATH " + authority + "\nCERTREQUEST REQUIRE\n"));
        Files.delete(etc.resolve("upsd.conf"));
        String client = pem("client.pem");
        assertEquals(
                List.of(),
                told(
                        "upsmon.conf",
                        "CERTFILE " + client + "\nCERTIDENT \"NIT upsmon\" secret\nCERTPATH " + authority
                                + "\nCERTVERIFY 1\n"));
        Files.delete(etc.resolve("upsmon.conf"));
        assertEquals(List.of(), told("nut-cgi.conf", "CERTFILE " + server + "\n"));
        Files.delete(etc.resolve("nut-cgi.conf"));
        assertEquals(List.of(), told("nutauth.conf", "CERTPATH = " + authority + "\nCERTVERIFY = 1\n"));
    }

    @Test
    void filesThatAreNotWhatTheyShouldBe() throws IOException {
        String mismatch = pem("mismatch.pem");
        assertTold(
                "2 tls-unusable ERROR CERTFILE " + mismatch + ": the key does not belong to the certificate",
                told("upsd.conf", "MAXAGE 15\nCERTFILE " + mismatch + "\n"));
        String bare = pem("no-key.pem");
        assertTold(
                "1 tls-unusable ERROR CERTFILE " + bare + " has no private key",
                told("upsd.conf", "CERTFILE " + bare + "\n"));
        assertTold(
                "1 file-missing ERROR CERTFILE: there is no " + etc + "/gone.pem",
                told("upsd.conf", "CERTFILE " + etc + "/gone.pem\n"));
        String server = pem("server.pem");
        assertTold(
                "2 tls-unusable ERROR Certificate subject (/O=NUT/CN=NIT data server) does not match CERTIDENT",
                told("upsd.conf", "CERTFILE " + server + "\nCERTIDENT other pass\n"));
        assertTold(
                "2 tls-unusable ERROR CERTREQUEST in upsd.conf asks for certificates of clients",
                told("upsd.conf", "CERTFILE " + server + "\nCERTREQUEST 2\n"));
        Files.delete(etc.resolve("upsd.conf"));
        String client = pem("client.pem");
        List<String> locked = told("upsmon.conf", "CERTFILE " + client + "\nCERTIDENT \"NIT upsmon\" guessed\n");
        assertTold("1 tls-unusable ERROR CERTFILE " + client + ", line ", locked);
        assertTrue(!locked.toString().contains("guessed"), locked::toString);
        Files.writeString(etc.resolve("empty"), "nothing\n");
        assertTold(
                "1 tls-unusable ERROR CERTPATH " + etc + "/empty has no certificate of an authority",
                told("upsmon.conf", "CERTPATH " + etc + "/empty\n"));
        Files.delete(etc.resolve("upsmon.conf"));
        assertTold(
                "1 tls-unusable ERROR CERTFILE " + bare + " has no private key",
                told("nut-cgi.conf", "CERTFILE " + bare + "\n"));
    }

    @Test
    void sectionsOfNutauthConfAreNamed() throws IOException {
        String authority = pem("authority.pem");
        assertTold(
                "5 tls-unusable ERROR [@far:3493]: CERTFILE " + etc + "/gone.pem cannot be read",
                told(
                        "nutauth.conf",
                        "CERTPATH = " + authority + "\nCERTVERIFY = 1\n[far]\nUSER = me\nCERTFILE = " + etc
                                + "/gone.pem\n"));
    }

    @Test
    void whatExpiresIsToldBefore() throws IOException {
        String server = pem("server.pem");
        List<CertLife> chain = CertLife.inCertfile(Path.of(server));
        now = chain.getFirst().until().minusSeconds(86400 * 13);
        assertTold(
                "1 certificate-expires WARNING CERTFILE " + server
                        + ": the certificate /O=NUT/CN=NIT data server expires on "
                        + chain.getFirst().until().toString().substring(0, 10),
                told("upsd.conf", "CERTFILE " + server + "\n").subList(0, 1));
        now = chain.getFirst().until().plusSeconds(1);
        assertTold(
                "1 certificate-expired ERROR CERTFILE " + server
                        + ": the certificate /O=NUT/CN=NIT data server has expired on ",
                told("upsd.conf", "CERTFILE " + server + "\n").subList(0, 1));
        now = chain.getFirst().from().minusSeconds(86400);
        assertTold(
                "1 certificate-expired ERROR CERTFILE " + server
                        + ": the certificate /O=NUT/CN=NIT data server is valid only from ",
                told("upsd.conf", "CERTFILE " + server + "\n").subList(0, 1));
        Files.delete(etc.resolve("upsd.conf"));
        String authority = pem("authority.pem");
        now = CertLife.inCertpath(Path.of(authority)).getFirst().until().plusSeconds(1);
        assertTold(
                "1 certificate-expired ERROR CERTPATH " + authority + ": the certificate /CN=NUT test authority has",
                told("upsmon.conf", "CERTPATH " + authority + "\n"));
    }

    @Test
    void keysForEverybody() throws IOException {
        String server = pem("server.pem");
        Files.setPosixFilePermissions(Path.of(server), PosixFilePermissions.fromString("rw-r--r--"));
        assertTold(
                "1 exposed-file WARNING CERTFILE " + server + " has a private key, and can be read by everybody",
                told("upsd.conf", "CERTFILE " + server + "\n"));
    }

    @Test
    void shortLivesAreSoonOverLate() {
        var week = new CertLife("/CN=x", now, now.plusSeconds(86400 * 7));
        assertEquals(CertLife.State.GOOD, week.state(now.plusSeconds(86400 * 5)));
        assertEquals(CertLife.State.SOON, week.state(now.plusSeconds(86400 * 6)));
        assertEquals(CertLife.State.OVER, week.state(now.plusSeconds(86400 * 8)));
        assertEquals(CertLife.State.EARLY, week.state(now.minusSeconds(1)));
    }

    @Test
    void upsmonConnectsAsItIsSetUp() throws IOException {
        Files.writeString(etc.resolve("upsmon.conf"), "FORCESSL 1\n");
        ConfSet set = ConfSet.read(etc);
        UpsmonConf conf = set.upsmon().orElseThrow();
        var found = new Findings();
        assertTrue(new LiveTls(set, now, found)
                .upsmon(conf, Optional.empty())
                .terms("far", 3493)
                .required());
        assertEquals(List.of(), found.sorted());
    }
}
