package org.nutjvm.upsd.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.UpsdUsers;

/// The server the transcripts were recorded with: `dummy`, whose driver has told everything, and `plain`, whose driver
/// never came.
final class Scripted {
    static final Path TRANSCRIPTS = Path.of("src", "test", "resources", "transcripts");

    final Devices devices = new Devices();
    final Device dummy = new Device("dummy", "A \"test\" device");
    final Tracking tracking = new Tracking(() -> 0x0123_4567_89ab_cdefL);
    final DriverFeed feed = new DriverFeed(dummy, tracking);
    final Conversation conversation;
    final Session session = new Session(1, "127.0.0.1");

    Scripted() throws IOException {
        devices.replace(List.of(dummy, new Device("plain", null)));
        var users = UpsdUsers.of(ConfReader.read(TRANSCRIPTS.resolve("users.conf")));
        conversation = new Conversation(devices, users, tracking, Descriptions.NONE, "1.2.3");
        feed.connected(0);
        byte[] lines = Files.readAllBytes(TRANSCRIPTS.resolve("driver.lines"));
        feed.read(lines, lines.length, 0);
        feed.judge(0, 15);
    }

    Answer ask(String line) {
        return ask(session, line);
    }

    Answer ask(Session who, String line) {
        byte[] bytes = (line + '\n').getBytes(StandardCharsets.ISO_8859_1);
        var reader = new RequestReader();
        if (reader.read(bytes, 0, bytes.length) != RequestReader.Found.LINE) {
            throw new IllegalArgumentException(line);
        }
        return conversation.answer(who, org.nutjvm.common.wire.Request.of(reader.words()), 0);
    }
}
