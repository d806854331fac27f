package org.nutjvm.cgi.pages;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.nutjvm.cgi.board.Board;
import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.board.Event;
import org.nutjvm.cgi.ups.Command;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.Setting;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Json;
import org.nutjvm.common.state.Range;

/// The pages as JSON. Values are strings, as NUT has them.
final class BoardJson {
    private static final String[] SEVERITIES = {"good", "look", "bad"};

    /// What the overview has of each UPS.
    private static final List<String> AT_A_GLANCE = List.of(
            "ups.alarm", "battery.charge", "battery.runtime", "ups.load", "input.voltage", "device.model", "ups.model");

    private BoardJson() {}

    static CgiResponse overview(Board board) {
        var json = new StringBuilder(1024);
        json.append("{\"upses\": [");
        String between = "\n";
        for (Entry entry : board.entries()) {
            head(json.append(between), entry).append(", \"vars\": {");
            String comma = "";
            for (String name : AT_A_GLANCE) {
                String value = entry.get(name);
                if (value != null) {
                    Json.field(json.append(comma), name, value);
                    comma = ", ";
                }
            }
            json.append("}}");
            between = ",\n";
        }
        return Layout.json(200, json.append("\n]}"));
    }

    static CgiResponse one(Entry entry) {
        var json = new StringBuilder(4096);
        head(json, entry).append(",\n\"vars\": {");
        String comma = "\n";
        if (entry.reading() instanceof Reading.Known known) {
            for (Map.Entry<String, String> variable : known.vars().entrySet()) {
                Json.field(json.append(comma), variable.getKey(), variable.getValue());
                comma = ",\n";
            }
        }
        json.append("\n},\n\"clients\": ");
        List<String> clients = entry.clients();
        if (clients == null) {
            json.append("null");
        } else {
            strings(json, clients);
        }
        json.append(",\n\"events\": [");
        comma = "\n";
        for (Event event : entry.events()) {
            Json.field(json.append(comma).append('{'), "time", second(event.at()))
                    .append(", ");
            Json.field(json, event.known() ? "status" : "error", event.text()).append('}');
            comma = ",\n";
        }
        return Layout.json(200, json.append("\n]}"));
    }

    private static String second(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond()).toString();
    }

    private static StringBuilder head(StringBuilder json, Entry entry) {
        Json.field(json.append('{'), "ups", entry.host().ups()).append(", ");
        Json.field(json, "description", entry.host().description()).append(", ");
        Json.field(json, "severity", SEVERITIES[entry.severity()]).append(", ");
        switch (entry.reading()) {
            case null -> json.append("\"status\": null");
            case Reading.Known _ -> {
                Json.field(json, "status", entry.status()).append(", ");
                Json.field(json, "text", Status.words(entry.status()));
            }
            case Reading.Unknown unknown -> {
                json.append("\"status\": null, ");
                Json.field(json, "error", unknown.trouble().getMessage()).append(", ");
                Json.field(json, "cure", unknown.trouble().cure());
            }
        }
        return json;
    }

    private static void strings(StringBuilder json, List<String> texts) {
        json.append('[');
        String comma = "";
        for (String text : texts) {
            Json.string(json.append(comma), text);
            comma = ", ";
        }
        json.append(']');
    }

    static CgiResponse commands(Entry entry, List<Command> commands) {
        var json = new StringBuilder(1024);
        Json.field(json.append('{'), "ups", entry.host().ups()).append(", \"commands\": [");
        String comma = "\n";
        for (Command command : commands) {
            Json.field(json.append(comma).append('{'), "name", command.name()).append(", ");
            Json.field(json, "description", command.description());
            json.append(", \"grave\": ").append(command.grave()).append('}');
            comma = ",\n";
        }
        return Layout.json(200, json.append("\n]}"));
    }

    static CgiResponse settings(Entry entry, List<Setting> settings) {
        var json = new StringBuilder(1024);
        Json.field(json.append('{'), "ups", entry.host().ups()).append(", \"settings\": [");
        String comma = "\n";
        for (Setting setting : settings) {
            Json.field(json.append(comma).append('{'), "name", setting.name()).append(", ");
            Json.field(json, "description", setting.description()).append(", ");
            Json.field(json, "value", setting.value());
            kind(json, setting.kind());
            json.append('}');
            comma = ",\n";
        }
        return Layout.json(200, json.append("\n]}"));
    }

    private static void kind(StringBuilder json, Setting.Kind kind) {
        switch (kind) {
            case Setting.Kind.Text(int longest) ->
                json.append(", \"longest\": ").append(longest);
            case Setting.Kind.Choice(List<String> values) -> strings(json.append(", \"values\": "), values);
            case Setting.Kind.Numeric(List<Range> ranges) -> {
                json.append(", \"ranges\": [");
                String comma = "";
                for (Range range : ranges) {
                    json.append(comma)
                            .append('[')
                            .append(range.min())
                            .append(", ")
                            .append(range.max())
                            .append(']');
                    comma = ", ";
                }
                json.append(']');
            }
        }
    }
}
