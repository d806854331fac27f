package org.nutjvm.upsd.session;

import java.util.ArrayList;
import java.util.Comparator;
import org.nutjvm.common.state.Variable;
import org.nutjvm.common.wire.NutError;

/// Replies of several lines (server/netlist.c). They repeat the names as the client typed them.
final class Listings {
    private final Devices devices;

    Listings(Devices devices) {
        this.devices = devices;
    }

    Answer vars(String ups) {
        return variables(ups, "VAR", false);
    }

    Answer rw(String ups) {
        return variables(ups, "RW", true);
    }

    private Answer variables(String ups, String word, boolean writable) {
        var device = devices.find(ups);
        if (device == null) {
            return Answer.error(NutError.UNKNOWN_UPS);
        }
        var trouble = device.trouble();
        if (trouble != null) {
            return Answer.error(trouble);
        }
        var lines = new StringBuilder(4096);
        frame(lines, "BEGIN", word, ups);
        for (var entry : device.tree().vars().entrySet()) {
            var variable = entry.getValue();
            if (writable && variable.writable()) {
                value(lines, "RW", ups, entry.getKey(), "", variable.value());
            } else if (!writable) {
                var(lines, device, "VAR", ups, entry.getKey(), variable.value());
            }
        }
        frame(lines, "END", word, ups);
        return Answer.lasting(device, lines.toString());
    }

    Answer cmds(String ups) {
        var device = devices.find(ups);
        if (device == null) {
            return Answer.error(NutError.UNKNOWN_UPS);
        }
        var trouble = device.trouble();
        if (trouble != null) {
            return Answer.error(trouble);
        }
        var lines = new StringBuilder();
        frame(lines, "BEGIN", "CMD", ups);
        for (var cmd : device.tree().cmds()) {
            lines.append("CMD ").append(ups).append(' ').append(cmd).append('\n');
        }
        frame(lines, "END", "CMD", ups);
        return Answer.lasting(device, lines.toString());
    }

    Answer enums(String ups, String name) {
        return limits(ups, name, "ENUM");
    }

    Answer ranges(String ups, String name) {
        return limits(ups, name, "RANGE");
    }

    private Answer limits(String ups, String name, String word) {
        var device = devices.find(ups);
        if (device == null) {
            return Answer.error(NutError.UNKNOWN_UPS);
        }
        var trouble = device.trouble();
        if (trouble != null) {
            return Answer.error(trouble);
        }
        var variable = device.tree().var(name);
        if (variable == null) {
            return Answer.error(NutError.VAR_NOT_SUPPORTED);
        }
        var lines = new StringBuilder();
        frame(lines, "BEGIN", word, ups + ' ' + name);
        if (word.equals("ENUM")) {
            enums(lines, ups, name, variable);
        } else {
            ranges(lines, ups, name, variable);
        }
        frame(lines, "END", word, ups + ' ' + name);
        return Answer.lasting(device, lines.toString());
    }

    private static void enums(StringBuilder lines, String ups, String name, Variable variable) {
        for (var allowed : variable.enums()) {
            value(lines, "ENUM", ups, name, "", allowed);
        }
    }

    private static void ranges(StringBuilder lines, String ups, String name, Variable variable) {
        for (var range : variable.ranges()) {
            lines.append("RANGE ").append(ups).append(' ').append(name);
            lines.append(" \"").append(range.min());
            lines.append("\" \"").append(range.max()).append("\"\n");
        }
    }

    Answer devices() {
        var lines = new StringBuilder("BEGIN LIST UPS\n");
        for (var device : devices.all()) {
            lines.append("UPS ").append(device.name()).append(" \"");
            String desc = device.desc();
            escape(lines, desc == null ? "Description unavailable" : desc);
            lines.append("\"\n");
        }
        return Answer.lasting(null, lines.append("END LIST UPS\n").toString());
    }

    /// Who is logged in, the newest connection first. The driver need not be there.
    Answer clients(String ups) {
        var device = devices.find(ups);
        if (device == null) {
            return Answer.error(NutError.UNKNOWN_UPS);
        }
        var sessions = new ArrayList<>(device.logins());
        sessions.sort(Comparator.comparingLong(Session::serial).reversed());
        var lines = new StringBuilder();
        frame(lines, "BEGIN", "CLIENT", ups);
        for (var session : sessions) {
            lines.append("CLIENT ")
                    .append(device.name())
                    .append(' ')
                    .append(session.address())
                    .append('\n');
        }
        frame(lines, "END", "CLIENT", ups);
        return new Answer(lines.toString(), false, null, null, null);
    }

    private static void frame(StringBuilder lines, String edge, String word, String about) {
        lines.append(edge)
                .append(" LIST ")
                .append(word)
                .append(' ')
                .append(about)
                .append('\n');
    }

    /// One variable, where the status of a device that is to shut down says so first.
    static void var(StringBuilder lines, Device device, String word, String ups, String name, String value) {
        boolean fsd = device.fsd() && name.equalsIgnoreCase("ups.status");
        value(lines, word, ups, name, fsd ? "FSD " : "", value);
    }

    private static void value(StringBuilder lines, String word, String ups, String name, String prefix, String value) {
        lines.append(word).append(' ').append(ups).append(' ').append(name);
        lines.append(" \"").append(prefix);
        escape(lines, value);
        lines.append("\"\n");
    }

    static void escape(StringBuilder lines, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '#' || c == '\\' || c == '"') {
                lines.append('\\');
            }
            lines.append(c);
        }
    }
}
