package org.nutjvm.tools.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.Nearest;
import org.nutjvm.common.conf.NotifyFlag;
import org.nutjvm.common.conf.NotifyType;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsmonDirective;
import org.nutjvm.common.conf.UpsschedConf;
import org.nutjvm.common.conf.UpsschedDirective;
import org.nutjvm.common.conf.Values;
import org.nutjvm.tools.check.ConfSet.Part;

/// What is wrong with upssched.conf, with upsmon.conf and the script beside it. The lines themselves are looked at, as
/// the parser stops at the first one that cannot be carried out.
final class SchedRules {
    private final ConfSet set;
    private final Part part;
    private final boolean elsewhere;
    private final Findings found;
    private final Map<String, ConfLine> started = new LinkedHashMap<>();
    private final Map<String, ConfLine> cancelled = new LinkedHashMap<>();
    private final Map<String, ConfLine> called = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();

    private SchedRules(ConfSet set, Part part, boolean elsewhere, Findings found) {
        this.set = set;
        this.part = part;
        this.elsewhere = elsewhere;
        this.found = found;
    }

    /// @param elsewhere whether scripts outside the configuration's directory may be read
    static void look(ConfSet set, boolean elsewhere, Findings found) {
        set.part(UpsschedConf.FILE)
                .filter(Part::active)
                .ifPresent(part -> new SchedRules(set, part, elsewhere, found).look());
    }

    private void look() {
        List<ConfLine> rules = part.lines(UpsschedDirective.AT.word());
        if (rules.isEmpty()) {
            found.add(Mistake.SCHED_NO_AT, part.file(), 0, Mistake.SCHED_NO_AT.meaning());
        } else {
            order(rules);
            caller();
        }
        for (ConfLine line : rules) {
            if (line.size() >= 5) { // the parser has complained of shorter ones
                event(line);
                ups(line);
                command(line);
            }
        }
        timers();
        // The script every installation comes with has cases that mean nothing until there are rules.
        CaseScript.find(set, elsewhere && !rules.isEmpty()).ifPresent(this::script);
    }

    private void order(List<ConfLine> rules) {
        for (UpsschedDirective needed :
                List.of(UpsschedDirective.CMDSCRIPT, UpsschedDirective.PIPEFN, UpsschedDirective.LOCKFN)) {
            List<ConfLine> lines = part.lines(needed.word());
            if (lines.isEmpty() || lines.getFirst().line() > rules.getFirst().line()) {
                found.add(
                        Mistake.SCHED_ORDER,
                        part.file(),
                        rules.getFirst().line(),
                        needed.word() + " must be set before any ATs in the config file",
                        lines.isEmpty() ? "add " + needed.word() : "put " + needed.word() + " above the first AT");
            }
        }
    }

    private void caller() {
        Optional<UpsmonConf> upsmon = set.upsmon();
        if (upsmon.isEmpty()) {
            return;
        }
        String command = upsmon.get().notifycmd().isEmpty()
                ? ""
                : upsmon.get().notifycmd().getFirst();
        if (!command.contains("upssched") && !callsIt(command)) {
            Part file = set.part(UpsmonConf.FILE).orElse(part);
            found.add(
                    Mistake.SCHED_NOT_CALLED,
                    file.file(),
                    file.line(UpsmonDirective.NOTIFYCMD.word()),
                    command.isEmpty()
                            ? "upssched.conf has AT lines, but there is no NOTIFYCMD"
                            : "upssched.conf has AT lines, but NOTIFYCMD is not upssched (unless it calls that)");
        }
    }

    /// Whether the command is a script of the set that mentions upssched.
    private boolean callsIt(String command) {
        return CaseScript.text(set.directory(), command, elsewhere)
                .filter(text -> text.contains("upssched"))
                .isPresent();
    }

    private void event(ConfLine line) {
        String word = line.word(1);
        Optional<NotifyType> type = NotifyType.named(word);
        if (type.isEmpty()) {
            var names = new ArrayList<String>();
            for (NotifyType known : NotifyType.values()) {
                names.add(known.name());
            }
            found.add(
                    Mistake.AT_UNKNOWN_EVENT,
                    part.file(),
                    line.line(),
                    "AT " + word + ": upsmon has no event of that name, so this never happens",
                    Nearest.of(word, names).map(near -> "write " + near).orElse(Mistake.AT_UNKNOWN_EVENT.cure()));
            return;
        }
        Optional<UpsmonConf> upsmon = set.upsmon();
        if (upsmon.isPresent()
                && !upsmon.get().flags(type.get()).contains(NotifyFlag.EXEC)
                && told.add("never " + word)) {
            boolean named = upsmon.get().flags().containsKey(type.get());
            found.add(
                    Mistake.AT_NEVER,
                    part.file(),
                    line.line(),
                    "AT " + word + " never happens: "
                            + (named
                                    ? "NOTIFYFLAG " + word + " of upsmon.conf has no EXEC"
                                    : "upsmon.conf has no NOTIFYFLAG " + word),
                    "write NOTIFYFLAG " + type.get() + " SYSLOG+WALL+EXEC in upsmon.conf");
        }
    }

