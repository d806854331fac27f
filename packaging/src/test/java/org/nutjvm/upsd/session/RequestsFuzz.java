package org.nutjvm.upsd.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.common.wire.Request;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;

/// What clients send to upsd: where lines end, what is answered, and that nobody who may not changes anything.
public final class RequestsFuzz {
    private static final int ANSWER_LIMIT = 64 * 1024;

    private static final UpsdUsers USERS =
            UpsdUsers.of(ConfReader.parse("upsd.users", """
            [admin]
            password = geheim
            actions = SET FSD
            instcmds = ALL
            [mon]
            password = pass
            upsmon primary
            """.getBytes(StandardCharsets.US_ASCII)));

    private RequestsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        int cut = input.next();
        byte[] sent = input.rest();
        var requests = requests(sent);
        cutsDoNotMatter(sent, cut, requests);

        var device = device();
        var devices = new Devices();
        devices.replace(List.of(device));
        long[] random = {1};
        var conversation =
                new Conversation(devices, USERS, new Tracking(() -> random[0]++), Descriptions.NONE, "2.8.5");
        var session = new Session(1, "192.0.2.1");
        long now = 0;
        for (var words : requests) {
            var request = Request.of(words);
            String claimed = session.username();
            String proved = session.password();
            boolean fsd = device.fsd();
            long version = device.tree().version();
            var answer = conversation.answer(session, request, now++);
            check(answer);
            boolean admin = "admin".equals(claimed) && "geheim".equals(proved);
            boolean mon = "mon".equals(claimed) && "pass".equals(proved);
            Must.hold(admin || mon || device.fsd() == fsd, "FSD by anybody: " + words);
            Must.hold(admin || !(answer.action() instanceof Answer.Action.Tell), "told the driver: " + words);
            Must.hold(admin || mon || device.logins().isEmpty(), "logged in: " + words);
            Must.hold(device.tree().version() == version, "a client changed what the driver said: " + words);
            Must.hold(device.logins().size() <= 1, "logged in more than once");
        }
        session.leave();
        Must.hold(device.logins().isEmpty(), "still logged in after it left");
    }

    private static List<List<String>> requests(byte[] sent) {
        var reader = new RequestReader();
        var all = new ArrayList<List<String>>();
        int at = 0;
        while (at < sent.length) {
            var found = reader.read(sent, at, sent.length);
            if (found != RequestReader.Found.LINE) {
                return all;
            }
            Must.hold(reader.next() > at && reader.next() <= sent.length, "gets on");
            Must.hold(sent[reader.next() - 1] == '\n', "a line ends at its end");
            Must.hold(reader.next() - at <= RequestReader.LINE_LIMIT, "a line's length");
            all.add(reader.words());
            at = reader.next();
        }
        return all;
    }

    /// The same bytes in two pieces are the same lines.
    private static void cutsDoNotMatter(byte[] sent, int cut, List<List<String>> expected) {
        int first = Math.min(cut, sent.length);
        var reader = new RequestReader();
        var all = new ArrayList<List<String>>();
        int at = 0;
        for (int end : new int[] {first, sent.length}) {
            while (at < end && reader.read(sent, at, end) == RequestReader.Found.LINE) {
                all.add(reader.words());
                at = reader.next();
            }
        }
        Must.hold(all.equals(expected), "cut at " + first + ": " + all + " is not " + expected);
    }

    private static void check(Answer answer) {
        String text = answer.text();
        Must.hold(text.endsWith("\n"), "an answer without an end: " + text);
        Must.hold(text.length() <= ANSWER_LIMIT, "an answer of " + text.length());
        Must.hold(text.chars().allMatch(c -> c == '\n' || (c >= 0x20 && c <= 0x7f)), "not text: " + text);
        var lines = text.lines().toList();
        boolean list = text.startsWith("BEGIN LIST ");
        if (list) {
            Must.hold(lines.getLast().equals("END" + lines.getFirst().substring(5)), "ends otherwise: " + text);
        } else {
            Must.hold(lines.size() == 1, "more than a line: " + text);
        }
        if (text.startsWith("ERR ")) {
            Must.hold(text.matches("ERR [A-Z-]+\\n"), "an error of its own: " + text);
        }
    }

    private static Device device() {
        var device = new Device("ups", "in the \"cellar\"");
        device.connected(true);
        device.stale(false);
        var tree = device.tree();
        tree.setinfo("ups.status", "OL");
        tree.setinfo("battery.charge", "100");
        tree.setinfo("ups.id", "a \\ and a \" and a #");
        tree.apply(new DriverLine.SetFlags("ups.id", List.of("RW", "STRING")));
        tree.setAux("ups.id", 8);
        tree.setinfo("input.transfer.low", "180");
        tree.apply(new DriverLine.SetFlags("input.transfer.low", List.of("RW")));
        tree.apply(new DriverLine.AddRange("input.transfer.low", 170, 200));
        tree.setinfo("ups.beeper.status", "enabled");
        tree.apply(new DriverLine.SetFlags("ups.beeper.status", List.of("RW")));
        tree.addEnum("ups.beeper.status", "enabled");
        tree.addEnum("ups.beeper.status", "disabled");
        tree.addCmd("load.off");
        tree.addCmd("test.battery.start");
        return device;
    }
}
