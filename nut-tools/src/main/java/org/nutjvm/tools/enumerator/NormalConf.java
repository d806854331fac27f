package org.nutjvm.tools.enumerator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ups.conf in upstream's normal form: without comments, indentation and needless blanks and quotes, so that only
/// changes of meaning change a section's checksum. Checksums are those of upstream's script for the same file: either
/// one goes on where the other was, without restarting anything (nut-driver-enumerator.sh:
/// upslist_normalizeFile_filter,
/// upsconf_getSection_content).
record NormalConf(List<String> lines) {
    NormalConf {
        lines = List.copyOf(lines);
    }

    /// Takes a file's text, one char a byte.
    static NormalConf of(String text) {
        var lines = new ArrayList<String>();
        for (String line : text.split("\n", -1)) {
            String normal = normal(line);
            if (!normal.isEmpty()) {
                lines.add(normal);
            }
        }
        return new NormalConf(lines);
    }

    private static String normal(String line) {
        if (line.startsWith("#")) {
            return "";
        }
        int start = 0;
        int end = line.length();
        while (start < end && blank(line.charAt(start))) {
            start++;
        }
        while (end > start && blank(line.charAt(end - 1))) {
            end--;
        }
        String text = line.substring(start, end);
        if (text.isEmpty() || text.startsWith("#")) {
            return "";
        }
        text = withoutComment(unquoted(tightened(text)));
        boolean assignment = text.indexOf('[') >= 0 || text.indexOf('=') >= 0 || text.indexOf('\\') >= 0;
        return assignment || oneWord(text) ? text : "";
    }

    /// Upstream's patterns count a backslash among the blanks.
    private static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\\';
    }

    /// `key = value` without the blanks around the first equals sign.
    private static String tightened(String text) {
        int key = 0;
        while (key < text.length() && text.charAt(key) != '=' && !blank(text.charAt(key))) {
            key++;
        }
        int at = key;
        while (at < text.length() && blank(text.charAt(at))) {
            at++;
        }
        if (at == text.length() || text.charAt(at) != '=') {
            return text;
        }
        at++;
        while (at < text.length() && blank(text.charAt(at))) {
            at++;
        }
        return text.substring(0, key) + "=" + text.substring(at);
    }

    /// `key="value"` without the quotes, where the value has no blanks.
    private static String unquoted(String text) {
        if (!text.endsWith("\"")) {
            return text;
        }
        for (int at = text.indexOf("=\""); at >= 0 && at + 2 < text.length(); at = text.indexOf("=\"", at + 1)) {
            String value = text.substring(at + 2, text.length() - 1);
            boolean blanks = false;
            for (int i = 0; i < value.length(); i++) {
                blanks |= blank(value.charAt(i));
            }
            if (!blanks) {
                return text.substring(0, at + 1) + value;
            }
        }
        return text;
    }

    /// `[name]` without the comment after it.
    private static String withoutComment(String text) {
        int close = text.indexOf(']');
        if (!text.startsWith("[") || close < 0) {
            return text;
        }
        for (int i = 1; i < close; i++) {
            if (blank(text.charAt(i))) {
                return text;
            }
        }
        int at = close + 1;
        while (at < text.length() && blank(text.charAt(at))) {
            at++;
        }
        return at == text.length() || text.charAt(at) == '#' ? text.substring(0, close + 1) : text;
    }

    /// A word, with a comment after it or not: a flag.
    private static boolean oneWord(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != '\t') {
            at++;
        }
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at == text.length() || text.charAt(at) == '#' || (text.indexOf('#') < at && text.indexOf('#') >= 0);
    }

    /// The devices' names, each once, in upstream's order: by the number they begin with, then by the alphabet.
    List<String> devices() {
        var names = new ArrayList<String>();
        for (String line : lines) {
            if (header(line) && !name(line).isEmpty() && !names.contains(name(line))) {
                names.add(name(line));
            }
        }
        names.sort((a, b) -> number(a) == number(b) ? a.compareTo(b) : Long.compare(number(a), number(b)));
        return names;
    }

    private static long number(String text) {
        long value = 0;
        for (int i = 0; i < text.length() && i < 15 && text.charAt(i) >= '0' && text.charAt(i) <= '9'; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    private static boolean header(String line) {
        return line.startsWith("[")
                && line.endsWith("]")
                && line.indexOf(' ') < 0
                && line.indexOf('\t') < 0
                && line.indexOf('\\') < 0;
    }

    private static String name(String header) {
        return header.substring(1, header.length() - 1);
    }

    /// A section with its header, or what stands before all sections if the name is empty. Of several with one name the
    /// first counts.
    ///
    /// @return its lines; null if there is no such section
    @Nullable
    List<String> section(String device) {
        var content = new ArrayList<String>();
        boolean inside = device.isEmpty();
        for (String raw : lines) {
            String line = unescaped(raw);
            if (!header(line)) {
                if (inside) {
                    content.add(line);
                }
            } else if (inside) {
                break;
            } else if (name(line).equals(device)) {
                inside = true;
                content.add(line);
            }
        }
        return inside ? content : null;
    }

    /// A shell's `read` takes a backslash before a letter away.
    private static String unescaped(String line) {
        if (line.indexOf('\\') < 0) {
            return line;
        }
        var text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\\' && i + 1 < line.length()) {
                i++;
            }
            text.append(line.charAt(i));
        }
        return text.toString();
    }

    /// The values of keys in a section, as `--show-config-value` prints them; a flag's is its name, a missing one's
    /// null.
    static List<@Nullable String> values(List<String> section, List<String> keys) {
        var values = new ArrayList<@Nullable String>();
        for (String key : keys) {
            String value = null;
            for (String line : section) {
                if (line.equals(key)) {
                    value = key;
                } else if (line.startsWith(key + "=")) {
                    value = withoutQuotes(line.substring(key.length() + 1));
                }
            }
            values.add(value);
        }
        return values;
    }

    private static String withoutQuotes(String value) {
        boolean quoted = value.length() > 1
                && value.charAt(0) == value.charAt(value.length() - 1)
                && (value.charAt(0) == '"' || value.charAt(0) == '\'');
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /// The checksum of a section, by which changes are noticed.
    String checksum(String device) {
        var section = section(device);
        return md5(section == null ? "" : String.join("\n", section));
    }

    /// MD5 as `echo text | md5sum` has it: a name for things, no protection.
    static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5")
                            .digest((text + "\n").getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
