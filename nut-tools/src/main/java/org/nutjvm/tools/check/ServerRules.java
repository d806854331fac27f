package org.nutjvm.tools.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.NutConf;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UserField;
import org.nutjvm.common.conf.Values;
import org.nutjvm.tools.check.ConfSet.Part;

/// What is wrong with nut.conf, upsd.conf and upsd.users, beyond what their parsers say.
final class ServerRules {
    private ServerRules() {}

    /// @param live whether nothing can be missing that is not missing on the machine itself
    static void look(ConfSet set, boolean live, Findings found) {
        mode(set, live, found);
        set.upsd().ifPresent(upsd -> listen(set, upsd, found));
        set.part(UpsdUsers.FILE).ifPresent(part -> users(set, part, found));
    }

    private static void mode(ConfSet set, boolean live, Findings found) {
        String file = set.file(NutConf.FILE);
        boolean devices = set.ups().map(c -> !c.sections().isEmpty()).orElse(false);
        boolean monitors = set.upsmon().map(c -> !c.monitors().isEmpty()).orElse(false);
        boolean users = set.users().map(c -> !c.users().isEmpty()).orElse(false);
        boolean upsmon = set.part(UpsmonConf.FILE).map(Part::active).orElse(false);
        if (set.mode().equals("none") && (devices || monitors || users || upsmon)) {
            found.add(
                    Mistake.MODE_NONE,
                    devices || monitors ? Level.WARNING : Level.NOTICE,
                    file,
                    modeLine(set),
                    Mistake.MODE_NONE.meaning(),
                    "set MODE=standalone, netserver or netclient");
        }
        if (set.mode().equals("netclient") && devices && watchesLocal(set)) {
            found.add(Mistake.MODE_NETCLIENT, file, modeLine(set), Mistake.MODE_NETCLIENT.meaning());
        }
        for (String needed : set.serves()
                ? List.of(UpsConf.FILE, UpsdConf.FILE, UpsdUsers.FILE, UpsmonConf.FILE)
                : set.watches() ? List.of(UpsmonConf.FILE) : List.<String>of()) {
            if (set.part(needed).isEmpty() && !set.unreadable().containsKey(needed)) {
                found.add(
                        Mistake.MISSING_FILE,
                        !live ? Level.NOTICE : needed.equals(UpsdUsers.FILE) ? Level.WARNING : Level.ERROR,
                        set.file(needed),
                        0,
                        "there is no " + needed + ", which MODE=" + set.mode() + " needs",
                        Mistake.MISSING_FILE.cure());
            }
        }
    }

    private static boolean watchesLocal(ConfSet set) {
        for (UpsmonConf.Monitor monitor : set.upsmon().map(UpsmonConf::monitors).orElse(List.of())) {
            if (LocalMonitors.local(monitor.sys())) {
                return true;
            }
        }
        return false;
    }

    /// The words of nut.conf are those of a shell, but its first word has the name all the same.
    static int modeLine(ConfSet set) {
        Optional<Part> part = set.part(NutConf.FILE);
        return part.isEmpty() ? 0 : part.get().line("MODE");
    }

    private static void listen(ConfSet set, UpsdConf upsd, Findings found) {
        String file = set.file(UpsdConf.FILE);
        var before = new ArrayList<String>();
        boolean local = true;
        for (UpsdConf.Listen listen : upsd.listen()) {
            if (!port(listen.port())) {
                found.add(
                        Mistake.LISTEN_PORT,
                        file,
                        listen.line(),
                        "LISTEN " + listen.address() + ": '" + listen.port() + "' is no port");
            }
            if (all(listen.address())) {
                found.add(
                        Mistake.LISTEN_ALL,
                        file,
                        listen.line(),
                        "LISTEN " + listen.address() + " serves every network this machine is in");
            }
            String key = listen.address().toLowerCase(Locale.ROOT) + ' ' + listen.port();
            if (before.contains(key)) {
                found.add(Mistake.REPEATED, file, listen.line(), "LISTEN " + key + " was said before");
            }
            before.add(key);
            local = local && loopback(listen.address());
        }
        if (local && set.mode().equals("netserver")) {
            boolean none = upsd.listen().isEmpty();
            found.add(
                    Mistake.LISTEN_LOCAL,
                    file,
                    none ? 0 : upsd.listen().getLast().line(),
                    none
                            ? "MODE=netserver, but without LISTEN upsd serves this machine only"
                            : "MODE=netserver, but LISTEN names this machine's own addresses only");
        }
    }

    /// A number, or what may be the name of a service.
    private static boolean port(String word) {
        var number = Values.number(word);
        if (number.isPresent()) {
            return number.getAsInt() >= 0 && number.getAsInt() <= 65535;
        }
        boolean letters = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && c != '-' && c != '_' && (c < '0' || c > '9')) {
                return false;
            }
            letters = letters || letter;
        }
        return letters;
    }

    static boolean all(String address) {
        return address.equals("*") || address.equals("0.0.0.0") || address.equals("::") || address.equals("::0");
    }

    static boolean loopback(String address) {
        return address.equals("localhost")
                || address.equals("ip6-localhost")
                || address.equals("::1")
                || (address.startsWith("127.") && !address.contains(" "));
    }

    private static void users(ConfSet set, Part part, Findings found) {
        for (UpsdUsers.User user : set.users().map(UpsdUsers::users).orElse(List.of())) {
            if (user.password().isEmpty()) {
                found.add(
                        Mistake.USER_NO_PASSWORD,
                        part.file(),
                        user.line(),
                        "[" + user.name() + "] has no password, so nobody can log in as " + user.name());
            }
        }
        for (ConfLine line : part.text().lines()) {
            String field = line.word(0);
            boolean equals = line.word(1).equals("=");
            if (UserField.UPSMON.word().equalsIgnoreCase(field)) {
                OldRole.look(part, line, equals ? line.word(2) : line.word(1), found);
            }
            if (!equals || line.size() <= 3) {
                continue;
            }
            if (UserField.PASSWORD.word().equalsIgnoreCase(field)) {
                found.add(
                        Mistake.UNQUOTED_VALUE,
                        part.file(),
                        line.line(),
                        "a password has " + (line.size() - 2) + " words, of which the first alone counts");
            } else if (UserField.ACTIONS.word().equalsIgnoreCase(field)
                    || UserField.INSTCMDS.word().equalsIgnoreCase(field)) {
                found.add(
                        Mistake.SEVERAL_ON_A_LINE,
                        part.file(),
                        line.line(),
                        field + ": " + String.join(", ", line.words().subList(2, line.size())) + " each count");
            }
        }
    }
}
