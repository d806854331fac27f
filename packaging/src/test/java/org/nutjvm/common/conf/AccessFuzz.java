package org.nutjvm.common.conf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;

/// Who may log in from where (hosts.allow, hosts.deny), and as whom clients log in (nutauth.conf); the first byte says
/// which. Two texts are parted by `0xff`: the two files, or the file and what it includes.
public final class AccessFuzz {
    private static final Path FILE = Path.of("/etc/nut/x.conf");

    private static final byte[][] ADDRESSES = {
        {127, 0, 0, 1}, {(byte) 192, 0, 2, 7}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
    };

    private AccessFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        if (input.next() % 2 == 0) {
            hosts(input.upTo('\u00ff'), input.text());
        } else {
            auth(
                    input.upTo('\u00ff').getBytes(StandardCharsets.ISO_8859_1),
                    input.text().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static void hosts(String allow, String deny) {
        var access = HostsAccess.of(allow, deny, "x.conf", "x.conf");
        byte[] both = (allow + '\n' + deny).getBytes(StandardCharsets.ISO_8859_1);
        Must.havePlaces(access.complaints(), "x.conf", both);
        // Whatever else they say: a last rule against everybody keeps out whom the first file does not let in.
        var closed = HostsAccess.of(allow, "ALL: ALL\n" + deny, "x.conf", "x.conf");
        var shut = HostsAccess.of("", "ALL: ALL\n" + deny, "x.conf", "x.conf");
        for (byte[] address : ADDRESSES) {
            for (String user : new String[] {"", "admin", "\u0000", "x".repeat(600)}) {
                Must.hold(!shut.mayLogIn(user, address), "let in against ALL: ALL");
                Must.hold(
                        access.mayLogIn(user, address) || !closed.mayLogIn(user, address),
                        "let in because of a rule against everybody");
                Must.hold(!access.open() || access.mayLogIn(user, address), "kept out without any rule");
            }
        }
    }

    private static void auth(byte[] text, byte[] included) {
        AuthConf conf;
        try {
            conf = read(text, included);
        } catch (ConfException e) {
            Must.hold(String.valueOf(e.getMessage()).length() > 5, "no reason: " + e);
            return;
        }
        for (var complaint : conf.complaints()) {
            Must.hold(complaint.line() >= 0 && !complaint.text().isBlank(), "where? " + complaint);
            Must.hold(Must.printable(complaint.text()), "a log line of it: " + complaint);
        }
        // The password of one user is never given for another.
        for (String host : new String[] {"localhost", "ups.example.org"}) {
            var anybody = conf.settings("", host, 3493);
            String theirs = anybody.value(AuthKey.USER).orElse("");
            var mine = conf.settings("somebody else", host, 3493);
            boolean ownSection = new String(text, StandardCharsets.ISO_8859_1).contains("somebody else")
                    || new String(included, StandardCharsets.ISO_8859_1).contains("somebody else");
            boolean foreign = !theirs.isEmpty() && mine.value(AuthKey.PASS).isPresent();
            Must.hold(ownSection || !foreign, "the password of " + theirs + " for somebody else");
        }
    }

    private static AuthConf read(byte[] text, byte[] included) throws ConfException {
        var asked = new ArrayList<Path>();
        var conf = AuthConfParser.load(FILE, file -> {
            asked.add(file);
            return ConfReader.parse(String.valueOf(file), asked.size() == 1 ? text : included);
        });
        Must.hold(asked.size() <= 64, "reads files without end: " + List.copyOf(asked));
        return conf;
    }
}
