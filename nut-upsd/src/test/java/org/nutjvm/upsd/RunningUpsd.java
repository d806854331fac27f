package org.nutjvm.upsd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A whole upsd in this process, with configuration files in a directory of its own.
final class RunningUpsd implements AutoCloseable {
    final Path directory;
    final Map<String, String> env = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private Upsd upsd = new Upsd(Map.of(), System.out, System.err);

    RunningUpsd(Path directory) throws IOException {
        this.directory = directory;
        env.put("NUT_CONFPATH", directory.toString());
        env.put("NUT_STATEPATH", directory.toString());
        env.put("NUT_ALTPIDPATH", directory.toString());
        env.put("NUT_QUIET_INIT_UPSNOTIFY", "true");
        file("upsd.conf", "LISTEN 127.0.0.1 0\n");
        file("ups.conf", "[dummy]\ndriver = fake\nport = x\n");
        file(
                "upsd.users",
                "[admin]\npassword = secret\nactions = SET\ninstcmds = ALL\n[mon]\npassword = mon\nupsmon primary\n");
    }

    void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
        Files.setPosixFilePermissions(directory.resolve(name), PosixFilePermissions.fromString("rw-r-----"));
    }

    Path socket(String name) {
        return directory.resolve(name);
    }

    RunningUpsd start(String... more) throws InterruptedException {
        begin(more);
        await(() -> upsd.port() != 0 || ended.isDone(), "upsd serves");
        if (upsd.port() == 0) {
            throw new AssertionError("upsd ended: " + log());
        }
        return this;
    }

    void begin(String... more) {
        var args = new ArrayList<>(List.of("-F", "-u", "root"));
        args.addAll(List.of(more));
        upsd = new Upsd(env, new PrintStream(out, true, StandardCharsets.UTF_8), stream());
        Thread.ofPlatform().daemon().start(() -> {
            try {
                ended.complete(upsd.run(args));
            } catch (RuntimeException | Error e) {
                ended.completeExceptionally(e);
            }
        });
    }

    private PrintStream stream() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    int exitCode() throws InterruptedException, ExecutionException, TimeoutException {
        return ended.get(20, TimeUnit.SECONDS);
    }

    void stop() {
        upsd.stop();
    }

    int port() {
        return upsd.port();
    }

    TestClient client() throws IOException {
        return new TestClient(port());
    }

    String log() {
        return err.toString(StandardCharsets.UTF_8) + out.toString(StandardCharsets.UTF_8);
    }

    void awaitLog(String text) throws InterruptedException {
        await(() -> log().contains(text), text);
    }

    /// Reads the configuration again and waits until that is done.
    void reload() throws InterruptedException {
        int before = log().split("Applying", -1).length + log().split("Reload failed", -1).length;
        upsd.reload();
        await(
                () -> log().split("Applying", -1).length + log().split("Reload failed", -1).length > before,
                "the reload is logged");
    }

    private void await(java.util.function.BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what + "; the log: " + log());
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        upsd.stop();
        ended.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
