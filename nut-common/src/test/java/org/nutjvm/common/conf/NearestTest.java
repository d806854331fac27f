package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> WORDS = List.of("MAXAGE", "MAXCONN", "LISTEN", "STATEPATH", "ups", "ACL");

    @ParameterizedTest
    @CsvSource({
        "MAXAG, MAXAGE", "maxage, MAXAGE", "MAXAGEE, MAXAGE", "MXAAGE, MAXAGE", "LISTNE, LISTEN", "LSITNE, LISTEN",
        "STATPAHT, STATEPATH", "STATE_PATH, STATEPATH", "MAXCON, MAXCONN", "usp, ups", "up, ups", "ALC, ACL"
    })
    void nearWordIsFound(String word, String meant) {
        assertEquals(Optional.of(meant), Nearest.of(word, WORDS));
    }

    @ParameterizedTest
    @CsvSource({"FROBNICATE", "x", "LIST", "MONITOR", "STATE", "''", "a"})
    void farWordIsNot(String word) {
        assertEquals(Optional.empty(), Nearest.of(word, WORDS));
    }

    @Test
    void nearestWinsThenTheFirst() {
        assertEquals(Optional.of("abcd"), Nearest.of("abcx", List.of("abxd", "abcd", "abce")));
        assertEquals(Optional.of("ABCD"), Nearest.of("abcd", List.of("abce", "ABCD")));
        assertEquals(Optional.empty(), Nearest.of("abcd", List.of()));
    }
}
