package org.nutjvm.common.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine.Foreground;

class NutCliTest {
    private final NutCli cli = new NutCli("upsx", "Does things.")
            .usage("-l [<host>]")
            .usage("<ups>")
            .flag('D', "debug more")
            .flag('F', "foreground")
            .flag('B', "background")
            .flag('l', "list")
            .flag('h', "this text")
            .flag('V', "version")
            .value('W', "<secs>", "wait\nso long")
            .value('x', "<var>=<val>", "set")
            .hidden('p', true)
            .note("See also elsewhere.");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private CommandLine parse(String... args) {
        return cli.parse(List.of(args));
    }

    private int answer(String... args) {
        return cli.answer(
                parse(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void lettersStandTogetherAndCount() {
        var line = parse("-DDD", "-lD");
        assertEquals(4, line.count('D'));
        assertTrue(line.has('l'));
        assertFalse(line.has('F'));
        assertEquals("", line.complaint());
    }

    @Test
    void anArgumentIsAttachedOrTheNextWord() {
        assertEquals("5", parse("-W5").last('W', ""));
        assertEquals("5", parse("-W", "5").last('W', ""));
        assertEquals("5", parse("-DW5").last('W', ""));
        assertEquals("5", parse("-DW", "5").last('W', ""));
        assertEquals("=5", parse("-W=5").last('W', ""), "getopt knows no equals sign");
    }

    @Test
    void anArgumentMayLookLikeAnOption() {
        var line = parse("-W", "-D", "-x", "--", "-W", "");
        assertEquals(List.of("-D", ""), line.all('W'));
        assertEquals(List.of("--"), line.all('x'));
        assertEquals(0, line.count('D'));
    }

    @Test
    void optionsEndAtTheFirstOperand() {
        var line = parse("-D", "ups", "-1", "-l");
        assertEquals(List.of("ups", "-1", "-l"), line.operands());
        assertFalse(line.has('l'));
    }

    @Test
    void optionsEndAtTwoDashes() {
        var line = parse("-D", "--", "-l");
        assertEquals(List.of("-l"), line.operands());
        assertEquals(1, line.options().size());
    }

    @Test
    void aSingleDashAndAnEmptyWordAreOperands() {
        assertEquals(List.of("-"), parse("-").operands());
        assertEquals(List.of("", "-D"), parse("", "-D").operands());
    }

    @Test
    void orderAndRepetitionAreKept() {
        var line = parse("-x", "a=1", "-D", "-xb=2");
        assertEquals(
                List.of(
                        new CommandLine.Option('x', "a=1"),
                        new CommandLine.Option('D', ""),
                        new CommandLine.Option('x', "b=2")),
                line.options());
        assertEquals("b=2", line.last('x', ""));
        assertEquals("none", line.last('W', "none"));
    }

    @Test
    void complaintsAreGetoptsWords() {
        assertEquals("invalid option -- 'Z'", parse("-lZ", "ups").complaint());
        assertEquals("invalid option -- '-'", parse("--help").complaint());
        assertEquals("option requires an argument -- 'W'", parse("-DW").complaint());
        assertEquals(1, parse("-DZ").count('D'), "what stood before is read");
    }

    @Test
    void helpGoesToStandardOutput() {
        assertEquals(0, answer("-h"));
        String help = out.toString(StandardCharsets.UTF_8);
        assertEquals(NutVersion.banner("upsx") + """


                        Does things.

                        usage: upsx -l [<host>]
                               upsx <ups>

                          -D              debug more
                          -F              foreground
                          -B              background
                          -l              list
                          -h              this text
                          -V              version
                          -W <secs>       wait
                                          so long
                          -x <var>=<val>  set

                        See also elsewhere.
                        """.stripIndent(), help);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void versionIsOneLine() {
        assertEquals(0, answer("-V"));
        assertEquals(NutVersion.banner("upsx") + "\n", out.toString(StandardCharsets.UTF_8));
        assertTrue(NutVersion.banner("upsx").startsWith("Network UPS Tools upsx 2.8.5"));
    }

    @Test
    void anUnknownOptionIsNamedAndHelpShownWithExitCode0AsUpstream() {
        assertEquals(0, answer("-Z"));
        assertEquals("upsx: invalid option -- 'Z'\n", err.toString(StandardCharsets.UTF_8));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("usage: upsx"));
    }

    @Test
    void theFirstOfHelpAndVersionWins() {
        assertEquals(0, answer("-Vh"));
        assertEquals(NutVersion.banner("upsx") + "\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void otherwiseTheProgramGoesOn() {
        assertEquals(-1, answer("-D", "ups"));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void foregroundAsUpsdAndDriversDecide() {
        assertEquals(Foreground.NO, parse().foreground());
        assertEquals(Foreground.YES, parse("-D").foreground());
        assertEquals(Foreground.YES, parse("-F").foreground());
        assertEquals(Foreground.WITH_PID_FILE, parse("-FF").foreground());
        assertEquals(Foreground.WITH_PID_FILE, parse("-F", "-D", "-F").foreground());
        assertEquals(Foreground.NO, parse("-DB").foreground());
        assertEquals(Foreground.NO, parse("-FFB").foreground());
        assertEquals(Foreground.YES, parse("-FBF").foreground());
        assertEquals(Foreground.YES, parse("-DF").foreground());
    }

    private static CommandLine parseLong(String... args) {
        return new NutCli("upsx", "Does things.")
                .flag('U', "usb_scan", "search USB")
                .value('t', "timeout", "<secs>", "wait")
                .value('T', "thread", "<count>", "threads")
                .flag('h', "this text")
                .parse(List.of(args));
    }

    @Test
    void longNamesAreReadAsGetoptLongDoes() {
        assertEquals("5", parseLong("--timeout", "5").last('t', ""));
        assertEquals("5", parseLong("--timeout=5").last('t', ""));
        assertEquals("", parseLong("--timeout=").last('t', "?"));
        assertEquals("-U", parseLong("--timeout", "-U").last('t', ""), "whatever that looks like");
        assertEquals("7", parseLong("--ti", "7").last('t', ""), "any beginning that fits no other");
        assertTrue(parseLong("--usb_scan").has('U'));
        assertEquals(2, parseLong("-U", "--u").count('U'));
    }

    @Test
    void wrongLongNamesAreToldOfInGetoptsWords() {
        assertEquals("unrecognized option '--foo'", parseLong("--foo=3").complaint());
        assertEquals(
                "option '--t=3' is ambiguous; possibilities: '--timeout' '--thread'",
                parseLong("--t=3").complaint());
        assertEquals(
                "option '--timeout' requires an argument",
                parseLong("-U", "--timeout").complaint());
        assertEquals(
                "option '--usb_scan' doesn't allow an argument",
                parseLong("--usb_scan=1").complaint());
        assertEquals("invalid option -- '-'", parse("--list").complaint(), "a program without long names has none");
    }

    @Test
    void withLongNamesOperandsMayStandAnywhere() {
        var line = parseLong("a", "-U", "b", "--", "-c");
        assertEquals(List.of("a", "b", "-c"), line.operands());
        assertTrue(line.has('U'));
    }

    @Test
    void longNamesAreInTheHelp() {
        String help = new NutCli("upsx", "Does things.")
                .usage("")
                .value('t', "timeout", "<secs>", "wait\nso long")
                .flag('h', "this text")
                .help();
        assertTrue(help.contains("  -t, --timeout <secs>  wait\n                        so long\n"), help);
        assertTrue(help.contains("  -h                    this text\n"), help);
    }

    @Test
    void detailsOfTheBuildAreToldWhereDebuggingIsAskedFor() {
        var cli = new NutCli("upsx", "Does things.")
                .details("built with care")
                .flag('D', "debug")
                .flag('h', "help")
                .flag('V', "version");
        for (var words : List.of(List.of("-Dh"), List.of("-DDV"), List.of("-D", "-h"))) {
            var told = new ByteArrayOutputStream();
            assertEquals(0, answer(cli, words, told), words.toString());
            assertEquals("[D1:upsx] built with care\n", told.toString(StandardCharsets.UTF_8), words.toString());
        }
        for (var words : List.of(List.of("-h"), List.of("-V"), List.of("-hD"))) {
            var told = new ByteArrayOutputStream();
            assertEquals(0, answer(cli, words, told), words.toString());
            assertEquals("", told.toString(StandardCharsets.UTF_8), words.toString());
        }
    }

    private static int answer(NutCli cli, List<String> words, ByteArrayOutputStream told) {
        return cli.answer(
                cli.parse(words),
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(told, true, StandardCharsets.UTF_8));
    }
}