    private void ups(ConfLine line) {
        String ups = line.word(2);
        List<UpsmonConf.Monitor> monitors =
                set.upsmon().map(UpsmonConf::monitors).orElse(List.of());
        if (ups.equals("*") || monitors.isEmpty()) {
            return;
        }
        var names = new ArrayList<String>();
        for (UpsmonConf.Monitor monitor : monitors) {
            names.add(monitor.sys());
        }
        if (!names.contains(ups) && told.add("ups " + ups)) {
            found.add(
                    Mistake.AT_UNKNOWN_UPS,
                    part.file(),
                    line.line(),
                    "AT " + line.word(1) + " " + ups + ": MONITOR names " + String.join(", ", names)
                            + ", and both have to be the same to the letter");
        }
    }

    private void command(ConfLine line) {
        String name = line.word(4);
        switch (line.word(3)) {
            case "START-TIMER", "START-TIMER-SHARED" -> {
                started.putIfAbsent(name, line);
                called.putIfAbsent(name, line);
                var seconds = Values.number(line.word(5));
                if (seconds.isEmpty() || seconds.getAsInt() < 0) {
                    boolean swapped = Values.number(name).isPresent();
                    found.add(
                            Mistake.TIMER_SECONDS,
                            part.file(),
                            line.line(),
                            line.word(3) + " " + name + " " + line.word(5)
                                    + (swapped
                                            ? ": the name comes first; C NUT takes this for no time at all and fires at once"
                                            : ": the seconds are missing or no number"),
                            "write " + line.word(3)
                                    + (swapped ? " " + line.word(5) + " " + name : " " + name + " seconds"));
                }
            }
            case "CANCEL-TIMER", "CANCEL-TIMER-MATCHED" -> {
                cancelled.putIfAbsent(name, line);
                if (!line.word(5).isEmpty()) {
                    called.putIfAbsent(line.word(5), line);
                }
            }
            case "EXECUTE" -> called.putIfAbsent(name, line);
            default ->
                found.add(
                        Mistake.BAD_VALUE,
                        Level.ERROR,
                        part.file(),
                        line.line(),
                        "AT knows no '" + line.word(3) + "'",
                        Nearest.of(
                                        line.word(3),
                                        List.of("START-TIMER", "START-TIMER-SHARED", "CANCEL-TIMER", "EXECUTE"))
                                .map(near -> "write " + near)
                                .orElse("write START-TIMER, CANCEL-TIMER or EXECUTE"));
        }
    }

    private void timers() {
        for (Map.Entry<String, ConfLine> timer : started.entrySet()) {
            if (!cancelled.containsKey(timer.getKey())) {
                found.add(
                        Mistake.TIMER_NOT_CANCELLED,
                        part.file(),
                        timer.getValue().line(),
                        "nothing cancels the timer " + timer.getKey());
            }
        }
        for (Map.Entry<String, ConfLine> timer : cancelled.entrySet()) {
            if (!started.containsKey(timer.getKey())) {
                found.add(
                        Mistake.TIMER_NOT_STARTED,
                        part.file(),
                        timer.getValue().line(),
                        "nothing starts the timer " + timer.getKey(),
                        Nearest.of(timer.getKey(), started.keySet())
                                .map(near -> "write " + near)
                                .orElse(Mistake.TIMER_NOT_STARTED.cure()));
            }
        }
    }

    private void script(CaseScript script) {
        for (Map.Entry<String, ConfLine> name : called.entrySet()) {
            if (!script.handles(name.getKey())) {
                found.add(
                        Mistake.SCRIPT_LACKS_NAME,
                        part.file(),
                        name.getValue().line(),
                        script.name() + " has no case for '" + name.getKey() + "'",
                        Nearest.of(name.getKey(), script.labels())
                                .map(near -> "write " + near + ", or add the case")
                                .orElse(Mistake.SCRIPT_LACKS_NAME.cure()));
            }
        }
        for (CaseScript.Label label : script.plain()) {
            if (!called.containsKey(label.text())) {
                found.add(
                        Mistake.SCRIPT_SPARE_NAME,
                        script.file(),
                        label.line(),
                        "no AT line calls " + script.name() + " with '" + label.text() + "'");
            }
        }
    }
}
