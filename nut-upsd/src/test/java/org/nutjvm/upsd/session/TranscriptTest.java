package org.nutjvm.upsd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nutjvm.common.wire.Request;
import org.nutjvm.common.wire.Words;

/// What a C upsd answered (`record.py` beside the transcripts), word for word.
class TranscriptTest {
    private static final String ID = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}";

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersAsRecorded(Path file) throws IOException {
        var recorded = new ArrayList<String>();
        var replayed = new ArrayList<String>();
        var requests = new StringBuilder();
        for (var line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            recorded.add(line.startsWith("! ") ? "! " + Words.split(line.substring(2)) : line);
            if (line.startsWith("> ")) {
                requests.append(line, 2, line.length()).append('\n');
            }
        }
        var scripted = new Scripted();
        byte[] bytes = requests.toString().getBytes(StandardCharsets.ISO_8859_1);
        var reader = new RequestReader();
        for (int at = 0; at < bytes.length; at = reader.next()) {
            assertEquals(RequestReader.Found.LINE, reader.read(bytes, at, bytes.length));
            var text = new String(bytes, at, reader.next() - at - 1, StandardCharsets.ISO_8859_1);
            text.lines().forEach(line -> replayed.add("> " + line));
            if (text.isEmpty()) {
                replayed.add("> ");
            }
            replay(scripted, Request.of(reader.words()), replayed);
        }
        assertEquals(String.join("\n", recorded), String.join("\n", replayed));
    }

    private static void replay(Scripted scripted, Request request, List<String> replayed) {
        var answer = scripted.conversation.answer(scripted.session, request, 0);
        answer.text().lines().forEach(line -> replayed.add("< " + line.replaceAll(ID, "<id>")));
        if (answer.action() instanceof Answer.Action.Tell(var _, var told, var _)) {
            replayed.add("! " + Words.split(told.text().replaceAll(ID, "<id>")));
        }
    }

    static List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(Scripted.TRANSCRIPTS)) {
            return files.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
        }
    }
}
