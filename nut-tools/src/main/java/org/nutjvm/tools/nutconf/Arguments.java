package org.nutjvm.tools.nutconf;

import java.util.ArrayList;
import java.util.List;

/// nutconf's command line, which has rules of its own (tools/nutconf/nutconf-cli.cpp: Options): an option has all words
/// behind it up to the next option; `-` alone, the empty word and what begins with `---` are values; `--` ends the last
/// option's values.
///
/// @param options in their order, each as often as given
/// @param stray words that belong to no option
record Arguments(List<Option> options, List<String> stray) {
    /// One option as given.
    ///
    /// @param name with its dashes
    record Option(String name, List<String> values) {
        /// Whether it is a dash and some of these letters, as in `-vvD`.
        boolean letters(String known) {
            for (int i = 1; i < name.length(); i++) {
                if (known.indexOf(name.charAt(i)) < 0) {
                    return false;
                }
            }
            return name.length() > 1 && !name.startsWith("--");
        }
    }

    static Arguments of(List<String> args) {
        var options = new ArrayList<Option>();
        var stray = new ArrayList<String>();
        List<String> values = stray;
        for (String word : args) {
            if (word.length() < 2 || word.charAt(0) != '-' || word.startsWith("---")) {
                values.add(word);
            } else if (word.equals("--")) {
                values = stray;
            } else {
                values = new ArrayList<>();
                options.add(new Option(word, values));
            }
        }
        return new Arguments(options, stray);
    }

    boolean has(String... names) {
        for (Option option : options) {
            if (List.of(names).contains(option.name)) {
                return true;
            }
        }
        return false;
    }

    /// Whether more than usual is to be shown.
    boolean verbose() {
        for (Option option : options) {
            if (option.name.equals("--verbose") || (option.letters("vD") && option.name.indexOf('v') > 0)) {
                return true;
            }
        }
        return false;
    }
}
