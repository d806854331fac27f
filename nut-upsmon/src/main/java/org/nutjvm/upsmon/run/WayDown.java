package org.nutjvm.upsmon.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nutjvm.upsmon.decide.Happening;
import org.nutjvm.upsmon.decide.Policy;
import org.nutjvm.upsmon.decide.Shutdown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out a {@link Shutdown}: asks the pollers to set FSD and to count who is logged in, and has the rest
/// done by the loop. Only the loop's thread uses it.
final class WayDown {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    /// Between two counts of those logged in, while they are waited for.
    private static final Duration COUNTING = Duration.ofMillis(250);

    /// Between two questions that only keep servers from taking this upsmon for dead.
    private static final Duration LINGERING = Duration.ofSeconds(1);

    /// How long the command may take to fail audibly, and servers to answer a LOGOUT, before upsmon ends all the same.
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /// What the loop does for it.
    interface Commands {
        void say(Happening what);

        void wall(String text);

        /// Flag and command.
        void order();

        /// Asks all pollers to log out.
        void leave();

        /// How many have not yet.
        int leaving();
    }

    private final Collection<Ups> upses;
    private final Commands commands;
    private final Policy policy;

    private Shutdown shutdown;
    private Optional<Duration> counted = Optional.empty();
    private boolean ordered;
    private boolean called;
    private boolean orderedAgain;
    private boolean helperEnded;
    private boolean exit;
    private Optional<Duration> exitSince = Optional.empty();

    /// Begins.
    WayDown(Collection<Ups> upses, Commands commands, Policy policy, Duration now) {
        this.upses = upses;
        this.commands = commands;
        this.policy = policy;
        boolean primary = upses.stream().anyMatch(u -> u.monitor.primary());
        var begun = Shutdown.begin(primary, now);
        this.shutdown = begun.after();
        LOG.debug(
                primary
                        ? "This system is a primary for some device(s); waiting for secondaries to logout..."
                        : "This system is not a primary for any device, shutting down now...");
        carryOut(begun.actions());
    }

    /// What time and answers have brought.
    void turn(Duration now) {
        var step = shutdown.step(facts(), now, policy);
        shutdown = step.after();
        carryOut(step.actions());
        count(now);
    }

    private void carryOut(List<Shutdown.Action> actions) {
        for (var action : actions) {
            switch (action) {
                case Shutdown.Action.SetFsd _ -> setFsd();
                case Shutdown.Action.Say say -> commands.say(say.what());
                case Shutdown.Action.Wall wall -> commands.wall(wall.text());
                case Shutdown.Action.Command _ -> order();
                case Shutdown.Action.Exit _ -> exit = true;
            }
        }
    }

    private void setFsd() {
        for (var ups : upses) {
            if (ups.monitor.primary()) {
                ups.settingFsd = true;
                ups.logins = OptionalInt.empty();
                ups.poller.ask(new Poller.Ask.Fsd());
            }
        }
    }

    private void order() {
        ordered = true;
        commands.order();
        if (policy.shutdownexit().isEmpty()) {
            LOG.warn("Configured to not exit upsmon after initiating shutdown");
        } else if (policy.shutdownexit().get().isPositive()) {
            LOG.warn(
                    "Configured to only exit upsmon SHUTDOWNEXIT={} sec after initiating shutdown",
                    policy.shutdownexit().get().toSeconds());
        }
    }

    private Shutdown.Facts facts() {
        boolean answered = true;
        boolean all = true;
        int most = 0;
        for (var ups : upses) {
            if (ups.monitor.primary()) {
                answered &= !ups.settingFsd;
                all &= ups.logins.isPresent();
                most = Math.max(most, ups.logins.orElse(0));
            }
        }
        // One that has not answered yet may have the last secondary.
        boolean known = all || most > 1;
        return new Shutdown.Facts(answered, known ? OptionalInt.of(most) : OptionalInt.empty());
    }

    private void count(Duration now) {
        if (exit || counted.filter(t -> now.minus(t).compareTo(counting()) < 0).isPresent()) {
            return;
        }
        counted = Optional.of(now);
        boolean waiting = shutdown.phase() == Shutdown.Phase.FSD || shutdown.phase() == Shutdown.Phase.HOSTSYNC;
        for (var ups : upses) {
            if (!ups.countingLogins && (ups.monitor.primary() || !waiting)) {
                ups.countingLogins = true;
                ups.poller.ask(new Poller.Ask.Logins());
            }
        }
    }

    private Duration counting() {
        return switch (shutdown.phase()) {
            case FSD, HOSTSYNC -> COUNTING;
            default -> LINGERING;
        };
    }

    /// When {@link #turn} is due though nothing is heard.
    Duration due(Duration now) {
        var next = counted.map(t -> t.plus(counting())).orElse(now);
        var due = shutdown.due(policy);
        if (due.isPresent() && due.get().compareTo(next) < 0) {
            next = due.get();
        }
        return next.compareTo(now) > 0 ? next : now.plus(Duration.ofMillis(10));
    }

    /// The half that keeps root calls the command now.
    void commandCalled() {
        called = true;
    }

    /// That half has ended.
    ///
    /// @return false if it had not been told anything
    boolean helperGone() {
        if (!ordered) {
            return false;
        }
        if (called || orderedAgain) {
            helperEnded = true;
        } else {
            orderedAgain = true;
            LOG.error("upsmon parent: gone before it called the shutdown command, calling it anew");
            commands.order();
        }
        return true;
    }

    /// Whether upsmon is to end: when the command was ordered and it is not to stay, and all have been left.
    boolean ended(boolean stopAsked, Duration now) {
        if (!ordered || !(exit || stopAsked)) {
            return false;
        }
        exit = true;
        if (exitSince.isEmpty()) {
            exitSince = Optional.of(now);
            commands.leave();
        }
        return (helperEnded && commands.leaving() <= 0)
                || now.minus(exitSince.get()).compareTo(LAST_WORDS) >= 0;
    }
}
