package org.nutjvm.tools.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nutjvm.common.conf.UpsschedConf;

/// A shell script that does something for each name it is called with, as upssched's CMDSCRIPT does: the labels of its
/// `case` on the first argument. Only what is plainly written is understood.
final class CaseScript {
    private static final int MAX_BYTES = 1 << 20;

    /// A label of the case.
    record Label(String text, int line) {}

    private final String file;
    private final String name;
    private final List<Label> labels;

    private CaseScript(String file, String name, List<Label> labels) {
        this.file = file;
        this.name = name;
        this.labels = labels;
    }

    /// The script of upssched.conf: beside the configuration files, or where CMDSCRIPT says. Empty if it is not there,
    /// or is no script with a case on its first argument.
    ///
    /// @param elsewhere whether to look outside the configuration's directory
    static Optional<CaseScript> find(ConfSet set, boolean elsewhere) {
        List<String> command = set.sched().map(UpsschedConf::cmdscript).orElse(List.of());
        String path = command.isEmpty() ? "" : command.getFirst();
        for (String candidate : List.of(path, "upssched-cmd")) {
            Optional<Path> place = place(set.directory(), candidate, elsewhere);
            Optional<String> text = text(set.directory(), candidate, elsewhere);
            if (place.isPresent() && text.isPresent()) {
                List<Label> labels = labels(text.get());
                return labels.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CaseScript(
                                place.get().toString(),
                                place.get().getFileName().toString(),
                                labels));
            }
        }
        return Optional.empty();
    }

    /// A script beside the configuration, or at its own place.
    private static Optional<Path> place(Path directory, String command, boolean elsewhere) {
        String first = command.strip().split("[ \t]", 2)[0];
        if (first.isEmpty() || first.endsWith("/")) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(first);
            Path beside = directory.resolve(path.getFileName());
            if (Files.isRegularFile(beside)) {
                return Optional.of(beside);
            }
            return elsewhere && path.isAbsolute() && Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// The text of that script, if it is one and not too long.
    static Optional<String> text(Path directory, String command, boolean elsewhere) {
        Optional<Path> place = place(directory, command, elsewhere);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(place.get())) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            String text = new String(bytes, StandardCharsets.UTF_8);
            boolean script = bytes.length <= MAX_BYTES && text.indexOf(0) < 0;
            return script ? Optional.of(text) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // not ours to read: nothing is said of it
        }
    }

    String file() {
        return file;
    }

    String name() {
        return name;
    }

    /// The labels as they are written.
    List<String> labels() {
        var texts = new ArrayList<String>();
        for (Label label : labels) {
            texts.add(label.text());
        }
        return texts;
    }

    /// The labels that mean one name.
    List<Label> plain() {
        var plain = new ArrayList<Label>();
        for (Label label : labels) {
            if (!wild(label.text())) {
                plain.add(label);
            }
        }
        return plain;
    }

    /// Whether a label other than `*` fits the name.
    boolean handles(String called) {
        for (Label label : labels) {
            if (!label.text().equals("*") && fits(label.text(), 0, called, 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean wild(String label) {
        return label.indexOf('*') >= 0 || label.indexOf('?') >= 0 || label.indexOf('[') >= 0 || label.indexOf('$') >= 0;
    }

    /// The shell's patterns: `*`, `?`, `[set]`; a variable may be anything.
    private static boolean fits(String pattern, int p, String name, int n) {
        if (p == pattern.length()) {
            return n == name.length();
        }
        char c = pattern.charAt(p);
        if (c == '$') {
            return true;
        }
        if (c == '*') {
            for (int i = n; i <= name.length(); i++) {
                if (fits(pattern, p + 1, name, i)) {
                    return true;
                }
            }
            return false;
        }
        if (n == name.length()) {
            return false;
        }
        if (c == '[') {
            int close = pattern.indexOf(']', p + 1);
            return close > 0 && fits(pattern, close + 1, name, n + 1);
        }
        return (c == '?' || c == name.charAt(n)) && fits(pattern, p + 1, name, n + 1);
    }

    static List<Label> labels(String text) {
        var labels = new ArrayList<Label>();
        var arguments = new ArrayList<>(List.of("1", "@", "*"));
        String[] lines = text.split("\n", -1);
        int depth = 0; // of case in case, from the one on the first argument
        boolean open = false; // whether a label may begin here
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.startsWith("#")) {
                continue;
            }
            argument(line, arguments);
            if (line.startsWith("case ") && line.contains(" in")) {
                if (depth > 0) {
                    depth++;
                } else if (onArgument(line, arguments)) {
                    depth = 1;
                    open = true;
                    line = line.substring(line.indexOf(" in") + 3).strip();
                }
            }
            if (depth == 1 && open && !line.isEmpty() && !line.startsWith("esac")) {
                open = label(line, i + 1, labels);
            }
            if (depth == 1 && line.endsWith(";;")) {
                open = true;
            }
            if (depth > 0 && (line.equals("esac") || line.startsWith("esac ") || line.endsWith(" esac"))) {
                depth--;
                open = false;
            }
        }
        return labels;
    }

    /// `NAME=$1` and the like: from here on the name means the first argument.
    private static void argument(String line, List<String> arguments) {
        String assignment = line.startsWith("local ") ? line.substring(6) : line;
        int equals = assignment.indexOf('=');
        if (equals > 0 && assignment.indexOf(' ') < 0) {
            String value = assignment.substring(equals + 1).replace("\"", "");
            if (value.equals("$1") || value.startsWith("${1")) {
                arguments.add(assignment.substring(0, equals));
            }
        }
    }

    private static boolean onArgument(String line, List<String> arguments) {
        String word = line.substring(5, line.indexOf(" in", 4)).strip().replace("\"", "");
        for (String argument : arguments) {
            if (word.equals("$" + argument)
                    || word.equals("${" + argument + "}")
                    || word.startsWith("${" + argument + ":")
                    || word.startsWith("${" + argument + ",")) {
                return true;
            }
        }
        return false;
    }

    /// Whether the label goes on in the next line.
    private static boolean label(String line, int number, List<Label> labels) {
        int close = line.indexOf(')');
        if (close <= 0) {
            return true;
        }
        String pattern = line.startsWith("(") ? line.substring(1, close) : line.substring(0, close);
        for (String one : pattern.split("\\|", -1)) {
            String text = one.strip().replace("\"", "").replace("'", "");
            if (!text.isEmpty() && text.indexOf(' ') < 0) {
                labels.add(new Label(text, number));
            }
        }
        return line.endsWith(";;");
    }
}
