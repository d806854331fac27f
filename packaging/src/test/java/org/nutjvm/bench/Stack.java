package org.nutjvm.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// One driver and one upsd of one implementation, with configuration and sockets in a directory of their own, serving a
/// device whose variables are padded to the same number whichever implementation adds how many of its own.
final class Stack implements AutoCloseable {
    static final String UPS = "bench";
    static final String USER = "bench";
    static final String PASSWORD = "bench-secret";
    /// Whom daemons become that root starts, as in a service.
    static final String NOBODY = "nobody";
    static final int VARIABLES = 100;
    /// A quarter more than all of one address, which may have three quarters of the places.
    static final int MAXCONN = 14_500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Programs programs;
    private final Path dir;
    private final Path dataFile;
    private final String processors;
    private final int port;
    private final List<Process> running = new ArrayList<>();
    private final Map<String, String> data = new TreeMap<>();
    private Instant lastWrite = Instant.now().minusSeconds(3600);

    private Stack(Programs programs, Path dir, String processors) throws IOException {
        this.programs = programs;
        this.processors = processors;
        this.dir = dir;
        this.dataFile = dir.resolve("bench.dev");
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    /// Starts both daemons, on the given processors only if there are any given (taskset's list syntax), and
    /// waits until the device has all its variables.
    static Stack start(Programs programs, Path parent, String processors) throws IOException, InterruptedException {
        return start(programs, parent, processors, List.of());
    }

    /// The same with more lines in upsd.conf.
    static Stack start(Programs programs, Path parent, String processors, List<String> upsdConf)
            throws IOException, InterruptedException {
        var stack = new Stack(programs, Files.createDirectory(parent.resolve(programs.name())), processors);
        try {
            stack.writeConfiguration(upsdConf);
            stack.giveAway(parent);
            stack.running.add(stack.launch(programs.dummyUps(), List.of("-a", UPS)));
            stack.running.add(stack.launch(programs.upsd(), List.of()));
            int own = stack.awaitVariables();
            for (int i = own; i < VARIABLES; i++) {
                stack.data.put("outlet." + (i - own + 1) + ".desc", "Outlet number " + i);
            }
            stack.writeData();
            int all = stack.awaitVariables();
            if (all != VARIABLES) {
                throw new IOException(programs.name() + " has " + all + " variables instead of " + VARIABLES);
            }
            return stack;
        } catch (IOException | InterruptedException e) {
            stack.close();
            throw e;
        }
    }

    private void writeConfiguration(List<String> upsdConf) throws IOException {
        Files.writeString(
                dir.resolve("ups.conf"),
                "[" + UPS + "]\n  driver = dummy-ups\n  port = " + dataFile + "\n  pollinterval = 1\n");
        Files.writeString(
                dir.resolve("upsd.conf"),
                "LISTEN 127.0.0.1 " + port + "\nMAXCONN " + MAXCONN + "\nMAXAGE 15\n" + String.join("\n", upsdConf)
                        + "\n");
        Files.writeString(
                dir.resolve("upsd.users"),
                "[" + USER + "]\n  password = " + PASSWORD + "\n  actions = SET\n  instcmds = ALL\n  upsmon master\n");
        for (String file : List.of("ups.conf", "upsd.conf", "upsd.users")) {
            Files.setPosixFilePermissions(dir.resolve(file), PosixFilePermissions.fromString("rw-r-----"));
        }
        data.putAll(Map.of(
                "ups.mfr", "Bench",
                "ups.model", "One hundred variables",
                "ups.status", "OL",
                "ups.id", "start",
                "ups.load", "17",
                "battery.charge", "100",
                "battery.runtime", "1830",
                "battery.voltage", "13.6",
                "input.voltage", "230.1",
                "output.voltage", "229.8"));
        writeData();
    }

    /// To those who read it and put their sockets there.
    private void giveAway(Path parent) throws IOException, InterruptedException {
        if (System.getProperty("user.name").equals("root")) {
            new ProcessBuilder("chown", "-R", NOBODY, dir.toString()).start().waitFor();
            new ProcessBuilder("chmod", "a+rx", parent.toString()).start().waitFor();
        }
    }

    /// Has upsd serve one device more, whose driver somebody else plays.
    void addSection(String ups) throws IOException, InterruptedException {
        Files.writeString(
                dir.resolve("ups.conf"),
                "[" + ups + "]\n  driver = dummy-ups\n  port = none\n",
                StandardOpenOption.APPEND);
        new ProcessBuilder("kill", "-HUP", Long.toString(upsdPid())).start().waitFor();
    }

    /// Puts a new data file in the place of the old one. Its time stamp is a new second each time, because drivers
    /// compare whole seconds.
    private void writeData() throws IOException {
        var text = new StringBuilder();
        data.forEach((var, value) -> text.append(var).append(": ").append(value).append('\n'));
        lastWrite = lastWrite.plusSeconds(2);
        Path next = dir.resolve("bench.next");
        Files.writeString(next, text);
        Files.setLastModifiedTime(next, FileTime.from(lastWrite));
        Files.move(next, dataFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Process launch(Path program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        if (!processors.isEmpty()) {
            command.addAll(List.of("taskset", "-c", processors));
        }
        command.add(program.toString());
        command.add("-F");
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", NOBODY));
        }
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        environment(builder);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(program).toFile()));
        return builder.start();
    }

