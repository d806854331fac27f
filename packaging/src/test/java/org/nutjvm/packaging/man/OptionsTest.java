package org.nutjvm.packaging.man;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nutjvm.cgi.run.ByHand;
import org.nutjvm.cgi.run.Upsimage;
import org.nutjvm.cgi.run.Upsset;
import org.nutjvm.cgi.run.Upsstats;
import org.nutjvm.cgi.serve.NutCgi;
import org.nutjvm.drivers.core.DriverMain;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Option;
import org.nutjvm.tools.check.NutCheck;
import org.nutjvm.tools.enumerator.NutDriverEnumerator;
import org.nutjvm.tools.nutconf.Nutconf;
import org.nutjvm.tools.scanner.NutScanner;
import org.nutjvm.tools.upsc.Upsc;
import org.nutjvm.tools.upscmd.Upscmd;
import org.nutjvm.tools.upsdrvctl.Upsdrvctl;
import org.nutjvm.tools.upsdrvsvcctl.Upsdrvsvcctl;
import org.nutjvm.tools.upslog.Upslog;
import org.nutjvm.tools.upsrw.Upsrw;
import org.nutjvm.upsd.Upsd;
import org.nutjvm.upsmon.Upsmon;
import org.nutjvm.upssched.Upssched;

/// The options in the manual are those of the programs, and the other way round.
class OptionsTest {
    /// An option in a help text: its words up to two blanks, or a blank and a minus as drivers have it.
    private static final Pattern OPTION = Pattern.compile("^ {2,6}(-.+?)(?: {2,}|\t| - |$)");

    private static final Pattern DEFAULT = Pattern.compile("\\bdefault=([^);]+)");
    private static final List<String> HELP = List.of("-h");
    private static final Map<String, String> NO_ENV = Map.of();
    private static final InputStream NOTHING = InputStream.nullInputStream();

    static Stream<Arguments> programs() {
        return Stream.of(
                Arguments.of("upsd", help(out -> new Upsd(NO_ENV, out, out).run(HELP))),
                Arguments.of("upsmon", help(out -> new Upsmon(NO_ENV, out, out).run(HELP))),
                Arguments.of("upssched", help(out -> new Upssched(NO_ENV, out, out).run(HELP))),
                Arguments.of("upsc", help(out -> new Upsc(NO_ENV, NOTHING, out, out).run(HELP))),
                Arguments.of("upscmd", help(out -> new Upscmd(NO_ENV, NOTHING, out, out).run(HELP))),
                Arguments.of("upsrw", help(out -> new Upsrw(NO_ENV, NOTHING, out, out).run(HELP))),
                Arguments.of("upslog", help(out -> new Upslog(NO_ENV, out, out, out).run(HELP))),
                Arguments.of("upsdrvctl", help(out -> new Upsdrvctl(NO_ENV, out, out).run(HELP))),
                Arguments.of("upsdrvsvcctl", help(out -> new Upsdrvsvcctl(NO_ENV, out, out).run(HELP))),
                Arguments.of("nut-driver-enumerator", help(out -> new NutDriverEnumerator(NO_ENV, out, out).run(HELP))),
                Arguments.of("nut-check", help(out -> new NutCheck(NO_ENV, out, out, false).run(HELP))),
                Arguments.of("nut-scanner", help(out -> new NutScanner(NO_ENV, out, out, false).run(HELP))),
                Arguments.of("nutconf", help(out -> new Nutconf(NO_ENV, out, out).run(HELP))),
                Arguments.of("nut-cgi", help(out -> new NutCgi(NO_ENV, out, out).run(HELP))),
                Arguments.of("upsstats.cgi", cgi(Upsstats.PROGRAM, Upsstats.SUMMARY)),
                Arguments.of("upsset.cgi", cgi(Upsset.PROGRAM, Upsset.SUMMARY)),
                Arguments.of("upsimage.cgi", cgi(Upsimage.PROGRAM, Upsimage.SUMMARY)),
                Arguments.of(
                        "nutupsdrv", help(out -> new DriverMain(drivers().getFirst(), NO_ENV, out, out).run(HELP))));
    }

