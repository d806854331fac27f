package org.nutjvm.common.cli;

import java.util.ArrayList;
import java.util.List;

/// A command line taken apart.
///
/// @param options the options in their order, each as often as given
/// @param operands the words after the options
/// @param complaint what is wrong, in getopt's words (`invalid option -- 'Z'`), or empty
public record CommandLine(List<Option> options, List<String> operands, String complaint) {
    /// One option as given.
    ///
    /// @param value its argument; empty if it takes none
    public record Option(char letter, String value) {}

    public CommandLine {
        options = List.copyOf(options);
        operands = List.copyOf(operands);
    }

    /// Whether the option was given at all.
    public boolean has(char letter) {
        return count(letter) > 0;
    }

    /// How often the option was given: `-DDD` counts 3.
    public int count(char letter) {
        int count = 0;
        for (Option option : options) {
            if (option.letter == letter) {
                count++;
            }
        }
        return count;
    }

    /// The argument the option was last given with, or the other text.
    public String last(char letter, String otherwise) {
        String value = otherwise;
        for (Option option : options) {
            if (option.letter == letter) {
                value = option.value;
            }
        }
        return value;
    }

    /// All arguments of a repeated option, in order.
    public List<String> all(char letter) {
        var values = new ArrayList<String>();
        for (Option option : options) {
            if (option.letter == letter) {
                values.add(option.value);
            }
        }
        return values;
    }

    /// The last of `-F`, `-FF` and `-B` decides; without any, debugging keeps a daemon in the foreground (`-B`
    /// after `-F` and the like as in server/upsd.c and drivers/main.c).
    public Foreground foreground() {
        var mode = has('D') ? Foreground.YES : Foreground.NO;
        boolean asked = false;
        for (Option option : options) {
            if (option.letter == 'F') {
                mode = asked && mode != Foreground.NO ? Foreground.WITH_PID_FILE : Foreground.YES;
                asked = true;
            } else if (option.letter == 'B') {
                mode = Foreground.NO;
                asked = true;
            }
        }
        return mode;
    }

    /// Where a daemon runs.
    public enum Foreground {
        /// Detached, with a pid file: the default.
        NO,
        /// Attached to who started it, without a pid file: `-F`, or `-D` by itself.
        YES,
        /// Attached, with a pid file all the same: `-FF`.
        WITH_PID_FILE
    }
}
