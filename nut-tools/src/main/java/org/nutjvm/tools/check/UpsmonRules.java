package org.nutjvm.tools.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.NotifyFlag;
import org.nutjvm.common.conf.NotifyType;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsmonDirective;
import org.nutjvm.common.conf.Values;
import org.nutjvm.tools.check.ConfSet.Part;

/// What is wrong with upsmon.conf, beyond what its parser says.
final class UpsmonRules {
    private static final List<String> ROLES = List.of("primary", "secondary", "master", "slave");

    private final ConfSet set;
    private final Part part;
    private final UpsmonConf conf;
    private final Findings found;

    private UpsmonRules(ConfSet set, Part part, UpsmonConf conf, Findings found) {
        this.set = set;
        this.part = part;
        this.conf = conf;
        this.found = found;
    }

    static void look(ConfSet set, Findings found) {
        set.part(UpsmonConf.FILE)
                .ifPresent(part -> set.upsmon().ifPresent(conf -> new UpsmonRules(set, part, conf, found).look()));
    }

    private void look() {
        monitors();
        if (!part.active()) {
            return;
        }
        shutdown();
        powerdownflag();
        repeated();
        quotes();
        notifications();
        conf.runAsUser()
                .filter("root"::equals)
                .ifPresent(
                        user -> add(Mistake.RUN_AS_ROOT, UpsmonDirective.RUN_AS_USER, Mistake.RUN_AS_ROOT.meaning()));
        int slowest = Math.max(conf.pollfreq(), conf.pollfreqalert());
        if (conf.deadtime() < 3L * slowest) {
            add(
                    Mistake.DEADTIME_SHORT,
                    UpsmonDirective.DEADTIME,
                    "DEADTIME " + conf.deadtime() + " is less than three times "
                            + (conf.pollfreq() >= conf.pollfreqalert() ? "POLLFREQ " : "POLLFREQALERT ") + slowest);
        }
    }

    private void add(Mistake mistake, UpsmonDirective at, String what) {
        found.add(mistake, part.file(), part.line(at.word()), what);
    }

    private void monitors() {
        List<ConfLine> lines = part.lines(UpsmonDirective.MONITOR.word());
        if (lines.isEmpty()) {
            if (part.active() || set.watches()) {
                found.add(
                        Mistake.NO_MONITOR,
                        set.mode().equals("none") ? Level.NOTICE : Level.ERROR,
                        part.file(),
                        0,
                        Mistake.NO_MONITOR.meaning(),
                        "add MONITOR ups@host 1 user password primary");
            }
            return;
        }
        for (ConfLine line : lines) {
            monitor(line);
        }
        if (!conf.monitors().isEmpty() && conf.totalPowervalue() < conf.minsupplies()) {
            found.add(
                    Mistake.TOO_FEW_SUPPLIES,
                    part.file(),
                    conf.monitors().getLast().line(),
                    "the power values of all MONITOR lines make " + conf.totalPowervalue() + ", and MINSUPPLIES is "
                            + conf.minsupplies());
        }
    }

    private void monitor(ConfLine line) {
        String sys = line.word(1);
        if (line.size() != 6 || !ROLES.contains(line.word(5).toLowerCase(Locale.ROOT))) {
            String why = line.size() > 6
                    ? "more words than five stand behind it, so the role is not where it is looked for"
                    : line.size() < 6
                            ? "less than five words stand behind it"
                            : "'" + line.word(5) + "' is no role, and taken for secondary";
            found.add(
                    Mistake.MONITOR_WORDS,
                    part.file(),
                    line.line(),
                    "MONITOR " + sys + ": " + why,
                    "write MONITOR ups@host powervalue user password primary, a password with blanks in quotes");
        }
        var value = Values.number(line.word(2));
        if (line.size() > 2 && (value.isEmpty() || value.getAsInt() < 0)) {
            found.add(
                    Mistake.BAD_VALUE,
                    Level.ERROR,
                    part.file(),
                    line.line(),
                    "MONITOR " + sys + ": the power value '" + line.word(2) + "' is no number, so the line is ignored",
                    "write how many of this machine's supplies the UPS feeds, mostly 1");
        }
        OldRole.look(part, line, line.word(5), found);
        if (!sys.isEmpty() && sys.indexOf('@') < 0) {
            found.add(
                    Mistake.MONITOR_HOST, part.file(), line.line(), "MONITOR " + sys + " means " + sys + "@localhost");
        } else if (!sys.isEmpty() && LocalMonitors.address(sys).isEmpty()) {
            found.add(
                    Mistake.BAD_VALUE,
                    Level.ERROR,
                    part.file(),
                    line.line(),
                    "MONITOR: '" + sys + "' does not name a UPS",
                    "write name@host or name@host:port");
        }
    }

