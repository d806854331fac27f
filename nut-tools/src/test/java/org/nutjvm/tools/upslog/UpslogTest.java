package org.nutjvm.tools.upslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.tools.FakeUpsd;

/// upslog as a whole, in this process, against servers on real sockets.
@Timeout(30)
class UpslogTest {
    @TempDir
    Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    private Upslog upslog() {
        var env = new HashMap<String, String>();
        env.put("NUT_PIDPATH", dir.toString());
        env.put("NUT_DEBUG_SYSLOG", "stderr");
        env.put("NUT_QUIET_INIT_UPSNOTIFY", "true");
        env.put("NUT_QUIET_INIT_BANNER", "true");
        return new Upslog(
                Map.copyOf(env),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                lines);
    }

    private int run(String... args) {
        var words = new ArrayList<>(List.of("-u", System.getProperty("user.name"), "-F"));
        words.addAll(List.of(args));
        return upslog().run(words);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static String upsd(String request) {
        return switch (request) {
            case "LIST UPS" -> "BEGIN LIST UPS\nUPS one \"1\"\nUPS two \"2\"\nEND LIST UPS\n";
            case "GET VAR one ups.status" -> "VAR one ups.status \"OL\"\n";
            case "GET VAR two ups.status" -> "VAR two ups.status \"OB \\\"LB\\\"\"\n";
            case "GET VAR stale ups.status" -> "ERR DATA-STALE\n";
            default -> "ERR VAR-NOT-SUPPORTED\n";
        };
    }

    @Test
    void oneUpsToStandardOutput() throws IOException {
        try (var upsd = new FakeUpsd(UpslogTest::upsd)) {
            String ups = "one@" + upsd.address();
            assertEquals(0, run("-d", "2", "-i", "1", "-f", "%VAR ups.status% %VAR ups.load%", "-s", ups, "-l", "-"));
            assertEquals("OL NA\nOL NA\n", text(lines));
            assertEquals("logging status of " + ups + " to stdout (1s intervals)\n", text(out));
        }
    }

    @Test
    void everyUpsOfAServerAndTuples() throws IOException {
        Path file = dir.resolve("log");
        Path other = dir.resolve("other");
        try (var upsd = new FakeUpsd(UpslogTest::upsd)) {
            String server = upsd.address();
            assertEquals(
                    0,
                    run(
                            "-N",
                            "-d",
                            "1",
                            "-f",
                            "%VAR ups.status%",
                            "-m",
                            "*@" + server + "," + file,
                            "-m",
                            "stale@" + server + "," + other));
            assertEquals("one@" + server + "\tOL\ntwo@" + server + "\tOB \"LB\"\n", Files.readString(file));
            assertEquals("stale@" + server + "\tNA\n", Files.readString(other));
            assertTrue(text(err).startsWith("Querying " + server + " for currently served devices\n"), text(err));
        }
    }

    @Test
    void aSharedFileWithoutNamesIsRemarkedOn() throws IOException {
        Path file = dir.resolve("log");
        try (var upsd = new FakeUpsd(UpslogTest::upsd)) {
            run("-d", "1", "-m", "one@" + upsd.address() + "," + file, "-m", "two@" + upsd.address() + "," + file);
            assertTrue(text(err).contains("NOTE: File " + file + " is already receiving other logs."), text(err));
        }
    }

    @Test
    void oldStyleOfArguments() throws IOException {
        try (var upsd = new FakeUpsd(UpslogTest::upsd)) {
            assertEquals(0, run("-d", "1", "one@" + upsd.address(), "-", "5", "[%VAR", "ups.status%]"));
            assertEquals("[OL] \n", text(lines));
        }
    }

    private void await(String what, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!done.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> what + "; " + text(err));
            Thread.sleep(2);
        }
    }

    @Test
    void lineNowPidFileAndEnd() throws Exception {
        try (var upsd = new FakeUpsd(UpslogTest::upsd)) {
            var upslog = upslog();
            var code = CompletableFuture.supplyAsync(() -> upslog.run(List.of(
                    "-u",
                    System.getProperty("user.name"),
                    "-i",
                    "3600",
                    "-f",
                    "%VAR ups.status%",
                    "-p",
                    dir + "/my.pid",
                    "-s",
                    "one@" + upsd.address(),
                    "-l",
                    "-")));
            await("a first line", () -> text(lines).equals("OL\n"));
            assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(dir.resolve("my.pid")));
            upslog.logNow();
            await("a second line", () -> text(lines).equals("OL\nOL\n"));
            upslog.stop();
            assertEquals(0, code.get(20, TimeUnit.SECONDS));
            assertFalse(Files.exists(dir.resolve("my.pid")));
        }
    }

    /// A server that says nothing costs its own lines their values; the other's come in time.
    @Test
    void aServerThatHangs() throws IOException {
        try (var dumb = new FakeUpsd(_ -> "");
                var upsd = new FakeUpsd(UpslogTest::upsd)) {
            assertEquals(
                    0,
                    run(
                            "-d",
                            "2",
                            "-i",
                            "1",
                            "-f",
                            "%VAR ups.status%",
                            "-m",
                            "one@" + dumb.address() + ",-",
                            "-m",
                            "one@" + upsd.address() + ",-"));
            assertEquals("NA\nOL\nNA\nOL\n", text(lines));
        }
    }

    @Test
    void aServerThatIsGoneAndComesBack() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertEquals(0, run("-d", "1", "-f", "%VAR ups.status%", "-s", "one@127.0.0.1:" + port, "-l", "-"));
        assertEquals("NA\n", text(lines));
        assertTrue(
                text(err).startsWith("Warning: initial connect failed: Connection failure: Connection refused"),
                text(err));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                | No UPS defined for monitoring - use -s <system> -l <logfile>
            -s a@b            | No filename defined for logging - use -l <file> when using -s <system>
            -l -              | No UPS defined for monitoring - use -s <system> when using -l <file>
            -m a@b            | Argument '-m upsspec,logfile' requires exactly 2 components in the tuple
            -m a@b,c,d        | Argument '-m upsspec,logfile' requires exactly 2 components in the tuple
            -s a@b -l - -i 0  | Error: the time between lines (-i) is a number of seconds from 1, not '0'
            -s a@b -l - -d x  | Invalid max loops
            -s a@b -l - -W x  | Error: invalid network timeout: x
            -s @b -l -        | upscli_splitname: got empty upsname string
            -m *@localhost:1,- | Querying localhost:1 for currently served devices
            -s a@localhost:1 -l /no/such/dir/file | could not open logfile /no/such/dir/file: No such file or directory
            -Z                | upslog: invalid option -- 'Z'
            """)
    void mistakes(String words, String complaint) {
        assertEquals(1, run(words.isEmpty() ? new String[0] : words.split(" ", -1)));
        assertTrue(text(err).startsWith(complaint), text(err));
    }

    @Test
    void helpAndVersion() {
        assertEquals(0, run("-h"));
        assertTrue(text(out).contains(LogFormat.STANDARD), text(out));
        out.reset();
        assertEquals(0, run("-V"));
        assertTrue(text(out).startsWith("Network UPS Tools upslog 2.8.5"), text(out));
        out.reset();
        assertEquals(0, run("only", "two"));
        assertTrue(text(out).contains("usage: upslog"), text(out));
    }

    @Test
    void aFileOnAFullDisk() throws IOException {
        try (var upsd = new FakeUpsd(UpslogTest::upsd)) {
            assertEquals(0, run("-d", "2", "-i", "1", "-s", "one@" + upsd.address(), "-l", "/dev/full"));
            assertTrue(
                    text(err).contains("Can't write to /dev/full: No space left on device; lines lost so far: 1"),
                    text(err));
        }
    }
}
