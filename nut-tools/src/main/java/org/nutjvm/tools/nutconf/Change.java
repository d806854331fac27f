package org.nutjvm.tools.nutconf;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.conf.Nearest;
import org.nutjvm.common.conf.NotifyFlag;
import org.nutjvm.common.conf.NotifyType;
import org.nutjvm.common.conf.NutVariable;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.Values;
import org.nutjvm.common.wire.Lexer;

/// What the options ask for, done to texts in memory.
final class Change {
    static final List<String> MODES = List.of("standalone", "netserver", "netclient", "controlled", "manual", "none");

    /// Where the texts come from.
    interface Files {
        /// The text of a file, to be changed.
        ConfFile conf(String name) throws Wrong;

        /// The text of nut.conf, to be changed.
        ShellFile nutConf() throws Wrong;
    }

    /// What upsmon does with an event that no NOTIFYFLAG is about.
    private static final Set<NotifyFlag> STANDARD = EnumSet.of(NotifyFlag.SYSLOG, NotifyFlag.WALL);

    private final Files files;
    /// Options of which the first `--set-` has taken away what was there before.
    private final Set<String> begun = new HashSet<>();

    Change(Files files) {
        this.files = files;
    }

    /// Which options there are, and how many values each takes at least and at most.
    static final Map<String, int[]> COUNTS = counts();

    private static Map<String, int[]> counts() {
        var counts = new LinkedHashMap<String, int[]>();
        counts.put("--set-mode", new int[] {1, 1});
        for (String verb : List.of("--set-", "--add-")) {
            counts.put(verb + "monitor", new int[] {6, 6});
            counts.put(verb + "listen", new int[] {1, 2});
            counts.put(verb + "device", new int[] {3, Integer.MAX_VALUE});
            counts.put(verb + "user", new int[] {1, Integer.MAX_VALUE});
            counts.put(verb + "notifyflags", new int[] {2, Integer.MAX_VALUE});
        }
        counts.put("--set-notifymsg", new int[] {2, 2});
        counts.put("--set-notifycmd", new int[] {1, 1});
        counts.put("--set-shutdowncmd", new int[] {1, 1});
        counts.put("--set-minsupplies", new int[] {1, 1});
        counts.put("--set-powerdownflag", new int[] {1, 1});
        return counts;
    }

    /// Carries out one option.
    void apply(String option, List<String> values) throws Wrong {
        checkWords(option, values);
        boolean set = option.startsWith("--set-");
        switch (option.substring(6)) {
            case "mode" -> mode(values.getFirst());
            case "monitor" -> monitor(values, set);
            case "listen" -> listen(values, set);
            case "device" -> device(values, set);
            case "user" -> user(values, set);
            case "notifyflags" -> notifyflags(values, set);
            case "notifymsg" -> {
                String type = type(values.getFirst()).name();
                put(type, List.of("NOTIFYMSG", type, values.get(1)));
            }
            case "minsupplies" -> {
                var number = Values.number(values.getFirst());
                if (number.isEmpty() || number.getAsInt() < 0) {
                    throw new Wrong("invalid min. power supplies specification: \"" + values.getFirst() + '"');
                }
                single("MINSUPPLIES", values.getFirst());
            }
            default -> single(option.substring(6).toUpperCase(Locale.ROOT), values.getFirst());
        }
    }

