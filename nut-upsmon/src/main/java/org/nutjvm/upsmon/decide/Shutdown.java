package org.nutjvm.upsmon.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nutjvm.common.conf.NotifyType;
import org.nutjvm.upsmon.decide.Happening.Level;

/// The way down, once it is decided (clients/upsmon.c: forceshutdown, sync_secondaries, doshutdown): FSD on the UPSes
/// this machine manages, wait for the secondaries, tell everybody, wait, run the command, linger. It goes one way only,
/// and the command is ordered exactly once.
///
/// @param phase where it is
/// @param since when that began
/// @param hostsyncTold whether SHUTDOWN_HOSTSYNC was told
public record Shutdown(Phase phase, Duration since, boolean hostsyncTold) {
    /// How long servers may take to confirm FSD before it goes on without them.
    public static final Duration FSD_LIMIT = Duration.ofSeconds(5);

    /// The stations, in order.
    public enum Phase {
        /// Servers were asked to set FSD.
        FSD,
        /// Secondaries are to log out.
        HOSTSYNC,
        /// SHUTDOWN was told; FINALDELAY runs.
        FINAL,
        /// The command was ordered; SHUTDOWNEXIT runs.
        LINGER,
        /// Nothing is left to do.
        DONE
    }

    /// What is to be done, in order.
    public sealed interface Action {
        /// Set FSD on all UPSes this machine is primary of.
        record SetFsd() implements Action {}

        /// Say it.
        record Say(Happening what) implements Action {}

        /// Tell everybody logged in, whatever NOTIFYFLAG says.
        record Wall(String text) implements Action {}

        /// Order POWERDOWNFLAG and SHUTDOWNCMD.
        record Command() implements Action {}

        /// End upsmon.
        record Exit() implements Action {}
    }

    /// What is known of the servers meanwhile.
    ///
    /// @param fsdAnswered whether each server asked to set FSD has answered, or cannot
    /// @param maxLogins most logins on any UPS this machine is primary of, this one included; empty until a server
    /// has answered
    public record Facts(boolean fsdAnswered, OptionalInt maxLogins) {
        public static final Facts NONE = new Facts(false, OptionalInt.empty());
    }

    /// A step: where it is after it, and what to do.
    public record Step(Shutdown after, List<Action> actions) {
        public Step {
            actions = List.copyOf(actions);
        }
    }

    /// Begins.
    ///
    /// @param primary whether this machine is primary of any UPS
    public static Step begin(boolean primary, Duration now) {
        var actions = new ArrayList<Action>();
        if (primary) {
            actions.add(new Action.SetFsd());
            return new Step(new Shutdown(Phase.FSD, now, false), actions);
        }
        return new Step(last(now, false, actions), actions);
    }

    /// Goes on as far as time and facts allow.
    public Step step(Facts facts, Duration now, Policy policy) {
        var actions = new ArrayList<Action>();
        var at = this;
        for (var next = at.next(facts, now, policy, actions); !next.equals(at); ) {
            at = next;
            next = at.next(facts, now, policy, actions);
        }
        return new Step(at, actions);
    }

    private Shutdown next(Facts facts, Duration now, Policy policy, List<Action> actions) {
        var waited = now.minus(since);
        return switch (phase) {
            case FSD ->
                facts.fsdAnswered() || waited.compareTo(FSD_LIMIT) >= 0
                        ? new Shutdown(Phase.HOSTSYNC, now, false)
                        : this;
            case HOSTSYNC -> hostsync(facts, now, waited, policy, actions);
            case FINAL -> {
                if (waited.compareTo(policy.finaldelay()) < 0) {
                    yield this;
                }
                actions.add(new Action.Command());
                yield new Shutdown(Phase.LINGER, now, hostsyncTold);
            }
            case LINGER -> {
                if (policy.shutdownexit().isEmpty()
                        || waited.compareTo(policy.shutdownexit().get()) < 0) {
                    yield this;
                }
                say(actions, Level.WARNING, "Exiting upsmon program after initiating shutdown");
                actions.add(new Action.Exit());
                yield new Shutdown(Phase.DONE, now, hostsyncTold);
            }
            case DONE -> this;
        };
    }

    /// Over when nobody but this machine is logged in, or nobody can be asked, or HOSTSYNC is over.
    private Shutdown hostsync(Facts facts, Duration now, Duration waited, Policy policy, List<Action> actions) {
        if (waited.compareTo(policy.hostsync()) > 0) {
            say(actions, Level.INFO, "Host sync timer expired, forcing shutdown");
            return last(now, hostsyncTold, actions);
        }
        if (facts.maxLogins().isEmpty()) {
            return this;
        }
        if (facts.maxLogins().getAsInt() <= 1) {
            return last(now, hostsyncTold, actions);
        }
        if (hostsyncTold) {
            return this;
        }
        actions.add(new Action.Say(new Happening.Notice(NotifyType.SHUTDOWN_HOSTSYNC, "", "")));
        return new Shutdown(Phase.HOSTSYNC, since, true);
    }

    private static Shutdown last(Duration now, boolean hostsyncTold, List<Action> actions) {
        String text = "Executing automatic power-fail shutdown";
        say(actions, Level.CRITICAL, text);
        actions.add(new Action.Wall(text));
        actions.add(new Action.Say(new Happening.Notice(NotifyType.SHUTDOWN, "", "")));
        return new Shutdown(Phase.FINAL, now, hostsyncTold);
    }

    private static void say(List<Action> actions, Level level, String text) {
        actions.add(new Action.Say(new Happening.Line(level, text)));
    }

    /// When time alone will bring the next step; empty when it will not.
    public Optional<Duration> due(Policy policy) {
        return switch (phase) {
            case FSD -> Optional.of(since.plus(FSD_LIMIT));
            case HOSTSYNC -> Optional.of(since.plus(policy.hostsync()));
            case FINAL -> Optional.of(since.plus(policy.finaldelay()));
            case LINGER -> policy.shutdownexit().map(since::plus);
            case DONE -> Optional.empty();
        };
    }
}
