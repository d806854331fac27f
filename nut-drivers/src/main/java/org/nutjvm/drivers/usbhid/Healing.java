package org.nutjvm.drivers.usbhid;

import java.util.random.RandomGenerator;

/// The way back to a lost device: when to try next, and how hard. Waits grow from nothing to a second
/// while it is not there and some seconds while it is, spread a little, so that several drivers on one hub do not try
/// all at once.
final class Healing {
    private static final long MILLI = 1_000_000L;
    private static final long[] WAITS_MILLIS = {0, 200, 400, 800, 1500, 2500};
    /// Looking for a device that is not on the bus costs little and disturbs nobody.
    private static final long ABSENT_MILLIS = 1000;

    private static final int RELEASE_FROM = 3;
    private static final int RESET_FROM = 5;
    private static final int RESET_EVERY = 5;
    private static final double SPREAD = 0.2;

    /// What is tried.
    enum Step {
        /// Open the device anew.
        REOPEN,
        /// The same, after giving the interface back and taking it again.
        RELEASE,
        /// The same, after a USB reset.
        RESET
    }

    private final RandomGenerator random;
    private int attempts;
    private int present;
    private long since;
    private long next;

    /// Begins.
    ///
    /// @param now monotonic time in nanoseconds, when the device was lost
    /// @param leaveAlone nanoseconds until the first attempt
    Healing(RandomGenerator random, long now, long leaveAlone) {
        this.random = random;
        since = now;
        next = now + leaveAlone;
    }

    boolean due(long now) {
        return now - next >= 0;
    }

    /// When to try next.
    long next() {
        return next;
    }

    /// How long it has been lost.
    long lostFor(long now) {
        return now - since;
    }

    int attempts() {
        return attempts;
    }

    /// How hard to try this time.
    Step step() {
        if (present >= RESET_FROM && (present - RESET_FROM) % RESET_EVERY == 0) {
            return Step.RESET;
        }
        return present >= RELEASE_FROM ? Step.RELEASE : Step.REOPEN;
    }

    /// An attempt failed.
    ///
    /// @param seen whether the device was on the bus, so that trying harder makes sense
    void failed(long now, boolean seen) {
        attempts++;
        present = seen ? present + 1 : 0;
        long millis = WAITS_MILLIS[Math.min(attempts, WAITS_MILLIS.length - 1)];
        long wait = (seen ? millis : Math.min(millis, ABSENT_MILLIS)) * MILLI;
        next = now + wait + (long) (wait * SPREAD * (random.nextDouble() - 0.5));
    }
}
