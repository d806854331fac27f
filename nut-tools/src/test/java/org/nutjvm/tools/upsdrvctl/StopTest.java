package org.nutjvm.tools.upsdrvctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nutjvm.tools.upsdrvctl.Box.section;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ending drivers, telling them things, and looking at them.
@Timeout(30)
class StopTest {
    @TempDir
    Path dir;

    private Box box;

    @BeforeEach
    void box() throws IOException {
        box = new Box(dir);
        box.env("NUT_IGNORE_CHECKPROCNAME", "true"); // these drivers are called sh
        box.conf(section("a", "drv"));
    }

    /// Runs a script under a pid file, and returns when it says so.
    private Process running(String script) throws IOException {
        var process =
                new ProcessBuilder("/bin/sh", "-c", script + "\necho ready\nwhile :; do sleep 0.02; done").start();
        process.inputReader().readLine();
        Files.writeString(dir.resolve("drv-a.pid"), process.pid() + "\n");
        return process;
    }

    @Test
    void aDriverEndsOnSigterm() throws Exception {
        var driver = running("trap 'rm " + dir + "/drv-a.pid; exit 0' TERM");
        assertEquals(new Box.Ran(0, "", ""), box.run("stop"));
        assertTrue(driver.waitFor(5, TimeUnit.SECONDS));
        assertEquals(0, driver.exitValue());
    }

    @Test
    void aDriverThatIgnoresSigtermIsKilled() throws Exception {
        var driver = running("trap '' TERM");
        var ran = box.run("stop", "a");
        assertTrue(driver.waitFor(5, TimeUnit.SECONDS));
        assertEquals(128 + 9, driver.exitValue());
        assertEquals(0, ran.exitCode());
        assertEquals("Stopping " + dir + "/drv-a.pid failed, retrying harder\n", ran.err());
        assertFalse(box.has("drv-a.pid"), "what is killed leaves its pid file, which is removed");
    }

