package org.nutjvm.drivers.qx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Bytes with `{words}` among them that stand for something computed.
///
/// @param parts text and words in turn, beginning with text
record Template(List<String> parts) {
    /// Reads one.
    ///
    /// @throws IllegalArgumentException if a brace is alone, or a word is not known
    static Template of(String bytes, Function<String, Boolean> known) {
        var parts = new ArrayList<String>();
        int at = 0;
        for (int from = bytes.indexOf('{'); from >= 0; from = bytes.indexOf('{', at)) {
            int end = bytes.indexOf('}', from);
            if (end < 0) {
                throw new IllegalArgumentException("'{' without '}'");
            }
            String word = bytes.substring(from + 1, end);
            if (!known.apply(word)) {
                throw new IllegalArgumentException("{" + word + "} stands for nothing here");
            }
            parts.add(bytes.substring(at, from));
            parts.add(word);
            at = end + 1;
        }
        parts.add(bytes.substring(at));
        return new Template(List.copyOf(parts));
    }

    /// The bytes, or null if something cannot be computed.
    @Nullable
    String with(Function<String, @Nullable String> words) {
        var text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            String part = i % 2 == 0 ? parts.get(i) : words.apply(parts.get(i));
            if (part == null) {
                return null;
            }
            text.append(part);
        }
        return text.toString();
    }

    /// As it was written.
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            text.append(i % 2 == 0 ? parts.get(i) : "{" + parts.get(i) + "}");
        }
        return text.toString();
    }
}
