package org.nutjvm.drivers.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.nutjvm.drivers.spi.DriverProgram;

/// A driver running in a thread of the test, with directories of its own.
public final class RunningDriver implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(20);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final DriverMain main;
    private final Thread thread;
    private final Path socket;
    private volatile int exitCode = -1;

    private RunningDriver(DriverProgram program, Path dir, String upsname, List<String> given) {
        var args = new ArrayList<>(List.of("-F", "-u", System.getProperty("user.name")));
        args.addAll(given);
        main = new DriverMain(program, env(dir), stream(out), stream(err));
        socket = dir.resolve(program.progname() + "-" + upsname);
        thread = new Thread(() -> exitCode = main.run(args), "driver");
        thread.setDaemon(true);
    }

    /// The environment of a driver whose directories are all this one.
    public static Map<String, String> env(Path dir) {
        var env = new HashMap<String, String>();
        env.put("NUT_CONFPATH", dir.toString());
        env.put("NUT_STATEPATH", dir.toString());
        env.put("NUT_ALTPIDPATH", dir.toString());
        env.put("NUT_PIDPATH", dir.toString());
        env.put("NUT_QUIET_INIT_BANNER", "true");
        return env;
    }

    /// Starts a driver and waits until its socket is there.
    public static RunningDriver start(DriverProgram program, Path dir, String upsname, String... args) {
        var running = begin(program, dir, upsname, args);
        running.await("its socket", () -> Files.exists(running.socket));
        return running;
    }

    /// Starts a driver without waiting.
    public static RunningDriver begin(DriverProgram program, Path dir, String upsname, String... args) {
        var running = new RunningDriver(program, dir, upsname, List.of(args));
        running.thread.start();
        return running;
    }

    /// What one run of a program says and returns.
    public record Result(int exitCode, String out, String err) {}

    /// Runs to the end in this thread.
    public static Result run(DriverProgram program, Map<String, String> env, String... given) {
        var args = new ArrayList<>(List.of("-F", "-u", System.getProperty("user.name")));
        args.addAll(List.of(given));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = new DriverMain(program, env, stream(out), stream(err)).run(args);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    public DriverMain main() {
        return main;
    }

    public Path socket() {
        return socket;
    }

    public SocketReader connect() throws IOException {
        return SocketReader.connect(socket);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /// Waits for something to become true.
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "waited in vain for " + what + "\n" + out() + err());
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Waits for the end.
    public int exitCode() {
        try {
            thread.join(LIMIT);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertFalse(thread.isAlive(), () -> "the driver goes on\n" + out() + err());
        return exitCode;
    }

    @Override
    public void close() {
        main.stop();
        exitCode();
    }
}
