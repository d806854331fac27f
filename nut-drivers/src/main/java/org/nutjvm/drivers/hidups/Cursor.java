package org.nutjvm.drivers.hidups;

import java.util.List;
import org.nutjvm.common.conf.ConfLine;

/// The words of a line, one after the other. What is wrong is an {@link IllegalArgumentException} with
/// a sentence.
final class Cursor {
    private final List<String> words;
    private int at;

    Cursor(ConfLine line) {
        words = line.words();
    }

    boolean more() {
        return at < words.size();
    }

    boolean moreDigits() {
        return more()
                && !words.get(at).isEmpty()
                && Character.isDigit(words.get(at).charAt(0));
    }

    String next(String what) {
        if (!more()) {
            throw new IllegalArgumentException("the line ends where " + what + " should be");
        }
        return words.get(at++);
    }

    void expect(String word) {
        String found = next("'" + word + "'");
        if (!found.equals(word)) {
            throw new IllegalArgumentException("'" + word + "' should be here, not '" + found + "'");
        }
    }

    int number(String what) {
        long number = wholeNumber(what);
        if (number < 0 || number > 1_000_000) {
            throw new IllegalArgumentException(what + ": " + number + " is out of range");
        }
        return (int) number;
    }

    /// A whole number, with `0x` in front in hexadecimal.
    long wholeNumber(String what) {
        return integer(next(what));
    }

    static long integer(String word) {
        try {
            return word.startsWith("0x") ? Long.parseLong(word.substring(2), 16) : Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + word + "' is not a number", e);
        }
    }

    double decimal(String what) {
        String word = next(what);
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + word + "' is not a number", e);
        }
    }

    List<String> rest() {
        var rest = words.subList(at, words.size());
        at = words.size();
        return rest;
    }

    /// The whole line.
    String text() {
        return String.join(" ", words);
    }

    void end() {
        if (more()) {
            throw new IllegalArgumentException("nothing more should follow, but there is '" + words.get(at) + "'");
        }
    }
}
