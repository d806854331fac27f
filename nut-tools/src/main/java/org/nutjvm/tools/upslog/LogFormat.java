package org.nutjvm.tools.upslog;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nutjvm.common.text.Strftime;

/// The format of a line, taken apart once (clients/upslog.c: compile_format, do_*). Text is one char a byte, as values
/// come from the server.
final class LogFormat {
    /// What upslog writes unless told otherwise.
    static final String STANDARD = "%TIME @Y@m@d @H@M@S% %VAR battery.charge% %VAR input.voltage% %VAR ups.load%"
            + " [%VAR ups.status%] %VAR ups.temperature% %VAR input.frequency%";

    /// What `-N` puts before the format.
    static final String UPSHOST_FIRST = "%UPSHOST%%t";

    private static final String INVALID = "INVALID";
    private static final String NOT_AVAILABLE = "NA";

    private sealed interface Part {
        record Text(String text) implements Part {}

        record Host() implements Part {}

        record UpsHost() implements Part {}

        record Pid() implements Part {}

        record Time(String format) implements Part {}

        record Seconds() implements Part {}

        record Var(String name) implements Part {}
    }

    private final List<Part> parts;

    private LogFormat(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /// Reads a format. What is wrong in it becomes `INVALID` in each line, as upstream.
    static LogFormat of(String given) {
        String format = new String(given.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var parts = new ArrayList<Part>();
        var text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            char next = i + 1 < format.length() ? format.charAt(i + 1) : 0;
            if (c != '%') {
                text.append(c);
            } else if (next == '%' || next == 't') {
                text.append(next == '%' ? '%' : '\t');
                i++;
            } else {
                int end = format.indexOf('%', i + 1);
                if (end < 0) {
                    text.append(INVALID);
                    continue; // upstream goes on with the letters after it
                }
                Part part = command(format.substring(i + 1, end));
                if (part instanceof Part.Text(String wrong)) {
                    text.append(wrong);
                } else {
                    parts.add(new Part.Text(text.toString()));
                    text.setLength(0);
                    parts.add(part);
                }
                i = end;
            }
        }
        parts.add(new Part.Text(text.toString()));
        return new LogFormat(parts);
    }

    /// As upstream only the beginning of the word counts: `%TIMEX @Y%` is `%TIME @Y%`.
    private static Part command(String command) {
        int blank = command.indexOf(' ');
        String word = (blank < 0 ? command : command.substring(0, blank)).toUpperCase(Locale.ROOT);
        String argument = blank < 0 ? "" : command.substring(blank + 1);
        if (word.startsWith("HOST")) {
            return new Part.Host();
        }
        if (word.startsWith("UPSHOST")) {
            return new Part.UpsHost();
        }
        if (word.startsWith("PID")) {
            return new Part.Pid();
        }
        if (word.startsWith("TIME")) {
            return new Part.Time(argument.replace('@', '%'));
        }
        if (word.startsWith("VAR") && argument.indexOf('.') >= 0) {
            return new Part.Var(argument);
        }
        return word.startsWith("ETIME") ? new Part.Seconds() : new Part.Text(INVALID);
    }

    /// The variables a line takes, each once.
    Set<String> variables() {
        var names = new LinkedHashSet<String>();
        for (Part part : parts) {
            if (part instanceof Part.Var(String name)) {
                names.add(name);
            }
        }
        return names;
    }

    /// Whether the lines of several UPSes can be told apart.
    boolean namesTheUps() {
        return parts.contains(new Part.UpsHost());
    }

    /// A line without its newline.
    ///
    /// @param host this machine's name
    /// @param upshost the UPS as it was named to the program
    /// @param values what is known; what is missing is `NA`
    String line(ZonedDateTime now, String host, String upshost, long pid, Map<String, String> values) {
        var line = new StringBuilder(128);
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var text) -> line.append(text);
                case Part.Host() -> line.append(host);
                case Part.UpsHost() -> line.append(upshost);
                case Part.Pid() -> line.append(pid);
                case Part.Time(var format) -> Strftime.append(line, format, now);
                case Part.Seconds() -> line.append(now.toEpochSecond());
                case Part.Var(var name) -> appendValue(line, values.getOrDefault(name, NOT_AVAILABLE));
            }
        }
        return line.toString();
    }

    /// A server must not be able to end a line, nor to send control sequences to whoever reads the file.
    private static void appendValue(StringBuilder line, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            line.append(c < ' ' || c == 0x7f ? '?' : c);
        }
    }
}
