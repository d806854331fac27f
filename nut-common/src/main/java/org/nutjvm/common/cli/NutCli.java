package org.nutjvm.common.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/// A program's command line: which options there are, what they mean, and how a given line reads. Options have
/// one letter; words are taken apart as getopt(3) does for NUT's programs, whose option strings begin with `+`:
///
/// - letters may stand together (`-DDD`, `-FF`, `-lj`), an argument may be attached (`-W5`) or be the next word
///   (`-W 5`), whatever that looks like, unless it is `--`;
/// - options end at `--` or at the first operand, so that `upscmd ups load.off.delay -1` needs no tricks;
/// - order and repetition are kept, for `-x` after `-a` overrides and the last of `-F` and `-B` wins.
///
/// An instance is built once and then only read:
/// ```java
/// var cli = new NutCli("upsc", "Shows the variables of a UPS.")
///         .usage("[-j] <ups> [<variable>]")
///         .flag('j', "write JSON")
///         .value('W', "<secs>", "give up connecting after so many seconds");
/// var line = cli.parse(args);
/// ```
public final class NutCli {
    /// Cannot occur in a word of a command line, so that nothing is split at it.
    private static final String NO_SEPARATOR = "\0";

    private record Known(char letter, String argument, String meaning) {
        /// picocli's view of it: each occurrence is noted in its turn.
        OptionSpec spec(List<CommandLine.Option> given) {
            boolean plain = argument.isEmpty();
            return OptionSpec.builder("-" + letter)
                    .arity(plain ? "0" : "1")
                    .type(plain ? boolean.class : String.class)
                    .setter(new ISetter() {
                        @Override
                        public <T extends @Nullable Object> T set(T value) {
                            if (value != null && !Boolean.FALSE.equals(value)) { // else it is the initial value
                                given.add(new CommandLine.Option(letter, plain ? "" : value.toString()));
                            }
                            return value;
                        }
                    })
                    .build();
        }
    }

    private final String program;
    private final String summary;
    private final List<String> forms = new ArrayList<>();
    private final List<Known> options = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// @param program the name people type
    /// @param summary one sentence under the banner of `-h`
    public NutCli(String program, String summary) {
        this.program = program;
        this.summary = summary;
    }

    /// Adds a form of the command line, without the program's name, to the `usage:` lines.
    public NutCli usage(String form) {
        forms.add(form);
        return this;
    }

    /// Adds an option without argument.
    public NutCli flag(char letter, String meaning) {
        options.add(new Known(letter, "", meaning));
        return this;
    }

    /// Adds an option with an argument, shown in the help as given, for instance `<secs>`. Further lines of the
    /// meaning are indented under the first.
    public NutCli value(char letter, String argument, String meaning) {
        options.add(new Known(letter, argument, meaning));
        return this;
    }

    /// Adds an option that is understood and not shown in the help: an obsolete one.
    public NutCli hidden(char letter, boolean withArgument) {
        options.add(new Known(letter, withArgument ? "<value>" : "", ""));
        return this;
    }

    /// Adds a paragraph under the options in the help.
    public NutCli note(String text) {
        notes.add(text);
        return this;
    }

    /// Takes the words apart. What is wrong with them is in {@link CommandLine#complaint}; the words before it
    /// have been read all the same.
    public CommandLine parse(List<String> args) {
        if (args.isEmpty() || args.getFirst().length() < 2 || args.getFirst().charAt(0) != '-') {
            return new CommandLine(List.of(), args, ""); // as most are, and the parser takes time to load
        }
        var given = new ArrayList<CommandLine.Option>();
        var spec = CommandSpec.create().name(program);
        for (Known known : options) {
            spec.addOption(known.spec(given));
        }
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build());
        // Whatever getopt does not do is switched off: @file, -W=5, `--` as the end only before an argument.
        spec.parser()
                .stopAtPositional(true)
                .unmatchedOptionsArePositionalParams(false)
                .overwrittenOptionsAllowed(true)
                .allowOptionsAsOptionParameters(true)
                .expandAtFiles(false)
                .separator(NO_SEPARATOR);
        try {
            var parsed = new picocli.CommandLine(spec).parseArgs(args.toArray(String[]::new));
            return new CommandLine(given, parsed.matchedPositionalValue(0, List.of()), "");
        } catch (UnmatchedArgumentException e) {
            return new CommandLine(
                    given,
                    List.of(),
                    "invalid option -- '" + unknown(e.getUnmatched().getFirst()) + "'");
        } catch (MissingParameterException e) {
            var lacking = (OptionSpec) e.getMissing().getFirst();
            return new CommandLine(
                    given,
                    List.of(),
                    "option requires an argument -- '" + lacking.shortestName().charAt(1) + "'");
        }
    }

    /// The text of `-h`: banner, summary, forms, options, notes.
    public String help() {
        var text = new StringBuilder();
        text.append(NutVersion.banner(program)).append("\n\n").append(summary).append("\n\n");
        for (int i = 0; i < forms.size(); i++) {
            text.append(i == 0 ? "usage: " : "       ").append(program);
            text.append(forms.get(i).isEmpty() ? "" : " ").append(forms.get(i)).append('\n');
        }
        text.append('\n');
        int width = 0;
        for (Known known : options) {
            width = Math.max(width, known.argument.length());
        }
        for (Known known : options) {
            if (!known.meaning.isEmpty()) {
                String left = "  -" + known.letter + ' ' + known.argument;
                String indent = " ".repeat(width + 7);
                text.append(left).append(" ".repeat(indent.length() - left.length()));
                text.append(known.meaning.replace("\n", "\n" + indent)).append('\n');
            }
        }
        for (String note : notes) {
            text.append('\n').append(note).append('\n');
        }
        return text.toString();
    }

    /// Answers `-h`, `-V` and a malformed line the way NUT's clients and upsd do: help or banner on standard
    /// output with exit code 0; a complaint on standard error in getopt's words, then the help and, as upstream,
    /// exit code 0. Drivers differ (`Error: unknown option`, exit code 1) and read {@link CommandLine#complaint}
    /// themselves.
    ///
    /// @return the exit code, or -1 if the program has to go on
    public int answer(CommandLine line, PrintStream out, PrintStream err) {
        for (CommandLine.Option option : line.options()) {
            if (option.letter() == 'V') {
                out.println(NutVersion.banner(program));
                return 0;
            }
            if (option.letter() == 'h') {
                out.print(help());
                return 0;
            }
        }
        if (!line.complaint().isEmpty()) {
            err.println(program + ": " + line.complaint());
            out.print(help());
            return 0;
        }
        return -1;
    }

    /// The first letter of the word that is no option.
    private char unknown(String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            boolean known = false;
            for (Known option : options) {
                known |= option.letter == letter;
            }
            if (!known) {
                return letter;
            }
        }
        return word.isEmpty() ? '?' : word.charAt(word.length() - 1);
    }
}
