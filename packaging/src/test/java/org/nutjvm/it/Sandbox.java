package org.nutjvm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A directory with a configuration of its own, and the processes that live in it. Closing it ends them, each by its
/// id, and removes the directory.
final class Sandbox implements AutoCloseable {
    /// Those not closed yet: their logs are shown when a test fails, their processes end with this JVM.
    private static final List<Sandbox> OPEN = new CopyOnWriteArrayList<>();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> OPEN.forEach(box -> box.procs.forEach(Proc::destroyNow))));
    }

    private final Path dir;
    private final Path conf;
    private final Path state;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<Proc> procs = new CopyOnWriteArrayList<>();
    private List<String> within = List.of();
    private int started;

    Sandbox() {
        try {
            // Short on purpose: the name of a Unix socket has 107 bytes at most.
            dir = Files.createTempDirectory("nut-it");
            conf = Files.createDirectory(dir.resolve("conf"));
            state = Files.createDirectory(dir.resolve("state"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        environment.put("HOME", dir.toString());
        environment.put("TZ", "UTC");
        environment.put("LC_ALL", "C");
        environment.put("NUT_CONFPATH", conf.toString());
        environment.put("NUT_STATEPATH", state.toString());
        environment.put("NUT_PIDPATH", state.toString());
        environment.put("NUT_ALTPIDPATH", state.toString());
        environment.put("NUT_AUTHCONF_FILE", "none");
        environment.put("NUT_DEBUG_SYSLOG", "stderr");
        environment.put("NUT_DEBUG_LEVEL", "");
        environment.put("NUT_DEBUG_PID", "true");
        environment.put("NUT_DEBUG_PROCNAME", "true");
        environment.put("NUT_QUIET_INIT_SSL", "true");
        environment.put("NUT_QUIET_INIT_UPSNOTIFY", "true");
        environment.put("NUT_QUIET_INIT_NDE_WARNING", "true");
        OPEN.add(this);
    }

    static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    Path dir() {
        return dir;
    }

    Path conf() {
        return conf;
    }

    Path state() {
        return state;
    }

    Sandbox environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// Puts a very small disk under the state directory, seen only by the programs started from now on. Root only.
    ///
    /// @return the place where this process sees that disk
    Path smallDiskUnderStatePath(int kilobytes) {
        var holder = start(
                "unshare",
                List.of(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=" + kilobytes + "k none '" + state
                                + "' && echo mounted && exec sleep 600"));
        holder.awaitLog("mounted");
        within = List.of("nsenter", "--target", Long.toString(holder.pid()), "--mount");
        return Path.of("/proc/" + holder.pid() + "/root" + state);
    }

    /// Writes a configuration file, mode 640 as upstream's suite does.
    Path write(String name, String text) {
        return writeAs("rw-r-----", conf.resolve(name), text);
    }

    Path script(String name, String text) {
        return writeAs("rwxr-xr-x", dir.resolve(name), text);
    }

    private static Path writeAs(String mode, Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A TCP port nobody listens on now.
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a daemon in the foreground. As root it is told to stay root, since the sandbox belongs to nobody else.
    Proc daemon(Maker maker, String program, String... arguments) {
        var command = new ArrayList<String>();
        command.add(maker.program(program).toString());
        command.addAll(List.of(arguments));
        if (root()) {
            command.add("-u");
            command.add("root");
        }
        return start(maker + " " + program, command);
    }

    Proc start(String name, List<String> command) {
        started++;
        var out = dir.resolve(started + ".out");
        var err = dir.resolve(started + ".err");
        try {
            var whole = new ArrayList<>(within);
            whole.addAll(command);
            var builder = new ProcessBuilder(whole)
                    .directory(dir.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(
                            dir.getFileSystem().getPath("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            var proc = new Proc(
                    name + " " + String.join(" ", command.subList(1, command.size())), builder.start(), out, err);
            procs.add(proc);
            return proc;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a command-line program to its end.
    Result run(Maker maker, String program, String... arguments) {
        var command = new ArrayList<String>();
        command.add(maker.program(program).toString());
        command.addAll(List.of(arguments));
        return run(maker + " " + program, command);
    }

    Result run(String name, List<String> command) {
        var proc = start(name, command);
        int exit = proc.awaitExit(Await.LONG);
        procs.remove(proc);
        return new Result(exit, proc.out(), proc.err());
    }

    static void showLogs() {
        for (var box : OPEN) {
            for (var proc : box.procs) {
                var lines = proc.log().lines().toList();
                System.out.println("--- " + proc.name() + (proc.alive() ? " (runs)" : " (ended: " + proc.exit() + ")"));
                lines.subList(Math.max(0, lines.size() - 40), lines.size()).forEach(System.out::println);
            }
        }
    }

    @Override
    public void close() {
        if (!OPEN.remove(this)) {
            return;
        }
        procs.forEach(Proc::dismiss);
        try {
            for (var proc : procs) {
                proc.reap();
            }
        } catch (InterruptedException e) {
            procs.forEach(Proc::destroyNow);
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(dir)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + dir, e);
        }
    }

    /// How long a daemon may take to end when asked.
    static final Duration PROMPTLY = Duration.ofSeconds(15);
}
