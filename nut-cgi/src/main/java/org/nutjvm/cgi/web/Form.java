package org.nutjvm.cgi.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fields of a query or of a posted form, in order (clients/cgilib.c: extractcgiargs, unescape). A name without `=`
/// has the empty value. Line breaks become blanks, as in C; a NUL, which C ends the text at, is dropped.
public final class Form {
    /// Fields of one request.
    static final int MOST = 512;

    /// One field, decoded, one char a byte.
    public record Field(String name, String value) {}

    private final List<Field> fields;
    private final Optional<String> fault;

    private Form(List<Field> fields, Optional<String> fault) {
        this.fields = fields;
        this.fault = fault;
    }

    /// Takes a text apart.
    public static Form of(String text) {
        var fields = new ArrayList<Field>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('&', start);
            if (end < 0) {
                end = text.length();
            }
            if (fields.size() == MOST) {
                return new Form(List.of(), Optional.of("more than " + MOST + " fields"));
            }
            int equals = text.indexOf('=', start);
            boolean flag = equals < 0 || equals >= end;
            String name = decoded(text, start, flag ? end : equals);
            String value = flag ? "" : decoded(text, equals + 1, end);
            if (name == null || value == null) {
                return new Form(List.of(), Optional.of("a % that two hexadecimal digits do not follow"));
            }
            if (end > start) {
                fields.add(new Field(name, value));
            }
            start = end + 1;
        }
        return new Form(List.copyOf(fields), Optional.empty());
    }

    private static @Nullable String decoded(String text, int start, int end) {
        var plain = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '+') {
                c = ' ';
            } else if (c == '%') {
                boolean two = i + 2 < end;
                int high = two ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = two ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                c = (char) (high * 16 + low);
                i += 2;
                if (c == '\n' || c == '\r') {
                    c = ' ';
                }
            }
            if (c != 0) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /// What is wrong with it, if anything; it has no fields then.
    public Optional<String> fault() {
        return fault;
    }

    /// All fields, those of the same name too.
    public List<Field> fields() {
        return fields;
    }

    /// The last value of that name, or null.
    public @Nullable String last(String name) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).name().equals(name)) {
                return fields.get(i).value();
            }
        }
        return null;
    }
}
