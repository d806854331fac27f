package org.nutjvm.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.NotifyType;
import org.nutjvm.common.wire.NutError;

/// The documentation against the sources: messages people look up exist, names are complete, links lead somewhere.
class DocsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("nut.root", "..")).toAbsolutePath().normalize();
    private static final Pattern MESSAGE = Pattern.compile("\\*\\*`([^`]+)`\\*\\*");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*(?:Test|IT|Fuzz))`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern PLACEHOLDER = Pattern.compile("<[^>]*>|\\[x]|\\bx\\b|0\\.0\\.0\\.0|3493|%s|\\{}");

    /// What the operating system or the JDK says is not in our sources.
    private static final List<String> NOT_OURS = List.of("Connection refused", "No route to host", "Permission denied");

    @Test
    void messagesToLookUpAreThoseOfThePrograms() throws IOException {
        String sources = strings();
        var unknown = new ArrayList<String>();
        int found = 0;
        for (String piece : messages()) {
            found++;
            if (!sources.contains(piece)) {
                unknown.add(piece);
            }
        }
        assertEquals(List.of(), unknown);
        assertTrue(found > 60, "few messages were looked for: " + found);
    }

    /// What stands between placeholders in the messages that troubleshooting and manual explain.
    private static List<String> messages() throws IOException {
        var pieces = new ArrayList<String>();
        for (Path page : pages()) {
            boolean explains = page.endsWith("troubleshooting.md") || page.startsWith(ROOT.resolve("docs/man"));
            var matcher = MESSAGE.matcher(explains ? Files.readString(page).replaceAll("\\s+", " ") : "");
            while (matcher.find()) {
                for (String part : PLACEHOLDER.splitAsStream(matcher.group(1)).toList()) {
                    if (part.strip().length() > 4 && !NOT_OURS.contains(part.strip())) {
                        pieces.add(part.strip());
                    }
                }
            }
        }
        return pieces;
    }

    @Test
    void everyNoticeOfUpsmonIsExplained() throws IOException {
        String status = text("docs/status.md") + text("docs/troubleshooting.md");
        var missing = new ArrayList<String>();
        for (NotifyType type : NotifyType.values()) {
            boolean ofStatus =
                    !type.name().startsWith("SUSPEND") && !type.name().startsWith("SHUTDOWN");
            if (ofStatus
                    && !Pattern.compile("\\b" + type + "\\b").matcher(status).find()) {
                missing.add(type.name());
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyErrorOfTheProtocolIsExplained() throws IOException {
        String protocol = text("docs/protocol-network.md");
        var old = List.of("VAR-UNKNOWN", "UNKNOWN-TYPE", "UNKNOWN-INSTCMD", "MISSING-ARGUMENT");
        var unused = List.of("FEATURE-NOT-SUPPORTED", "ALREADY-SSL-MODE", "INVALID-PASSWORD", "INVALID-USERNAME");
        var missing = new ArrayList<String>();
        for (NutError error : NutError.values()) {
            String word = error.word();
            if (!old.contains(word) && !unused.contains(word) && !protocol.contains("`" + word + "`")) {
                missing.add(word);
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void linksBetweenPagesLeadSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        int followed = 0;
        for (Path page : pages()) {
            var matcher = LINK.matcher(Files.readString(page));
            while (matcher.find()) {
                String target = matcher.group(1);
                if (!target.contains(":")) {
                    followed++;
                    if (!Files.exists(page.resolveSibling(target))) {
                        broken.add(ROOT.relativize(page) + ": " + target);
                    }
                }
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(followed > 10, "few links were followed: " + followed);
    }

    /// A claim without a test is a hope; one that admits something needs none.
    @Test
    void everyClaimOfTheThreatModelNamesATestThatExists() throws IOException {
        var tests = testClasses();
        var wrong = new ArrayList<String>();
        int claims = 0;
        boolean shown = false;
        for (String line : Files.readAllLines(ROOT.resolve("docs/security.md"))) {
            if (!line.startsWith("|")) {
                shown = false;
            } else if (line.endsWith(" shown by |")) {
                shown = true;
            } else if (shown && !line.startsWith("|---")) {
                claims++;
                String[] cells = line.split("\\|", -1);
                boolean admitted = cells[2].strip().startsWith("yes") && cells[3].isBlank();
                if (!admitted && !TEST.matcher(cells[cells.length - 2]).find()) {
                    wrong.add("no test: " + line);
                }
            }
            TEST.matcher(line)
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !tests.contains(name))
                    .forEach(name -> wrong.add("there is no " + name));
        }
        assertEquals(List.of(), wrong);
        assertTrue(claims > 40, "few claims were looked at: " + claims);
    }

    private static Set<String> testClasses() throws IOException {
        var classes = new HashSet<String>();
        try (var modules = Files.newDirectoryStream(ROOT)) {
            for (Path module : modules) {
                Path tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (var files = Files.walk(tests)) {
                        files.map(file -> String.valueOf(file.getFileName()))
                                .filter(name -> name.endsWith(".java"))
                                .forEach(name -> classes.add(name.substring(0, name.length() - 5)));
                    }
                }
            }
        }
        return classes;
    }

    private static String text(String page) throws IOException {
        return Files.readString(ROOT.resolve(page)).replaceAll("\\s+", " ");
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<Path>();
        try (var top = Files.list(ROOT);
                var docs = Files.walk(ROOT.resolve("docs"))) {
            top.filter(DocsTest::isPage).forEach(pages::add);
            docs.filter(DocsTest::isPage).forEach(pages::add);
        }
        return pages;
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    /// All main sources as one text, in which a literal that is put together with `+` over lines is whole.
    private static String strings() throws IOException {
        var sources = new ArrayList<Path>();
        try (var modules = Files.newDirectoryStream(ROOT, "nut-*")) {
            for (Path module : modules) {
                Path main = module.resolve("src/main");
                if (Files.isDirectory(main)) {
                    try (var files = Files.walk(main)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        var text = new ArrayList<String>();
        for (Path source : sources) {
            text.add(Files.readString(source).replaceAll("\"\\s*\\+\\s*\"", ""));
        }
        return text.stream().collect(Collectors.joining("\n"));
    }
}
