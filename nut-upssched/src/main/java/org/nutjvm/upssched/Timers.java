package org.nutjvm.upssched;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The timers that run (clients/upssched.c: start_timer, cancel_timer, checktimers). Times are on a monotonic
/// clock that the caller reads. One thread owns it.
final class Timers {
    /// More timers than any set-up has.
    static final int LIMIT = 10_000;

    private final List<Timer> running = new ArrayList<>();

    /// Starts one; several of the same name may run. A shared one is joined if it runs.
    ///
    /// @return false if there are too many
    boolean start(String name, Duration after, boolean shared, Timer.Cause cause, Duration now) {
        if (shared) {
            for (int i = 0; i < running.size(); i++) {
                if (running.get(i).name().equals(name)) {
                    running.set(i, running.get(i).with(cause));
                    return true;
                }
            }
        }
        if (running.size() >= LIMIT) {
            return false;
        }
        running.add(Timer.of(name, now.plus(after), cause));
        return true;
    }

    /// Cancels all of that name, or with `matched` those started for the same UPS and event.
    ///
    /// @return whether any ran
    boolean cancel(String name, boolean matched, Timer.Cause cause) {
        return running.removeIf(t -> t.name().equals(name) && (!matched || t.startedFor(cause)));
    }

    /// Takes out those that are due, in the order they were due.
    List<Timer> expire(Duration now) {
        var due = new ArrayList<Timer>();
        for (var timer : running) {
            if (timer.due().compareTo(now) <= 0) {
                due.add(timer);
            }
        }
        running.removeAll(due);
        due.sort((a, b) -> a.due().compareTo(b.due()));
        return due;
    }

    /// Time until the next one is due, zero when one is already; empty when none runs.
    Optional<Duration> untilNext(Duration now) {
        Duration least = null;
        for (var timer : running) {
            if (least == null || timer.due().compareTo(least) < 0) {
                least = timer.due();
            }
        }
        return least == null ? Optional.empty() : Optional.of(max(least.minus(now), Duration.ZERO));
    }

    /// All of them, in the order they were started.
    List<Timer> all() {
        return List.copyOf(running);
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
