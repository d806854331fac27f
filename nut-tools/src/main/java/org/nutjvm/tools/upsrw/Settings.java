package org.nutjvm.tools.upsrw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.NutException.Reason;
import org.nutjvm.tools.shared.Connection;
import org.nutjvm.tools.shared.Failure;
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

    void print() throws Failure {
        try {
            List<String> names = names();
            var queries = new ArrayList<String[]>();
            for (String name : names) {
                queries.add(new String[] {"DESC", ups, name});
                queries.add(new String[] {"TYPE", ups, name});
                queries.add(new String[] {"VAR", ups, name});
            }
            List<@Nullable List<String>> answers = connection.client().getEach(queries);
            for (int i = 0; i < names.size(); i++) {
                String description = fourth(answers.get(3 * i));
                terminal.print("[").print(names.get(i)).println("]");
                terminal.println(description == null ? "Description unavailable" : description);
                type(names.get(i), answers.get(3 * i + 1), fourth(answers.get(3 * i + 2)));
                terminal.println("");
            }
        } catch (NutException e) {
            throw e.reason() == Reason.UNKCOMMAND
                    ? new Failure("Error: upsd is too old to support this query")
                    : connection.failure("Error: ", e);
        }
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

    /// @param answer to `GET TYPE`, null if refused
    /// @param value null if there is none
    private void type(String name, @Nullable List<String> answer, @Nullable String value) throws NutException, Failure {
        if (answer == null) {
            terminal.println("Unknown type");
            return;
        }
        boolean choice = false;
        for (String word : answer.subList(3, answer.size())) {
            String type = word.toUpperCase(Locale.ROOT);
            if (type.equals("ENUM")) {
                choice = true;
            } else if (type.equals("RANGE")) {
                ranges(name, value);
                return;
            } else if (type.startsWith("STRING:")) {
                String length = Integer.toString(leading(word.substring("STRING:".length())));
                if (choice) {
                    choices(name, " STRING\nMaximum length: " + length, value);
                } else {
                    String known = known("do_string", name, value);
                    terminal.println("Type: STRING");
                    terminal.print("Maximum length: ").println(length);
                    terminal.print("Value: ").println(known);
                }
                return;
            } else if (type.equals("NUMBER")) {
                if (choice) {
                    choices(name, " NUMBER", value);
                } else {
                    String known = known("do_number", name, value);
                    terminal.println("Type: NUMBER");
                    terminal.print("Value: ").println(known);
                }
                return;
            } else if (!type.equals("RW")) {
                terminal.print("Type: ").print(word).println(" (unrecognized)");
            }
        }
        if (choice) { // servers of old do not say of what
            choices(name, "", value);
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
        List<List<String>> rows = connection.client().list("ENUM", ups, name);
        terminal.print("Type: ENUM").println(of);
        for (List<String> row : rows) {
            need(row, 4);
            option(row.get(3), row.get(3).equals(known));
        }
    }

    private void ranges(String name, @Nullable String value) throws NutException, Failure {
        int known = leading(known("do_range", name, value));
        List<List<String>> rows = connection.client().list("RANGE", ups, name);
        terminal.println("Type: RANGE NUMBER");
        for (List<String> row : rows) {
            need(row, 5);
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
