package org.nutjvm.tools.upsc;

import java.util.List;
import org.nutjvm.tools.shared.Json;

/// The lists upsc shows: which columns of a row, and how.
enum Listing {
    /// `LIST VAR`: name and value.
    VARS(2, 3, 4),
    /// `LIST UPS`: the name alone.
    UPSES(1, -1, 3),
    /// `LIST UPS`: name and description.
    DESCRIPTIONS(1, 2, 3),
    /// `LIST CLIENT`: the address.
    CLIENTS(2, -1, 3);

    private final int name;
    private final int value;
    private final int least;

    Listing(int name, int value, int least) {
        this.name = name;
        this.value = value;
        this.least = least;
    }

    /// Words a row must have.
    int least() {
        return least;
    }

    boolean object() {
        return value >= 0;
    }

    void text(StringBuilder text, List<String> row) {
        text.append(row.get(name));
        if (object()) {
            text.append(": ").append(row.get(value));
        }
        text.append('\n');
    }

    void json(StringBuilder json, List<String> row) {
        json.append("  ");
        Json.string(json, row.get(name));
        if (object()) {
            json.append(": ");
            Json.string(json, row.get(value));
        }
    }

    String jsonOpen() {
        return object() ? "{\n" : "[\n";
    }

    String jsonClose() {
        return object() ? "\n}\n" : "\n]\n";
    }

    /// An error as one more element of the list, so that what was printed stays one JSON value.
    void jsonError(StringBuilder json, String message) {
        json.append(object() ? "  \"error\": " : "  {\"error\": ");
        Json.string(json, message);
        if (!object()) {
            json.append('}');
        }
    }
}
