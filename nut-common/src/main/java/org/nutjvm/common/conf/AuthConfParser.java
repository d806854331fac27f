package org.nutjvm.common.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lines of nutauth.conf to its sections (clients/authconf.c: parse_authconf_line).
///
/// A file included from within a section fills that section alone; one included before any fills all.
final class AuthConfParser {
    /// Files included by included ones: one that includes itself comes to an end.
    private static final int MOST_NESTED = 8;

    private static final int MOST_FILES = 64;
    private static final String GLOBAL = "_global_defaults";
    private static final String USUAL_PORT = UpsdConf.DEFAULT_PORT;

    private final Map<AuthKey, String> global = new EnumMap<>(AuthKey.class);
    private final Map<String, Map<AuthKey, String>> sections = new HashMap<>();
    private final List<Complaint> complaints = new ArrayList<>();
    private int files;

    private final Source source;

    /// Where the text of a file comes from.
    interface Source {
        ConfText read(Path file) throws ConfException;
    }

    private AuthConfParser(Source source) {
        this.source = source;
    }

    static AuthConf load(Path file) throws ConfException {
        return load(file, ConfReader::readSecret);
    }

    static AuthConf load(Path file, Source source) throws ConfException {
        var parser = new AuthConfParser(source);
        parser.read(file, "", 0);
        return new AuthConf(parser.global, parser.sections, parser.complaints);
    }

    /// @param scope the section the file is included in, empty for none
    private void read(Path file, String scope, int depth) throws ConfException {
        var text = source.read(file);
        complaints.addAll(text.complaints());
        files++;
        @Nullable String section = scope;
        for (var line : text.lines()) {
            String first = line.word(0);
            if (first.startsWith("[")) {
                section = heading(first, scope, line);
            } else if (section != null) {
                if (first.equalsIgnoreCase("INCLUDE") || first.equalsIgnoreCase("INCLUDE_REQUIRED")) {
                    include(file, section, depth, line);
                } else {
                    take(section, line);
                }
            }
        }
    }

    /// The section from here on, or null if what follows is for nobody.
    private @Nullable String heading(String word, String scope, ConfLine line) {
        int end = word.lastIndexOf(']');
        String name = end < 0 ? word.substring(1) : word.substring(1, end);
        if (end < 0) {
            complain(
                    Complaint.Level.ERROR,
                    Complaint.Cause.SYNTAX,
                    line,
                    word,
                    "",
                    "Invalid nutauth section header: " + word);
            return null;
        }
        if (name.isEmpty() || name.equals(GLOBAL)) {
            return scope.isEmpty() ? "" : null;
        }
        String section = normal(name, line);
        if (!scope.isEmpty() && !scope.equals(section)) {
            complain(
                    Complaint.Level.WARNING,
                    Complaint.Cause.MISPLACED,
                    line,
                    word,
                    "",
                    "Section header [" + section + "] ignored in included file with section-scope for [" + scope
                            + "], section contents will be ignored");
            return null;
        }
        sections.computeIfAbsent(section, _ -> new EnumMap<>(AuthKey.class));
        return section;
    }

    /// `user@host:port`, with what is left out filled in.
    private String normal(String name, ConfLine line) {
        int at = name.lastIndexOf('@');
        String user = at < 0 ? "" : name.substring(0, at);
        String server = name.substring(at + 1);
        String host = server;
        String port = "";
        int close = server.startsWith("[") ? server.indexOf(']') : -1;
        if (close > 0) {
            host = server.substring(1, close);
            port = server.startsWith(":", close + 1) ? server.substring(close + 2) : "";
        } else if (server.indexOf(':') == server.lastIndexOf(':') && server.indexOf(':') >= 0) {
            host = server.substring(0, server.indexOf(':'));
            port = server.substring(server.indexOf(':') + 1);
        }
        if (host.isEmpty()) {
            host = "localhost";
        }
        if (port.isEmpty() || port.equals("nut")) {
            port = USUAL_PORT;
        } else if (Values.number(port).isEmpty()) {
            complain(
                    Complaint.Level.WARNING,
                    Complaint.Cause.BAD_VALUE,
                    line,
                    port,
                    "",
                    "the port in [" + name + "] has to be a number, this section is for no server");
        }
        return user + '@' + host.toLowerCase(Locale.ROOT) + ':' + port;
    }

