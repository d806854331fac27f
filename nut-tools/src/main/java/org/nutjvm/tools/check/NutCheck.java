package org.nutjvm.tools.check;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.conf.ModelList;
import org.nutjvm.common.io.NutPaths;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// nut-check: reads all configuration files of NUT together and says what is wrong across them, each with file, line
/// and
/// cure. Without `--config` the files are those in force, and the machine is looked at as well; nothing is changed and
/// nobody logs in.
public final class NutCheck {
    /// Nothing is wrong; there may be notices.
    public static final int CLEAN = 0;

    /// There are errors or warnings.
    public static final int PROBLEMS = 1;

    /// The files could not be read, or the command line is wrong.
    public static final int NOT_CHECKED = 2;

    private static final String PROGRAM = "nut-check";

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final Servers servers;
    private final boolean terminal;

    /// @param terminal whether standard output is one
    public NutCheck(Map<String, String> env, PrintStream out, PrintStream err, boolean terminal) {
        this(env, out, err, Servers.real(), terminal);
    }

    NutCheck(Map<String, String> env, PrintStream out, PrintStream err, Servers servers, boolean terminal) {
        this.env = env;
        this.out = out;
        this.err = err;
        this.servers = servers;
        this.terminal = terminal;
    }

    @SuppressWarnings("SystemConsoleNull") // null where there is no console at all, as the JDK says
    public static void main(String[] args) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        var program = new NutCheck(System.getenv(), System.out, System.err, terminal);
        int code = program.run(List.of(args));
        if (code != 0) {
            Runtime.getRuntime().halt(code);
        }
    }

    /// Does what the arguments ask.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        CommandLine cli = cli();
        ParseResult asked;
        try {
            asked = cli.parseArgs(args.toArray(new String[0]));
        } catch (ParameterException e) {
            err.println(PROGRAM + ": " + e.getMessage());
            err.println("Try " + PROGRAM + " --help");
            return NOT_CHECKED;
        }
        if (asked.isUsageHelpRequested()) {
            out.print(cli.getUsageMessage(Ansi.OFF));
            return finish(CLEAN);
        }
        if (asked.isVersionHelpRequested()) {
            out.println(NutVersion.banner(PROGRAM));
            return finish(CLEAN);
        }
        if (asked.hasMatchedOption("--explain")) {
            return explain(asked.matchedOptionValue("--explain", ""));
        }
        if (asked.hasMatchedOption("--model")) {
            return model(asked.matchedOptionValue("--model", ""));
        }
        return check(asked);
    }

    private static CommandLine cli() {
        CommandSpec spec = CommandSpec.create()
                .name(PROGRAM)
                .addOption(option("where the configuration files are; only they are looked at then", "--config")
                        .paramLabel("DIR")
                        .type(String.class)
                        .build())
                .addOption(option(
                                "look at files, users, programs and servers of this machine as well; the"
                                        + " rule without --config",
                                "--live")
                        .build())
                .addOption(option("look at the files alone", "--offline").build())
                .addOption(option("write JSON", "--json").build())
                .addOption(option("leave notices out", "-q", "--quiet").build())
                .addOption(option("notices count as problems", "--strict").build())
                .addOption(option("auto, always or never; auto means on a terminal only", "--color", "--colour")
                        .paramLabel("WHEN")
                        .type(String.class)
                        .build())
                .addOption(option("say what a finding means (all: every one)", "--explain")
                        .paramLabel("ID")
                        .type(String.class)
                        .build())
                .addOption(option("say which driver a model needs, by words of its maker and name", "--model")
                        .paramLabel("WORDS")
                        .type(String.class)
                        .build())
                .addOption(option("show the version", "-V", "--version")
                        .versionHelp(true)
                        .build())
                .addOption(
                        option("show this help", "-h", "--help").usageHelp(true).build());
        spec.usageMessage()
                .description("Reads all configuration files of NUT together and says what is wrong across them.")
                .footer(
                        "",
                        "Exit code: 0 nothing is wrong, 1 there are errors or warnings, 2 the files could not be",
                        "read or the command line is wrong.")
                .width(100);
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    private static OptionSpec.Builder option(String meaning, String name, String... more) {
        var names = new ArrayList<String>();
        names.add(name);
        names.addAll(List.of(more));
        return OptionSpec.builder(names.toArray(new String[0])).description(meaning);
    }

    private int explain(String id) {
        boolean known = false;
        for (Mistake mistake : Mistake.values()) {
            if (id.equals("all") || id.equals(mistake.id())) {
                out.println(mistake.id() + ": " + mistake.meaning() + "\n    " + mistake.cure());
                known = true;
            }
        }
        if (!known) {
            err.println(PROGRAM + ": there is no finding " + id);
            return NOT_CHECKED;
        }
        return finish(CLEAN);
    }

    private int model(String words) {
        var places = Installation.of(env, NutPaths.of(env).statepath()).drivers();
        if (new ModelSearch(ModelList.standard(), DriverCatalog.standard(), places).print(words, out)) {
            return finish(CLEAN);
        }
        out.flush();
        err.println(PROGRAM + ": NUT's hardware list has no model with all the words '" + words
                + "' (fewer words find more; nut-scanner looks for what is plugged in)");
        return PROBLEMS;
    }

    private int check(ParseResult asked) {
        String colours = asked.matchedOptionValue("--color", "auto");
        if (!List.of("auto", "always", "never").contains(colours)) {
            err.println(PROGRAM + ": --color is auto, always or never, not " + colours);
            return NOT_CHECKED;
        }
        NutPaths paths = NutPaths.of(env);
        String named = asked.matchedOptionValue("--config", "");
        Path directory;
        try {
            directory = named.isEmpty() ? paths.confpath() : Path.of(named);
        } catch (InvalidPathException e) {
            err.println(PROGRAM + ": " + e.getMessage());
            return NOT_CHECKED;
        }
        if (!Files.isDirectory(directory)) {
            err.println(
                    PROGRAM + ": there is no directory " + directory + " (let --config name the one with ups.conf)");
            return NOT_CHECKED;
        }
        ConfSet set = ConfSet.read(directory);
        if (set.parts().isEmpty() && set.unreadable().isEmpty()) {
            err.println(PROGRAM + ": none of " + String.join(", ", ConfSet.FILES) + " is in " + directory
                    + " (let --config name the directory with ups.conf)");
            return NOT_CHECKED;
        }
        boolean live = asked.hasMatchedOption("--live") || (named.isEmpty() && !asked.hasMatchedOption("--offline"));
        return report(set, findings(set, live, paths), live, asked, colours);
    }

    private List<Finding> findings(ConfSet set, boolean live, NutPaths paths) {
        var found = new Findings();
        for (String name : ConfSet.FILES) {
            found.order(set.file(name));
        }
        Checks.read(set, live, found);
        if (live) {
            LiveRules.look(
                    set,
                    Installation.of(env, paths.statepath()),
                    DriverCatalog.standard(),
                    servers,
                    Instant.now(),
                    found);
        }
        return found.sorted();
    }

    private int report(ConfSet set, List<Finding> all, boolean live, ParseResult asked, String colours) {
        boolean quiet = asked.hasMatchedOption("--quiet");
        var shown = new ArrayList<Finding>();
        boolean bad = false;
        for (Finding finding : all) {
            boolean notice = finding.level() == Level.NOTICE;
            bad = bad || !notice || asked.hasMatchedOption("--strict");
            if (!notice || !quiet) {
                shown.add(finding);
            }
        }
        var read = new ArrayList<String>();
        for (ConfSet.Part part : set.parts()) {
            read.add(part.name());
        }
        var report = new Report(set.directory().toString(), live, read, shown, quiet ? all.size() - shown.size() : 0);
        boolean paint = colours.equals("always")
                || (colours.equals("auto")
                        && terminal
                        && Optional.ofNullable(env.get("NO_COLOR")).orElse("").isEmpty());
        byte[] text = (asked.hasMatchedOption("--json") ? report.json() : report.text(paint))
                .getBytes(StandardCharsets.UTF_8);
        out.write(text, 0, text.length);
        return finish(!set.unreadable().isEmpty() ? NOT_CHECKED : bad ? PROBLEMS : CLEAN);
    }

    private int finish(int code) {
        out.flush();
        if (out.checkError()) {
            err.println(PROGRAM + ": can't write to standard output");
            return NOT_CHECKED;
        }
        return code;
    }
}
