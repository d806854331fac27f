package org.nutjvm.tools.upsrw;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.tools.shared.Connection;
import org.nutjvm.tools.shared.Failure;
import org.nutjvm.tools.shared.Json;
import org.nutjvm.tools.shared.Terminal;

/// The listing of what can be changed: name, description, type, value or choices (clients/upsrw.c: print_rwlist).
final class Settings {
    private final Connection connection;
    private final String ups;
    private final Terminal terminal;

    Settings(Connection connection, String ups, Terminal terminal) {
        this.connection = connection;
        this.ups = ups;
        this.terminal = terminal;
    }

    /// Prints them for people, or as an object with one for each variable.
    void print(boolean json) throws Failure {
        try {
            List<String> names = names();
            var queries = new ArrayList<String[]>();
            for (String name : names) {
                queries.add(new String[] {"DESC", ups, name});
                queries.add(new String[] {"TYPE", ups, name});
                queries.add(new String[] {"VAR", ups, name});
            }
            List<@Nullable List<String>> answers = connection.client().getEach(queries);
            var object = new StringBuilder("{");
            for (int i = 0; i < names.size(); i++) {
                String description = fourth(answers.get(3 * i));
                Kind kind = Kind.of(answers.get(3 * i + 1));
                String value = fourth(answers.get(3 * i + 2));
                if (json) {
                    object.append(i == 0 ? "\n" : ",\n");
                    json(object, names.get(i), description, kind, value);
                } else {
                    terminal.print("[").print(names.get(i)).println("]");
                    terminal.println(description == null ? "Description unavailable" : description);
                    type(names.get(i), kind, value);
                    terminal.println("");
                }
            }
            if (json) {
                terminal.print(object.append("\n}\n").toString());
            }
        } catch (NutException e) {
            throw e.reason() == Reason.UNKCOMMAND
                    ? new Failure("Error: upsd is too old to support this query")
                    : connection.failure("Error: ", e);
        }
    }

    private void json(StringBuilder json, String name, @Nullable String description, Kind kind, @Nullable String value)
            throws NutException, Failure {
        json.append("  ");
        Json.string(json, name);
        json.append(": {\"description\": ");
        Json.stringOrNull(json, description);
        json.append(", \"type\": ");
        Json.stringOrNull(json, kind.name().isEmpty() ? null : kind.name());
        if (kind.choice() && !kind.of().isEmpty()) {
            json.append(", \"of\": \"").append(kind.of()).append('"');
        }
        if (kind.length() > 0) {
            json.append(", \"maximum_length\": ").append(kind.length());
        }
        json.append(", \"value\": ");
        Json.stringOrNull(json, value);
        if (kind.choice()) {
            json.append(", \"options\": [");
            String between = "";
            for (List<String> row : rows("ENUM", name, 4)) {
                Json.string(json.append(between), row.get(3));
                between = ", ";
            }
            json.append(']');
        } else if (kind.range()) {
            json.append(", \"ranges\": [");
            String between = "";
            for (List<String> row : rows("RANGE", name, 5)) {
                json.append(between).append("{\"minimum\": ").append(leading(row.get(3)));
                json.append(", \"maximum\": ").append(leading(row.get(4))).append('}');
                between = ", ";
            }
            json.append(']');
        }
        json.append('}');
    }

    private List<List<String>> rows(String list, String name, int words) throws NutException, Failure {
        List<List<String>> rows = connection.client().list(list, ups, name);
        for (List<String> row : rows) {
            need(row, words);
        }
        return rows;
    }

    private List<String> names() throws NutException, Failure {
        var names = new ArrayList<String>();
        for (List<String> row : connection.client().list("RW", ups)) {
            need(row, 4);
            names.add(row.get(2));
        }
        return names;
    }

    private static @Nullable String fourth(@Nullable List<String> answer) {
        return answer == null || answer.size() < 4 ? null : answer.get(3);
    }

    private static void need(List<String> row, int words) throws Failure {
        if (row.size() < words) {
            throw new Failure("Error: insufficient data (got " + row.size() + " args, need at least " + words + ")");
        }
    }

    /// @param value null if there is none
    private void type(String name, Kind kind, @Nullable String value) throws NutException, Failure {
        if (!kind.known()) {
            terminal.println("Unknown type");
            return;
        }
        for (String word : kind.strange()) {
            terminal.print("Type: ").print(word).println(" (unrecognized)");
        }
        if (kind.range()) {
            ranges(name, value);
        } else if (kind.choice()) {
            boolean text = kind.of().equals("STRING");
            choices(
                    name,
                    kind.of().isEmpty() ? "" : " " + kind.of() + (text ? "\nMaximum length: " + kind.length() : ""),
                    value);
        } else if (!kind.of().isEmpty()) {
            boolean text = kind.of().equals("STRING");
            String known = known(text ? "do_string" : "do_number", name, value);
            terminal.print("Type: ").println(kind.of());
            if (text) {
                terminal.print("Maximum length: ").println(Integer.toString(kind.length()));
            }
            terminal.print("Value: ").println(known);
        }
    }

    private static String known(String where, String name, @Nullable String value) throws Failure {
        if (value == null) {
            throw new Failure(where + ": can't get current value of " + name);
        }
        return value;
    }

    private void choices(String name, String of, @Nullable String value) throws NutException, Failure {
        String known = known("do_enum", name, value);
        List<List<String>> rows = rows("ENUM", name, 4);
        terminal.print("Type: ENUM").println(of);
        for (List<String> row : rows) {
            option(row.get(3), row.get(3).equals(known));
        }
    }

    private void ranges(String name, @Nullable String value) throws NutException, Failure {
        int known = leading(known("do_range", name, value));
        List<List<String>> rows = rows("RANGE", name, 5);
        terminal.println("Type: RANGE NUMBER");
        for (List<String> row : rows) {
            int min = leading(row.get(3));
            int max = leading(row.get(4));
            option(min + "-" + max, known >= min && known <= max);
        }
    }

    private void option(String text, boolean selected) {
        terminal.print("Option: \"").print(text).println(selected ? "\" SELECTED" : "\"");
    }

    /// The number a text begins with, as atoi(3): 0 when there is none.
    static int leading(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        boolean negative = i < text.length() && text.charAt(i) == '-';
        if (negative || (i < text.length() && text.charAt(i) == '+')) {
            i++;
        }
        long value = 0;
        for (; i < text.length() && value < Integer.MAX_VALUE; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
        }
        value = Math.min(value, Integer.MAX_VALUE);
        return (int) (negative ? -value : value);
    }
}
