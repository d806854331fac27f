package org.nutjvm.cgi.web;

import org.nutjvm.common.text.JsonText;

/// JSON of texts with one char a byte.
public final class Json {
    private Json() {}

    /// Appends the text as a string, with its quotes, as valid UTF-8.
    public static void string(StringBuilder json, String text) {
        JsonText.string(json, Utf8.of(text));
    }

    /// A field and its value, both strings.
    public static StringBuilder field(StringBuilder json, String name, String value) {
        JsonText.string(json, name);
        json.append(": ");
        string(json, value);
        return json;
    }
}
