package org.nutjvm.tools.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.AuthConf;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.Directive;
import org.nutjvm.common.conf.HostsDirective;
import org.nutjvm.common.conf.Nearest;
import org.nutjvm.common.conf.NutCgiConf;
import org.nutjvm.common.conf.NutCgiDirective;
import org.nutjvm.common.conf.NutConf;
import org.nutjvm.common.conf.NutVariable;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsGlobal;
import org.nutjvm.common.conf.UpsKey;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdDirective;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsmonDirective;
import org.nutjvm.common.conf.UpsschedConf;
import org.nutjvm.common.conf.UpsschedDirective;
import org.nutjvm.common.conf.UpssetDirective;
import org.nutjvm.common.conf.UserField;
import org.nutjvm.tools.check.ConfSet.Part;

/// What the programs' own parsers complain about, as findings.
final class Complaints {
    /// Which words belong where, for lines that are in the wrong file. Words of a section are left out: many a word
    /// is one of them. Of files that know the same word the first is named.
    private static final List<Map.Entry<String, Directive[]>> WORDS = List.of(
            Map.entry(UpsdConf.FILE, UpsdDirective.values()),
            Map.entry(UpsmonConf.FILE, UpsmonDirective.values()),
            Map.entry(UpsschedConf.FILE, UpsschedDirective.values()),
            Map.entry(UpssetDirective.FILE, UpssetDirective.values()),
            Map.entry(NutConf.FILE, NutVariable.values()),
            Map.entry(NutCgiConf.FILE, NutCgiDirective.values()));

    /// First words of shell commands that guides have people type around their files.
    private static final List<String> COMMANDS =
            List.of("cat", "chmod", "chown", "echo", "eof", "ls", "nano", "sudo", "systemctl", "tee", "vi", "vim");

    private Complaints() {}

    static void look(ConfSet set, Findings found) {
        set.part(NutConf.FILE).ifPresent(part -> set.nut().ifPresent(c -> take(part, c.complaints(), found)));
        set.part(UpsConf.FILE).ifPresent(part -> set.ups().ifPresent(c -> take(part, c.complaints(), found)));
        set.part(UpsdConf.FILE).ifPresent(part -> set.upsd().ifPresent(c -> take(part, c.complaints(), found)));
        set.part(UpsdUsers.FILE).ifPresent(part -> set.users().ifPresent(c -> take(part, c.complaints(), found)));
        set.part(UpsmonConf.FILE).ifPresent(part -> set.upsmon().ifPresent(c -> take(part, c.complaints(), found)));
        set.part(UpsschedConf.FILE).ifPresent(part -> set.sched().ifPresent(c -> take(part, c.complaints(), found)));
        set.part(NutCgiConf.FILE).ifPresent(part -> set.cgi().ifPresent(c -> take(part, c.complaints(), found)));
        set.part(AuthConf.FILE).ifPresent(part -> set.auth().ifPresent(c -> take(part, c.complaints(), found)));
        set.part(HostsDirective.FILE).ifPresent(part -> words(part, HostsDirective.values(), 3, found));
        set.part(UpssetDirective.FILE).ifPresent(part -> words(part, UpssetDirective.values(), 1, found));
    }

    /// A file whose parser is no part of what both we and C have in common: only its words are looked at.
    private static void words(Part part, Directive[] known, int monitor, Findings found) {
        take(part, part.text().complaints(), found);
        for (ConfLine line : part.text().lines()) {
            Directive directive = named(known, line.word(0));
            if (directive == null) {
                unknown(part, part.file(), line.line(), line.word(0), nearest(line.word(0), known), found);
            } else if (line.size() < (directive == HostsDirective.MONITOR ? monitor : known.length > 1 ? 2 : 1)) {
                found.add(
                        Mistake.MISSING_VALUE,
                        part.file(),
                        line.line(),
                        line.word(0) + " needs " + directive.entry().arguments());
            }
        }
    }

    private static @Nullable Directive named(Directive[] known, String word) {
        for (Directive directive : known) {
            if (directive.word().equals(word)) {
                return directive;
            }
        }
        return null;
    }

