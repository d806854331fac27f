package org.nutjvm.upsd.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.common.wire.Request;
import org.nutjvm.common.wire.Words;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;

/// A whole life between upsd and a driver: the driver says something or nothing, comes, goes and comes again, clients
/// give it commands with tracking, time passes, in any order. What is silent is stale, what is gone is not known, only
/// what
/// was asked has an answer, and what goes to the driver it can read.
public final class DriverDialogueFuzz {
    private static final long MAXAGE = 15;
    private static final int STEPS = 200;

    private static final UpsdUsers USERS = UpsdUsers.of(ConfReader.parse(
            "upsd.users",
            "[admin]\npassword = x\nactions = SET\ninstcmds = ALL\n".getBytes(StandardCharsets.US_ASCII)));

    private final Device device = new Device("ups", null);
    private final Tracking tracking;
    private final DriverFeed feed;
    private final Conversation conversation;
    private final Session session = new Session(1, "192.0.2.1");
    private final List<String> ids = new ArrayList<>();
    private boolean connected;
    private long now;
    private long heard;

    private DriverDialogueFuzz() {
        long[] random = {1};
        tracking = new Tracking(() -> random[0]++ * 0x9e37_79b9_7f4a_7c15L);
        feed = new DriverFeed(device, tracking);
        var devices = new Devices();
        devices.replace(List.of(device));
        conversation = new Conversation(devices, USERS, tracking, Descriptions.NONE, "2.8.5");
        for (String line : List.of("USERNAME admin", "PASSWORD x", "SET TRACKING ON")) {
            ask(line);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) {
        var input = new Input(data);
        var life = new DriverDialogueFuzz();
        for (int i = 0; i < STEPS && input.left() > 0; i++) {
            life.step(input);
        }
    }

    private void step(Input input) {
        switch (input.next() % 8) {
            case 0 -> {
                if (connected) {
                    feed.disconnected();
                }
                feed.connected(now);
                connected = true;
                heard = now;
                Must.hold(
                        device.tree().vars().keySet().equals(Set.of("ups.status"))
                                && "WAIT".equals(device.tree().value("ups.status")),
                        "knows a driver's data before it has said any");
            }
            case 1 -> {
                feed.disconnected();
                connected = false;
            }
            case 2 -> pass(input.next());
            case 3 -> ask("INSTCMD ups " + word(input));
            case 4 -> ask("SET VAR ups " + word(input) + " \"" + word(input) + "\"");
            case 5 -> result(input);
            default -> says(input.upTo('\u00ff'));
        }
        check();
    }

    private static String word(Input input) {
        return input.upTo('\u00fe').replaceAll("[^A-Za-z0-9. -]", "");
    }

    private void pass(int seconds) {
        now += seconds;
        if (connected && feed.pingDue(now, MAXAGE)) {
            feed.pinged(now);
            Must.hold(!feed.pingDue(now, MAXAGE), "pings twice at once");
        }
    }

    private void says(String text) {
        if (connected) {
            byte[] bytes = (text + '\n').getBytes(StandardCharsets.ISO_8859_1);
            feed.read(bytes, bytes.length, now);
            heard = now;
        }
    }

    /// The driver answers one of the commands it was given, or one that nobody gave.
    private void result(Input input) {
        int which = input.next();
        String id = which < ids.size() ? ids.get(which) : "00000000-0000-4000-8000-00000000000" + which % 10;
        int status = input.next() % 7;
        String before = ask("GET TRACKING " + id);
        says("TRACKING " + id + ' ' + status);
        String after = ask("GET TRACKING " + id);
        Must.hold(which < ids.size() || before.equals(after), "an answer to what nobody asked: " + before + after);
        Must.hold(after.matches("(PENDING|SUCCESS|ERR [A-Z-]+)\n"), "an answer of its own: " + after);
    }

    private String ask(String line) {
        var answer = conversation.answer(session, Request.of(Words.split(line)), now);
        if (answer.action() instanceof Answer.Action.Tell(var to, var request, var otherwise)) {
            Must.hold(connected && to == device, "tells a driver that is not there: " + line);
            String text = request.text();
            Must.hold(text.indexOf('\n') < 0 && !otherwise.text().isEmpty(), "a line break in " + text);
            var back = DriverRequest.of(Words.split(text));
            Must.hold(back.equals(request), text + " is heard as " + back);
            if (answer.text().startsWith("OK TRACKING ")) {
                ids.add(answer.text().substring("OK TRACKING ".length()).strip());
            }
        }
        Must.hold(answer.text().endsWith("\n"), "no answer to " + line);
        return answer.text();
    }

    private void check() {
        feed.judge(now, MAXAGE);
        String answer = ask("GET VAR ups ups.status");
        if (!connected) {
            Must.hold(answer.equals("ERR DRIVER-NOT-CONNECTED\n"), "no driver, and " + answer);
        } else if (now - heard > MAXAGE + 1) {
            Must.hold(answer.equals("ERR DATA-STALE\n"), "silence for " + (now - heard) + " s, and " + answer);
        }
    }
}
