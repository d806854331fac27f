package org.nutjvm.drivers.snmp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// As much of JSON as the corpus has: objects, lists, strings, numbers, true, false, null.
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Map<String, @Nullable Object> object(String text) {
        var json = new Json(text);
        return json.object();
    }

    private @Nullable Object value() {
        blank();
        char c = text.charAt(at);
        if (c == '{') {
            return object();
        }
        if (c == '[') {
            return list();
        }
        if (c == '"') {
            return string();
        }
        int from = at;
        while (at < text.length() && ",]} ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        return word.equals("null") ? null : word;
    }

    private Map<String, @Nullable Object> object() {
        var object = new LinkedHashMap<String, @Nullable Object>();
        blank();
        at++;
        blank();
        while (text.charAt(at) != '}') {
            blank();
            String name = string();
            blank();
            at++; // the colon
            object.put(name, value());
            comma();
        }
        at++;
        return object;
    }

    private List<@Nullable Object> list() {
        var list = new ArrayList<@Nullable Object>();
        at++;
        blank();
        while (text.charAt(at) != ']') {
            list.add(value());
            comma();
        }
        at++;
        return list;
    }

    private void comma() {
        blank();
        if (text.charAt(at) == ',') {
            at++;
            blank();
        }
    }

    private String string() {
        var string = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\\') {
                c = text.charAt(at++);
                if (c == 'u') {
                    c = (char) Integer.parseInt(text, at, at + 4, 16);
                    at += 4;
                } else if (c == 'n') {
                    c = '\n';
                }
            }
            string.append(c);
        }
        at++;
        return string.toString();
    }

    private void blank() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
