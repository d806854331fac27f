package org.nutjvm.upsmon.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One UPS told as a story: what was read when. Keeps the notices and the last verdict.
final class Story {
    private final Policy policy;
    final List<String> notices = new ArrayList<>();
    Watched ups;
    Duration now = Duration.ofSeconds(100);

    Story(Policy policy, boolean primary) {
        this.policy = policy;
        this.ups = Watched.unseen("ups@host", 1, primary);
    }

    static Story of(Policy policy) {
        return new Story(policy, true);
    }

    static Story ofSecondary(Policy policy) {
        return new Story(policy, false);
    }

    Story reads(String status) {
        return take(new Reading.Status(status));
    }

    Story readsAlarm(String status, String alarm) {
        return take(new Reading.Status(status, Optional.empty(), Optional.of(alarm)));
    }

    Story silent() {
        return take(new Reading.Silence("Data stale"));
    }

    Story after(int seconds) {
        now = now.plusSeconds(seconds);
        return this;
    }

    Story take(Reading reading) {
        var polled = Polled.after(ups, reading, now, policy);
        ups = polled.ups();
        for (var said : polled.said()) {
            if (said instanceof Happening.Notice n) {
                notices.add(n.extra().isEmpty() ? n.type().name() : n.type() + " " + n.extra());
            }
        }
        return this;
    }

    /// Judges, and keeps what the verdict keeps.
    Verdict verdict() {
        var verdict = Verdict.of(ups, now, policy);
        ups = verdict.ups();
        return verdict;
    }
}
