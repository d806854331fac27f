package org.nutjvm.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.tools.upsc.Upsc;

class UpscTest {
    private static final String UPSES = """
            BEGIN LIST UPS
            UPS dummy "A UPS"
            UPS eaton "In the \\"rack\\""
            END LIST UPS
            """;
    private static final String VARS = """
            BEGIN LIST VAR dummy
            VAR dummy battery.charge "90"
            VAR dummy ups.id "a \\"b\\" \\\\ c"
            VAR dummy ups.status "OL"
            END LIST VAR dummy
            """;
    private static final String CLIENTS = """
            BEGIN LIST CLIENT dummy
            CLIENT dummy 10.0.0.1
            CLIENT dummy ::1
            END LIST CLIENT dummy
            """;

    private static String upsd(String request) {
        return switch (request) {
            case "LIST UPS" -> UPSES;
            case "LIST VAR dummy" -> VARS;
            case "LIST CLIENT dummy" -> CLIENTS;
            case "GET VAR dummy ups.id" -> "VAR dummy ups.id \"a \\\"b\\\" \\\\ c\"\n";
            case "GET VAR dummy no.such" -> "ERR VAR-NOT-SUPPORTED\n";
            case "LIST VAR eaton" -> "ERR DRIVER-NOT-CONNECTED\n";
            default -> "ERR UNKNOWN-UPS\n";
        };
    }

    private static Ran upsc(UnaryOperator<String> answers, String... args) throws IOException {
        try (var upsd = new FakeUpsd(answers)) {
            for (int i = 0; i < args.length; i++) {
                args[i] = args[i].replace("%", upsd.address());
            }
            return Ran.of("upsc", args);
        }
    }

    private static void prints(String out, String... args) throws IOException {
        assertEquals(new Ran(0, out, ""), upsc(UpscTest::upsd, args));
    }

    @Test
    void allVariables() throws IOException {
        prints("battery.charge: 90\nups.id: a \"b\" \\ c\nups.status: OL\n", "dummy@%");
    }

    @Test
    void allVariablesAsJson() throws IOException {
        prints("""
                {
                  "battery.charge": "90",
                  "ups.id": "a \\"b\\" \\\\ c",
                  "ups.status": "OL"
                }
                """, "-j", "dummy@%");
    }

    @Test
    void oneVariable() throws IOException {
        prints("a \"b\" \\ c\n", "dummy@%", "ups.id");
        prints("\"a \\\"b\\\" \\\\ c\"\n", "-j", "dummy@%", "ups.id");
    }

    @Test
    void upses() throws IOException {
        prints("dummy\neaton\n", "-l", "%");
        prints("[\n  \"dummy\",\n  \"eaton\"\n]\n", "-j", "-l", "%");
        prints("dummy: A UPS\neaton: In the \"rack\"\n", "-L", "%");
        prints("{\n  \"dummy\": \"A UPS\",\n  \"eaton\": \"In the \\\"rack\\\"\"\n}\n", "-jL", "%");
    }

    @Test
    void noUps() throws IOException {
        UnaryOperator<String> none = _ -> "BEGIN LIST UPS\nEND LIST UPS\n";
        assertEquals(new Ran(0, "", ""), upsc(none, "-l", "%"));
        assertEquals(new Ran(0, "[\n\n]\n", ""), upsc(none, "-j", "-l", "%"));
    }

