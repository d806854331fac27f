package org.nutjvm.upsmon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.nutjvm.upsmon.run.Clocks;

/// A whole upsmon in this process, with a directory of its own. What it would do to the machine is written to files
/// there: `down` by SHUTDOWNCMD, `told` by NOTIFYCMD.
final class RunningUpsmon implements AutoCloseable {
    private static final String BRISK = """
            POLLFREQ 0
            POLLFREQALERT 0
            DEADTIME 1
            HOSTSYNC 2
            FINALDELAY 0
            NOCOMMWARNTIME 1
            """;

    final Path directory;

    /// By how much somebody has set the time of day.
    volatile Duration setForward = Duration.ZERO;

    final Map<String, String> env = new HashMap<>(System.getenv());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    private boolean started;
    private Upsmon upsmon = new Upsmon(Map.of(), stream, stream);

    RunningUpsmon(Path directory) throws IOException {
        this.directory = directory;
        for (String name : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_PIDPATH", "NUT_ALTPIDPATH")) {
            env.put(name, directory.toString());
        }
        env.put("NUT_QUIET_INIT_UPSNOTIFY", "true");
        env.remove("NOTIFY_SOCKET");
        Files.createDirectory(directory.resolve("bin"));
        script("bin/wall", "cat >> '" + directory + "/walled'\n");
        env.put("PATH", directory.resolve("bin") + ":" + env.get("PATH"));
        Path notify = directory.resolve("notify");
        Files.writeString(notify, """
                #!/bin/sh
                printf '%%s [%%s] %%s\\n' "$NOTIFYTYPE" "$UPSNAME" "$*" >> '%s'
                """.formatted(directory.resolve("told")));
        Files.setPosixFilePermissions(notify, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// The usual configuration with these lines after it; every event goes to NOTIFYCMD.
    void conf(String... lines) throws IOException {
        var text = new StringBuilder(BRISK);
        text.append("SHUTDOWNCMD \"echo down >> '").append(directory).append("/down'\"\n");
        text.append("NOTIFYCMD ").append(directory).append("/notify\n");
        text.append("POWERDOWNFLAG ").append(directory).append("/killpower\n");
        for (var type : org.nutjvm.common.conf.NotifyType.values()) {
            text.append("NOTIFYFLAG ").append(type).append(" EXEC\n");
        }
        for (String line : lines) {
            text.append(line).append('\n');
        }
        confAsItIs(text.toString());
    }

    void confAsItIs(String text) throws IOException {
        Path file = directory.resolve("upsmon.conf");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    /// Starts it, as the user this test runs as.
    RunningUpsmon start(String... more) {
        var args = new ArrayList<>(List.of("-F", "-D", "-u", System.getProperty("user.name")));
        args.addAll(List.of(more));
        upsmon = new Upsmon(
                env,
                stream,
                stream,
                new Clocks(System::nanoTime, () -> System.currentTimeMillis() + setForward.toMillis()));
        started = true;
        Thread.ofPlatform().daemon().start(() -> {
            try {
                ended.complete(upsmon.run(args));
            } catch (RuntimeException | Error e) {
                ended.completeExceptionally(e);
            }
        });
        return this;
    }

    /// Runs one that ends by itself.
    int once(String... args) {
        return new Upsmon(env, stream, stream).run(List.of(args));
    }

    Upsmon program() {
        return upsmon;
    }

    int exitCode() throws InterruptedException, ExecutionException, TimeoutException {
        return ended.get(30, TimeUnit.SECONDS);
    }

    String log() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /// A program to be called.
    Path script(String name, String text) throws IOException {
        Path script = directory.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    /// What NOTIFYCMD was told so far.
    List<String> told() throws IOException {
        return read("told").lines().toList();
    }

    String read(String file) throws IOException {
        Path path = directory.resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    void awaitLog(String text) throws InterruptedException {
        await(() -> log().contains(text), "the log has " + text);
    }

    void awaitTold(String line) throws InterruptedException {
        await(
                () -> {
                    try {
                        return told().contains(line);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                "told: " + line);
    }

    void await(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what + "; the log: " + log());
            }
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        if (!started) {
            return;
        }
        upsmon.stop();
        ended.orTimeout(30, TimeUnit.SECONDS).exceptionally(e -> -1).join();
        endWhatItStarted();
    }

    /// A notifier that runs on would write into the directory while that is removed.
    private static void endWhatItStarted() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        for (var left = descendants(); !left.isEmpty(); left = descendants()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("these do not end: " + left);
            }
            left.forEach(ProcessHandle::destroyForcibly);
            for (var process : left) {
                process.onExit()
                        .orTimeout(5, TimeUnit.SECONDS)
                        .exceptionally(_ -> process)
                        .join();
            }
        }
    }

    private static List<ProcessHandle> descendants() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .toList();
    }
}
