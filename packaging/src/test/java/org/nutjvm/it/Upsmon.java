package org.nutjvm.it;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// An upsmon of either maker in a stack's sandbox. It does nothing to this machine: SHUTDOWNCMD and NOTIFYCMD write
/// lines to files, and its wall(1) is a stand-in.
///
/// C's 2.8.0 keeps its pid file in /run/nut whatever it is told and refuses to run twice. Root gives each a /run/nut of
/// its own; else tests take turns with it, and a real one on this machine means a skip.
final class Upsmon implements AutoCloseable {
    private static final Path TURN =
            Path.of(System.getProperty("java.io.tmpdir"), "nut-it-upsmon-" + System.getProperty("user.name") + ".lock");

    private static final List<String> OWN_RUN_NUT = List.of(
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            "mount -t tmpfs none /run/nut && exec \"$@\"",
            "sh");

    private final Stack stack;
    private final Maker maker;
    private final String name;
    private final Path file;
    private final List<String> within;
    private final boolean alone;
    private final Optional<Turn> turn;
    private Proc proc;

    /// C's turn on this machine.
    private record Turn(FileChannel channel, FileLock lock) {
        static Turn taken() {
            try {
                var channel = FileChannel.open(TURN, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                return new Turn(
                        channel,
                        Objects.requireNonNull(Await.value(
                                "its turn to run C's upsmon",
                                Duration.ofSeconds(100),
                                () -> {
                                    try {
                                        return channel.tryLock();
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                },
                                Objects::nonNull)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void over() {
            try {
                lock.release();
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Starts one.
    ///
    /// @param name what its files begin with
    /// @param lines of upsmon.conf: at least a MONITOR; the brisk settings before them can be overruled
    Upsmon(Stack stack, Maker maker, String name, String... lines) {
        this(stack, maker, List.of(), name, lines);
    }

    /// The same, behind other words of the command line.
    @SuppressWarnings("this-escape")
    Upsmon(Stack stack, Maker maker, List<String> within, String name, String... lines) {
        this.stack = stack;
        this.maker = maker;
        this.name = name;
        this.within = within;
        maker.program("upsmon");
        var box = stack.box();
        box.script("wall", "#!/bin/sh\ncat > /dev/null\n");
        box.environment("PATH", box.dir() + ":/usr/bin:/bin:/usr/sbin:/sbin");
        this.file = box.write(name + ".conf", brisk() + String.join("\n", lines) + "\n");
        this.alone = maker == Maker.C && Sandbox.root() && mayMount();
        this.turn = maker == Maker.C && !alone ? Optional.of(Turn.taken()) : Optional.empty();
        this.proc = launch();
    }

    private boolean mayMount() {
        var command = new ArrayList<>(OWN_RUN_NUT);
        command.add("true");
        return Files.isDirectory(Path.of("/run/nut"))
                && stack.box().run("own /run/nut", command).exit() == 0;
    }

    private String brisk() {
        var notify = stack.box()
                .script(name + ".sh", "#!/bin/sh\necho \"$# $NOTIFYTYPE $UPSNAME $1\" >> '" + file("notes") + "'\n");
        var text = new StringBuilder();
        text.append("SHUTDOWNCMD \"echo down >> '").append(file("down")).append("'\"\n");
        text.append("POWERDOWNFLAG ").append(file("killpower")).append('\n');
        text.append("NOTIFYCMD ").append(notify).append('\n');
        for (var type : List.of("ONLINE", "ONBATT", "COMMBAD", "COMMOK", "NOPARENT", "FSD", "LOWBATT", "SHUTDOWN")) {
            text.append("NOTIFYFLAG ").append(type).append(" EXEC+SYSLOG\n");
        }
        return text + "MINSUPPLIES 1\nPOLLFREQ 1\nPOLLFREQALERT 1\nFINALDELAY 0\n";
    }

    /// A MONITOR line with a user of {@link Stack#USERS} that may have that role.
    static String monitor(Stack stack, String ups, String role) {
        return "MONITOR " + ups + "@127.0.0.1:" + stack.port() + " 1 "
                + (role.equals("primary") ? "dummy-admin P@ssW0rdAdm" : "dummy-user P@ssW0rd") + " " + role;
    }

    private Proc launch() {
        var command = new ArrayList<>(within);
        if (alone) {
            command.addAll(OWN_RUN_NUT);
        }
        command.addAll(List.of(maker.program("upsmon").toString(), "-F", "-f", file.toString()));
        if (maker == Maker.C) {
            command.add("-p"); // one process: it may then be killed by its number
        }
        if (Sandbox.root()) {
            command.addAll(List.of("-u", "root"));
        }
        return stack.box().start(maker + " upsmon", command);
    }

    /// Waits until so many are logged in to a device, this one among them.
    Upsmon awaitLogin(String ups, int logins) {
        try {
            Await.until(name + " logs in to " + ups, () -> {
                assumeFalse(
                        maker == Maker.C && !proc.alive() && proc.log().contains("already running"),
                        "an upsmon runs on this machine, and a second C upsmon 2.8.0 refuses to");
                return stack.ask("GET NUMLOGINS " + ups).equals("NUMLOGINS " + ups + " " + logins);
            });
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        return this;
    }

    /// Starts it again after its end, as systemd would.
    Upsmon again() {
        proc = launch();
        return this;
    }

    Maker maker() {
        return maker;
    }

    Proc proc() {
        return proc;
    }

    /// What NOTIFYCMD was given, a line for each time: number of arguments, type, UPS, message.
    String notices() {
        return text(file("notes"));
    }

    Upsmon awaitNotice(String text) {
        Await.value(name + " tells: " + text, Await.LONG, this::notices, told -> told.contains(text));
        return this;
    }

    /// `down` and a line feed for each time that SHUTDOWNCMD ran.
    String downs() {
        return text(file("down"));
    }

    /// What POWERDOWNFLAG holds.
    String flag() {
        return text(file("killpower"));
    }

    /// Its file with that ending.
    Path file(String ending) {
        return stack.box().dir().resolve(name + "." + ending);
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (proc.alive()) {
                proc.kill();
            }
        } finally {
            turn.ifPresent(Turn::over);
        }
    }
}