    @Test
    void clients() throws IOException {
        prints("10.0.0.1\n::1\n", "-c", "dummy@%");
        prints("[\n  \"10.0.0.1\",\n  \"::1\"\n]\n", "-jc", "dummy@%");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dummy@%  | no.such | Error: Variable not supported by UPS
            dummy@%  | charge  | Error: old-style variable names are not supported
            eaton@%  |         | Error: Driver not connected
            """)
    void errorsInUpstreamsWords(String ups, String var, String error) throws IOException {
        String[] args = var == null ? new String[] {ups} : new String[] {ups, var};
        assertEquals(new Ran(1, "", error + "\n"), upsc(UpscTest::upsd, args));
    }

    @Test
    void errorsAsJson() throws IOException {
        var ran = upsc(UpscTest::upsd, "-j", "dummy@%", "no.such");
        assertEquals("{\"error\": \"Variable not supported by UPS\"}\n", ran.out());
        ran = upsc(UpscTest::upsd, "-j", "eaton@%");
        assertEquals(new Ran(1, "{\n  \"error\": \"Driver not connected\"\n}\n", "Error: Driver not connected\n"), ran);
        ran = upsc(UpscTest::upsd, "-j", "-c", "nosuch@%");
        assertEquals("{\"error\": \"Unknown UPS\"}\n", ran.out());
        ran = upsc(UpscTest::upsd, "-j", "ups@[::1");
        assertEquals(
                "{\"error\": \"invalid UPS definition.\\nRequired format: upsname[@hostname[:port]]\"}\n", ran.out());
    }

    @Test
    void unknownUpsNamesTheNearest() throws IOException {
        var ran = upsc(UpscTest::upsd, "dumy@%", "ups.status");
        assertEquals("Error: Unknown UPS", ran.firstErrLine());
        assertTrue(ran.err().contains("Did you mean \"dummy\"? The upsd at 127.0.0.1:"), ran.err());
        assertTrue(ran.err().endsWith(" serves: dummy, eaton.\n"), ran.err());
        ran = upsc(UpscTest::upsd, "qqqqqqqq@%");
        assertFalse(ran.err().contains("Did you mean"), ran.err());
        assertTrue(ran.err().endsWith(" serves: dummy, eaton.\n"), ran.err());
    }

    @Test
    void unknownUpsOfAServerThatWillNotList() throws IOException {
        var ran = upsc(_ -> "ERR UNKNOWN-UPS\n", "dummy@%");
        assertEquals(new Ran(1, "", "Error: Unknown UPS\n"), ran);
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
        }
        var ran = Ran.of("upsc", "-j", "dummy@127.0.0.1:" + port);
        assertEquals(1, ran.exitCode());
        assertEquals("{\"error\": \"Connection failure: Connection refused\"}\n", ran.out());
        assertEquals("Error: Connection failure: Connection refused", ran.firstErrLine());
        assertTrue(ran.err().contains("127.0.0.1:" + port), ran.err());
        assertTrue(ran.err().contains("LISTEN"), ran.err());
    }

    @Test
    void unknownHost() {
        var ran = Ran.of("upsc", "dummy@no-such-host.invalid");
        assertEquals("Error: No such host", ran.firstErrLine());
        assertTrue(ran.err().contains("\"no-such-host.invalid\""), ran.err());
        assertEquals(1, ran.exitCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ups@host:0 | upscli_splitaddr: no port number specified after ':' separator
            @host      | upscli_splitname: got empty upsname string
            """)
    void malformedName(String name, String complaint) {
        assertEquals(
                new Ran(
                        1,
                        "",
                        complaint + "\nError: invalid UPS definition.\nRequired format: upsname[@hostname[:port]]\n"),
                Ran.of("upsc", name));
    }

    @Test
    void noName() {
        var error = "Error: invalid UPS definition.\nRequired format: upsname[@hostname[:port]]\n";
        assertEquals(new Ran(1, "", error), Ran.of("upsc"));
        assertEquals(new Ran(1, "", error), Ran.of("upsc", "-c"));
    }

