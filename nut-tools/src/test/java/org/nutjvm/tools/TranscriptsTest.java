package org.nutjvm.tools;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What C's programs and a C upsd said to each other, recorded by `src/test/scripts/record-transcripts.py`: asked by
/// the same command line and given the same replies, ours ask the same and leave the same behind.
class TranscriptsTest {
    private static final Map<String, String> QUIET = Map.of("NUT_QUIET_OK_NOTRACKING", "true");

    private record Transcript(
            List<String> command,
            List<String> requests,
            Map<String, Deque<String>> replies,
            String out,
            String firstErrLine,
            int exitCode) {
        static Transcript read(Path file) throws IOException {
            var command = List.<String>of();
            var requests = new ArrayList<String>();
            var replies = new HashMap<String, Deque<String>>();
            var out = new StringBuilder();
            String err = "";
            int exitCode = -1;
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                String text = line.substring(2);
                switch (line.charAt(0)) {
                    case '$' -> command = List.of(text.split(" ", -1));
                    case '>' -> {
                        requests.add(text);
                        replies.computeIfAbsent(text, _ -> new ArrayDeque<>()).add("");
                    }
                    case '<' -> {
                        var all = replies.computeIfAbsent(requests.getLast(), _ -> new ArrayDeque<>());
                        all.add(all.removeLast() + text + "\n");
                    }
                    case '|' -> out.append(text).append('\n');
                    case '!' -> err = text;
                    case '=' -> exitCode = Integer.parseInt(text);
                    default -> throw new IllegalArgumentException(line);
                }
            }
            return new Transcript(command, requests, replies, out.toString(), err, exitCode);
        }

        private String answer(String request) {
            var replies = this.replies.getOrDefault(request, new ArrayDeque<>());
            return replies.isEmpty() ? "ERR UNKNOWN-COMMAND\n" : replies.removeFirst();
        }
    }

    static List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path directory() throws Exception {
        var url = TranscriptsTest.class.getResource("/transcripts");
        assertFalse(url == null, "no transcripts");
        return Path.of(url.toURI());
    }

    @ParameterizedTest
    @MethodSource("names")
    void sameAsC(String name) throws Exception {
        var recorded = Transcript.read(directory().resolve(name));
        try (var upsd = new FakeUpsd(recorded::answer)) {
            var words = new ArrayList<String>();
            for (String word : recorded.command) {
                words.add(word.replace("HOST", upsd.address()));
            }
            var ran = Ran.of(QUIET, "", words.getFirst(), words.subList(1, words.size()));
            var requests = new ArrayList<>(upsd.requests);
            if (recorded.firstErrLine.equals("Error: Unknown UPS")) {
                requests.remove("LIST UPS"); // for the hint
            }
            var expected = new ArrayList<>(recorded.requests);
            if (name.startsWith("upsrw-list")) { // ours ask for all details together
                requests.sort(null);
                expected.sort(null);
            }
            assertAll(
                    () -> assertEquals(recorded.out, ran.out()),
                    () -> assertEquals(recorded.firstErrLine, ran.firstErrLine()),
                    () -> assertEquals(recorded.exitCode, ran.exitCode()),
                    () -> assertEquals(expected, requests));
        }
    }
}
