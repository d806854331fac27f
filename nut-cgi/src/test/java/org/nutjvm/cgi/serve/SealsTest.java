package org.nutjvm.cgi.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// A form's mark is good for one browser, one purpose and one hour.
class SealsTest {
    private long now = 1000;
    private final Seals seals = new Seals(() -> now);

    @Test
    void onlyItsOwn() {
        String secret = seals.secret();
        String mark = seals.mark(secret, "command x");
        assertTrue(seals.genuine(mark, secret, "command x"));
        assertFalse(seals.genuine(mark, seals.secret(), "command x"));
        assertFalse(seals.genuine(mark, secret, "command y"));
        assertFalse(seals.genuine(mark, "", "command x"));
        assertFalse(new Seals(() -> now).genuine(mark, secret, "command x"));
        for (String bad : new String[] {"", ".", "x.y", mark + "x", mark.replace("1000", "1001"), "9".repeat(40)}) {
            assertFalse(seals.genuine(bad, secret, "command x"), bad);
        }
        now += 3600;
        assertTrue(seals.genuine(mark, secret, "command x"));
        now++;
        assertFalse(seals.genuine(mark, secret, "command x"));
        assertNotEquals(seals.secret(), seals.secret());
    }
}
