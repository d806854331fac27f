package org.nutjvm.common.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nutjvm.common.conf.HostsAccess.Group;
import org.nutjvm.common.conf.HostsAccess.Pattern;
import org.nutjvm.common.conf.HostsAccess.Rule;

/// Lines of hosts.allow or hosts.deny: `daemons : clients [: options]`.
final class HostsAccessParser {
    private final String file;
    private final boolean grants;
    private static final java.util.regex.Pattern CONTROL = java.util.regex.Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    private final List<Complaint> complaints;
    private int line;

    HostsAccessParser(String file, boolean grants, List<Complaint> complaints) {
        this.file = file;
        this.grants = grants;
        this.complaints = complaints;
    }

    List<Rule> rules(String text) {
        var rules = new ArrayList<Rule>();
        var whole = new StringBuilder();
        int next = 0;
        for (var part : text.split("\n", -1)) {
            next++;
            if (whole.isEmpty()) {
                line = next;
            }
            if (part.endsWith("\\")) {
                whole.append(part, 0, part.length() - 1);
                continue;
            }
            String joined = whole.append(part).toString().strip();
            whole.setLength(0);
            if (!joined.isEmpty() && !joined.startsWith("#")) {
                rule(joined).ifPresent(rules::add);
            }
        }
        return List.copyOf(rules);
    }

    private Optional<Rule> rule(String text) {
        var fields = fields(text);
        if (fields.size() < 2) {
            complain(text, "it has to be `daemons : clients`");
            return Optional.empty();
        }
        if (!daemon(words(fields.getFirst()))) {
            return Optional.empty();
        }
        boolean effect = grants;
        for (var option : fields.subList(2, fields.size())) {
            String word = option.strip().toUpperCase(Locale.ROOT);
            if (word.equals("ALLOW")) {
                effect = true;
            } else if (word.equals("DENY")) {
                effect = false;
            } else if (!word.isEmpty()) {
                complain(option.strip(), "options and commands are not carried out here; the rule itself counts");
            }
        }
        return Optional.of(new Rule(group(words(fields.get(1)), effect), effect));
    }

    /// Parted by colons, but for those within brackets and those with a backslash before them.
    private static List<String> fields(String text) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ':') {
                field.append(':');
                i++;
            } else if (c == ':' && depth == 0) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static List<String> words(String field) {
        return List.of(field.strip().split("[\\s,]+", -1));
    }

    private static boolean daemon(List<String> words) {
        boolean found = false;
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equalsIgnoreCase("EXCEPT")) {
                return found && !daemon(words.subList(i + 1, words.size()));
            }
            found |= HostsAccess.isDaemon(words.get(i));
        }
        return found;
    }

    private Group group(List<String> words, boolean effect) {
        var patterns = new ArrayList<Pattern>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equalsIgnoreCase("EXCEPT")) {
                // Who is excepted from a grant is denied: what is not known has to fit the other way round there.
                return new Group(patterns, Optional.of(group(words.subList(i + 1, words.size()), !effect)));
            }
            patterns.add(pattern(words.get(i), effect));
        }
        return new Group(List.copyOf(patterns), Optional.empty());
    }

    private Pattern pattern(String word, boolean effect) {
        int at = word.indexOf('@');
        if (at > 0) {
            return new Pattern.Of(word.substring(0, at), pattern(word.substring(at + 1), effect));
        }
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "ALL", "KNOWN" -> new Pattern.Any(true);
            case "LOCAL", "LOCALHOST" -> new Pattern.Local();
            case "PARANOID", "UNKNOWN" -> new Pattern.Any(false);
            default -> net(word).orElseGet(() -> unknown(word, effect));
        };
    }

    private Pattern unknown(String word, boolean effect) {
        complain(
                word,
                "clients are not looked up by name here, so that this fits " + (effect ? "nobody" : "everybody")
                        + ": write addresses, such as 192.0.2.0/24");
        return new Pattern.Any(!effect);
    }

    /// `192.0.2.1`, `192.0.2.`, `192.0.2.0/24`, `192.0.2.0/255.255.255.0`, `[2001:db8::]/32`.
    private static Optional<Pattern> net(String word) {
        int slash = word.indexOf('/');
        String base = slash < 0 ? word : word.substring(0, slash);
        String mask = slash < 0 ? "" : word.substring(slash + 1);
        if (base.endsWith(".") && slash < 0) {
            int dots = (int) base.chars().filter(c -> c == '.').count();
            return dots > 3
                    ? Optional.empty()
                    : Ip.bytes(base + "0.".repeat(3 - dots) + "0").map(bytes -> new Pattern.Net(list(bytes), dots * 8));
        }
        boolean six = base.startsWith("[") && base.endsWith("]");
        return Ip.bytes(six ? base.substring(1, base.length() - 1) : base).flatMap(bytes -> {
            int bits = mask.isEmpty() ? bytes.length * 8 : bits(mask);
            return bits < 0 || bits > bytes.length * 8
                    ? Optional.<Pattern>empty()
                    : Optional.of(new Pattern.Net(list(bytes), bits));
        });
    }

    /// How many bits a mask has, as a number or as an address; -1 if it is none.
    private static int bits(String mask) {
        var number = Values.number(mask);
        if (number.isPresent()) {
            return number.getAsInt();
        }
        var bytes = Ip.bytes(mask);
        if (bytes.isEmpty() || bytes.get().length != 4) {
            return -1;
        }
        int value = 0;
        for (byte b : bytes.get()) {
            value = value << 8 | (b & 0xff);
        }
        int bits = Integer.numberOfLeadingZeros(~value);
        return value == (bits == 0 ? 0 : -1 << (32 - bits)) ? bits : -1;
    }

    private static List<Byte> list(byte[] bytes) {
        var list = new ArrayList<Byte>();
        for (byte b : bytes) {
            list.add(b);
        }
        return List.copyOf(list);
    }

    private void complain(String text, String why) {
        // In a log such a character could begin a line of its own, or steer a terminal.
        String word = CONTROL.matcher(text).replaceAll("?");
        complaints.add(new Complaint(
                Complaint.Level.WARNING,
                Complaint.Cause.BAD_VALUE,
                file,
                line,
                word,
                "",
                file + ":" + line + ": " + word + ": " + why));
    }
}
