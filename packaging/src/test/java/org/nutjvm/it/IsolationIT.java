package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What another user of this machine sees of the daemons, and what these see of the machine: docs/security.md.
@ExtendWith(LogsOnFailure.class)
class IsolationIT {
    private static final Path FIXTURES = Path.of(System.getProperty("nut.root", ".."))
            .resolve("nut-common/src/test/resources/tls")
            .toAbsolutePath()
            .normalize();
    private static final String SECRET = "correct-horse-battery";
    private static final String NOBODY = "nobody";

    private final Sandbox box = new Sandbox();
    private final int port = Sandbox.freePort();

    @AfterEach
    void close() {
        box.close();
    }

    private Proc launch(String umask, String program, String... arguments) {
        var command = new ArrayList<String>();
        if (!umask.isEmpty()) {
            command.addAll(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
        }
        command.add(Maker.OURS.program(program).toString());
        command.addAll(List.of(arguments));
        return box.start(program, command);
    }

    private void configure(String upsdConf) {
        box.write("ups.conf", "[u]\n  driver = dummy-ups\n  port = u.dev\n  mode = dummy-once\n  pollinterval = 1\n");
        box.write("u.dev", "ups.status: OL\n");
        box.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n" + upsdConf);
        box.write("upsd.users", "[mon]\n  password = " + SECRET + "\n  upsmon primary\n");
    }

    private void awaitUps() {
        Await.until("upsd has the device", () -> {
            try (var wire = new Wire(port)) {
                return wire.ask("GET VAR u ups.status").equals("VAR u ups.status \"OL\"");
            } catch (UncheckedIOException e) {
                return false; // not yet
            }
        });
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Under a umask that keeps everything from everybody, and under one that keeps nothing.
    @ParameterizedTest
    @ValueSource(strings = {"0000", "0077"})
    void socketsAndFilesHaveTheirModesUnderAnyUmask(String umask) throws IOException {
        configure("");
        var me = Sandbox.root() ? new String[] {"-u", "root"} : new String[0];
        launch(umask, "dummy-ups", with(me, "-a", "u", "-FF"));
        Await.until("the driver's socket", () -> Files.exists(box.state().resolve("dummy-ups-u")));
        launch(umask, "upsd", with(me, "-FF"));
        awaitUps();
        Await.until(
                "both pid files",
                () -> Files.exists(box.state().resolve("upsd.pid"))
                        && Files.exists(box.state().resolve("dummy-ups-u.pid")));
        var modes = new TreeMap<String, String>();
        try (var files = Files.list(box.state())) {
            files.forEach(file -> modes.put(file.getFileName().toString(), mode(file)));
        }
        var expected = new TreeMap<String, String>();
        expected.put("dummy-ups-u", "rw-rw----");
        expected.put("dummy-ups-u.pid", "rw-r--r--");
        expected.put("upsd.pid", "rw-r--r--");
        assertEquals(expected, modes);
    }

    private static String[] with(String[] first, String... then) {
        var all = new ArrayList<>(List.of(first));
        all.addAll(List.of(then));
        return all.toArray(new String[0]);
    }

    /// Passwords come from files and stay out of what ps(1) shows of any process, and of what scripts are given.
    @Test
    void passwordsAreInNobodysArgumentsNorEnvironment() throws IOException {
        configure("");
        var me = Sandbox.root() ? new String[] {"-u", "root"} : new String[0];
        var procs = new ArrayList<Proc>();
        procs.add(launch("", "dummy-ups", with(me, "-a", "u", "-F")));
        procs.add(launch("", "upsd", with(me, "-F")));
        awaitUps();
        var seen = box.dir().resolve("seen");
        var notify = box.script(
                "notify",
                "#!/bin/sh\n{ env; echo \"$@\"; tr '\\0' ' ' < /proc/$$/cmdline; tr '\\0' ' ' < /proc/$PPID/cmdline; echo end; } >> '"
                        + seen + "'\n");
        box.write(
                "upsmon.conf",
                "MONITOR u@127.0.0.1:" + port + " 1 mon " + SECRET + " primary\nMINSUPPLIES 1\nSHUTDOWNCMD true\n"
                        + "NOTIFYCMD " + notify + "\nNOTIFYFLAG COMMBAD EXEC\nPOLLFREQ 1\nPOLLFREQALERT 1\n");
        var upsmon = launch("", "upsmon", with(me, "-F"));
        procs.add(upsmon);
        Await.until("upsmon is logged in", () -> {
            try (var wire = new Wire(port)) {
                return wire.ask("GET NUMLOGINS u").equals("NUMLOGINS u 1");
            }
        });
        for (var proc : procs) {
            ProcessHandle.of(proc.pid()).stream()
                    .flatMap(handle ->
                            java.util.stream.Stream.concat(java.util.stream.Stream.of(handle), handle.descendants()))
                    .forEach(handle -> {
                        assertFalse(bytes(handle.pid(), "cmdline").contains(SECRET), proc.name());
                        assertFalse(bytes(handle.pid(), "environ").contains(SECRET), proc.name());
                    });
        }
        procs.get(1).kill();
        Await.until("NOTIFYCMD ran", () -> text(seen).contains("end"));
        assertTrue(text(seen).contains("NOTIFYTYPE=COMMBAD"), text(seen));
        assertFalse(text(seen).contains(SECRET), "NOTIFYCMD is not told");
        for (var proc : procs) {
            assertFalse(proc.log().contains(SECRET), "no log tells it");
        }
    }

    private static String bytes(long pid, String name) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Another process of the same user cannot look into a daemon that was root, and the kernel writes no core of it;
    /// another user cannot talk to a driver.
    @Test
    void nobodyLooksIntoADaemonThatWasRoot() throws IOException {
        assumeTrue(Sandbox.root(), "only root can give up root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "apt-get install util-linux");
        configure("");
        open(box.dir(), box.conf(), box.state());
        run("chown", "-R", NOBODY, box.conf().toString(), box.state().toString());
        var driver = launch("0000", "dummy-ups", "-a", "u", "-F", "-u", NOBODY);
        Await.until("the driver's socket", () -> Files.exists(box.state().resolve("dummy-ups-u")));
        var upsd = launch("", "upsd", "-F", "-u", NOBODY);
        awaitUps();
        for (var proc : List.of(driver, upsd)) {
            assertTrue(Pattern.compile("Uid:\t65534\t65534\t65534\t65534")
                    .matcher(text(Path.of("/proc/" + proc.pid() + "/status")))
                    .find());
            for (var file : new String[] {"environ", "mem", "maps"}) {
                var result = as("65534", "head", "-c1", "/proc/" + proc.pid() + "/" + file);
                assertNotEquals(0, result.exit(), file);
                assertTrue(result.err().contains("Permission denied"), result.err());
            }
        }
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "apt-get install python3");
        var connect = "import socket,sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])";
        var socket = box.state().resolve("dummy-ups-u").toString();
        var stranger = as("1", "python3", "-c", connect, socket);
        assertTrue(stranger.err().contains("PermissionError"), stranger.err());
        assertEquals(0, as("65534", "python3", "-c", connect, socket).exit());
    }

    private Result as(String uid, String... command) {
        var words = new ArrayList<>(List.of("setpriv", "--reuid", uid, "--regid", uid, "--clear-groups"));
        words.addAll(List.of(command));
        return box.run(command[0], words);
    }

    private void run(String... command) {
        var result = box.run(command[0], List.of(command));
        assertEquals(0, result.exit(), result.err());
    }

    private static void open(Path... directories) throws IOException {
        for (var directory : directories) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /// Units of daemons that know passwords forbid core dumps.
    @Test
    void unitsForbidCoreDumps() throws IOException {
        var units = Path.of(System.getProperty("nut.root", ".."), "packaging/src/main/share/systemd/system");
        for (var unit :
                Set.of("nut-server.service", "nut-driver@.service", "nut-monitor.service", "nut-logger.service")) {
            assertTrue(Files.readString(units.resolve(unit)).contains("\nLimitCORE=0\n"), unit);
        }
    }

    /// Driver and server in a directory that holds their files and nothing else, as nobody: a server that encrypts,
    /// verifies
    /// its clients, and takes up a renewed certificate.
    @Test
    void driverAndServerLiveInAChrootAndEncrypt() throws IOException {
        assumeTrue(Sandbox.root(), "only root can chroot");
        var jail = Files.createDirectory(box.dir().resolve("jail"));
        var conf = Files.createDirectory(jail.resolve("conf"));
        var state = Files.createDirectory(jail.resolve("state"));
        open(box.dir(), jail, conf, state);
        var certificate = conf.resolve("server.pem");
        Files.copy(FIXTURES.resolve("server.pem"), certificate);
        Files.copy(FIXTURES.resolve("authority.pem"), conf.resolve("authority.pem"));
        Files.writeString(jail.resolve("u.dev"), "ups.status: OL\n");
        var section = "[u]\n  driver = dummy-ups\n  port = /u.dev\n  mode = dummy-once\n";
        box.write("ups.conf", section);
        Files.writeString(conf.resolve("ups.conf"), section);
        Files.writeString(conf.resolve("upsd.users"), "[mon]\n  password = x\n  upsmon primary\n");
        Files.writeString(
                conf.resolve("upsd.conf"),
                "LISTEN 127.0.0.1 " + port
                        + "\nCERTFILE /conf/server.pem\nCERTPATH /conf/authority.pem\nCERTREQUEST REQUIRE\n");
        run("chown", "-R", NOBODY, jail.toString());

        box.environment("NUT_STATEPATH", "/state").environment("NUT_PIDPATH", "/state");
        box.environment("NUT_ALTPIDPATH", "/state");
        // The driver reads ups.conf before it goes in, as C's does.
        var driver = launch("", "dummy-ups", "-a", "u", "-r", jail.toString(), "-F", "-u", NOBODY);
        Await.until("the driver's socket", () -> Files.exists(state.resolve("dummy-ups-u")));
        box.environment("NUT_CONFPATH", "/conf");
        var upsd = launch("", "upsd", "-r", jail.toString(), "-F", "-u", NOBODY);
        awaitUps();
        for (var proc : List.of(driver, upsd)) {
            assertEquals(jail, Files.readSymbolicLink(Path.of("/proc/" + proc.pid() + "/root")));
            assertTrue(text(Path.of("/proc/" + proc.pid() + "/status")).contains("Uid:\t65534\t65534\t65534\t65534"));
        }

        box.environment("NUT_CONFPATH", box.conf().toString());
        box.write(
                "nutauth.conf",
                "FORCESSL = 1\nCERTVERIFY = 1\nCERTPATH = " + FIXTURES.resolve("authority.pem") + "\nCERTFILE = "
                        + FIXTURES.resolve("client.pem") + "\nCERTIDENT_PASS = secret\n");
        box.environment("NUT_AUTHCONF_FILE", box.conf().resolve("nutauth.conf").toString());
        assertEquals("OL", upsc());
        Files.copy(FIXTURES.resolve("renewed.pem"), certificate, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        run("chown", NOBODY, certificate.toString());
        upsd.signal("HUP");
        assertEquals("OL", upsc());
        box.write(
                "nutauth.conf", "FORCESSL = 1\nCERTVERIFY = 1\nCERTPATH = " + FIXTURES.resolve("authority.pem") + '\n');
        assertEquals("", upsc(), "a certificate is required");
        assertTrue(upsd.alive() && driver.alive());
    }

    private String upsc() {
        return box.run(Maker.OURS, "upsc", "u@127.0.0.1:" + port, "ups.status")
                .out()
                .strip();
    }
}
