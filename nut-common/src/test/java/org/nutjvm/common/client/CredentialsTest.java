package org.nutjvm.common.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.common.tls.TlsException;

/// nutauth.conf: where it is, and what it says.
class CredentialsTest {
    @TempDir
    private Path directory;

    private final Map<String, String> env = new HashMap<>();

    @BeforeEach
    void nowhere() {
        env.put("HOME", directory.resolve("home").toString());
        env.put("NUT_CONFPATH", directory.resolve("etc").toString());
    }

    private Path file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private Credentials load(String text) throws IOException {
        return Credentials.load(file("auth", text).toString(), env);
    }

    private static UpsAddress server(String host) throws UpsAddress.Malformed {
        return UpsAddress.ofServer(host);
    }

    private static String account(Credentials credentials, String user, String host) throws UpsAddress.Malformed {
        return credentials
                .account(user, server(host))
                .map(account -> account.user() + '/' + account.password())
                .orElse("nobody");
    }

    private String found() throws Exception {
        return account(Credentials.load("", env), "", "localhost");
    }

    @Test
    void theFirstFileThereIsCounts() throws Exception {
        assertEquals("nobody", found());
        file("etc/nutauth.conf", "USER = site\nPASS = x\n");
        assertEquals("site/x", found());
        file("home/.nutauth.conf", "USER = dot\nPASS = x\n");
        assertEquals("dot/x", found());
        file("home/.config/nut/nutauth.conf", "USER = own\nPASS = x\n");
        assertEquals("own/x", found());
        file("there/nutauth.conf", "USER = path\nPASS = x\n");
        env.put("NUT_AUTHCONF_PATH", directory.resolve("there").toString());
        assertEquals("path/x", found());
        env.put("NUT_AUTHCONF_FILE", file("named", "USER = file\nPASS = x\n").toString());
        assertEquals("file/x", found());
        env.put("NUT_AUTHCONF_FILE", "none");
        assertEquals("nobody", found());
        assertEquals("nobody", account(Credentials.load("none", env), "", "localhost"));
    }

    @Test
    void oneThatIsAskedForHasToBeThere() {
        var none = assertThrows(ConfException.class, () -> Credentials.load("default", env));
        assertTrue(none.getMessage().startsWith("Can't open a user/site-provided default nutauth.conf file"));
        assertTrue(
                none.getMessage().contains(directory.resolve("etc/nutauth.conf").toString()), none.getMessage());
        assertThrows(ConfException.class, () -> Credentials.load("/no/such/file", env));
        env.put("NUT_AUTHCONF_FILE", "/no/such/file");
        assertThrows(ConfException.class, () -> Credentials.load("", env));
    }

    @Test
    void theMoreSpecificSectionGoesBefore() throws Exception {
        var credentials = load("""
                user = everyone   # comment
                password = "global word"
                  [@nas]   # any port but the usual one is another server
                    USERNAME=nas-user
                  pass = nas-pass
                [admin@nas]
                PASS = admin-pass
                [@nas:4000]
                USER = other
                [ups.example.org]
                PASS = by-host
                [@:3494]
                PASS = here
                [@[::1]]
                PASS = six
                """);
        assertEquals("everyone/global word", account(credentials, "", "elsewhere"));
        assertEquals("nas-user/nas-pass", account(credentials, "", "nas"));
        assertEquals("nas-user/nas-pass", account(credentials, "", "NAS:3493"));
        assertEquals("admin/admin-pass", account(credentials, "admin", "nas"));
        assertEquals("other/global word", account(credentials, "", "nas:4000"));
        assertEquals("everyone/by-host", account(credentials, "", "ups.example.org"));
        assertEquals("everyone/here", account(credentials, "", "localhost:3494"));
        assertEquals("everyone/six", account(credentials, "", "[::1]"));
        assertEquals(0, credentials.complaints().size());
    }

    @Test
    void thePasswordOfAnotherUserIsNotSent() throws Exception {
        var credentials = load("[@nas]\nUSER = reader\nPASS = secret\n");
        assertEquals("nobody", account(credentials, "admin", "nas"));
        assertEquals("reader/secret", account(credentials, "reader", "nas"));
        assertEquals("nobody", account(credentials, "", "nas.evil.org"));
    }

