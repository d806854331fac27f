package org.nutjvm.upssched;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.opentest4j.AssertionFailedError;

/// A directory with an upssched.conf, a CMDSCRIPT that notes how it was called, and ways to call upssched. Closing it
/// ends what was started in it, which is known by the directory in its environment.
final class Box implements AutoCloseable {
    static final Path C_UPSSCHED = Path.of("/sbin/upssched");
    private static final Duration LONG = Duration.ofSeconds(40);

    private final Path dir;
    final Path conf;
    final Path run;
    final Path pipe;
    final Path lock;
    final Path pid;
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    Duration emptyWait = Duration.ofMillis(500);
    private final List<Upssched> inProcess = new ArrayList<>();

    Box() {
        try {
            dir = Files.createTempDirectory("sched"); // short, for sockets' names are
            conf = Files.createDirectory(dir.resolve("conf"));
            run = Files.createDirectory(dir.resolve("run"));
            pipe = run.resolve("p");
            lock = run.resolve("l");
            pid = run.resolve("upssched.pid");
            script("script", "echo \"$#|$*|$UPSNAME|$NOTIFYTYPE|$NOTIFYMSG\" >> " + log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path dir() {
        return dir;
    }

    Path log() {
        return dir.resolve("log");
    }

    Path script(String name, String text) {
        try {
            Path file = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + text + "\n");
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes upssched.conf with the usual beginning.
    Box rules(String... lines) {
        return rulesFor(dir.resolve("script").toString(), lines);
    }

    Box rulesFor(String cmdscript, String... lines) {
        return write("CMDSCRIPT " + cmdscript + "\nPIPEFN " + pipe + "\nLOCKFN " + lock + "\n"
                + String.join("\n", lines) + "\n");
    }

    Box write(String text) {
        try {
            Files.writeString(conf.resolve("upssched.conf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Map<String, String> env(String type, String ups) {
        var env = new HashMap<String, String>();
        env.put("PATH", "/usr/bin:/bin");
        env.put("NUT_CONFPATH", conf.toString());
        env.put("NUT_PIDPATH", run.toString());
        env.put("NUT_DEBUG_SYSLOG", "stderr");
        env.put("NOTIFYTYPE", type);
        env.put("UPSNAME", ups);
        return env;
    }

    /// Runs it in this process; its daemon is a thread that ends after {@link #emptyWait} without a timer.
    int call(String type, String ups, String... args) {
        return call(env(type, ups), args);
    }

    int call(Map<String, String> env, String... args) {
        var upssched = new Upssched(env, print(out), print(err), false, emptyWait);
        inProcess.add(upssched);
        return upssched.run(List.of(args));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /// Starts it as a process of its own.
    Process process(String type, String ups, String... args) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx32m"));
        words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
        words.add(Upssched.class.getName());
        words.addAll(List.of(args));
        return start(words, env(type, ups));
    }

    Process ofC(String type, String ups, String... args) {
        var words = new ArrayList<String>();
        words.add(C_UPSSCHED.toString());
        words.addAll(List.of(args));
        return start(words, env(type, ups));
    }

    private Process start(List<String> words, Map<String, String> env) {
        try {
            var builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.redirectInput(Path.of("/dev/null").toFile());
            builder.redirectOutput(
                    ProcessBuilder.Redirect.appendTo(dir.resolve("output").toFile()));
            builder.environment().clear();
            builder.environment().putAll(env);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        return text(dir.resolve("output"));
    }

    private static String classPath() {
        var own = new ArrayList<String>();
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : all.split(":", -1)) {
            if (entry.contains("nut-common") || entry.contains("upssched/target/classes")) {
                own.add(entry);
            }
        }
        return String.join(":", own);
    }

    static int exit(Process process) {
        try {
            if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionFailedError("still runs: " + process.info());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    /// The lines CMDSCRIPT has noted: `$#|$*|UPSNAME|NOTIFYTYPE|NOTIFYMSG`.
    List<String> calls() {
        return text(log()).lines().toList();
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitCalls(int count) {
        await(count + " calls of CMDSCRIPT", () -> calls().size() >= count);
    }

    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionFailedError("not within " + LONG.toSeconds() + " s: " + what + "\nCMDSCRIPT: "
                        + calls() + "\nsaid: " + said() + "\ncomplained: " + complained() + "\noutput: " + output());
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionFailedError("interrupted while waiting for " + what);
            }
        }
    }

    /// The processes that run with this directory's configuration and for which the name of a variable is set.
    List<ProcessHandle> daemons(String variable) {
        try (var processes = ProcessHandle.allProcesses()) {
            return processes
                    .filter(p -> p.pid() != ProcessHandle.current().pid())
                    .filter(p -> {
                        String env = environ(p.pid());
                        return env.contains("NUT_CONFPATH=" + conf + "\0") && env.contains(variable);
                    })
                    .toList();
        }
    }

    private static String environ(long pid) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc/" + pid + "/environ")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // gone, or somebody else's
        }
    }

    @Override
    public void close() {
        inProcess.forEach(Upssched::stop);
        for (ProcessHandle left : daemons("")) {
            left.destroyForcibly();
        }
        try (var files = Files.walk(dir)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("not all of " + dir + " is removed: " + e);
        }
    }
}