    private static String cgi(String program, String summary) {
        return help(out -> ByHand.environment(program, summary, HELP, NO_ENV, out, out) == null ? 0 : 1);
    }

    private static String help(ToIntFunction<PrintStream> program) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, UTF_8)) {
            assertEquals(0, program.applyAsInt(out));
        }
        return bytes.toString(UTF_8);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void optionsOfThePageAreThoseOfTheHelp(String program, String help) {
        var expected = new ArrayList<String>();
        for (String line : help.lines().toList()) {
            var matcher = OPTION.matcher(line);
            if (matcher.find()) {
                expected.add(matcher.group(1).replaceAll("[<>]", "").strip());
            }
        }
        assertTrue(expected.size() > 2, () -> "few options in " + help);
        var found = new ArrayList<String>();
        for (String term : Pages.page(program + "(8)").terms("OPTIONS")) {
            found.add(term.replaceAll("[`*]", ""));
        }
        expected.sort(null);
        found.sort(null);
        assertEquals(String.join("\n", expected), String.join("\n", found));
    }

    /// A page nobody looks at would drift.
    @Test
    void everyPageOfAProgramIsHeldAgainstIt() {
        var unchecked = new TreeSet<String>();
        for (ManPage page : Pages.all()) {
            if (page.section() == 8) {
                unchecked.add(page.name());
            }
        }
        programs().forEach(program -> unchecked.remove((String) program.get()[0]));
        drivers().forEach(program -> unchecked.remove(program.progname()));
        assertEquals(Set.of(), unchecked);
    }

    /// All drivers there are.
    private static List<DriverProgram> drivers() {
        return Drivers.ALL;
    }

    private static final class Drivers {
        static final List<DriverProgram> ALL = found();
    }

    /// By their classes.
    private static List<DriverProgram> found() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false); // takes seconds
        var drivers = new ArrayList<DriverProgram>();
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.nutjvm.drivers");
        for (JavaClass found : classes) {
            if (found.isAssignableTo(DriverProgram.class) && !found.isInterface()) {
                for (Constructor<?> constructor : found.reflect().getDeclaredConstructors()) {
                    if (constructor.getParameterCount() == 0) {
                        drivers.add(made(constructor));
                    }
                }
            }
        }
        return drivers;
    }

    private static DriverProgram made(Constructor<?> constructor) {
        try {
            constructor.setAccessible(true);
            return (DriverProgram) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(constructor.toString(), e);
        }
    }

    @Test
    void settingsOfDriversAreInTheirPages() {
        var wrong = new ArrayList<String>();
        var programs = drivers();
        for (DriverProgram program : programs) {
            var found = new ArrayList<String>();
            for (String term : Pages.page(program.progname() + "(8)").terms("DRIVER OPTIONS")) {
                found.add(term.replaceAll("\\*[^*]*\\*", "*...*"));
            }
            var missing = new ArrayList<String>();
            for (Option option : program.options()) {
                String term = term(option);
                if (!found.remove(term)) {
                    missing.add(term);
                }
            }
            if (!missing.isEmpty() || !found.isEmpty()) {
                wrong.add(program.progname() + ": not in the page " + missing + ", only in the page " + found);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(programs.size() > 2);
    }

    @Test
    void typesOfGenericupsAreThoseOfItsTable() throws IOException {
        var expected = new ArrayList<String>();
        var table = Pages.ROOT.resolve("nut-drivers/src/main/resources/org/nutjvm/drivers/genericups/upstypes.txt");
        for (String line : Files.readAllLines(table)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] cells = line.split("\\|", -1);
                expected.add("`" + cells[0].strip() + "` " + cells[3].strip());
            }
        }
        assertEquals(expected, Pages.page("genericups(8)").terms("TYPES"));
    }

    /// As the page has to have it: the default is what the option's description says.
    private static String term(Option option) {
        var standard = DEFAULT.matcher(option.description());
        return "`" + option.name() + "`" + (option.flag() ? "" : " = *...*")
                + (standard.find() ? " (default: " + standard.group(1).strip() + ")" : "");
    }
}
