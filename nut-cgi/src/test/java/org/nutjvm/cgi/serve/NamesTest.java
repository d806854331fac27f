package org.nutjvm.cgi.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which names of this server are taken.
class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "127.0.0.1, true",
        "[::1], true",
        "pi, true",
        "pi.home, true",
        "pi.local, true",
        "ups.example, true",
        "evil.example, false",
        "1.2.3.4.evil, false",
        "local, false",
        "'', true"
    })
    void known(String host, boolean known) {
        assertEquals(known, new Names(List.of("UPS.example"), "Pi.home").known(host));
    }
}
