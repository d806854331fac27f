package org.nutjvm.packaging.image;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Where a rehearsal takes place: a configuration in a scratch directory and the processes started with it.
/// None of them survives {@link #close()}.
final class Stage implements AutoCloseable {
    static final String USER = "admin";
    static final String PASSWORD = "rehearsal";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path scratch;
    private final String ups;
    private final int port;
    private final List<Process> started = new ArrayList<>();
    private final Agent agent = new Agent();
    private final Extras extras = new Extras();

    /// Writes the configuration.
    ///
    /// @param allDrivers whether ups.conf has a section for each driver besides that of the UPS
    Stage(Path scratch, String ups, Path data, boolean allDrivers) throws IOException {
        this.scratch = scratch;
        this.ups = ups;
        try (var any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = any.getLocalPort();
        }
        Files.copy(data, scratch.resolve("demo-ups.dev"));
        write("ups.conf", """
                maxretry = 3
                [%s]
                    driver = dummy-ups
                    port = demo-ups.dev
                    mode = dummy-once
                    desc = "Rehearsal"
                """.formatted(ups) + (allDrivers ? otherDrivers() : ""));
        write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\nMAXAGE 15\n");
        write("upssched.conf", """
                CMDSCRIPT /bin/true
                PIPEFN %1$s/timers
                LOCKFN %1$s/timers.lock
                AT ONBATT * START-TIMER shutdown 300
                AT ONBATT * EXECUTE onbatt
                AT ONLINE * CANCEL-TIMER shutdown late
                """.formatted(scratch));
        write("upsd.users", """
                [%s]
                    password = %s
                    actions = SET FSD
                    instcmds = ALL
                    upsmon primary
                """.formatted(USER, PASSWORD));
        write("upsmon.conf", """
                MONITOR %s@localhost:%d 1 %s %s primary
                SHUTDOWNCMD "touch %s"
                POWERDOWNFLAG %s
                NOTIFYCMD %s
                NOTIFYFLAG FSD SYSLOG+EXEC
                NOTIFYFLAG SHUTDOWN SYSLOG
                NOTIFYFLAG COMMBAD SYSLOG
                NOTIFYFLAG COMMOK SYSLOG
                POLLFREQ 1
                POLLFREQALERT 1
                FINALDELAY 1
                """.formatted(
                        ups, port, USER, PASSWORD, down(), scratch.resolve("killpower"), nobodyHears()));
    }

    private String otherDrivers() {
        return Program.ALL.stream()
                .filter(one -> one.kind().driver() && !one.name().equals("dummy-ups"))
                .map(one -> "[%1$s]\n    driver = %1$s\n%2$s".formatted(one.name(), device(one.name())))
                .collect(Collectors.joining());
    }

    /// What a driver is to find. Some follow the driver of the one UPS there is.
    private String device(String driver) {
        return switch (driver) {
            case "apcupsd-ups" -> "    port = 127.0.0.1:" + extras.apcupsd() + '\n';
            case "netxml-ups" -> "    port = http://127.0.0.1:" + extras.card() + '\n';
            case "snmp-ups" -> "    port = " + agent.address() + '\n';
            case "clone", "failover" -> "    port = dummy-ups-" + ups + '\n';
            case "clone-outlet" -> "    port = dummy-ups-" + ups + "\n    prefix = outlet.1\n";
            default -> "    port = auto\n";
        };
    }

    /// Stands in for wall(1): people at this machine need not be told of a shutdown that is none.
    private Path nobodyHears() throws IOException {
        Path wall = write("wall", "#!/bin/sh\ncat > /dev/null\n");
        Files.setPosixFilePermissions(wall, PosixFilePermissions.fromString("rwx------"));
        return wall;
    }

    int port() {
        return port;
    }

    Process start(String name, List<String> words) throws IOException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.redirectOutput(scratch.resolve(name + ".log").toFile());
        for (String directory : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_PIDPATH", "NUT_ALTPIDPATH")) {
            builder.environment().put(directory, scratch.toString());
        }
        builder.environment().put("NUT_DEBUG_SYSLOG", "stderr");
        builder.environment().put("NUT_JAVA_OPTS", "");
        builder.environment().put("PATH", scratch + ":" + System.getenv("PATH"));
        // Nobody hears, but all that it takes to call is used: services notify systemd, and root is given up the same
        // way.
        builder.environment().put("NOTIFY_SOCKET", scratch.resolve("nobody").toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        started.add(process);
        process.getOutputStream().close();
        return process;
    }

    /// What a process has said so far.
    String log(String name) throws IOException {
        return Files.readString(scratch.resolve(name + ".log"));
    }

    /// Waits until upsd gives out the device's data.
    void awaitData(Process server) throws IOException, InterruptedException {
        await("data from upsd", server, () -> Dialogue.answers(port, ups));
    }

    /// Waits for something that a process brings about.
    void await(String what, Process process, BooleanSupplier done) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end || process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IOException("the rehearsal waits in vain for " + what + ":\n" + logs());
            }
        }
    }

    /// Waits until a process ends by itself.
    void awaitEnd(String what, Process process) throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the rehearsal waits in vain for the end of " + what + ":\n" + logs());
        }
    }

    /// What upsmon's shutdown command leaves, which does no more.
    private Path down() {
        return scratch.resolve("down");
    }

    void signal(Process process, String name) throws IOException, InterruptedException {
        Command.run("kill", List.of("/bin/sh", "-c", "kill -" + name + " " + process.pid()));
    }

    /// Ends a process as an administrator does.
    void stop(Process process) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("SIGTERM did not end a process of the rehearsal:\n" + logs());
        }
    }

    @Override
    public void close() {
        for (Process process : started) {
            process.destroyForcibly();
        }
        agent.close();
        extras.close();
    }

    private String logs() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.list(scratch)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".log")) {
                    text.append("--- ").append(file.getFileName()).append('\n').append(Files.readString(file));
                }
            }
        }
        return text.toString();
    }

    private Path write(String file, String text) throws IOException {
        Path path = Files.writeString(scratch.resolve(file), text);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    }
}