    @Test
    void aPasswordWithoutAUserIsForWhoeverAsks() throws Exception {
        assertEquals("admin/word", account(load("[@nas]\nPASS = word\n"), "admin", "nas"));
    }

    @Test
    void includedFilesFillWhereTheyAreIncluded() throws Exception {
        file("more", "PASS = included\n[@nas]\nUSER = nas-user\n[@other]\nPASS = \"not here\"\n");
        var inside = load("USER = everyone\n[@nas]\nINCLUDE more\n");
        assertEquals("nas-user/included", account(inside, "", "nas"));
        assertEquals("nobody", account(inside, "", "other"));
        assertTrue(inside.complaints().getFirst().text().contains("ignored in included file with section-scope"));
        var outside = load("USER = everyone\nINCLUDE more\n");
        assertEquals("everyone/included", account(outside, "", "elsewhere"));
        assertEquals("everyone/not here", account(outside, "", "other"));
    }

    @Test
    void onlyRequiredFilesHaveToBeThere() throws Exception {
        var complaint =
                load("INCLUDE nowhere\nUSER = a\nPASS = b\n").complaints().getFirst();
        assertEquals(Complaint.Level.WARNING, complaint.level());
        assertThrows(ConfException.class, () -> load("INCLUDE_REQUIRED nowhere\n"));
    }

    @Test
    void aFileThatIncludesItselfComesToAnEnd() throws Exception {
        var endless = load("USER = a\nPASS = b\nINCLUDE auth\nINCLUDE auth\n");
        assertEquals("a/b", account(endless, "", "localhost"));
        assertTrue(endless.complaints().getLast().text().contains("does it include itself?"));
    }

    @Test
    void mistakesAreToldOfWithoutPasswords() throws Exception {
        var credentials = load("""
                PASSWROD = hunter2
                CERTVERFY = 1
                CERTVERIFY = maybe
                PASS hunter2
                [me@nas]
                USER = you
                [nonsense
                PASS = hunter2
                """);
        var texts = credentials.complaints().stream().map(Complaint::text).toList();
        assertEquals(6, texts.size(), texts.toString());
        assertTrue(texts.get(0).contains("Unsupported keyword in NUT auth configuration file: 'PASSWROD'"));
        assertTrue(texts.get(1).contains("did you mean CERTVERIFY?"), texts.get(1));
        assertFalse(texts.toString().contains("hunter2"), texts.toString());
        assertEquals("nobody", account(credentials, "", "nas"));
    }

    @Test
    void aFileEverybodyCanReadIsToldOf() throws Exception {
        var file = file("auth", "PASS = x\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(Credentials.load(file.toString(), env)
                .complaints()
                .getFirst()
                .text()
                .contains("world readable"));
    }

    @Test
    void whereNothingIsSaidOfTlsItIsUsedIfPossible() throws Exception {
        assertSame(ClientTls.IF_POSSIBLE, load("USER = a\nPASS = b\n").tls("", server("nas")));
    }

    @Test
    void whatIsSaidOfTlsCounts() throws Exception {
        var authority =
                Path.of("src", "test", "resources", "tls", "authority.pem").toAbsolutePath();
        var credentials = load("CERTPATH = " + authority
                + "\nCERTVERIFY = on\nFORCESSL = -1\n[@nas]\nCERTHOST = \"the NAS\"\nFORCESSL = yes\n[@old]\nFORCESSL = 0\n"
                + "CERTVERIFY = no\n");
        assertEquals(
                new ClientTls.Terms(ClientTls.Mode.TRY, true, ""),
                credentials.tls("", server("elsewhere")).terms("elsewhere", 3493));
        assertEquals(
                new ClientTls.Terms(ClientTls.Mode.FORCE, true, "the NAS"),
                credentials.tls("", server("nas")).terms("nas", 3493));
        assertEquals(
                new ClientTls.Terms(ClientTls.Mode.NEVER, false, ""),
                credentials.tls("", server("old")).terms("old", 3493));
    }

    @Test
    void verificationWithoutAuthoritiesIsRefused() throws Exception {
        var credentials = load("CERTVERIFY = 1\n");
        var refused = assertThrows(TlsException.class, () -> credentials.tls("", server("nas")));
        assertTrue(refused.getMessage().contains("no CERTPATH was given"));
    }
}
