package org.nutjvm.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/// Waiting by asking again until a deadline: no test sleeps a fixed time and hopes.
final class Await {
    /// Enough for a start on a loaded machine with one slow core.
    static final Duration LONG = Duration.ofSeconds(30);

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        until(what, LONG, condition);
    }

    static void until(String what, Duration limit, BooleanSupplier condition) {
        value(what, limit, condition::getAsBoolean, done -> done);
    }

    /// Asks until the answer is good, and gives it; the failure tells the last answer.
    static <T> T value(String what, Duration limit, Supplier<T> question, Predicate<T> good) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            T answer = question.get();
            if (good.test(answer)) {
                return answer;
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionFailedError(
                        "not within " + limit.toSeconds() + " s: " + what + "; last answer: " + answer);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
