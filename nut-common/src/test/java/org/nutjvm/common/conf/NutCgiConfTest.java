package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// nut-cgi.conf, and addresses as they are given to --listen.
class NutCgiConfTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path dir;

    private NutCgiConf conf(String text) throws IOException {
        return NutCgiConf.load(Files.writeString(dir.resolve("nut-cgi.conf"), text));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, 127.0.0.1:8080",
        "[::1]:80, [::1]:80",
        "::1, [::1]:8080",
        "*:0, *:0",
        "pi, pi:8080",
        "9000, 127.0.0.1:9000",
    })
    void addresses(String text, String address) {
        assertEquals(address, NutCgiConf.Listen.of(text).orElseThrow().toString());
    }

    @ParameterizedTest
    @CsvSource({"a:b", "a:", ":80", "a:65536", "a:-1", "[::1]x", "70000"})
    void noAddresses(String text) {
        assertEquals(Optional.empty(), NutCgiConf.Listen.of(text));
    }

    @Test
    void everythingCanBeSaid() throws IOException {
        var conf = conf("""
                LISTEN ::1 81
                LISTEN 10.0.0.1
                CERTFILE a.pem
                CERTIDENT n p
                READER ann secret
                SERVERNAME x
                ALLOW_UNPROTECTED yes
                POLLINTERVAL 5
                HISTORY none
                """);
        assertEquals(List.of(), conf.complaints());
        assertEquals("[[::1]:81, 10.0.0.1:8080]", conf.listen().toString());
        assertEquals(List.of(new NutCgiConf.Reader("ann", "secret")), conf.readers());
        assertTrue(conf.unprotected());
        assertEquals(5, conf.pollSeconds());
        assertEquals(Optional.of("none"), conf.history());
        assertFalse(conf.toString().contains("secret"), conf::toString);
    }

    @Test
    void whatCannotBeUsedIsToldOf() throws IOException {
        var conf = conf("""
                LISTEN a 99999
                LISTN a
                READER ann
                READER a:b c
                READER x $pbkdf2-sha256$broken
                ALLOW_UNPROTECTED maybe
                POLLINTERVAL 0
                CERTIDENT a
                """);
        assertEquals(8, conf.complaints().size(), () -> conf.complaints().toString());
        assertEquals("LISTEN", conf.complaints().get(1).suggestion());
        assertFalse(conf.unprotected());
        assertEquals(2, conf.pollSeconds());
        assertEquals(List.of(), conf.listen());
        assertFalse(conf.complaints().toString().contains("broken"), "no part of a password");
    }
}
