package org.nutjvm.common.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// upssched.conf: which event starts, cancels or runs what (clients/upssched.c: conf_arg, parse_at).
///
/// @param cmdscript one word is a shell line; more are a program and its arguments; empty when the file has none
/// @param pipefn socket of the timer daemon
/// @param lockfn file that keeps first timers from starting two daemons
/// @param rules the AT lines that can be carried out, in order
/// @param unusable why the AT lines must not be carried out at all: something they need is not set before them
/// @param debugMin the least debug level; empty when the file does not say
/// @param complaints what an administrator should look at
public record UpsschedConf(
        List<String> cmdscript,
        Optional<String> pipefn,
        Optional<String> lockfn,
        List<At> rules,
        Optional<String> unusable,
        OptionalInt debugMin,
        List<Complaint> complaints) {
    /// The file's name in the configuration directory.
    public static final String FILE = "upssched.conf";

    /// One AT line.
    ///
    /// @param type word of the event, as NOTIFYTYPE has it; compared in any case
    /// @param ups the UPS as MONITOR names it, or `*`
    /// @param line the physical line
    public record At(String type, String ups, Command command, int line) {
        /// Whether the line is for this event of this UPS.
        public boolean matches(String notifyType, String upsName) {
            return type.equalsIgnoreCase(notifyType) && (ups.equals("*") || ups.equals(upsName));
        }
    }

    /// What an AT line does.
    public sealed interface Command {
        /// START-TIMER, or START-TIMER-SHARED where one of that name takes in what comes later.
        record Start(String name, int seconds, boolean shared) implements Command {}

        /// CANCEL-TIMER; with a command for when none of that name runs. CANCEL-TIMER-MATCHED only those
        /// started for the same UPS and event.
        record Cancel(String name, Optional<String> otherwise, boolean matched) implements Command {}

        /// EXECUTE.
        record Execute(String command) implements Command {}
    }

    /// Reads the file.
    ///
    /// @throws ConfException when there is none or it cannot be read
    public static UpsschedConf load(Path file) throws ConfException {
        return of(ConfReader.read(file));
    }

    /// What the text says. A line that cannot be carried out is complained about and left out; the others stay.
    public static UpsschedConf of(ConfText text) {
        return new Lines(text).parse();
    }

    private static final class Lines {
        private static final List<String> COMMANDS =
                List.of("START-TIMER", "START-TIMER-SHARED", "CANCEL-TIMER", "CANCEL-TIMER-MATCHED", "EXECUTE");

        private final ConfText text;
        private final List<Complaint> complaints;
        private final List<At> rules = new ArrayList<>();
        private List<String> cmdscript = List.of();
        private Optional<String> pipefn = Optional.empty();
        private Optional<String> lockfn = Optional.empty();
        private Optional<String> unusable = Optional.empty();
        private OptionalInt debugMin = OptionalInt.empty();

        Lines(ConfText text) {
            this.text = text;
            complaints = new ArrayList<>(text.complaints());
        }

        UpsschedConf parse() {
            for (ConfLine line : text.lines()) {
                take(line);
            }
            return new UpsschedConf(
                    cmdscript, pipefn, lockfn, List.copyOf(rules), unusable, debugMin, List.copyOf(complaints));
        }

        private void take(ConfLine line) {
            UpsschedDirective directive = directive(line.word(0));
            if (directive == null || line.size() < (directive == UpsschedDirective.AT ? 5 : 2)) {
                String suggestion = directive != null
                        ? ""
                        : Nearest.of(line.word(0), Directive.words(UpsschedDirective.values()))
                                .orElse("");
                complain(
                        directive == null ? Complaint.Cause.UNKNOWN_WORD : Complaint.Cause.MISSING_VALUE,
                        line,
                        line.word(0),
                        suggestion,
                        text.file() + " line " + line.line() + ": invalid directive " + String.join(" ", line.words()));
                return;
            }
            switch (directive) {
                case CMDSCRIPT -> cmdscript = List.copyOf(line.words().subList(1, line.size()));
                case PIPEFN -> pipefn = Optional.of(line.word(1));
                case LOCKFN -> lockfn = Optional.of(line.word(1));
                case DEBUG_MIN -> debugMin = Values.number(line.word(1));
                case AT -> at(line);
            }
        }

        private static @Nullable UpsschedDirective directive(String word) {
            for (UpsschedDirective directive : UpsschedDirective.values()) {
                if (directive.word().equals(word)) {
                    return directive;
                }
            }
            return null;
        }

        private void at(ConfLine line) {
            String missing =
                    cmdscript.isEmpty() ? "CMDSCRIPT" : pipefn.isEmpty() ? "PIPEFN" : lockfn.isEmpty() ? "LOCKFN" : "";
            if (!missing.isEmpty()) {
                String why = missing + " must be set before any ATs in the config file!";
                if (unusable.isEmpty()) {
                    unusable = Optional.of(why);
                    complaints.add(
                            Complaint.about(Complaint.Level.ERROR, Complaint.Cause.MISPLACED, line, missing, why));
                }
                return;
            }
            if (NotifyType.named(line.word(1)).isEmpty()) {
                var names = new ArrayList<String>();
                for (NotifyType type : NotifyType.values()) {
                    names.add(type.name());
                }
                complain(
                        Complaint.Cause.BAD_VALUE,
                        line,
                        line.word(1),
                        Nearest.of(line.word(1), names).orElse(""),
                        "AT " + line.word(1) + ": upsmon has no event of that name, so this never happens");
            }
            command(line).ifPresent(c -> rules.add(new At(line.word(1), line.word(2), c, line.line())));
        }

        private Optional<Command> command(ConfLine line) {
            Optional<String> more = line.size() > 5 ? Optional.of(line.word(5)) : Optional.empty();
            return switch (line.word(3)) {
                case "START-TIMER", "START-TIMER-SHARED" -> start(line, more);
                case "CANCEL-TIMER", "CANCEL-TIMER-MATCHED" ->
                    Optional.of(new Command.Cancel(
                            line.word(4),
                            more.filter(c -> !c.isEmpty()),
                            line.word(3).endsWith("MATCHED")));
                case "EXECUTE" -> execute(line);
                default -> {
                    complain(
                            Complaint.Cause.BAD_VALUE,
                            line,
                            line.word(3),
                            Nearest.of(line.word(3), COMMANDS).orElse(""),
                            "Invalid command: " + line.word(3));
                    yield Optional.empty();
                }
            };
        }

        /// C takes what is no number for 0 seconds, so that swapped words fire at once; here they are refused.
        private Optional<Command> start(ConfLine line, Optional<String> more) {
            String name = line.word(4);
            OptionalInt seconds = more.isEmpty() ? OptionalInt.empty() : Values.number(more.get());
            if (seconds.isPresent() && seconds.getAsInt() >= 0) {
                return Optional.of(
                        new Command.Start(name, seconds.getAsInt(), line.word(3).endsWith("SHARED")));
            }
            boolean swapped = Values.number(name).isPresent() && more.isPresent();
            complain(
                    Complaint.Cause.BAD_VALUE,
                    line,
                    more.orElse(""),
                    "",
                    line.word(3) + " " + name + ": bogus offset for timer, ignoring (write " + line.word(3)
                            + (swapped ? " " + more.get() + " " + name : " name seconds") + ")");
            return Optional.empty();
        }

        private Optional<Command> execute(ConfLine line) {
            if (line.word(4).isEmpty()) {
                complain(Complaint.Cause.MISSING_VALUE, line, "EXECUTE", "", "Empty EXECUTE command argument");
                return Optional.empty();
            }
            return Optional.of(new Command.Execute(line.word(4)));
        }

        private void complain(Complaint.Cause cause, ConfLine line, String word, String suggestion, String sentence) {
            complaints.add(Complaint.about(Complaint.Level.ERROR, cause, line, word, suggestion, sentence));
        }
    }
}