    @Test
    void somebodyElsesProcessIsLeftAlone() throws Exception {
        box.env("NUT_IGNORE_CHECKPROCNAME", "");
        var other = running("");
        var ran = box.run("stop");
        assertTrue(other.isAlive());
        other.destroyForcibly();
        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().contains("not of expected program 'drv'"), ran.err());
    }

    @Test
    void nothingRuns() {
        assertEquals(new Box.Ran(1, "", """
                        Can't open %1$s/drv-a.pid: No such file or directory
                        Can't open %1$s/drv-x.pid either: No such file or directory
                        Failed to send the 'exit' command to the driver socket
                        Failed to stop the driver drv for a, it may be not running or not fully started yet
                        """.formatted(dir)), box.run("stop"));
    }

    @Test
    void anOldPidFile() throws IOException {
        Files.writeString(dir.resolve("drv-a.pid"), "999999999\n");
        var ran = box.run("stop");
        assertEquals(1, ran.exitCode());
        assertEquals("Stopping " + dir + "/drv-a.pid failed: kill: No such process\n", ran.err());
    }

    /// A driver's end of the socket, in the background; its answer to each line.
    private final class Socket implements AutoCloseable {
        private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        final List<String> heard = new CopyOnWriteArrayList<>();

        Socket(Function<String, String> answers) throws IOException {
            server.bind(UnixDomainSocketAddress.of(dir.resolve("drv-a")));
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        SocketChannel connection = server.accept();
                        Thread.ofPlatform().daemon().start(() -> serve(connection, answers));
                    }
                } catch (IOException e) {
                    // closed
                }
            });
        }

        private void serve(SocketChannel connection, Function<String, String> answers) {
            try (connection) {
                var in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.ISO_8859_1));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    heard.add(line);
                    String answer = line.equals("PING") ? "PONG\n" : answers.apply(line);
                    connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
                    if (line.contains("driver.exit") && answer.contains(" 0\n")) {
                        server.close();
                        return;
                    }
                }
            } catch (IOException e) {
                // the other side has gone
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            Files.deleteIfExists(dir.resolve("drv-a"));
        }
    }

    private static String tracked(String line, int code) {
        int at = line.indexOf("TRACKING ");
        return at < 0 ? "" : line.substring(at) + " " + code + "\n";
    }

    @Test
    void withoutAPidFileTheSocketDoes() throws IOException {
        try (var socket = new Socket(line -> tracked(line, 0))) {
            var ran = box.run("stop");
            assertEquals(0, ran.exitCode(), ran.err());
            assertTrue(
                    ran.err()
                            .endsWith(
                                    "At least could open the driver socket\nSucceeded to send the 'exit' command to the driver socket\n"));
            assertTrue(socket.heard.stream().anyMatch(line -> line.startsWith("INSTCMD driver.exit TRACKING")));
        }
    }

    @Test
    void aDriverThatWillNotExit() throws IOException {
        try (var socket = new Socket(line -> tracked(line, 4))) {
            var ran = box.run("stop");
            assertEquals(1, ran.exitCode());
            assertTrue(ran.err().contains("Failed to stop the driver drv for a: it answers at"), ran.err());
            assertFalse(socket.heard.isEmpty());
        }
    }

    @Test
    void reloadOrErrorTellsTheOutcome() throws IOException {
        try (var socket = new Socket(line -> tracked(line, 0))) {
            assertEquals(
                    new Box.Ran(0, "", "Request for driver to reload-or-error returned code 0 (UPS [a])\n"),
                    box.run("-c", "reload-or-e", "a"));
            assertTrue(socket.heard.stream().anyMatch(line -> line.startsWith("INSTCMD driver.reload-or-error")));
        }
        try (var socket = new Socket(line -> tracked(line, 3))) {
            assertEquals(1, box.run("-c", "reload-or-error").exitCode());
            assertFalse(socket.heard.isEmpty());
        }
        var ran = box.run("-c", "exit");
        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().startsWith("Socket dialog with the other driver instance: No such file"), ran.err());
    }

    @ParameterizedTest
    @CsvSource({"reload, HUP", "reload-or-exit, USR1", "dump, URG", "data-dump, URG", "reload-or-ex, USR1", "d, URG"})
    void signalsBySignal(String word, String signal) throws Exception {
        var driver = running("trap ': > " + dir + "/got." + signal + "' " + signal);
        assertEquals(new Box.Ran(0, "", ""), box.run("-c", word, "a"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!box.has("got." + signal)) {
            assertTrue(System.nanoTime() < end, "no SIG" + signal);
            Thread.sleep(5);
        }
        driver.destroyForcibly();
    }

    @Test
    void aDriverInTheForegroundIsSignalledByTheNumberItTells() throws Exception {
        var driver = running("trap ': > " + dir + "/got' HUP");
        Files.delete(dir.resolve("drv-a.pid"));
        try (var socket = new Socket(line -> line.equals("GETPID") ? "PID " + driver.pid() + "\n" : "")) {
            assertEquals(0, box.run("-c", "reload").exitCode());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!box.has("got")) {
                assertTrue(System.nanoTime() < end, "no SIGHUP");
                Thread.sleep(5);
            }
            assertFalse(socket.heard.isEmpty());
        }
        driver.destroyForcibly();
    }

    @Test
    void statusOfADriverThatRuns() throws Exception {
        var driver = running("");
        long pid = driver.pid();
        try (var socket = new Socket(line -> switch (line) {
            case "GETPID" -> "PID " + pid + "\n";
            case "DUMPALL" -> "SETINFO ups.status \"OL \\\"x\\\"\"\nSETINFO ups.load \"3\"\nDUMPDONE\n";
            default -> "";
        })) {
            assertEquals(
                    new Box.Ran(
                            0,
                            "UPSNAME    \t     UPSDRV\tRUNNING\tPF_PID\tS_RESPONSIVE\tS_PID\tS_STATUS\n"
                                    + "a          \t        drv\tRUNNING\t" + pid + "\tRESPONSIVE\t" + pid
                                    + "\t\"OL \\\"x\\\"\"\n",
                            ""),
                    box.run("status"));
            assertEquals("""
                    [
                      {"ups": "a", "driver": "drv", "running": true, "pid_file_pid": %1$d, "responsive": true, \
                    "socket_pid": %1$d, "status": "OL \\"x\\""}
                    ]
                    """.formatted(pid), box.run("status", "--json").out());
            assertFalse(socket.heard.isEmpty());
        }
        driver.destroyForcibly();
    }

    @Test
    void statusOfDriversThatDoNot() throws IOException {
        box.conf(section("a", "drv") + section("a-much-longer-name", "a-much-longer-driver"));
        Files.writeString(dir.resolve("drv-a.pid"), "999999999\n");
        assertEquals("""
                UPSNAME    \t     UPSDRV\tRUNNING\tPF_PID\tS_RESPONSIVE\tS_PID\tS_STATUS
                a          \t        drv\tSTOPPED\t999999999\tNOT_RESPONSIVE\tN/A\t
                a-much-longer-name\ta-much-longer-driver\tN/A\t-3\tNOT_RESPONSIVE\tN/A\t
                """, box.run("status").out());
        assertEquals(
                "[\n  {\"ups\": \"a\", \"driver\": \"drv\", \"running\": false, \"pid_file_pid\": 999999999,"
                        + " \"responsive\": false, \"socket_pid\": null, \"status\": null}\n]\n",
                box.run("-j", "status", "a").out());
    }

    @Test
    void lists() throws IOException {
        box.conf(section("b", "drv") + section("a", "drv"));
        assertEquals(new Box.Ran(0, "b\na\n", ""), box.run("list"));
        assertEquals(new Box.Ran(0, "b\na\n", ""), box.run("-l"));
        assertEquals(new Box.Ran(0, "a\n", ""), box.run("-l", "a"));
        assertEquals(new Box.Ran(0, "[\n  \"b\",\n  \"a\"\n]\n", ""), box.run("list", "--json"));
        assertEquals(new Box.Ran(1, "", "UPS c not found in ups.conf\n"), box.run("list", "c"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bogus         | Error: unrecognized command [bogus]
            start a b     | Error: extra arguments left on command line
            -c x          | Error: unknown argument to option -c. Try -h for help.
            -c exit -c exit | Error: only one command per run can be sent with option -c. Try -h for help.
            stop nope     | UPS nope not found in ups.conf
            """)
    void mistakes(String line, String complaint) {
        var ran = box.run(line.split(" ", -1));
        assertEquals(1, ran.exitCode());
        assertEquals(complaint, ran.err().lines().findFirst().orElse(""));
    }

    @Test
    void noUpsConf() throws IOException {
        Files.delete(dir.resolve("ups.conf"));
        var ran = box.run("start");
        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().contains(dir + "/ups.conf"), ran.err());
        box.conf("maxretry = 3\n");
        assertEquals(
                new Box.Ran(
                        1,
                        "",
                        "Error: no UPS definitions found in ups.conf!\nLooked in " + dir
                                + "/ups.conf; a definition begins with [name].\n"),
                box.run("list"));
    }

    @Test
    void nothingAskedForIsHelp() {
        var ran = box.run();
        assertEquals(0, ran.exitCode());
        assertTrue(ran.out().contains("usage: upsdrvctl [OPTIONS] (start | stop | shutdown | status) [<ups>]"));
    }

    @Test
    void theBannerIsForPeople() {
        box.env("NUT_QUIET_INIT_BANNER", "no");
        assertTrue(box.run("list").out().matches("Network UPS Tools upsdrvctl - UPS driver controller 2.*\na\n"));
        assertEquals("[\n  \"a\"\n]\n", box.run("--json", "list").out());
    }
}