    @ParameterizedTest
    @CsvSource({"upsc, ups@::1", "upscmd, ups@fe80::1", "upsrw, ups@::1:3493"})
    void bareIpv6Address(String program, String address) {
        var ran = Ran.of(program, address);
        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().endsWith("\nAn IPv6 address stands in brackets: ups@[::1]:3493\n"), ran.err());
    }

    @Test
    void somethingElseListens() throws IOException {
        var ran = upsc(_ -> "HTTP/1.1 400 Bad Request\n", "dummy@%");
        assertEquals("Error: Protocol error", ran.firstErrLine());
        assertTrue(ran.err().contains("does not answer as a upsd does"), ran.err());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void malformedServer() {
        var ran = Ran.of("upsc", "-l", "host:x");
        assertTrue(ran.err().endsWith("Error: invalid hostname.\nRequired format: [hostname[:port]]\n"), ran.err());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void optionsEndAtTheFirstOperand() throws IOException {
        var ran = upsc(UpscTest::upsd, "dummy@%", "-c");
        assertEquals("Error: old-style variable names are not supported", ran.firstErrLine());
    }

    @Test
    void helpAndVersion() {
        var help = Ran.of("upsc", "-h");
        assertEquals(0, help.exitCode());
        assertTrue(help.out().startsWith("Network UPS Tools upsc 2.8.5"), help.out());
        assertTrue(help.out().contains("usage: upsc"), help.out());
        var version = Ran.of("upsc", "-V");
        assertEquals(1, version.out().lines().count());
        var wrong = Ran.of("upsc", "-Z");
        assertEquals(0, wrong.exitCode());
        assertEquals("upsc: invalid option -- 'Z'", wrong.firstErrLine());
    }

    @Test
    void unusableTimeoutIsComplainedAboutAndPassedOver() throws IOException {
        try (var upsd = new FakeUpsd(UpscTest::upsd)) {
            var env = Map.of("NUT_DEFAULT_CONNECT_TIMEOUT", "soon");
            var ran = Ran.of(env, "", "upsc", List.of("-W", "-5", "dummy@" + upsd.address(), "ups.id"));
            assertEquals(0, ran.exitCode());
            assertEquals("""
                    upscli_init_default_connect_timeout: NUT_DEFAULT_CONNECT_TIMEOUT='soon' value was not recognized, ignored
                    upscli_init_default_connect_timeout: cli_secs='-5' value was not recognized, ignored
                    """, ran.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "0.5", "1e1", ".5"})
    void timeoutsThatWork(String seconds) throws IOException {
        prints("a \"b\" \\ c\n", "-W", seconds, "dummy@%", "ups.id");
    }

    /// What came is shown, the error is not hidden, and JSON stays JSON.
    @Test
    void listBrokenOff() throws IOException {
        UnaryOperator<String> broken = _ -> "BEGIN LIST VAR dummy\nVAR dummy a.b \"1\"\nVAR du\0";
        assertEquals(new Ran(1, "a.b: 1\n", "Error: Server disconnected\n"), upsc(broken, "dummy@%"));
        assertEquals(
                new Ran(
                        1,
                        "{\n  \"a.b\": \"1\",\n  \"error\": \"Server disconnected\"\n}\n",
                        "Error: Server disconnected\n"),
                upsc(broken, "-j", "dummy@%"));
    }

    @Test
    void listOfClientsBrokenOff() throws IOException {
        UnaryOperator<String> broken = _ -> "BEGIN LIST CLIENT dummy\nCLIENT dummy ::1\nEND LIST VAR x\n";
        var ran = upsc(broken, "-jc", "dummy@%");
        assertEquals("[\n  \"::1\",\n  {\"error\": \"Protocol error\"}\n]\n", ran.out());
        assertEquals("Error: Protocol error", ran.firstErrLine());
        assertEquals(1, ran.exitCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'BEGIN LIST UPS\nUPS dummy\nEND LIST UPS\n' | Error: insufficient data (got 2 args, need at least 3)
            'BEGIN LIST VAR dummy\n'                     | Error: Protocol error
            'ERR UNKNOWN-COMMAND\n'                      | Error: upsd is too old to support this query
            'ERR SOMETHING\n'                            | Error: Unknown error
            'BEGIN LIST UPS\nUPS a \"#\"\n'              | Error: Parse error: Unbalanced word due to unescaped # in quotes
            'HANG UP'                                    | Error: Server disconnected
            """)
    void brokenServers(String answer, String error) throws IOException {
        var ran = upsc(_ -> answer.replace("\\n", "\n").replace("HANG UP", "\0"), "-l", "%");
        assertEquals(error, ran.firstErrLine());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void debugGoesToStandardError() throws IOException {
        var ran = upsc(UpscTest::upsd, "-D", "dummy@%", "ups.id");
        assertEquals("a \"b\" \\ c\n", ran.out());
        assertTrue(ran.firstErrLine().matches(" +0\\.\\d{6}\t\\[D1] .*"), ran.err());
    }

    @Test
    void fullDiskIsAnError() throws IOException {
        try (var upsd = new FakeUpsd(UpscTest::upsd)) {
            var full = new PrintStream(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("No space left on device");
                }
            });
            int exitCode = new Upsc(Map.of(), new ByteArrayInputStream(new byte[0]), full, System.err)
                    .run(List.of("dummy@" + upsd.address()));
            assertEquals(1, exitCode);
        }
    }
}
