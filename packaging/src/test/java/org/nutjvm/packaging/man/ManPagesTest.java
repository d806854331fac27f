package org.nutjvm.packaging.man;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.ConfText;
import org.nutjvm.common.conf.Directive;
import org.nutjvm.common.conf.HostsDirective;
import org.nutjvm.common.conf.NotifyType;
import org.nutjvm.common.conf.NutCgiDirective;
import org.nutjvm.common.conf.NutVariable;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsGlobal;
import org.nutjvm.common.conf.UpsKey;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdDirective;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsmonDirective;
import org.nutjvm.common.conf.UpsschedDirective;
import org.nutjvm.common.conf.UpssetDirective;
import org.nutjvm.common.conf.UserField;
import org.nutjvm.tools.drivers.DriversConf;

/// The manual against the tables the parsers of configuration files read by, and against itself.
class ManPagesTest {
    private static final Pattern CODE = Pattern.compile("(?<!`)`([^`]+)`(?!`)");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\bNUT_[A-Z_]+");

    static Stream<ManPage> pages() {
        return Pages.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void sections(ManPage page) {
        var needed = page.section() == 5
                ? List.of("NAME", "DESCRIPTION", "EXAMPLES", "SEE ALSO")
                : List.of("NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "EXAMPLES", "SEE ALSO");
        var missing = new ArrayList<>(needed);
        missing.removeAll(page.headings());
        assertEquals(List.of(), missing);
        assertTrue(page.text("NAME").startsWith(page.name() + " - "), page.text("NAME"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void referencesAreToPagesThereAre(ManPage page) {
        int others = 0;
        for (var reference : page.references()) {
            var file = ManPage.FILE.matcher(reference.target());
            if (file.matches()) {
                others++;
                assertEquals(file.group(1) + "(" + file.group(2) + ")", reference.text());
                assertTrue(Files.exists(Pages.DIRECTORY.resolve(reference.target())), reference.target());
            }
        }
        assertTrue(others > 0, "it refers to no other page");
    }

    @Test
    void listOfPagesIsComplete() throws IOException {
        String list = Files.readString(Pages.DIRECTORY.resolve("README.md"));
        for (ManPage page : Pages.all()) {
            String line = "- [" + page.title() + "](" + page.file() + "): "
                    + page.text("NAME").substring(page.name().length() + 3).strip();
            assertTrue(list.lines().anyMatch(line::equals), "docs/man/README.md has no line " + line);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void variablesOfTheEnvironmentAreThoseOfThePrograms(ManPage page) throws IOException {
        String text = Files.readString(Pages.DIRECTORY.resolve(page.file()));
        var unknown = variables(text);
        unknown.removeAll(variables(Sources.all()));
        assertEquals(Set.of(), unknown);
    }

    private static Set<String> variables(String text) {
        return ENVIRONMENT.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void directivesOfUpsdConf() {
        check("upsd.conf(5)", "DIRECTIVES", " ", UpsdDirective.values());
    }

    @Test
    void directivesOfUpsmonConf() {
        check("upsmon.conf(5)", "DIRECTIVES", " ", UpsmonDirective.values());
    }

    @Test
    void directivesOfUpsschedConf() {
        check("upssched.conf(5)", "DIRECTIVES", " ", UpsschedDirective.values());
    }

    @Test
    void directivesOfFilesForStatusPages() {
        check("hosts.conf(5)", "DIRECTIVES", " ", HostsDirective.values());
        check("upsset.conf(5)", "DIRECTIVES", " ", UpssetDirective.values());
        check("nut-cgi.conf(5)", "DIRECTIVES", " ", NutCgiDirective.values());
    }

    @Test
    void fieldsOfUpsdUsers() {
        check("upsd.users(5)", "FIELDS", " = ", UserField.values());
    }

    @Test
    void directivesOfUpsConf() {
        check("ups.conf(5)", "GLOBAL DIRECTIVES", " = ", UpsGlobal.values());
        check("ups.conf(5)", "UPS FIELDS", " = ", UpsKey.values());
    }

    /// A command that a page shows uses options that the program's own page explains.
    @ParameterizedTest
    @MethodSource("pages")
    void commandsInExamplesUseOptionsThereAre(ManPage page) {
        for (var example : page.examples()) {
            if (example.info().equals("sh") || example.info().startsWith("sh ")) {
                example.text()
                        .replace("\\\n", " ")
                        .lines()
                        .forEach(line -> assertEquals("", unknownOption(line), line));
            }
        }
    }

    /// So do commands in the text of README and of the pages beside the manual.
    @Test
    void commandsInTextUseOptionsThereAre() throws IOException {
        var wrong = new ArrayList<String>();
        int commands = 0;
        try (var all = Files.walk(Pages.ROOT.resolve("docs"))) {
            var files = Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md").map(Pages.ROOT::resolve),
                            all.filter(file -> file.toString().endsWith(".md")
                                    && !file.startsWith(Pages.DIRECTORY)
                                    // These two tell of other programs, and of options that are no more.
                                    && !file.endsWith("differences.md")
                                    && !file.toString().contains("/adr/")))
                    .toList();
            for (var file : files) {
                String text = Files.readString(file).replaceAll("(?s)```.*?```", "");
                for (String code : CODE.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .toList()) {
                    String line = code.replaceAll("\\s+", " ").replaceFirst("^(sudo|\\./|s?bin/) *", "");
                    if (line.contains(" -")) {
                        commands++;
                        String unknown = unknownOption(line);
                        if (!unknown.isEmpty()) {
                            wrong.add(file.getFileName() + ": " + code + ": " + unknown);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(commands > 20, "few commands were looked at: " + commands);
    }

    /// The first word of a shell's line that is no option of the program it begins with; empty if there is none.
    private static String unknownOption(String line) {
        var words = new ArrayList<>(List.of(line.strip().split(" +", -1)));
        while (words.getFirst().equals("if") || words.getFirst().matches("[A-Z_]+=.*")) {
            words.removeFirst();
        }
        String program = words.removeFirst();
        if (Pages.all().stream().noneMatch(page -> page.title().equals(program + "(8)"))) {
            return "";
        }
        boolean driver = Pages.all().stream()
                .anyMatch(page -> page.name().equals(program) && page.headings().contains("DRIVER OPTIONS"));
        String options = Pages.page((driver ? "nutupsdrv" : program) + "(8)").text("OPTIONS");
        for (String word : words) {
            if (List.of("|", ";", "then").contains(word)) {
                break;
            }
            String option = word.replaceAll("[=;].*", "");
            boolean known = Pattern.compile("(?<![\\w-])" + option + "(?![\\w-])")
                    .matcher(options)
                    .find();
            if (option.matches("--?[A-Za-z][\\w-]*") && !known) {
                return word;
            }
        }
        return "";
    }

    @Test
    void variablesOfNutConf() {
        check("nut.conf(5)", "VARIABLES", "=", NutVariable.values());
    }

    @Test
    void eventsOfUpsmonHaveTheirStockTexts() {
        var page = Pages.page("upsmon.conf(5)");
        var expected = new ArrayList<String>();
        for (NotifyType type : NotifyType.values()) {
            expected.add("`" + type + "`");
            assertTrue(page.text("EVENTS").contains(type.stockMessage()), type.stockMessage());
        }
        assertEquals(expected, page.terms("EVENTS"));
    }

    /// The words, their arguments and defaults, as a page has to have them.
    private static void check(String page, String heading, String between, Directive[] directives) {
        var expected = new ArrayList<String>();
        for (Directive directive : directives) {
            var entry = directive.entry();
            expected.add("`" + entry.word() + "`"
                    + (entry.arguments().isEmpty() ? "" : between + "*" + entry.arguments() + "*")
                    + (entry.standard().isEmpty() ? "" : " (default: " + entry.standard() + ")"));
        }
        var found = new ArrayList<>(Pages.page(page).terms(heading));
        expected.sort(null);
        found.sort(null);
        assertEquals(String.join("\n", expected), String.join("\n", found), page + ", " + heading);
    }

    /// A file that says what holds anyway says nothing.
    @Test
    void defaultsOfTheTablesAreThoseOfTheParsers() {
        int looked = 0;
        for (Directive directive : UpsdDirective.values()) {
            if (isNumber(directive) && directive != UpsdDirective.DEBUG_MIN) {
                looked++;
                assertEquals(UpsdConf.of(text("")), UpsdConf.of(text(line(directive))), directive.word());
            }
        }
        for (Directive directive : UpsmonDirective.values()) {
            // -1 of POLLFAIL_LOG_THROTTLE_MAX cannot be written, as in C.
            boolean absent =
                    directive == UpsmonDirective.DEBUG_MIN || directive == UpsmonDirective.POLLFAIL_LOG_THROTTLE_MAX;
            if (isNumber(directive) && !absent) {
                looked++;
                assertEquals(UpsmonConf.of(text("")), UpsmonConf.of(text(line(directive))), directive.word());
            }
        }
        assertTrue(looked > 12, "few directives were looked at: " + looked);
    }

    @Test
    void defaultsOfUpsConfAreThoseOfUpsdrvctl() {
        for (UpsGlobal global :
                List.of(UpsGlobal.MAXSTARTDELAY, UpsGlobal.MAXRETRY, UpsGlobal.RETRYDELAY, UpsGlobal.DEBUG_MIN)) {
            String said = global.word() + " = " + global.entry().standard() + "\n";
            assertEquals(drivers("", ""), drivers(said, ""), said);
        }
        String sdorder = "sdorder = " + UpsKey.SDORDER.entry().standard() + "\n";
        assertEquals(drivers("", ""), drivers("", sdorder));
    }

    private static DriversConf drivers(String globals, String ofUps) {
        // The comment keeps sections in the same line of both files.
        String text = (globals.isEmpty() ? "#\n" : globals) + "[ups]\ndriver = a\nport = b\n" + ofUps;
        return DriversConf.of(UpsConf.of(text(text)), Map.of(), "", "host");
    }

    private static boolean isNumber(Directive directive) {
        return directive.entry().standard().matches("-?[0-9]+");
    }

    private static String line(Directive directive) {
        return directive.word() + " " + directive.entry().standard() + "\n";
    }

    private static ConfText text(String text) {
        return ConfReader.parse("example", text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageOfAFileHasAnExampleOfIt(ManPage page) {
        assertTrue(
                page.section() != 5
                        || page.examples().stream()
                                .anyMatch(example -> example.info().equals(page.name())),
                "no example");
    }
}
