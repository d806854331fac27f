package org.nutjvm.common.conf;

import java.util.ArrayList;
import java.util.List;

/// One word a configuration file knows. Each file has one enum of these: the parser looks words up in it, complaints
/// about unknown words take their suggestion from it, and the reference of configuration words is made from it.
public interface Directive {
    /// What stands after the word.
    enum Kind {
        /// Nothing: the word alone switches something on.
        FLAG,
        /// `yes`, `on`, `true`, `1` or `no`, `off`, `false`, `0`.
        BOOLEAN,
        /// A whole number.
        NUMBER,
        /// A whole number of seconds.
        SECONDS,
        /// One of a few words, which the meaning names.
        CHOICE,
        /// The name of a file or directory.
        PATH,
        /// Any text, in quotes when it has blanks.
        TEXT,
        /// Several words.
        LIST
    }

    /// What there is to know of a word.
    ///
    /// @param word as it is written in the file
    /// @param kind what stands after it
    /// @param arguments how its value is written, for people: `seconds`, `address [port]`
    /// @param standard what holds where the file does not have it, for people
    /// @param meaning what it is for: one line
    record Entry(String word, Kind kind, String arguments, String standard, String meaning) {}

    /// What there is to know of this word.
    Entry entry();

    /// The word as it is written in the file.
    default String word() {
        return entry().word();
    }

    /// The words of these, in order.
    static List<String> words(Directive[] directives) {
        var words = new ArrayList<String>(directives.length);
        for (Directive directive : directives) {
            words.add(directive.word());
        }
        return words;
    }
}
