package org.nutjvm.tools.scanner;

import java.util.ArrayList;
import java.util.List;
import org.nutjvm.tools.scanner.Device.Setting;
import org.nutjvm.tools.shared.Json;

/// What was found, as text (tools/nut-scanner/nutscan-display.c). Devices come bus by bus; their sections are numbered
/// through all of them.
final class Listing {
    private Listing() {}

    /// How it is written.
    enum Form {
        /// `-Q`: ups.conf, and comments on what looks wrong.
        CHECKED,
        /// `-N`: ups.conf.
        PLAIN,
        /// `-P`: a line for each device.
        PARSABLE,
        /// `-j`.
        JSON
    }

    static String of(List<List<Device>> buses, Form form) {
        return switch (form) {
            case CHECKED -> upsConf(buses, true);
            case PLAIN -> upsConf(buses, false);
            case PARSABLE -> parsable(buses);
            case JSON -> json(buses);
        };
    }

    private static String upsConf(List<List<Device>> buses, boolean check) {
        var text = new StringBuilder();
        int number = 1;
        for (List<Device> bus : buses) {
            for (int i = 0; i < bus.size(); i++) {
                section(text, name(bus.get(i), number + i), bus.get(i));
            }
            if (check) {
                for (String warning : SanityCheck.of(bus, names(bus, number))) {
                    text.append("\n# WARNING: ").append(warning).append('\n');
                }
            }
            number += bus.size();
        }
        return text.toString();
    }

    private static void section(StringBuilder text, String name, Device device) {
        text.append('[').append(name).append("]\n\tdriver = ");
        quoted(text, device.driver());
        if (!device.alternates().isEmpty()) {
            text.append("\t# alternately: ").append(String.join(" ", device.alternates()));
        }
        text.append("\n\tport = ");
        quoted(text, device.port());
        text.append('\n');
        for (Setting setting : device.settings()) {
            String comment = setting.comment();
            text.append('\t');
            if (comment != null) {
                text.append(comment.isEmpty() ? "# " : "###" + comment + "### ");
            }
            text.append(setting.name()).append(" = ");
            quoted(text, setting.value());
            text.append('\n');
        }
    }

    private static String parsable(List<List<Device>> buses) {
        var text = new StringBuilder();
        for (List<Device> bus : buses) {
            for (Device device : bus) {
                text.append(device.kind().parsable()).append(":driver=");
                quoted(text, device.driver());
                text.append(",port=");
                quoted(text, device.port());
                for (Setting setting : device.settings()) {
                    if (setting.comment() == null) {
                        text.append(',').append(setting.name()).append('=');
                        quoted(text, setting.value());
                    }
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String json(List<List<Device>> buses) {
        var text = new StringBuilder("{\n  \"devices\": [");
        var warnings = new ArrayList<String>();
        int number = 1;
        String separator = "\n";
        for (List<Device> bus : buses) {
            warnings.addAll(SanityCheck.of(bus, names(bus, number)));
            for (Device device : bus) {
                text.append(separator).append("    {");
                member(text, "\"name\": ", name(device, number++));
                member(text, ", \"type\": ", device.kind().parsable());
                member(text, ", \"driver\": ", device.driver());
                text.append(", \"alternately\": ");
                strings(text, device.alternates());
                member(text, ", \"port\": ", device.port());
                text.append(", \"settings\": {");
                settings(text, device, true);
                text.append("}, \"unset\": {");
                settings(text, device, false);
                text.append("}}");
                separator = ",\n";
            }
        }
        text.append(number > 1 ? "\n  " : "").append("],\n  \"warnings\": ");
        strings(text, warnings);
        return text.append("\n}\n").toString();
    }

    private static void settings(StringBuilder text, Device device, boolean counting) {
        String separator = "";
        for (Setting setting : device.settings()) {
            if ((setting.comment() == null) == counting) {
                text.append(separator);
                Json.string(text, setting.name());
                member(text, ": ", setting.value());
                separator = ", ";
            }
        }
    }

    private static void member(StringBuilder text, String before, String value) {
        text.append(before);
        Json.string(text, value);
    }

    private static void strings(StringBuilder text, List<String> values) {
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            Json.string(text, values.get(i));
        }
        text.append(']');
    }

    private static List<String> names(List<Device> bus, int first) {
        var names = new ArrayList<String>(bus.size());
        for (int i = 0; i < bus.size(); i++) {
            names.add(name(bus.get(i), first + i));
        }
        return names;
    }

    private static String name(Device device, int number) {
        return "nutdev-" + device.kind().section() + number;
    }

    /// As parseconf reads it back, which takes a bare # for a comment even here.
    private static void quoted(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c == '#') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }
}
