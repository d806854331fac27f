package org.nutjvm.upsd.session;

import java.util.List;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.state.DeviceTree;
import org.nutjvm.common.wire.Lexer;
import org.nutjvm.common.wire.Request;
import org.nutjvm.common.wire.Words;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;

/// What a driver sends to upsd, in pieces: limits hold, and no client is told what it cannot read.
public final class DriverSocketFuzz {
    private static final long MAXAGE = 15;

    private DriverSocketFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        int piece = 1 + input.next();
        var device = new Device("ups", null);
        var feed = new DriverFeed(device, new Tracking(() -> 1));
        var whole = new Device("ups", null);
        var atOnce = new DriverFeed(whole, new Tracking(() -> 1));
        feed.connected(0);
        atOnce.connected(0);
        byte[] all = input.rest();
        int notes = 0;
        long now = 0;
        for (int at = 0; at < all.length; at += piece) {
            int length = Math.min(piece, all.length - at);
            byte[] bytes = java.util.Arrays.copyOfRange(all, at, at + length);
            notes += feed.read(bytes, length, ++now).size();
        }
        atOnce.read(all, all.length, now);
        Must.hold(notes <= 5, "complains without end");
        var tree = device.tree();
        Must.hold(tree.vars().equals(whole.tree().vars()), "pieces matter: " + tree.vars());
        Must.hold(tree.cmds().equals(whole.tree().cmds()), "pieces matter: " + tree.cmds());
        Must.hold(tree.vars().size() <= DeviceTree.NAME_LIMIT && tree.cmds().size() <= DeviceTree.NAME_LIMIT, "names");
        clientsCanRead(device);

        feed.judge(now + MAXAGE + 2, MAXAGE);
        Must.hold(device.stale(), "not stale after silence");
        feed.disconnected();
        Must.hold(tree.vars().isEmpty() && device.trouble() != null, "known after the driver went");
    }

    private static void clientsCanRead(Device device) {
        var devices = new Devices();
        devices.replace(List.of(device));
        var conversation = new Conversation(devices, UpsdUsers.NONE, new Tracking(() -> 1), Descriptions.NONE, "2.8.5");
        var session = new Session(1, "192.0.2.1");
        String list =
                conversation.answer(session, new Request.ListVar("ups"), 0).text();
        var lines = list.lines().toList();
        Must.hold(lines.size() == device.tree().vars().size() + 2, "lines in " + list);
        int at = 1;
        for (var variable : device.tree().vars().entrySet()) {
            String line = lines.get(at++);
            Must.hold(line.length() <= 8 * 1024, "no client reads a line of " + line.length());
            String value = variable.getValue().value();
            Must.hold(line.endsWith(Words.quote(value)), line + " does not tell " + value);
            String name = variable.getKey();
            if (name.matches("[A-Za-z0-9._-]+")) {
                Must.hold(Words.split(line).equals(List.of("VAR", "ups", name, value)), "read otherwise: " + line);
            }
            Must.hold(value.length() <= Lexer.WORD_LIMIT, "length of " + name);
            for (var request : List.of(
                    new Request.GetType("ups", name),
                    new Request.ListEnum("ups", name),
                    new Request.ListRange("ups", name),
                    new Request.GetVar("ups", name))) {
                String text = conversation.answer(session, request, 0).text();
                // Names under server. are the server's own.
                boolean own = request instanceof Request.GetVar && name.regionMatches(true, 0, "server.", 0, 7);
                Must.hold(text.endsWith("\n") && (own || !text.startsWith("ERR")), request + ": " + text);
            }
        }
    }
}
