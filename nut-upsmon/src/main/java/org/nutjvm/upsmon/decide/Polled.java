package org.nutjvm.upsmon.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nutjvm.common.conf.NotifyType;
import org.nutjvm.upsmon.decide.Happening.Level;
import org.nutjvm.upsmon.decide.Watched.Comm;
import org.nutjvm.upsmon.decide.Watched.Draft;
import org.nutjvm.upsmon.decide.Watched.Pollfail;

/// What one reading makes of a UPS: its new state and what there is to say (clients/upsmon.c: pollups, parse_status,
/// ups_is_alive, ups_is_gone and the functions for the single words).
///
/// @param ups the state after the reading
/// @param said in the order it is to be said
public record Polled(Watched ups, List<Happening> said) {
    public Polled {
        said = List.copyOf(said);
    }

    /// Takes a reading made at a time. An answer without words is no answer.
    public static Polled after(Watched before, Reading reading, Duration now, Policy policy) {
        var step = new Step(before, now, policy);
        return switch (reading) {
            case Reading.Status answer ->
                answer.status().isBlank() ? step.failed(step.poll("empty ups.status")) : step.answered(answer);
            case Reading.Silence silence -> step.failed(step.poll(silence.why()));
            case Reading.Unreachable server ->
                step.failed("UPS [" + before.sys() + "]: connect failed: " + server.why());
        };
    }

    /// Notices for a state that comes and goes.
    private record Edge(NotifyType came, NotifyType went) {}

    private static final Map<Flag, Edge> EDGES = Map.of(
            Flag.CAL, new Edge(NotifyType.CAL, NotifyType.NOTCAL),
            Flag.OFF, new Edge(NotifyType.OFF, NotifyType.NOTOFF),
            Flag.BYPASS, new Edge(NotifyType.BYPASS, NotifyType.NOTBYPASS),
            Flag.ALARM, new Edge(NotifyType.ALARM, NotifyType.NOTALARM),
            Flag.OVER, new Edge(NotifyType.OVER, NotifyType.NOTOVER),
            Flag.TRIM, new Edge(NotifyType.TRIM, NotifyType.NOTTRIM),
            Flag.BOOST, new Edge(NotifyType.BOOST, NotifyType.NOTBOOST),
            Flag.ECO, new Edge(NotifyType.ECO, NotifyType.NOTECO));

    /// The order in which the end of a state is told of, before anything that came.
    private static final List<Flag> ENDS =
            List.of(Flag.CAL, Flag.OFF, Flag.BYPASS, Flag.ALARM, Flag.OVER, Flag.TRIM, Flag.BOOST, Flag.ECO);

    /// Words nothing follows from.
    private static final Set<String> UNREMARKABLE = Set.of("HB", "CHRG", "DISCHRG", "WAIT");

    private static final List<String> ECO_BUZZWORDS = List.of(":ECO", ":ESS", ":HE", ":SMART");

    /// One step under way.
    private static final class Step {
        private final Watched before;
        private final Duration now;
        private final Policy policy;
        private final List<Happening> said = new ArrayList<>();
        private final Draft next;

        Step(Watched before, Duration now, Policy policy) {
            this.before = before;
            this.now = now;
            this.policy = policy;
            this.next = new Draft(before);
        }

        Polled answered(Reading.Status reading) {
            if (before.comm() == Comm.LOST) {
                tell(NotifyType.COMMOK);
            }
            if (policy.pollfailLogThrottleMax() >= 0 && before.pollfail().isPresent()) {
                log(
                        Level.ERROR,
                        "Poll UPS [" + before.sys() + "] recovered from failure: "
                                + before.pollfail().get().why());
            }
            var words = words(reading);
            forgetWhatEnded(words);
            var others = new ArrayList<String>();
            for (var word : words) {
                take(word, reading, others);
            }
            tellOfOthers(others);

            boolean wasCritical = before.was(Flag.ONBATT) && before.was(Flag.LOWBATT) && !before.was(Flag.CAL);
            boolean isCritical = next.seen.contains(Flag.ONBATT)
                    && next.seen.contains(Flag.LOWBATT)
                    && !next.seen.contains(Flag.CAL);
            next.lastNonCritical =
                    isCritical && wasCritical ? before.lastNonCritical().or(() -> Optional.of(now)) : Optional.of(now);
            next.comm = Comm.UP;
            next.others = others;
            next.lastAnswer = Optional.of(now);
            next.pollfail = Optional.empty();
            return new Polled(next.done(), said);
        }

