package org.nutjvm.common.conf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// nut.conf: what runs on this machine. A shell and systemd read it, so it has their syntax, `NAME=value`, and not that
/// of the other files; only assignments are understood, no expansions.
public final class NutConf {
    /// The file's name in the configuration directory.
    public static final String FILE = "nut.conf";

    private final Map<String, String> values;
    private final List<Complaint> complaints;

    private NutConf(Map<String, String> values, List<Complaint> complaints) {
        this.values = values;
        this.complaints = List.copyOf(complaints);
    }

    /// Reads nut.conf from the directory.
    ///
    /// @throws ConfException when there is none or it cannot be read
    public static NutConf load(Path confpath) throws ConfException {
        Path path = confpath.resolve(FILE);
        return of(path.toString(), ConfReader.text(path));
    }

    /// What the text says.
    ///
    /// @param file the name to be used in complaints
    public static NutConf of(String file, byte[] text) {
        var values = new LinkedHashMap<String, String>();
        var complaints = new ArrayList<Complaint>();
        String[] lines = new String(text, StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            take(readable(lines[i]).strip(), new ConfLine(file, i + 1, i + 1, List.of()), values, complaints);
        }
        return new NutConf(values, complaints);
    }

    /// The value of the variable.
    public Optional<String> value(NutVariable variable) {
        return Optional.ofNullable(values.get(variable.word()));
    }

    /// All variables in the order of the file, known or not.
    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    /// What an administrator should look at.
    public List<Complaint> complaints() {
        return complaints;
    }

    private static void take(String line, ConfLine at, Map<String, String> values, List<Complaint> complaints) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String assignment = line.startsWith("export ") ? line.substring(7).strip() : line;
        int equals = assignment.indexOf('=');
        String name = equals < 0 ? assignment : assignment.substring(0, equals);
        if (!isName(name)) {
            String why = isName(name.strip()) && equals > 0
                    ? "no blanks may stand around '='"
                    : "it is no assignment such as MODE=standalone";
            complain(
                    complaints,
                    Complaint.Cause.EQUALS,
                    at,
                    name.strip(),
                    "",
                    "nut.conf: ignoring '" + name.strip() + " ...': " + why);
            return;
        }
        if (equals + 1 < assignment.length() && Character.isWhitespace(assignment.charAt(equals + 1))) {
            complain(
                    complaints,
                    Complaint.Cause.EQUALS,
                    at,
                    name,
                    "",
                    "nut.conf: '" + name + "' stays empty: no blanks may stand around '='");
            return;
        }
        String value = unquoted(assignment.substring(equals + 1));
        values.put(name, value);
        check(name, value, at, complaints);
    }

    private static void check(String name, String value, ConfLine at, List<Complaint> complaints) {
        NutVariable known = null;
        for (NutVariable variable : NutVariable.values()) {
            if (variable.word().equals(name)) {
                known = variable;
            }
        }
        if (known == null) { // a shell script may define what it likes
            Nearest.of(name, Directive.words(NutVariable.values()))
                    .ifPresent(near -> complain(
                            complaints,
                            Complaint.Cause.UNKNOWN_WORD,
                            at,
                            name,
                            near,
                            "nut.conf: unknown variable " + name));
        } else if (known.entry().kind() == Directive.Kind.CHOICE) {
            List<String> choices = List.of(known.entry().arguments().split("\\|", -1));
            if (!choices.contains(value)) {
                String near = Nearest.of(value, choices).orElse("");
                complain(
                        complaints,
                        Complaint.Cause.BAD_VALUE,
                        at,
                        value,
                        near,
                        "nut.conf: " + name + " is " + known.entry().arguments() + ", not " + value);
            }
        }
    }

    /// The value as a shell has it, up to the first blank outside quotes.
    private static String unquoted(String text) {
        var value = new StringBuilder(text.length());
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                break;
            } else if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                i++;
                value.append(text.charAt(i));
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    /// Without characters that would steer the terminal a complaint is read on; the other files lose them, too.
    private static String readable(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i)) && line.charAt(i) != '\t') {
                return line.replaceAll("[\\p{Cntrl}\\x80-\\x9f&&[^\\t]]", "");
            }
        }
        return line;
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static void complain(
            List<Complaint> complaints,
            Complaint.Cause cause,
            ConfLine at,
            String word,
            String suggestion,
            String text) {
        complaints.add(Complaint.about(Complaint.Level.WARNING, cause, at, word, suggestion, text));
    }
}
