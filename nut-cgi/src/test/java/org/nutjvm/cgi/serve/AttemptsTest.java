package org.nutjvm.cgi.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Passwords are guessed slowly, each neighbour by itself.
class AttemptsTest {
    private long now = 1000;
    private final Attempts attempts = new Attempts(() -> now);

    private boolean tried(String who, boolean wrong) {
        var guard = attempts.of(who);
        if (!guard.enter()) {
            return false;
        }
        guard.leave(wrong);
        return true;
    }

    @Test
    void afterSomeWrongOnesOneWaits() {
        for (int i = 0; i < Attempts.FREE; i++) {
            assertTrue(tried("a", true));
        }
        assertFalse(tried("a", false));
        assertTrue(tried("b", false));
        now += 5;
        assertTrue(tried("a", true));
        now += 5;
        assertFalse(tried("a", false)); // ten by now
        now += 5;
        assertTrue(tried("a", false));
        assertTrue(tried("a", true));
        assertFalse(tried("a", false)); // a right one between changes nothing
        now += 1000;
        assertTrue(tried("a", true));
        assertTrue(tried("a", true)); // long ago
    }

    @Test
    void waitingEnds() {
        for (int i = 0; i < 100; i++) {
            tried("a", true);
            now += 301;
        }
        assertTrue(tried("a", true));
    }

    @Test
    void oneAtATime() {
        assertTrue(attempts.of("a").enter());
        assertFalse(attempts.of("a").enter());
        attempts.of("a").leave(false);
        assertTrue(attempts.of("a").enter());
    }
}
