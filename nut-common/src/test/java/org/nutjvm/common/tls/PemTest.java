package org.nutjvm.common.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
    @Test
    void textBetweenBlocksIsForPeople() throws Exception {
        var blocks = Pem.blocks("Certificate:\r\n  Data\r\n-----BEGIN A-----\r\nAAEC\r\n-----END A-----\r\nfoo\n"
                + "-----BEGIN B-----\nX: y\n\nAw==\n-----END B-----");
        assertEquals(2, blocks.size());
        assertArrayEquals(new byte[] {0, 1, 2}, blocks.get(0).bytes());
        assertEquals(3, blocks.get(0).line());
        assertEquals("y", blocks.get(1).headers().get("X"));
        assertArrayEquals(new byte[] {3}, blocks.get(1).bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\n-----BEGIN A-----\nAAEC",
                "x\n-----BEGIN A-----\nAAEC\n-----END B-----",
                "x\n-----BEGIN A-----\n-----BEGIN A-----\nAAEC\n-----END A-----",
                "x\n-----BEGIN A-----\nA*EC\n-----END A-----"
            })
    void aDamagedBlockIsToldOfByItsLine(String text) {
        var malformed = assertThrows(Pem.Malformed.class, () -> Pem.blocks(text));
        assertEquals(2, malformed.line());
    }
}
