package org.nutjvm.tools.shared;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Strings of JSON (common/strjson.c: json_print_esc).
public final class Json {
    /// What an option that asks for it does, for a help text.
    public static final String MEANING = "write JSON (also --json)";

    private static final String LONG = "--json";
    private static final String HEX = "0123456789abcdef";

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
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
