package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// nut-check as a program, on files and on daemons that run.
@ExtendWith(LogsOnFailure.class)
class NutCheckIT {
    private Sandbox box;
    private int port;

    @BeforeEach
    void open() throws IOException {
        box = new Sandbox();
        box.environment("NUT_QUIET_INIT_BANNER", "true");
        port = Sandbox.freePort();
        String user = System.getProperty("user.name");
        String watcher = Sandbox.root() ? "nobody" : user; // who runs upsmon must not be root, and read its file
        Files.setPosixFilePermissions(box.dir(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(box.state(), PosixFilePermissions.fromString("rwxrwx---"));
        box.write("office.dev", "ups.status: OL\n");
        box.write("nut.conf", "MODE=standalone\n");
        box.write("ups.conf", "user = " + user + "\n[office]\n\tdriver = dummy-ups\n\tport = office.dev\n");
        box.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
        box.write("upsd.users", "[watch]\n\tpassword = s3cret\n\tupsmon primary\n");
        Path upsmon = box.write(
                "upsmon.conf",
                "MONITOR office@127.0.0.1:" + port + " 1 watch s3cret primary\nRUN_AS_USER " + watcher
                        + "\nSHUTDOWNCMD \"/bin/true now\"\nPOWERDOWNFLAG /run/killpower\n");
        if (Sandbox.root()) {
            var lookup = upsmon.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(upsmon, lookup.lookupPrincipalByName(watcher));
        }
    }

    @AfterEach
    void close() {
        box.close();
    }

    private Result check(String... arguments) {
        return box.run(Maker.OURS, "nut-check", arguments);
    }

    /// What is found, by its id.
    private List<String> found() {
        var result = check("--json");
        var ids = new ArrayList<String>();
        for (var line : result.outLines()) {
            int at = line.indexOf("{\"id\": \"");
            if (at >= 0) {
                ids.add(line.substring(at + 8, line.indexOf('"', at + 8)));
            }
        }
        assertEquals(ids.isEmpty() ? 0 : 1, result.exit(), result.out());
        assertFalse(result.out().contains("s3cret"), "no password is shown");
        return ids;
    }

    /// Whichever maker's upsd runs, nothing is wrong with a sound set; and what stops is noticed.
    @ParameterizedTest
    @EnumSource
    void daemonsThatRun(Maker maker) throws IOException {
        var driver = box.daemon(Maker.OURS, "dummy-ups", "-a", "office", "-F");
        Await.until("the driver's socket", () -> Files.exists(box.state().resolve("dummy-ups-office")));
        var upsd = box.daemon(maker, "upsd", "-F");
        Await.value("nothing wrong", Await.LONG, this::found, List.of()::equals);
        var text = check();
        assertEquals(new Result(0, box.conf() + ": 5 files, 0 errors, 0 warnings, 0 notices\n", ""), text);
        driver.end();
        assertEquals(List.of("driver-not-running"), found());
        upsd.end();
        assertEquals(List.of("driver-not-running", "monitor-unreachable"), found());
        try (var stranger = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
            assertEquals(port, stranger.getLocalPort());
            assertTrue(found().contains("port-in-use"));
        }
    }

    @Test
    void aSetWithMistakes() throws IOException {
        box.write("upsd.users", "[watch]\n\tpassword = other\n\tupsmon primary\n\tcolour = red\n");
        Files.setPosixFilePermissions(box.conf().resolve("upsd.users"), PosixFilePermissions.fromString("rw-r--r--"));
        box.write(
                "ups.conf",
                "user = " + System.getProperty("user.name") + "\n[office]\n\tdriver = dumy-ups\n\tport = office.dev\n");
        String directory = box.conf().toString();
        var offline = check("--config", directory, "--json");
        assertEquals(1, offline.exit());
        for (var id : List.of("unknown-word", "monitor-password", "unknown-driver")) {
            assertTrue(offline.out().contains("{\"id\": \"" + id + "\""), id + " in " + offline.out());
        }
        assertTrue(offline.out().contains("\"file\": \"" + directory + "/upsd.users\", \"line\": 4"), offline.out());
        assertFalse(offline.out().contains("s3cret") || offline.out().contains("other\""), offline.out());
        assertTrue(found().containsAll(List.of("exposed-file", "driver-missing", "monitor-unreachable")));
        var coloured = check("--config", directory, "--color=always");
        var plain = check("--config", directory);
        assertTrue(coloured.out().contains("\u001b["), coloured.out());
        assertEquals(plain.out(), coloured.out().replaceAll("\u001b\\[[0-9;]*m", ""));
    }

    @Test
    void whatCannotBeChecked() throws IOException {
        assertEquals(2, check("--config", "/nowhere/at/all").exit());
        assertEquals(2, check("--config", box.state().toString()).exit());
        assertEquals(2, check("--bogus").exit());
        Files.delete(box.conf().resolve("upsd.conf"));
        Files.createDirectory(box.conf().resolve("upsd.conf"));
        var unreadable = check("--config", box.conf().toString());
        assertEquals(2, unreadable.exit());
        assertTrue(unreadable.out().contains("[cannot-read]"), unreadable.out());
    }

    /// What Debian installs begins with nothing set up, and that is no mistake.
    @Test
    void debiansOwnFiles() {
        Path debians = Path.of("/etc/nut");
        assumeTrue(Files.isReadable(debians.resolve("upsmon.conf")), "no /etc/nut to read: apt-get install nut-server");
        var result = check("--config", debians.toString(), "--json");
        assertTrue(result.exit() < 2, result.err());
        assumeTrue(
                result.out().contains("\"id\": \"no-monitor\"") && result.out().contains("\"id\": \"mode-none\""),
                "somebody has set up NUT here");
        assertEquals(0, result.exit(), result.out());
        assertTrue(result.out().toLowerCase(Locale.ROOT).contains("\"errors\": 0, \"warnings\": 0"), result.out());
    }
}
