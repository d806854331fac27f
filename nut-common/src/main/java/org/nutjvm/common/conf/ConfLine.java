package org.nutjvm.common.conf;

import java.util.List;

/// One logical line of a configuration file that has at least one word.
///
/// @param file the file as it was named to the reader
/// @param line the physical line it begins on, from 1: what an editor shows
/// @param logicalLine the line number as C counts (parseconf's `linenum`): lines joined by a backslash count once, and
///     what follows a malformed word counts as a line of its own
/// @param words the words, at least one
public record ConfLine(String file, int line, int logicalLine, List<String> words) {
    /// The word at the index, or the empty string where the line is shorter.
    public String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /// How many words the line has.
    public int size() {
        return words.size();
    }
}
