package org.nutjvm.common.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundTest {
    @TempDir
    Path dir;

    @AfterEach
    void endTheDaemon() throws IOException {
        Path pid = dir.resolve("pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void theStarterReturnsWhenTheDaemonServesAndTheDaemonStays() throws Exception {
        var result = Jvm.of(Daemon.class, dir.toString(), "serve", "an \"odd\" one", "")
                .run();
        assertEquals(0, result.code(), result.err());
        assertEquals("banner\nargs [an \"odd\" one, ]\n", result.out());
        assertEquals("a warning\n", result.err());
        ProcessHandle daemon = daemon();
        assertTrue(daemon.isAlive());
        assertEquals(daemon.pid(), session(daemon.pid()), "in a session of its own");
        assertEquals(
                "/dev/null",
                Files.readSymbolicLink(Path.of("/proc/" + daemon.pid() + "/fd/0"))
                        .toString());
        assertTrue(PidFile.send(daemon.pid(), "TERM", List.of(), Map.of()).sent());
        daemon.onExit().get(20, TimeUnit.SECONDS);
        assertEquals("served to the end", Files.readString(dir.resolve("end")), "writing to nobody does no harm");
    }

    @Test
    void aDaemonThatCannotStartLeavesItsReasonAndExitCode() throws Exception {
        var result = Jvm.of(Daemon.class, dir.toString(), "fail").run();
        assertEquals(3, result.code());
        assertEquals("banner\n", result.out());
        assertEquals("a warning\nFatal error: no way\n", result.err());
    }

    @Test
    void endingWellBeforeServingIsAFailureToo() throws Exception {
        var result = Jvm.of(Daemon.class, dir.toString(), "leave").run();
        assertEquals(1, result.code());
    }

    @Test
    void aJvmThatDoesNotEvenStartIsReported() throws Exception {
        var bytes = new ByteArrayOutputStream();
        var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Background.start(List.of("/bin/sh", "-c", "echo cannot >&2; exit 7"), Map.of(), System.out, err);
        assertEquals(7, code);
        assertEquals("cannot\n", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whatCannotBeStartedIsNamed() {
        var e = assertThrows(IOException.class, () -> new ProcessBuilder("/nonexistent/nut").start());
        assertEquals("/nonexistent/nut: No such file or directory", Background.reason(e));
    }

    @Test
    void aMachineWithoutUsableNullDeviceIsToldOfIt() throws Exception {
        assumeTrue(Privileges.root(), "only root can have a /dev/null that cannot be opened");
        String place = Files.createDirectory(dir.resolve("dev")).toString();
        var result = Jvm.of(Daemon.class, dir.toString(), "serve")
                .before(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o nodev none " + place + " && mknod -m 666 " + place + "/null c 1 3 &&"
                                + " mount --bind " + place + "/null /dev/null && exec \"$@\"",
                        "sh")
                .run();
        assumeTrue(!result.err().contains("unshare") && !result.err().contains("mount:"), result.err());
        assertEquals(1, result.code());
        assertTrue(
                result.err().contains("Unable to enter background: /dev/null: Permission denied (it has to be"),
                result.err());
    }

    @Test
    void endingTheStarterEndsTheDaemonThatIsNotReady() throws Exception {
        Process starter = Jvm.of(Daemon.class, dir.toString(), "hang")
                .builder()
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        await(dir.resolve("pid"));
        ProcessHandle daemon = daemon();
        starter.destroy();
        assertTrue(starter.waitFor(20, TimeUnit.SECONDS));
        daemon.onExit().get(20, TimeUnit.SECONDS);
        assertFalse(daemon.isAlive());
    }

    @Test
    void stderrStaysWhenTheEnvironmentSaysSo() throws Exception {
        Path err = dir.resolve("err");
        Process starter = Jvm.of(Daemon.class, dir.toString(), "serve")
                .env("NUT_DEBUG_SYSLOG", "stderr")
                .builder()
                .redirectOutput(Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
        assertTrue(starter.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, starter.exitValue());
        ProcessHandle daemon = daemon();
        assertEquals(err, Files.readSymbolicLink(Path.of("/proc/" + daemon.pid() + "/fd/2")));
        daemon.destroy();
        daemon.onExit().get(20, TimeUnit.SECONDS);
        assertEquals("a warning\nlate words\n", Files.readString(err));
    }

    @Test
    void anInheritedMarkMakesNobodyADaemon() {
        assertFalse(Background.isDaemon(Map.of()));
        assertFalse(Background.isDaemon(Map.of("NUT_BACKGROUND_CHILD", "1")));
        assertFalse(Background.isDaemon(Map.of("NUT_BACKGROUND_CHILD", "rubbish")));
    }

    private ProcessHandle daemon() throws IOException {
        return ProcessHandle.of(
                        Long.parseLong(Files.readString(dir.resolve("pid")).strip()))
                .orElseThrow();
    }

    private static long session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
    }

    private static void await(Path file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.exists(file) || !Files.readString(file).endsWith("\n")) {
            assertTrue(System.nanoTime() < deadline, "no " + file);
            Thread.sleep(10);
        }
    }

    /// A daemon as ours are: starts itself in the background, says a word, then does what it is told.
    static final class Daemon {
        public static void main(String[] args) throws Exception {
            Map<String, String> env = System.getenv();
            if (!Background.isDaemon(env)) {
                System.exit(Background.start(env, System.out, System.err));
            }
            Path dir = Path.of(args[0]);
            PidFile.write(dir.resolve("pid"));
            System.out.println("banner");
            System.err.println("a warning");
            switch (args[1]) {
                case "serve" -> serve(dir, List.of(args).subList(2, args.length), env);
                case "hang" -> Thread.sleep(60_000);
                case "leave" -> System.exit(0);
                default -> {
                    System.err.println("Fatal error: no way");
                    System.exit(3);
                }
            }
        }

        private static void serve(Path dir, List<String> args, Map<String, String> env) throws Exception {
            var stop = new CountDownLatch(1);
            Signals.on("TERM", stop::countDown);
            if (!args.isEmpty()) {
                System.out.println("args " + args);
            }
            Background.ready(env, System.out, System.err);
            if (!stop.await(60, TimeUnit.SECONDS)) {
                System.exit(9);
            }
            System.out.println("to nobody");
            System.err.println("late words");
            Files.writeString(dir.resolve("end"), "served to the end");
        }
    }
}
