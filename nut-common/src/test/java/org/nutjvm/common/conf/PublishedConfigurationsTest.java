package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Configurations people published, and what C NUT 2.8.5 makes of them: the words its parser sees and what upsd says
/// about them. The collection is not part of the source tree; it is looked for beside it.
class PublishedConfigurationsTest {
    private static final Pattern JSON_STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern DISCARDED = Pattern.compile("\\(0x[0-9a-f]{2}\\)(?: and (\\d+) more)?:");
    private static final List<String> WHAT_UPSD_SAYS = List.of(
            "upsd.conf: invalid directive",
            "Encountered",
            "Unrecognized user setting",
            "Warning: ",
            "Ignoring duplicate",
            "allowfrom",
            "ACL ",
            "ACCEPT ",
            "REJECT ",
            "Parse error",
            "UPS name",
            "Unknown upsmon");

    /// One line of a parse.tsv.
    private record Golden(int logical, int physical, int discarded, String error, String words) {}

    @Test
    void wordsAreThoseThatCSees() throws IOException {
        Path configs = configs();
        var wrong = new ArrayList<String>();
        int lines = 0;
        int sets = 0;
        for (Path set : sets(configs)) {
            sets++;
            for (var file : golden(set.resolve("parse.tsv")).entrySet()) {
                Path path = configs.resolve(set.getFileName()).resolve(file.getKey());
                lines += file.getValue().size();
                compare(path, file.getValue(), wrong);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(sets >= 50 && lines >= 1000, sets + " sets, " + lines + " lines");
    }

    @Test
    void complaintsAreThoseOfUpsd() throws IOException {
        Path configs = configs();
        var wrong = new ArrayList<String>();
        int compared = 0;
        for (Path set : sets(configs)) {
            List<String> c = saidByUpsd(set.resolve("result.json"));
            if (c == null) {
                continue;
            }
            compared++;
            Path dir = configs.resolve(set.getFileName());
            var ours = complaints(dir);
            c.removeIf(line -> !isAboutWords(line));
            // C says this once for each value of the setting
            var before = new HashSet<String>();
            c.removeIf(line -> line.startsWith("Unrecognized user setting") && !before.add(line));
            for (String line : c) {
                if (!removeFirstStartingWith(ours, line)) {
                    wrong.add(set.getFileName() + ": only C says: " + line);
                }
            }
            for (String line : ours) {
                if (!oursAlone(line)) {
                    wrong.add(set.getFileName() + ": C does not say: " + line);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(compared >= 50, compared + " sets");
    }

    private static void compare(Path path, List<Golden> expected, List<String> wrong) throws IOException {
        ConfText text = ConfReader.parse(path.toString(), Files.readAllBytes(path));
        assertEquals(text, ConfReader.read(path), "read from the file and from memory");
        var byLine = new TreeMap<Integer, Golden>();
        for (ConfLine line : text.lines()) {
            byLine.put(
                    line.logicalLine(),
                    new Golden(line.logicalLine(), line.line(), discarded(text, line.line()), "", json(line.words())));
        }
        for (Golden golden : expected) {
            Golden ours = byLine.remove(golden.logical);
            if (!golden.equals(ours)) {
                wrong.add(path + "\n  C    " + golden + "\n  ours " + ours);
            }
        }
        for (Golden more : byLine.values()) {
            wrong.add(path + "\n  C    nothing\n  ours " + more);
        }
    }

    private static int discarded(ConfText text, int line) {
        for (Complaint complaint : text.complaints()) {
            Matcher matcher = DISCARDED.matcher(complaint.text());
            if (complaint.line() == line && matcher.find()) {
                return matcher.group(1) == null ? 1 : 1 + Integer.parseInt(matcher.group(1));
            }
        }
        return 0;
    }

    private static List<String> complaints(Path dir) throws IOException {
        var said = new ArrayList<String>();
        if (Files.exists(dir.resolve(UpsConf.FILE))) {
            UpsConf conf = UpsConf.load(dir);
            add(said, conf.complaints());
            add(said, conf.served().complaints());
        }
        if (Files.exists(dir.resolve(UpsdConf.FILE))) {
            add(said, UpsdConf.load(dir).complaints());
        }
        if (Files.exists(dir.resolve(UpsdUsers.FILE))) {
            add(said, UpsdUsers.load(dir).complaints());
        }
        return said;
    }

    private static void add(List<String> said, List<Complaint> complaints) {
        for (Complaint complaint : complaints) {
            said.add(complaint.text());
        }
    }

    private static boolean isAboutWords(String line) {
        for (String known : WHAT_UPSD_SAYS) {
            if (line.startsWith(known)) {
                return true;
            }
        }
        return false;
    }

    private static boolean removeFirstStartingWith(List<String> said, String line) {
        for (int i = 0; i < said.size(); i++) {
            if (said.get(i).startsWith(line)) {
                said.remove(i);
                return true;
            }
        }
        return false;
    }

    /// What C takes in silence and we do not.
    private static boolean oursAlone(String line) {
        return line.startsWith("ups.conf: ")
                || line.startsWith("discarding invalid character")
                || line.startsWith("WARNING: ")
                || (line.startsWith("Unrecognized user setting ") && line.contains(": the line has no '='"))
                || line.startsWith("Unknown action ")
                || (line.startsWith("Ignoring ") && line.contains("in upsd.users: it needs '= "))
                || line.contains("takes no '=' before its value")
                || line.contains("the rest of the line is ignored");
    }

    private static Path configs() {
        Path root =
                Path.of(System.getProperty("nut.root", "..")).toAbsolutePath().normalize();
        for (Path up = root; up != null; up = up.getParent()) {
            Path configs = up.resolve("shared").resolve("corpus").resolve("configs");
            if (Files.isDirectory(configs.resolve("golden"))) {
                return configs;
            }
        }
        throw Assumptions.<RuntimeException>abort(
                "no shared/corpus/configs beside the source tree: nothing to compare");
    }

    private static List<Path> sets(Path configs) throws IOException {
        try (var found = Files.list(configs.resolve("golden"))) {
            return found.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static Map<String, List<Golden>> golden(Path tsv) throws IOException {
        var files = new TreeMap<String, List<Golden>>();
        List<String> lines = Files.readAllLines(tsv);
        for (String line : lines.subList(1, lines.size())) {
            String[] column = line.split("\t", 6);
            files.computeIfAbsent(column[0], _ -> new ArrayList<>())
                    .add(new Golden(
                            Integer.parseInt(column[1]),
                            Integer.parseInt(column[2]),
                            Integer.parseInt(column[3]),
                            column[4],
                            column[5]));
        }
        return files;
    }

    /// The words as the collection writes them. ASCII only, so few characters need an escape.
    private static String json(List<String> words) {
        var json = new StringBuilder("[");
        for (String word : words) {
            json.append(json.length() > 1 ? ", " : "")
                    .append('"')
                    .append(word.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return json.append(']').toString();
    }

    /// What upsd said about its files, or null if it was not run.
    private static @Nullable List<String> saidByUpsd(Path result) throws IOException {
        String json = Files.readString(result, StandardCharsets.UTF_8);
        int upsd = json.indexOf("\"upsd\":");
        int from = upsd < 0 ? -1 : json.indexOf("\"config_lines\": [", upsd);
        if (from < 0) {
            return null;
        }
        var lines = new ArrayList<String>();
        Matcher matcher = JSON_STRING.matcher(json);
        int at = from + "\"config_lines\": [".length();
        while (matcher.find(at) && json.substring(at, matcher.start()).indexOf(']') < 0) {
            lines.add(
                    matcher.group(1).replace("\\\"", "\"").replace("\\n", "\n").strip());
            at = matcher.end();
        }
        return lines;
    }
}
