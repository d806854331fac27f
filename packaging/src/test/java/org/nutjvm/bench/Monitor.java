package org.nutjvm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// An upsmon of a stack, as its service has it: it waits as whoever root becomes, and a process that keeps root waits
/// for one byte. C's keeps its pid file in /run/nut, so that only one of C's runs on a machine.
final class Monitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stack stack;
    private final Path log;
    private final Process process;
    private List<ProcessHandle> family = List.of();

    /// Starts it as primary, and waits until it counts.
    ///
    /// @param ups one of the server's devices
    /// @param user whom it becomes if this is root
    /// @param port the server's
    Monitor(Stack stack, String ups, int port, String user, String... more) throws IOException, InterruptedException {
        this.stack = stack;
        Path dir = stack.dir();
        this.log = dir.resolve("upsmon.log");
        Path wall = dir.resolve("wall");
        Files.writeString(wall, "#!/bin/sh\ncat >/dev/null\n");
        Files.setPosixFilePermissions(wall, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path conf = dir.resolve("upsmon.conf");
        Files.writeString(
                conf,
                "MONITOR " + ups + "@127.0.0.1:" + port + " 1 " + Stack.USER + " " + Stack.PASSWORD
                        + " master\nMINSUPPLIES 1\nPOWERDOWNFLAG " + dir.resolve("killpower") + "\n"
                        + String.join("\n", more) + "\n");
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-r-----"));
        var command = new ArrayList<>(List.of(stack.programs().upsmon().toString(), "-F"));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", user));
        }
        var builder = new ProcessBuilder(command);
        stack.environment(builder);
        builder.environment().put("PATH", dir + ":" + System.getenv("PATH"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        this.process = builder.start();
        try {
            awaitLogin(ups, port);
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private void awaitLogin(String ups, int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var connection = new Connection(port)) {
            while (!connection.ask("GET NUMLOGINS " + ups).endsWith(" 1")) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw new IOException(stack.name() + "'s upsmon does not log in:\n" + Files.readString(log));
                }
                Thread.sleep(2);
            }
        }
        family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /// Its processes: the one that was started, and the half with or without root beside it.
    List<ProcessHandle> family() {
        return family;
    }

    /// Ends all of it, by force what does not end by itself.
    @Override
    public void close() {
        process.destroy();
        family.forEach(ProcessHandle::destroy);
        for (ProcessHandle one : family.isEmpty() ? List.of(process.toHandle()) : family) {
            try {
                one.onExit().get(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                one.destroyForcibly();
            }
        }
    }
}
