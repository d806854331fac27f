package org.nutjvm.common.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;

/// A program's command line: which options there are, what they mean, and how a given line reads. Options have
/// one letter; words are taken apart as getopt(3) does for NUT's programs, whose option strings begin with `+`:
///
/// - letters may stand together (`-DDD`, `-FF`, `-lj`), an argument may be attached (`-W5`) or be the next word
///   (`-W 5`), whatever that looks like;
/// - options end at `--` or at the first operand, so that `upscmd ups load.off.delay -1` needs no tricks;
/// - order and repetition are kept, for `-x` after `-a` overrides and the last of `-F` and `-B` wins.
///
/// Where options have long names, words are taken apart as getopt_long(3) does: `--timeout 5`, `--timeout=5`, any
/// beginning of a name that fits no other; and operands may stand among the options.
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
    /// An option.
    ///
    /// @param name its long name, without dashes; empty if it has none
    /// @param argument what stands for its argument in the help; empty if it takes none
    record Known(char letter, String name, String argument, String meaning) {
        /// As the help shows it: `-t, --timeout <secs>`.
        String form() {
            String letters = "-" + letter + (name.isEmpty() ? "" : ", --" + name);
            return argument.isEmpty() ? letters : letters + ' ' + argument;
        }
    }

    private final String program;
    private final String summary;
    private final List<String> forms = new ArrayList<>();
    private final List<Known> options = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String details = "";
    private boolean named;

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
        return flag(letter, "", meaning);
    }

    /// Adds an option without argument that has a long name, too.
    public NutCli flag(char letter, String name, String meaning) {
        return add(new Known(letter, name, "", meaning));
    }

    /// Adds an option with an argument, shown in the help as given, for instance `<secs>`. Further lines of the
    /// meaning are indented under the first.
    public NutCli value(char letter, String argument, String meaning) {
        return value(letter, "", argument, meaning);
    }

    /// Adds an option with an argument that has a long name, too.
    public NutCli value(char letter, String name, String argument, String meaning) {
        return add(new Known(letter, name, argument, meaning));
    }

    private NutCli add(Known option) {
        options.add(option);
        named = named || !option.name.isEmpty();
        return this;
    }

    /// Adds an option that is understood and not shown in the help: an obsolete one.
    public NutCli hidden(char letter, boolean withArgument) {
        return add(new Known(letter, "", withArgument ? "<value>" : "", ""));
    }

    /// Has `-h` and `-V` tell this of how the program was built, on standard error, if `-D` was given before.
    public NutCli details(String text) {
        details = text;
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
        var given = new ArrayList<CommandLine.Option>();
        var operands = new ArrayList<String>();
        int next = 0;
        while (next < args.size()) {
            String word = args.get(next);
            if (word.length() < 2 || word.charAt(0) != '-') {
                if (!named) {
                    break;
                }
                operands.add(word);
                next++;
                continue;
            }
            next++;
            if (word.equals("--")) {
                break;
            }
            if (named && word.startsWith("--")) {
                int equals = word.indexOf('=');
                String name = word.substring(2, equals < 0 ? word.length() : equals);
                Known known = known(name);
                String complaint = known == null
                        ? unknown(word, name)
                        : equals >= 0 && known.argument.isEmpty()
                                ? "option '--" + known.name + "' doesn't allow an argument"
                                : equals < 0 && !known.argument.isEmpty() && next == args.size()
                                        ? "option '--" + known.name + "' requires an argument"
                                        : "";
                if (known == null || !complaint.isEmpty()) {
                    return new CommandLine(given, args.subList(next, args.size()), complaint);
                }
                String value =
                        known.argument.isEmpty() ? "" : equals >= 0 ? word.substring(equals + 1) : args.get(next++);
                given.add(new CommandLine.Option(known.letter, value));
                continue;
            }
            for (int at = 1; at < word.length(); at++) {
                char letter = word.charAt(at);
                Known known = known(letter);
                if (known == null) {
                    return new CommandLine(
                            given, args.subList(next, args.size()), "invalid option -- '" + letter + "'");
                }
                if (known.argument.isEmpty()) {
                    given.add(new CommandLine.Option(letter, ""));
                } else if (at + 1 < word.length()) {
                    given.add(new CommandLine.Option(letter, word.substring(at + 1)));
                    break;
                } else if (next < args.size()) {
                    given.add(new CommandLine.Option(letter, args.get(next++)));
                } else {
                    return new CommandLine(given, List.of(), "option requires an argument -- '" + letter + "'");
                }
            }
        }
        operands.addAll(args.subList(next, args.size()));
        return new CommandLine(given, operands, "");
    }

    /// The option with this long name, or the only one whose name begins so.
    private @Nullable Known known(String beginning) {
        Known found = null;
        int count = 0;
        for (Known option : options) {
            if (!option.name.isEmpty() && option.name.startsWith(beginning)) {
                if (option.name.equals(beginning)) {
                    return option;
                }
                found = option;
                count++;
            }
        }
        return count == 1 ? found : null;
    }

    private String unknown(String word, String beginning) {
        var fitting = new StringBuilder();
        for (Known option : options) {
            if (!option.name.isEmpty() && option.name.startsWith(beginning)) {
                fitting.append(" '--").append(option.name).append('\'');
            }
        }
        return fitting.isEmpty()
                ? "unrecognized option '--" + beginning + "'"
                : "option '" + word + "' is ambiguous; possibilities:" + fitting;
    }

    private @Nullable Known known(char letter) {
        for (Known option : options) {
            if (option.letter == letter) {
                return option;
            }
        }
        return null;
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
            width = Math.max(width, known.meaning.isEmpty() ? 0 : known.form().length());
        }
        for (Known known : options) {
            if (!known.meaning.isEmpty()) {
                String left = "  " + known.form();
                String indent = " ".repeat(width + 4);
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
        boolean debugging = false;
        for (CommandLine.Option option : line.options()) {
            debugging |= option.letter() == 'D';
            if (debugging && !details.isEmpty() && (option.letter() == 'V' || option.letter() == 'h')) {
                err.println("[D1:" + program + "] " + details);
            }
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
}