    private void shutdown() {
        if (conf.shutdowncmd().isEmpty()) {
            boolean feeds = conf.monitors().isEmpty() || conf.totalPowervalue() > 0;
            found.add(
                    Mistake.NO_SHUTDOWNCMD,
                    feeds ? Level.ERROR : Level.NOTICE,
                    part.file(),
                    0,
                    feeds
                            ? Mistake.NO_SHUTDOWNCMD.meaning()
                            : "there is no SHUTDOWNCMD; no UPS feeds this machine, so it is not needed",
                    Mistake.NO_SHUTDOWNCMD.cure());
        } else if (conf.shutdowncmd().getFirst().isBlank()) {
            add(Mistake.EMPTY_SHUTDOWNCMD, UpsmonDirective.SHUTDOWNCMD, Mistake.EMPTY_SHUTDOWNCMD.meaning());
        } else {
            String[] words = String.join(" ", conf.shutdowncmd()).strip().split("[ \t]+", -1);
            boolean shutdown = words[0].equals("shutdown") || words[0].endsWith("/shutdown");
            boolean time = false;
            boolean halts = false;
            for (int i = 1; i < words.length; i++) {
                halts = halts || words[i].startsWith("-h") || words[i].startsWith("-P") || words[i].startsWith("-p");
                time = time || !words[i].startsWith("-");
            }
            if (shutdown && halts && !time) {
                add(
                        Mistake.SHUTDOWN_NO_TIME,
                        UpsmonDirective.SHUTDOWNCMD,
                        "SHUTDOWNCMD is shutdown without a time",
                        "write SHUTDOWNCMD \"" + String.join(" ", words) + " +0\"");
            }
        }
    }

    private void add(Mistake mistake, UpsmonDirective at, String what, String cure) {
        found.add(mistake, part.file(), part.line(at.word()), what, cure);
    }

    private void powerdownflag() {
        if (conf.powerdownflag().isPresent()) {
            return;
        }
        boolean primary = conf.monitors().isEmpty();
        for (UpsmonConf.Monitor monitor : conf.monitors()) {
            primary = primary || monitor.primary();
        }
        found.add(
                Mistake.NO_POWERDOWNFLAG,
                primary ? Level.WARNING : Level.NOTICE,
                part.file(),
                0,
                primary
                        ? Mistake.NO_POWERDOWNFLAG.meaning()
                        : "there is no POWERDOWNFLAG; a secondary does not need one, but C's upsmon warns",
                Mistake.NO_POWERDOWNFLAG.cure());
    }

    /// Words that count once, the last time they are said.
    private void repeated() {
        for (UpsmonDirective directive : UpsmonDirective.values()) {
            if (directive == UpsmonDirective.MONITOR || directive == UpsmonDirective.CERTHOST) {
                continue;
            }
            var before = new ArrayList<ConfLine>();
            for (ConfLine line : part.lines(directive.word())) {
                boolean typed = directive == UpsmonDirective.NOTIFYMSG || directive == UpsmonDirective.NOTIFYFLAG;
                for (ConfLine earlier : before) {
                    if (!typed || earlier.word(1).equalsIgnoreCase(line.word(1))) {
                        boolean same = earlier.words().equals(line.words());
                        found.add(
                                Mistake.REPEATED,
                                same ? Level.NOTICE : Level.WARNING,
                                part.file(),
                                line.line(),
                                directive.word() + (typed ? " " + line.word(1) : "") + " was said before, on line "
                                        + earlier.line() + (same ? ", with the same words" : "; the last one counts"),
                                Mistake.REPEATED.cure());
                        break;
                    }
                }
                before.add(line);
            }
        }
    }

    private void quotes() {
        Map<UpsmonDirective, Integer> read = new EnumMap<>(Map.of(
                UpsmonDirective.SHUTDOWNCMD, 2,
                UpsmonDirective.NOTIFYCMD, 2,
                UpsmonDirective.POWERDOWNFLAG, 2,
                UpsmonDirective.NOTIFYMSG, 3,
                UpsmonDirective.NOTIFYFLAG, 3));
        for (Map.Entry<UpsmonDirective, Integer> entry : read.entrySet()) {
            for (ConfLine line : part.lines(entry.getKey().word())) {
                if (line.size() > entry.getValue()) {
                    boolean flag = entry.getKey() == UpsmonDirective.NOTIFYFLAG;
                    found.add(
                            Mistake.UNQUOTED_VALUE,
                            part.file(),
                            line.line(),
                            entry.getKey().word()
                                    + (entry.getValue() > 2 ? " " + line.word(1) : "")
                                    + " has several words, of which C NUT 2.8.5 takes the first: "
                                    + line.word(entry.getValue() - 1),
                            flag ? "join flags with + and no blanks" : Mistake.UNQUOTED_VALUE.cure());
                }
            }
        }
    }

    private void notifications() {
        boolean command = !conf.notifycmd().isEmpty();
        boolean exec = false;
        int line = 0;
        for (NotifyType type : NotifyType.values()) {
            exec = exec || conf.flags(type).contains(NotifyFlag.EXEC);
        }
        for (ConfLine flag : part.lines(UpsmonDirective.NOTIFYFLAG.word())) {
            if (line == 0 && flag.word(2).contains(NotifyFlag.EXEC.name())) {
                line = flag.line();
            }
        }
        if (exec && !command) {
            found.add(Mistake.EXEC_WITHOUT_NOTIFYCMD, part.file(), line, Mistake.EXEC_WITHOUT_NOTIFYCMD.meaning());
        } else if (command && !exec) {
            add(Mistake.NOTIFYCMD_WITHOUT_EXEC, UpsmonDirective.NOTIFYCMD, Mistake.NOTIFYCMD_WITHOUT_EXEC.meaning());
        }
    }
}