        /// Words in upper case; a buzzword for it counts as ECO.
        private List<String> words(Reading.Status reading) {
            var words = new ArrayList<String>();
            for (var word : reading.status().toUpperCase(Locale.ROOT).split(" ", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
            var buzzwords = reading.buzzwords().orElse("");
            if (!words.contains("ECO") && ECO_BUZZWORDS.stream().anyMatch(buzzwords::contains)) {
                words.add("ECO");
            }
            return words;
        }

        private void forgetWhatEnded(List<String> words) {
            if (!words.contains("LB")) {
                next.seen.remove(Flag.LOWBATT);
            }
            if (!words.contains("FSD")) {
                next.seen.remove(Flag.FSD);
                next.fsdTold = false;
            }
            for (var flag : ENDS) {
                if (words.contains(flag.name())) {
                    continue;
                }
                if (next.seen.remove(flag)) {
                    tell(edge(flag).went());
                }
                switch (flag) {
                    case OFF -> next.offSince = Optional.empty();
                    case OVER -> next.overSince = Optional.empty();
                    case ALARM -> next.alarm = Optional.empty();
                    default -> {}
                }
            }
        }

        private void take(String word, Reading.Status reading, List<String> others) {
            switch (word) {
                case "OL" -> {
                    if (next.seen.add(Flag.ONLINE) && next.lineKnown) {
                        tell(NotifyType.ONLINE);
                    }
                    next.lineKnown = true;
                    next.seen.remove(Flag.ONBATT);
                }
                case "OB" -> {
                    if (next.seen.add(Flag.ONBATT)) {
                        tell(NotifyType.ONBATT);
                    }
                    next.lineKnown = true;
                    next.seen.remove(Flag.ONLINE);
                }
                case "LB" -> {
                    if (next.seen.add(Flag.LOWBATT)) {
                        tell(NotifyType.LOWBATT);
                    }
                }
                case "RB" -> {
                    if (elapsed(next.lastReplbatt).compareTo(policy.rbwarntime()) > 0) {
                        tell(NotifyType.REPLBATT);
                        next.lastReplbatt = Optional.of(now);
                    }
                }
                case "FSD" -> {
                    if (next.seen.add(Flag.FSD) && !next.fsdTold) {
                        tell(NotifyType.FSD);
                        next.fsdTold = true;
                    }
                }
                case "ALARM" -> alarmed(reading.alarm());
                case "OFF" -> {
                    came(Flag.OFF);
                    next.offSince = next.offSince.or(() -> Optional.of(now));
                }
                case "OVER" -> {
                    came(Flag.OVER);
                    next.overSince = next.overSince.or(() -> Optional.of(now));
                }
                case "CAL", "BYPASS", "TRIM", "BOOST", "ECO" -> came(Flag.valueOf(word));
                default -> {
                    if (!UNREMARKABLE.contains(word) && !others.contains(word)) {
                        others.add(word);
                    }
                }
            }
        }

        private void came(Flag flag) {
            if (next.seen.add(flag)) {
                tell(edge(flag).came());
            }
        }

        /// Told of when it begins and whenever its text changes; a driver without a text has "n/a".
        private void alarmed(Optional<String> text) {
            if (next.seen.add(Flag.ALARM)) {
                tell(NotifyType.ALARM, text.orElse("n/a"));
                next.alarm = text;
            } else if (text.isPresent() && !text.equals(next.alarm)) {
                tell(NotifyType.ALARM, text.get());
                next.alarm = text;
            }
        }

        private void tellOfOthers(List<String> others) {
            if (Set.copyOf(others).equals(Set.copyOf(before.others()))) {
                return;
            }
            if (others.isEmpty()) {
                tell(NotifyType.NOTOTHER);
            } else {
                tell(NotifyType.OTHER, String.join(" ", others));
            }
        }

        /// C's sentence for a question that was not answered.
        String poll(String why) {
            return "Poll UPS [" + before.sys() + "] failed - " + why;
        }

        /// @param why a whole sentence
        Polled failed(String why) {
            next.pollfail = Optional.of(logged(why));
            if (before.comm() != Comm.LOST) {
                tell(NotifyType.COMMBAD);
            } else if (elapsed(before.lastAnswer()).compareTo(policy.nocommwarntime()) >= 0
                    && elapsed(before.lastNocomm()).compareTo(policy.nocommwarntime()) > 0) {
                tell(NotifyType.NOCOMM);
                next.lastNocomm = Optional.of(now);
            }
            next.comm = Comm.LOST;
            return new Polled(next.done(), said);
        }

        /// Logs the failure, or not, as POLLFAIL_LOG_THROTTLE_MAX has it.
        private Pollfail logged(String why) {
            int max = policy.pollfailLogThrottleMax();
            var known = before.pollfail().filter(f -> f.why().equals(why));
            boolean log = max < 0 || known.isEmpty() || (max > 0 && known.get().unlogged() >= max - 1);
            if (known.isEmpty() && max == 0) {
                log(Level.ERROR, "Poll UPS [" + before.sys() + "] fails; logged once until that changes");
            }
            log(log ? Level.ERROR : Level.DEBUG, why);
            return new Pollfail(why, log ? 0 : known.get().unlogged() + 1);
        }

        /// Time since then; longer than anything configured when it never happened.
        private Duration elapsed(Optional<Duration> then) {
            return then.map(now::minus).orElse(NEVER);
        }

        private void tell(NotifyType type) {
            tell(type, "");
        }

        private void tell(NotifyType type, String extra) {
            said.add(new Happening.Notice(type, before.sys(), extra));
        }

        private void log(Level level, String text) {
            said.add(new Happening.Line(level, text));
        }

        private static Edge edge(Flag flag) {
            var edge = EDGES.get(flag);
            if (edge == null) {
                throw new IllegalStateException("no notice belongs to " + flag);
            }
            return edge;
        }
    }

    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);
}
