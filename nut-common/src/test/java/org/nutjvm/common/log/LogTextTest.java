package org.nutjvm.common.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class LogTextTest {
    @Test
    void plainTextIsLeftAlone() {
        String text = "UPS [one]: it's 5\u00b0, tab\there";
        assertSame(text, LogText.printable(text));
    }

    @Test
    void nothingEndsALineOrDrivesATerminal() {
        assertEquals("a\\nb\\rc", LogText.printable("a\nb\rc"));
        assertEquals("\\x1B[31m\\x00\\x7F\\x9B", LogText.printable("\u001b[31m\0\u007f\u009b"));
        assertEquals("\\u2028\\u202E\\u2066", LogText.printable("\u2028\u202e\u2066"));
    }

    @Test
    void stampsLikePrintf() {
        assertEquals("   0.000000\t", stamp(0));
        assertEquals("   0.000001\t", stamp(1_999));
        assertEquals("  12.345678\t", stamp(12_345_678_900L));
        assertEquals("123456.000000\t", stamp(123_456_000_000_000L));
        assertEquals("   0.000000\t", stamp(-5));
    }

    private static String stamp(long nanos) {
        var line = new StringBuilder();
        LogText.stamp(line, nanos);
        return line.toString();
    }
}