    private static String nearest(String word, Directive[] known) {
        var words = new ArrayList<String>();
        for (Directive directive : known) {
            words.add(directive.word());
        }
        return Nearest.of(word, words).orElse("");
    }

    private static void take(Part part, List<Complaint> complaints, Findings found) {
        for (Complaint complaint : complaints) {
            if (complaint.cause() == Complaint.Cause.UNKNOWN_WORD) {
                unknown(part, complaint.file(), complaint.line(), complaint.word(), complaint.suggestion(), found);
                continue;
            }
            Mistake mistake = mistake(part, complaint);
            if (mistake != null) {
                found.add(mistake, complaint.file(), complaint.line(), sentence(complaint), cure(mistake, complaint));
            }
        }
    }

    /// Null for what other rules report, and better.
    private static @Nullable Mistake mistake(Part part, Complaint complaint) {
        boolean sched = part.name().equals(UpsschedConf.FILE);
        boolean monitor =
                part.name().equals(UpsmonConf.FILE) && complaint.word().equals(UpsmonDirective.MONITOR.word());
        return switch (complaint.cause()) {
            case NO_TEXT -> Mistake.DISCARDED_BYTES;
            case SYNTAX -> Mistake.MALFORMED_LINE;
            case TOO_LONG -> Mistake.LINE_TOO_LONG;
            case BAD_VALUE -> monitor || sched ? null : Mistake.BAD_VALUE;
            case MISSING_VALUE -> monitor ? null : Mistake.MISSING_VALUE;
            case EXTRA_WORDS -> Mistake.UNQUOTED_VALUE;
            case EQUALS -> Mistake.EQUALS_SIGN;
            case REPEATED -> Mistake.REPEATED;
            case OBSOLETE -> Mistake.OBSOLETE;
            case MISPLACED -> sched ? null : Mistake.MISPLACED;
            case EXPOSED, INCOMPLETE, SUMMARY, UNKNOWN_WORD -> null;
        };
    }

    /// The complaint without the place at its end, which is shown before it.
    private static String sentence(Complaint complaint) {
        String text = complaint.text();
        int place = text.lastIndexOf(" (" + complaint.file() + ":" + complaint.line());
        String sentence = place > 0 && text.endsWith(")") ? text.substring(0, place) : text;
        String prefix = "Parse error: " + complaint.file() + ":" + complaint.line() + ": ";
        return sentence.startsWith(prefix) ? sentence.substring(prefix.length()) : sentence;
    }

    private static String cure(Mistake mistake, Complaint complaint) {
        return complaint.suggestion().isEmpty() ? mistake.cure() : "write " + complaint.suggestion();
    }

    private static void unknown(Part part, String file, int line, String word, String suggestion, Findings found) {
        if (word.startsWith("//") || word.startsWith(";")) {
            return; // TextRules
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (COMMANDS.contains(lower)) {
            found.add(Mistake.PASTED_COMMAND, file, line, "'" + word + "' is a command for a shell");
            return;
        }
        for (var other : WORDS) {
            if (named(other.getValue(), word) != null) {
                found.add(
                        Mistake.WRONG_FILE,
                        file,
                        line,
                        word + " is a word of " + other.getKey(),
                        "move the line to " + other.getKey());
                return;
            }
        }
        if (part.name().equals(UpsdUsers.FILE) && UserField.UPSMON.word().equals(suggestion)) {
            found.add(
                    Mistake.UNKNOWN_WORD,
                    file,
                    line,
                    "'" + word + "' stands where the word upsmon belongs, so the user has no role",
                    "write upsmon primary or upsmon secondary");
            return;
        }
        String home = part.name().equals(UpsConf.FILE) ? ups(word) : "";
        found.add(
                Mistake.UNKNOWN_WORD,
                file,
                line,
                part.name() + " knows no '" + word + "'" + home,
                suggestion.isEmpty() ? Mistake.UNKNOWN_WORD.cure() : "write " + suggestion);
    }

    /// What else a word before the first section of ups.conf could be meant for.
    private static String ups(String word) {
        for (UpsKey key : UpsKey.values()) {
            if (key.word().equals(word)) {
                return " before the first section";
            }
        }
        return named(UpsGlobal.values(), word) == null ? " before the first section" : "";
    }
}