    /// Ends upsd and starts it anew, as a service manager does.
    void restartUpsd() throws IOException, InterruptedException {
        Process upsd = running.get(1);
        upsd.destroy();
        if (!upsd.waitFor(PATIENCE)) {
            throw new IOException(programs.name() + "'s upsd does not end");
        }
        running.set(1, launch(programs.upsd(), List.of()));
    }

    private Path log(Path program) {
        return dir.resolve(program.getFileName() + ".log");
    }

    /// Lets a program of this stack find the stack's configuration and sockets.
    void environment(ProcessBuilder builder) {
        Map<String, String> env = builder.environment();
        env.put("NUT_CONFPATH", dir.toString());
        env.put("NUT_STATEPATH", dir.toString());
        env.put("NUT_PIDPATH", dir.toString());
        env.put("NUT_ALTPIDPATH", dir.toString());
    }

    /// Waits until the device is there with all variables of the data file; returns how many it has.
    private int awaitVariables() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String reason = "";
        while (System.nanoTime() < deadline) {
            for (Process process : running) {
                if (!process.isAlive()) {
                    throw new IOException(programs.name() + " did not start:\n" + logs());
                }
            }
            try (var connection = new Connection(port)) {
                var vars = new HashSet<String>();
                for (String line : connection.list("VAR " + UPS)) {
                    vars.add(line.split(" ", 4)[2]);
                }
                if (vars.containsAll(data.keySet())) {
                    return vars.size();
                }
                reason = vars.size() + " variables";
            } catch (IOException e) {
                reason = e.getMessage() == null ? e.toString() : e.getMessage();
            }
            Thread.sleep(50);
        }
        throw new IOException(programs.name() + " is not ready: " + reason + "\n" + logs());
    }

    private String logs() throws IOException {
        return Files.readString(log(programs.dummyUps())) + Files.readString(log(programs.upsd()));
    }

    /// Changes one variable in the data file. What is there already keeps its value.
    void change(String var, String value) throws IOException {
        data.put(var, value);
        writeData();
    }

    String name() {
        return programs.name();
    }

    Path dir() {
        return dir;
    }

    Programs programs() {
        return programs;
    }

    int port() {
        return port;
    }

    long driverPid() {
        return running.get(0).pid();
    }

    long upsdPid() {
        return running.get(1).pid();
    }

    /// Ends both daemons, by force if they do not end within a few seconds.
    @Override
    public void close() {
        for (Process process : running.reversed()) {
            process.destroy();
        }
        for (Process process : running) {
            boolean ended = false;
            try {
                ended = process.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!ended) {
                process.destroyForcibly();
            }
        }
    }
}
