package org.nutjvm.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.ConfReader;

/// The same texts to our parser and to NUT's C parser, taken from Debian's libupsclient-dev and compiled here:
/// both have to see the same words, errors and dropped bytes, as a file, as a line and byte by byte.
class LexerAgainstCTest {
    private static final long SEED = 20_020_707;
    private static final int RANDOM_TEXTS = 12_000;
    private static final String GET_IT = "apt-get install gcc libupsclient-dev brings the C parser to compare with";

    /// One question. The text has a character per byte.
    private record Case(char mode, String text) {
        byte[] input() {
            return NastyLines.bytes(text);
        }
    }

    @TempDir
    private Path dir;

    @Test
    void everyTextGivesTheWordsThatCGives() throws Exception {
        System.out.println("comparing with C's parser, seed " + SEED);
        var texts = new ArrayList<>(NastyLines.byHand());
        texts.addAll(NastyLines.exhaustive());
        texts.addAll(NastyLines.random(SEED, RANDOM_TEXTS));
        var cases = new ArrayList<Case>();
        for (byte[] bytes : texts) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            cases.add(new Case('F', text));
            cases.add(new Case('C', text));
            cases.add(new Case('L', text.replace("\0", "")));
            cases.add(new Case('Q', text.replace("\0", "")));
        }
        List<List<Answer>> c = answersOfC(compile(), cases);
        assertEquals(cases.size(), c.size());
        for (int i = 0; i < cases.size(); i++) {
            Case one = cases.get(i);
            List<Answer> ours = ours(one);
            if (!ours.equals(c.get(i))) {
                fail("mode " + one.mode + ", text " + shown(one.input()) + "\nC:    " + c.get(i) + "\nours: " + ours);
            }
        }
    }

    private static List<Answer> ours(Case one) {
        return switch (one.mode) {
            case 'F' -> file(one.input());
            case 'C' -> chars(one.input());
            case 'L' -> List.of(line(one.input()));
            default -> List.of(new Answer('q', 0, 0, 0, List.of(Words.escape(one.text)), ""));
        };
    }

    private static List<Answer> file(byte[] text) {
        var answers = new ArrayList<Answer>();
        var lexer = new Lexer();
        int line = 1;
        for (byte b : text) {
            Lexer.Event event = lexer.feed(b);
            if (event != Lexer.Event.MORE) {
                answers.add(Answer.of(event == Lexer.Event.LINE ? 'w' : 'e', line++, lexer));
                lexer.reset();
            }
        }
        if (lexer.finishFile()) {
            answers.add(Answer.of('w', line, lexer));
            lexer.reset();
        }
        var left = Answer.of('p', 0, lexer);
        answers.add(new Answer('p', 0, left.discarded(), left.first(), List.of(), ""));
        sameFromConfReader(text, answers);
        return answers;
    }

    /// The reader of whole files adds nothing and loses nothing but lines without words.
    private static void sameFromConfReader(byte[] text, List<Answer> answers) {
        var expected = new ArrayList<String>();
        for (Answer answer : answers) {
            if (answer.kind() == 'w' && !answer.words().isEmpty()) {
                expected.add(answer.line() + " " + answer.words());
            }
        }
        var read = new ArrayList<String>();
        for (ConfLine line : ConfReader.parse("f", text).lines()) {
            read.add(line.logicalLine() + " " + line.words());
        }
        assertEquals(expected, read, () -> shown(text));
    }

    private static List<Answer> chars(byte[] text) {
        var answers = new ArrayList<Answer>();
        var lexer = new Lexer();
        boolean open = false;
        for (byte b : text) {
            Lexer.Event event = lexer.feed(b);
            open = event == Lexer.Event.MORE;
            if (!open) {
                answers.add(Answer.of(event == Lexer.Event.LINE ? 'w' : 'e', 0, lexer));
            }
        }
        if (open) {
            answers.add(Answer.of('p', 0, lexer));
        }
        return answers;
    }

    private static Answer line(byte[] text) {
        var lexer = new Lexer();
        char kind = 'w';
        boolean whole = true;
        for (byte b : text) {
            Lexer.Event event = lexer.feed(b);
            if (event != Lexer.Event.MORE) {
                kind = event == Lexer.Event.ERROR ? 'e' : 'w';
                whole = false;
                break;
            }
        }
        if (whole) {
            lexer.finishLine();
        }
        assertEquals(lexer.words(), Words.split(new String(text, StandardCharsets.ISO_8859_1)), () -> shown(text));
        return Answer.of(kind, 1, lexer);
    }

    private static String shown(byte[] text) {
        var shown = new StringBuilder("\"");
        for (byte b : text) {
            if (b >= ' ' && b < 127 && b != '"' && b != '\\') {
                shown.append((char) b);
            } else {
                shown.append(String.format("\\%03o", b & 0xff));
            }
        }
        return shown.append('"').toString();
    }

    private List<List<Answer>> answersOfC(Path program, List<Case> cases) throws Exception {
        Path in = dir.resolve("in");
        Path out = dir.resolve("out");
        try (var to = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(in)))) {
            for (Case one : cases) {
                to.writeByte(one.mode);
                to.writeInt(one.text.length());
                to.write(one.input());
            }
        }
        Process process = new ProcessBuilder(program.toString())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(dir.resolve("err").toFile())
                .start();
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the C parser did not come to an end");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), "exit code of the C parser");
        var answers = new ArrayList<List<Answer>>(cases.size());
        try (var from = new DataInputStream(new BufferedInputStream(Files.newInputStream(out)))) {
            for (int i = 0; i < cases.size(); i++) {
                answers.add(Answer.read(from));
            }
            assertEquals(-1, from.read(), "more answers than questions");
        }
        return answers;
    }

    /// The program around C's parser, or a skipped test where the machine has not what it is made of.
    private Path compile() throws Exception {
        Path program = dir.resolve("parseconf-answers");
        String library;
        try {
            library = output("gcc", "-print-file-name=libupsclient.a").strip();
        } catch (IOException e) {
            throw Assumptions.<RuntimeException>abort("no gcc: " + GET_IT);
        }
        Assumptions.assumeTrue(library.startsWith("/"), "no libupsclient.a: " + GET_IT);
        Path source = Path.of("src", "test", "c", "parseconf-answers.c");
        String said = output("gcc", "-O1", "-o", program.toString(), source.toString(), library);
        assertTrue(Files.isExecutable(program), said);
        return program;
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "gcc did not come to an end");
        return said;
    }
}
