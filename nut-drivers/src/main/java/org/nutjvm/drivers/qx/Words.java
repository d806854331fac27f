package org.nutjvm.drivers.qx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nutjvm.drivers.qx.Meaning.Place;

/// The words of a line of a protocol's file: parted by blanks, which quotes keep; and what single words mean.
///
/// All of it throws an {@link IllegalArgumentException} about a word that is not as it should be.
final class Words {
    private final List<String> words = new ArrayList<>();
    private int at;

    Words(String line) {
        var word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                any = true;
            } else if (!quoted && (c == ' ' || c == '\t')) {
                if (any) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        if (any) {
            words.add(word.toString());
        }
    }

    boolean more() {
        return at < words.size();
    }

    String next(String what) {
        if (at == words.size()) {
            throw new IllegalArgumentException(what + " is missing");
        }
        return words.get(at++);
    }

    List<String> rest() {
        var rest = List.copyOf(words.subList(at, words.size()));
        at = words.size();
        return rest;
    }

    void end() {
        if (more()) {
            throw unknown(words.get(at));
        }
    }

    /// The words that are left, as what is found and its text, in their order.
    Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        while (more()) {
            String word = next("");
            if (word.indexOf('=') < 1) {
                throw new IllegalArgumentException("found=text expected: " + word);
            }
            texts.put(key(word), value(word));
        }
        return texts;
    }

    static Place place(String word) {
        if (word.startsWith(",")) {
            return new Place(0, -1, Math.max(1, whole(word.substring(1))));
        }
        int dash = word.indexOf('-');
        if (dash < 0) {
            return new Place(whole(word), whole(word));
        }
        int from = whole(word.substring(0, dash));
        int to = dash + 1 == word.length() ? -1 : whole(word.substring(dash + 1));
        if (to >= 0 && to < from) {
            throw new IllegalArgumentException("the end is before the beginning: " + word);
        }
        return new Place(from, to);
    }

    static String key(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    static String value(String word) {
        int equals = word.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(word + "=... expected");
        }
        return word.substring(equals + 1);
    }

    static int number(String word) {
        return whole(value(word));
    }

    static int whole(String digits) {
        try {
            int n = Integer.parseInt(digits);
            if (n >= 0) {
                return n;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number expected: " + digits, e);
        }
        throw new IllegalArgumentException("not less than 0: " + digits);
    }

    static char character(String word) {
        if (value(word).length() != 1) {
            throw new IllegalArgumentException("one character expected: " + word);
        }
        return word.charAt(word.length() - 1);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String word) {
        for (E one : type.getEnumConstants()) {
            if (one.name().equals(word.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return one;
            }
        }
        throw unknown(word);
    }

    static IllegalArgumentException unknown(String word) {
        return new IllegalArgumentException("'" + word + "' means nothing here");
    }
}
