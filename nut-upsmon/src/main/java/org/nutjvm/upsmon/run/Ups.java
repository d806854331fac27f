package org.nutjvm.upsmon.run;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.nutjvm.common.conf.UpsmonConf.Monitor;
import org.nutjvm.upsmon.decide.Policy;
import org.nutjvm.upsmon.decide.Verdict;
import org.nutjvm.upsmon.decide.Watched;

/// A UPS as the loop holds it: what is known, what was made of it, and what was asked of its poller. Only the loop's
/// thread touches it.
final class Ups {
    final Poller poller;
    Monitor monitor;
    Watched known;
    Verdict verdict;

    /// Whether a poll is on its way.
    boolean polling;

    /// When to poll next.
    Optional<Duration> polled = Optional.empty();

    /// Why the login is refused, or empty.
    String refusal = "";

    /// When that was last told of, and last tried.
    Optional<Duration> refusalTold = Optional.empty();

    Optional<Duration> loginTried = Optional.empty();

    /// Whether an answer to FSD is awaited.
    boolean settingFsd;

    boolean countingLogins;

    /// The last count of logins since FSD; zero where the server cannot be asked.
    OptionalInt logins = OptionalInt.empty();

    Ups(Monitor monitor, Poller poller) {
        this.monitor = monitor;
        this.poller = poller;
        this.known = Watched.unseen(monitor.sys(), monitor.powervalue(), monitor.primary());
        this.verdict = Verdict.none(known);
    }

    /// When the next poll is due: a pause after the one before was answered, as in C.
    Duration due(Policy policy) {
        return polled.map(t -> t.plus(pause(policy))).orElse(Duration.ZERO);
    }

    private Duration pause(Policy policy) {
        var pause = known.alert() ? policy.pollfreqalert() : policy.pollfreq();
        boolean waits = known.oblbSince().isPresent() && policy.oblbduration().isPositive();
        return waits && policy.oblbduration().compareTo(pause) < 0 ? policy.oblbduration() : pause;
    }

    /// Whether the time for another attempt at logging in has come.
    boolean loginDue(Duration now, Policy policy) {
        return !refusal.isEmpty()
                && loginTried
                        .map(t -> now.minus(t).compareTo(policy.nocommwarntime()) >= 0)
                        .orElse(true);
    }
}
