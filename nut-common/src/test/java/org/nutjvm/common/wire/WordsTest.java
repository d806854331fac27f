package org.nutjvm.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void splitsAsNutDoes() {
        assertEquals(List.of("SET", "VAR", "u", "v", "a \"b\" c"), Words.split("SET VAR u v \"a \\\"b\\\" c\""));
        assertEquals(List.of("key", "=", "value"), Words.split("key=value # why"));
        assertEquals(List.of("", "x"), Words.split("\"\" x"));
        assertEquals(List.of("open quote "), Words.split("\"open quote "));
        assertEquals(List.of(), Words.split("  # nothing"));
        assertEquals(List.of("a"), Words.split("a\nb"));
    }

    @Test
    void onlyAsciiGetsThrough() {
        assertEquals(List.of("caf", "euro "), Words.split("caf\u00e9 \"euro \u20ac\""));
    }

    @Test
    void quotedTextComesBackWhole() {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            var text = new StringBuilder();
            for (int left = random.nextInt(40); left > 0; left--) {
                text.append((char) (' ' + random.nextInt(95)));
            }
            assertEquals(List.of(text.toString(), "end"), Words.split(Words.quote(text.toString()) + " end"));
        }
    }

    @Test
    void limitsAreSeen() {
        var lexer = new Lexer();
        for (byte b : NastyLines.bytes("x".repeat(512) + "\n")) {
            lexer.feed(b);
        }
        assertFalse(lexer.truncated());
        for (byte b : NastyLines.bytes("x".repeat(513) + "\n")) {
            lexer.feed(b);
        }
        assertTrue(lexer.truncated());
        assertEquals(514, lexer.consumed());
        for (byte b : NastyLines.bytes("w ".repeat(32) + "\n")) {
            lexer.feed(b);
        }
        assertFalse(lexer.truncated());
        for (byte b : NastyLines.bytes("w ".repeat(33) + "\n")) {
            lexer.feed(b);
        }
        assertTrue(lexer.truncated());
        assertEquals(32, lexer.words().size());
    }
}
