package org.nutjvm.common.text;

/// Strings of JSON (common/strjson.c: json_print_esc).
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /// Appends the text as a JSON string, with its quotes.
    public static void string(StringBuilder json, String text) {
        json.append('"');
        inner(json, text);
        json.append('"');
    }

    /// Appends what stands between the quotes of a JSON string.
    public static void inner(StringBuilder json, String text) {
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
    }
}