    /// Nothing is written that would be read otherwise.
    private static void checkWords(String option, List<String> values) throws Wrong {
        for (String value : values) {
            if (value.length() > Lexer.WORD_LIMIT) {
                throw new Wrong("a word of a configuration file has " + Lexer.WORD_LIMIT + " bytes at most, not "
                        + value.length() + ": " + option);
            }
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                    throw new Wrong("only plain ASCII text without line breaks can be written: " + option);
                }
            }
        }
    }

    private ConfFile upsmon() throws Wrong {
        return files.conf(UpsmonConf.FILE);
    }

    private void single(String word, String value) throws Wrong {
        upsmon().replace(_ -> true, List.of(word, value));
    }

    private void put(String type, List<String> line) throws Wrong {
        upsmon().replace(words -> words.size() > 1 && words.get(1).equalsIgnoreCase(type), line);
    }

    private void mode(String mode) throws Wrong {
        if (!MODES.contains(mode)) {
            throw new Wrong("Unknown NUT mode: \"" + mode + "\" (one of " + String.join(", ", MODES) + ')');
        }
        files.nutConf().assign(NutVariable.MODE.word(), mode);
    }

    private void monitor(List<String> values, boolean set) throws Wrong {
        String sys = values.get(0) + "@" + values.get(1);
        try {
            UpsAddress.ofUps(sys);
        } catch (UpsAddress.Malformed _) {
            throw new Wrong("failed to parse host specification \"" + values.get(1) + '"');
        }
        var power = Values.number(values.get(2));
        if (power.isEmpty() || power.getAsInt() < 0) {
            throw new Wrong("failed to parse power value \"" + values.get(2) + '"');
        }
        List<String> line = List.of("MONITOR", sys, values.get(2), values.get(3), values.get(4), role(values.get(5)));
        if (set && begun.add("monitor")) {
            upsmon().replace(_ -> true, line);
        } else {
            upsmon().replace(words -> words.size() > 1 && words.get(1).equals(sys), line);
        }
    }

    /// The role in the words of today.
    private static String role(String word) throws Wrong {
        return switch (word) {
            case "primary", "master" -> "primary";
            case "secondary", "slave" -> "secondary";
            default -> throw new Wrong("the role of an upsmon is primary or secondary, not \"" + word + '"');
        };
    }

    private void listen(List<String> values, boolean set) throws Wrong {
        if (values.size() > 1) {
            var port = Values.number(values.get(1));
            if (port.isEmpty() || port.getAsInt() < 1 || port.getAsInt() > 65535) {
                throw new Wrong("failed to parse port specification \"" + values.get(1) + '"');
            }
        }
        var line = new ArrayList<String>();
        line.add("LISTEN");
        line.addAll(values);
        ConfFile file = files.conf(UpsdConf.FILE);
        if (set && begun.add("listen")) {
            file.replace(_ -> true, line);
        } else if (!file.words("LISTEN").contains(line)) {
            file.add(line);
        }
    }

    private static String section(String name) throws Wrong {
        if (name.isBlank() || name.indexOf('[') >= 0 || name.indexOf(']') >= 0 || name.indexOf(' ') >= 0) {
            throw new Wrong("\"" + name + "\" is no name for a section");
        }
        return name;
    }

    private void device(List<String> values, boolean set) throws Wrong {
        ConfFile file = files.conf(UpsConf.FILE);
        String name = section(values.getFirst());
        if (set && begun.add("device")) {
            file.removeSections();
        }
        file.set(name, "driver", values.get(1));
        file.set(name, "port", values.get(2));
        for (String extra : values.subList(3, values.size())) {
            int equals = extra.indexOf('=');
            if (equals <= 0) {
                throw new Wrong("option extra argument '" + extra + "' is illegal (write key=value)");
            }
            file.set(name, extra.substring(0, equals), extra.substring(equals + 1));
        }
    }

    private void user(List<String> values, boolean set) throws Wrong {
        ConfFile file = files.conf(UpsdUsers.FILE);
        String first = values.getFirst();
        boolean upsmon = first.startsWith("upsmon=");
        if (first.equals("upsmon")) {
            throw new Wrong("upsmon user specification requires monitor mode (upsmon=primary or upsmon=secondary)");
        }
        String name = upsmon ? "upsmon" : section(first);
        if (set && begun.add("user")) {
            file.removeSections();
        }
        if (upsmon) {
            role(file, name, first.substring(7));
        }
        for (String value : values.subList(1, values.size())) {
            int equals = value.indexOf('=');
            String key = equals < 0 ? value : value.substring(0, equals);
            switch (equals < 0 ? "" : key) {
                case "password" -> file.set(name, key, value.substring(equals + 1));
                case "upsmon" -> role(file, name, value.substring(equals + 1));
                case "actions", "instcmds" -> file.addTo(name, List.of(key, "=", value.substring(equals + 1)));
                case "" -> throw new Wrong("Illegal user attribute specification: \"" + value + '"');
                default -> throw new Wrong("Unknown user attribute: \"" + key + '"');
            }
        }
        if (values.size() == 1 && !upsmon) {
            throw new Wrong(
                    "user " + name + " has no attributes (password=..., actions=..., instcmds=..., upsmon=...)");
        }
    }

    private static void role(ConfFile file, String user, String word) throws Wrong {
        String role = role(word);
        file.removeFrom(user, "upsmon");
        file.addTo(user, List.of("upsmon", role));
    }

    private static NotifyType type(String word) throws Wrong {
        Optional<NotifyType> type = NotifyType.named(word);
        if (type.isEmpty()) {
            var names = new ArrayList<String>();
            for (NotifyType known : NotifyType.values()) {
                names.add(known.name());
            }
            throw new Wrong("failed to parse notification type specification \"" + word + '"'
                    + Nearest.of(word, names)
                            .map(near -> ", did you mean " + near + "?")
                            .orElse(""));
        }
        return type.get();
    }

    private void notifyflags(List<String> values, boolean set) throws Wrong {
        NotifyType type = type(values.getFirst());
        var flags = EnumSet.noneOf(NotifyFlag.class);
        if (!set) {
            flags.addAll(STANDARD);
            for (List<String> line : upsmon().words("NOTIFYFLAG")) {
                if (line.size() > 2 && line.get(1).equalsIgnoreCase(type.name())) {
                    flags.clear();
                    for (String word : line.get(2).split("\\+", -1)) {
                        flags.add(flag(word));
                    }
                }
            }
        }
        for (String value : values.subList(1, values.size())) {
            flags.add(flag(value));
        }
        if (flags.size() > 1) {
            flags.remove(NotifyFlag.IGNORE);
        }
        var text = new StringBuilder();
        for (NotifyFlag flag : flags) {
            text.append(text.isEmpty() ? "" : "+").append(flag);
        }
        put(type.name(), List.of("NOTIFYFLAG", type.name(), text.toString()));
    }

    private static NotifyFlag flag(String word) throws Wrong {
        for (NotifyFlag flag : NotifyFlag.values()) {
            if (flag.name().equals(word)) {
                return flag;
            }
        }
        throw new Wrong("failed to parse notification flag \"" + word + "\" (SYSLOG, WALL, EXEC or IGNORE)");
    }
}
