package org.nutjvm.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpscmdTest {
    private static final Map<String, String> QUIET = Map.of("NUT_QUIET_OK_NOTRACKING", "true");
    private static final String ID = "1bd31808-cb49-4aec-9d75-d056e6f018d2";

    private record Talk(Ran ran, List<String> requests) {}

    private static Talk upscmd(UnaryOperator<String> answers, Map<String, String> env, String in, String... args)
            throws IOException {
        try (var upsd = new FakeUpsd(answers)) {
            var words = new ArrayList<String>();
            for (String arg : args) {
                words.add(arg.replace("%", upsd.address()));
            }
            var ran = Ran.of(env, in, "upscmd", words);
            return new Talk(ran, List.copyOf(upsd.requests));
        }
    }

    private static String upsd(String request) {
        return switch (request) {
            case "LIST CMD dummy" -> "BEGIN LIST CMD dummy\nCMD dummy load.off\nCMD dummy x.y\nEND LIST CMD dummy\n";
            case "GET CMDDESC dummy load.off" -> "CMDDESC dummy load.off \"Turn off the load\"\n";
            case "GET CMDDESC dummy x.y" -> "ERR CMD-NOT-SUPPORTED\n";
            case "LIST CMD nosuch" -> "ERR UNKNOWN-UPS\n";
            case "LIST UPS" -> "BEGIN LIST UPS\nEND LIST UPS\n";
            default -> "OK\n";
        };
    }

    @Test
    void list() throws IOException {
        var talk = upscmd(UpscmdTest::upsd, Map.of(), "", "-l", "dummy@%");
        assertEquals(
                new Ran(0, "Instant commands supported on UPS [dummy]:\n\nload.off - Turn off the load\nx.y\n", ""),
                talk.ran);
    }

    @Test
    void listAsJson() throws IOException {
        for (String[] args : new String[][] {{"-l", "-j", "dummy@%"}, {"-l", "dummy@%", "--json"}}) {
            assertEquals(
                    new Ran(0, "{\n  \"load.off\": \"Turn off the load\",\n  \"x.y\": null\n}\n", ""),
                    upscmd(UpscmdTest::upsd, Map.of(), "", args).ran);
        }
        var unknown = upscmd(UpscmdTest::upsd, Map.of(), "", "-l", "-j", "nosuch@%").ran;
        assertEquals(1, unknown.exitCode());
        assertEquals("{\"error\": \"Unknown UPS\"}\n", unknown.out());
    }

    @Test
    void listOfManyCommands() throws IOException {
        var rows = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            rows.append("CMD dummy outlet.").append(i).append(".load.off\n");
        }
        var talk = upscmd(
                request -> request.startsWith("LIST")
                        ? "BEGIN LIST CMD dummy\n" + rows + "END LIST CMD dummy\n"
                        : request.substring(4) + " \"" + "d".repeat(500) + "\"\n",
                Map.of(),
                "",
                "-l",
                "dummy@%");
        assertEquals(0, talk.ran.exitCode());
        assertEquals(502, talk.ran.out().lines().count());
        assertTrue(talk.ran.out().endsWith("\noutlet.499.load.off - " + "d".repeat(500) + "\n"));
    }

    @Test
    void unknownUps() throws IOException {
        var ran = upscmd(UpscmdTest::upsd, Map.of(), "", "-l", "nosuch@%").ran;
        assertEquals("Error: Unknown UPS", ran.firstErrLine());
        assertTrue(ran.err().contains("serves no UPS"), ran.err());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void command() throws IOException {
        var talk = upscmd(
                UpscmdTest::upsd, QUIET, "", "-u", "admin", "-p", "a b#", "dummy@%", "test.battery.start", "10 s");
        assertEquals(new Ran(0, "", "OK\n"), talk.ran);
        assertEquals(
                List.of("USERNAME admin", "PASSWORD \"a b\\#\"", "INSTCMD dummy test.battery.start \"10 s\"", "LOGOUT"),
                talk.requests);
    }

    @Test
    void valueMayLookLikeAnOption() throws IOException {
        var talk = upscmd(UpscmdTest::upsd, QUIET, "", "-u", "a", "-p", "b", "dummy@%", "load.off.delay", "-1");
        assertEquals("INSTCMD dummy load.off.delay -1", talk.requests.get(2));
    }

    @Test
    void okIsExplainedUnlessUnwanted() throws IOException {
        var ran = upscmd(UpscmdTest::upsd, Map.of(), "", "-u", "a", "-p", "b", "dummy@%", "load.off").ran;
        assertEquals("OK", ran.firstErrLine());
        assertTrue(ran.err().contains("NUT_QUIET_OK_NOTRACKING=true"), ran.err());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void userAndPasswordAreAskedFor() throws IOException {
        var talk = upscmd(UpscmdTest::upsd, QUIET, "admin\nsecret\n", "dummy@%", "load.off");
        assertEquals(List.of("USERNAME admin", "PASSWORD secret"), talk.requests.subList(0, 2));
        assertEquals("Username (" + System.getProperty("user.name") + "): ", talk.ran.out());
        assertEquals("Password: OK\n", talk.ran.err());
    }

    @Test
    void emptyAnswerMeansTheSystemsUser() throws IOException {
        var talk = upscmd(UpscmdTest::upsd, QUIET, "\nsecret", "dummy@%", "load.off");
        assertEquals("USERNAME " + System.getProperty("user.name"), talk.requests.getFirst());
        assertEquals("PASSWORD secret", talk.requests.get(1));
    }

    @Test
    void nobodyToAnswer() throws IOException {
        var talk = upscmd(UpscmdTest::upsd, QUIET, "", "dummy@%", "load.off");
        assertEquals("Error reading from stdin!", talk.ran.firstErrLine());
        assertEquals(1, talk.ran.exitCode());
        assertEquals(List.of("LOGOUT"), talk.requests);
    }

    @Test
    void refusal() throws IOException {
        var ran = upscmd(
                        request -> request.startsWith("INSTCMD") ? "ERR ACCESS-DENIED\n" : "OK\n",
                        QUIET,
                        "",
                        "-u",
                        "a",
                        "-p",
                        "b",
                        "dummy@%",
                        "load.off")
                .ran;
        assertEquals(new Ran(1, "", "Unexpected response from upsd: ERR ACCESS-DENIED\n"), ran);
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, 0", "ERR FAILED, 0", "ERR UNKNOWN, 0"})
    void outcomeIsWaitedFor(String outcome, int exitCode) throws IOException {
        var asked = new AtomicInteger();
        var talk = upscmd(
                request -> {
                    if (request.startsWith("INSTCMD")) {
                        return "OK TRACKING " + ID + "\n";
                    }
                    if (request.startsWith("GET TRACKING")) {
                        return asked.incrementAndGet() < 3 ? "PENDING\n" : outcome + "\n";
                    }
                    return "OK\n";
                },
                Map.of(),
                "",
                "-w",
                "-u",
                "a",
                "-p",
                "b",
                "dummy@%",
                "load.off");
        assertEquals(new Ran(exitCode, "", outcome + "\n"), talk.ran);
        assertEquals("SET TRACKING ON", talk.requests.get(2));
        assertEquals("GET TRACKING " + ID, talk.requests.get(4));
        assertEquals(3, asked.get());
    }

    @Test
    void outcomeNeverComes() throws IOException {
        var talk = upscmd(
                request -> request.startsWith("INSTCMD")
                        ? "OK TRACKING " + ID + "\n"
                        : request.startsWith("GET") ? "PENDING\n" : "OK\n",
                Map.of(),
                "",
                "-w",
                "-t1",
                "-ua",
                "-pb",
                "dummy@%",
                "load.off");
        assertEquals(new Ran(1, "", "Can't receive status tracking information: timeout\n"), talk.ran);
    }

    @Test
    void trackingRefused() throws IOException {
        var ran = upscmd(
                        request -> request.startsWith("SET") ? "ERR USERNAME-REQUIRED\n" : "OK\n",
                        Map.of(),
                        "",
                        "-w",
                        "-ua",
                        "-pb",
                        "dummy@%",
                        "load.off")
                .ran;
        assertEquals(
                new Ran(1, "", "Enabling command status tracking failed. upsd answered: ERR USERNAME-REQUIRED\n"), ran);
    }

    @Test
    void serverGoneBeforeTheAnswer() throws IOException {
        var ran = upscmd(
                        request -> request.startsWith("INSTCMD") ? "\0" : "OK\n",
                        Map.of(),
                        "",
                        "-ua",
                        "-pb",
                        "dummy@%",
                        "load.off")
                .ran;
        assertEquals(new Ran(1, "", "Instant command failed: Server disconnected\n"), ran);
    }

    @Test
    void malformedArguments() throws IOException {
        assertEquals(
                "Error: old command names are not supported",
                upscmd(UpscmdTest::upsd, Map.of(), "", "dummy@%", "off").ran.firstErrLine());
        var ran = Ran.of("upscmd", "-t", "x", "dummy", "load.off");
        assertEquals(1, ran.exitCode());
        assertEquals(
                "Could not convert the provided value for timeout ('-t' option) to unsigned int: Invalid argument",
                ran.firstErrLine());
        ran = Ran.of("upscmd", "@");
        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().contains("Error: invalid UPS definition.  Required format: "), ran.err());
    }

    @Test
    void helpWhenNothingIsAsked() throws IOException {
        assertTrue(Ran.of("upscmd").out().contains("usage: upscmd"));
        assertTrue(upscmd(UpscmdTest::upsd, Map.of(), "", "dummy@%").ran.out().contains("usage: upscmd"));
    }
}
