package org.nutjvm.common.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/// Reads command lines with picocli, apart from {@link NutCli} so that picocli is loaded only when it is needed.
final class PicocliParser {
    /// Cannot occur in a word of a command line, so that nothing is split at it.
    private static final String NO_SEPARATOR = "\0";

    private PicocliParser() {}

    static CommandLine parse(String program, List<NutCli.Known> options, List<String> args) {
        var given = new ArrayList<CommandLine.Option>();
        var spec = CommandSpec.create().name(program);
        for (NutCli.Known known : options) {
            spec.addOption(spec(known, given));
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
                    "invalid option -- '" + unknown(options, e.getUnmatched().getFirst()) + "'");
        } catch (MissingParameterException e) {
            var lacking = (OptionSpec) e.getMissing().getFirst();
            return new CommandLine(
                    given,
                    List.of(),
                    "option requires an argument -- '" + lacking.shortestName().charAt(1) + "'");
        }
    }

    /// picocli's view of an option: each occurrence is noted in its turn.
    private static OptionSpec spec(NutCli.Known known, List<CommandLine.Option> given) {
        boolean plain = known.argument().isEmpty();
        return OptionSpec.builder("-" + known.letter())
                .arity(plain ? "0" : "1")
                .type(plain ? boolean.class : String.class)
                .setter(new ISetter() {
                    @Override
                    public <T extends @Nullable Object> T set(T value) {
                        if (value != null && !Boolean.FALSE.equals(value)) { // else it is the initial value
                            given.add(new CommandLine.Option(known.letter(), plain ? "" : value.toString()));
                        }
                        return value;
                    }
                })
                .build();
    }

    /// The first letter of the word that is no option.
    private static char unknown(List<NutCli.Known> options, String word) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            boolean known = false;
            for (NutCli.Known option : options) {
                known |= option.letter() == letter;
            }
            if (!known) {
                return letter;
            }
        }
        return word.isEmpty() ? '?' : word.charAt(word.length() - 1);
    }
}
