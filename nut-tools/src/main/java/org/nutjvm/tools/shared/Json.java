package org.nutjvm.tools.shared;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.text.JsonText;

/// JSON as the tools write it.
public final class Json {
    /// What an option that asks for it does, for a help text.
    public static final String MEANING = "write JSON (also --json)";

    private static final String LONG = "--json";

    private Json() {}

    /// The arguments with `--json` as `-j`, wherever it stands.
    public static List<String> withoutLong(List<String> args) {
        if (!args.contains(LONG)) {
            return args;
        }
        var words = new ArrayList<>(args);
        words.removeIf(LONG::equals);
        words.addFirst("-j");
        return words;
    }

    /// Appends the text as a JSON string, or `null`.
    public static void stringOrNull(StringBuilder json, @Nullable String text) {
        if (text == null) {
            json.append("null");
        } else {
            string(json, text);
        }
    }

    /// Appends the text as a JSON string, with its quotes.
    public static void string(StringBuilder json, String text) {
        JsonText.string(json, text);
    }
}