    private void include(Path from, String section, int depth, ConfLine line) throws ConfException {
        boolean required = line.word(0).length() > "INCLUDE".length();
        if (line.size() < 2) {
            complain(
                    Complaint.Level.ERROR,
                    Complaint.Cause.MISSING_VALUE,
                    line,
                    line.word(0),
                    "",
                    line.word(0) + " missing filename");
            return;
        }
        var file = from.resolveSibling(line.word(1));
        if (depth == MOST_NESTED || files == MOST_FILES) {
            complain(
                    Complaint.Level.ERROR,
                    Complaint.Cause.TOO_LONG,
                    line,
                    line.word(1),
                    "",
                    "files are included at most " + MOST_NESTED + " deep and " + MOST_FILES + " in all: " + file
                            + " is not read (does it include itself?)");
            return;
        }
        try {
            read(file, section, depth + 1);
        } catch (ConfException e) {
            if (required) {
                throw e;
            }
            complain(Complaint.Level.WARNING, Complaint.Cause.INCOMPLETE, line, line.word(1), "", e.getMessage());
        }
    }

    private void take(String section, ConfLine line) {
        int equals = line.word(0).indexOf('=');
        String word = equals > 0 ? line.word(0).substring(0, equals) : line.word(0);
        String value = equals > 0 ? line.word(0).substring(equals + 1) : line.size() == 1 ? "1" : line.word(2);
        if (equals <= 0 && line.size() > 1 && (line.size() < 3 || !line.word(1).equals("="))) {
            complain(
                    Complaint.Level.WARNING,
                    Complaint.Cause.EQUALS,
                    line,
                    word,
                    "",
                    "Malformed line starting with directive '" + word + "': it has to be " + word + " = VALUE");
            return;
        }
        Optional<AuthKey> known = AuthKey.named(word);
        if (known.isEmpty()) {
            complain(
                    Complaint.Level.WARNING,
                    Complaint.Cause.UNKNOWN_WORD,
                    line,
                    word,
                    Nearest.of(word, Directive.words(AuthKey.values())).orElse(""),
                    "Unsupported keyword in NUT auth configuration file: '" + word + "'");
            return;
        }
        set(section, known.get(), value, line);
    }

    private void set(String section, AuthKey key, String value, ConfLine line) {
        var values = section.isEmpty() ? global : sections.getOrDefault(section, global);
        boolean flag = key == AuthKey.CERTVERIFY || key == AuthKey.FORCESSL;
        if (flag && value.equals("-1")) {
            values.remove(key); // as another section says
        } else if (flag && Values.bool(value).isEmpty()) {
            complain(
                    Complaint.Level.WARNING,
                    Complaint.Cause.BAD_VALUE,
                    line,
                    value,
                    "",
                    key + " takes yes or no, and is ignored with the value " + value);
        } else if (key == AuthKey.USER && section.indexOf('@') > 0) {
            if (!value.equals(section.substring(0, section.lastIndexOf('@')))) {
                complain(
                        Complaint.Level.WARNING,
                        Complaint.Cause.MISPLACED,
                        line,
                        key.word(),
                        "",
                        "USER keyword ignored for a section named like 'user@host:port'");
            }
        } else {
            values.put(key, value);
        }
    }

    private void complain(
            Complaint.Level level, Complaint.Cause cause, ConfLine line, String word, String suggestion, String text) {
        complaints.add(Complaint.about(level, cause, line, word, suggestion, text));
    }
}
