package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What nutconf writes is what the programs of either maker read.
@ExtendWith(LogsOnFailure.class)
class NutconfIT {
    private Sandbox box;

    @BeforeEach
    void open() {
        box = new Sandbox();
        box.environment("NUT_QUIET_INIT_BANNER", "true");
    }

    @AfterEach
    void close() {
        box.close();
    }

    private Result nutconf(String... arguments) {
        return box.run(Maker.OURS, "nutconf", arguments);
    }

    private void good(String... arguments) {
        assertEquals(new Result(0, "", ""), nutconf(arguments));
    }

    /// From an empty directory to a server that lets its users in.
    @ParameterizedTest
    @EnumSource
    void aSetUpFromNothing(Maker maker) {
        int port = Sandbox.freePort();
        box.write("office.dev", "ups.status: OL\nups.load: 12\n");
        assertEquals(new Result(1, "false\n", ""), nutconf("--is-configured"));
        good("--set-mode", "standalone", "--set-listen", "127.0.0.1", Integer.toString(port));
        good("--set-device", "office", "dummy-ups", "office.dev", "desc=under the \"desk\" #1");
        good("--add-user", "admin", "password=p w\\#\"x", "actions=SET", "instcmds=ALL");
        good("--add-user", "upsmon=primary", "password=watch");
        good("--add-monitor", "office", "127.0.0.1:" + port, "1", "upsmon", "watch", "master");
        good("--set-shutdowncmd", "/sbin/shutdown -h +0", "--set-powerdownflag", "/etc/killpower");
        assertEquals(new Result(0, "true\n", ""), nutconf("--is-configured"));
        assertEquals(new Result(0, "standalone\n", ""), nutconf("--get-mode"));
        box.daemon(Maker.OURS, "dummy-ups", "-a", "office", "-F");
        Await.until("the driver's socket", () -> Files.exists(box.state().resolve("dummy-ups-office")));
        box.daemon(maker, "upsd", "-F");
        String ups = "office@127.0.0.1:" + port;
        Await.until("data", () -> box.run(Maker.OURS, "upsc", ups, "ups.status").exit() == 0);
        assertEquals(
                "office: under the \"desk\" #1\n",
                box.run(Maker.OURS, "upsc", "-L", "127.0.0.1:" + port).out());
        var set = box.run(Maker.OURS, "upsrw", "-w", "-s", "driver.debug=1", "-u", "admin", "-p", "p w\\#\"x", ups);
        assertEquals(0, set.exit(), set.toString());
        try (var wire = new Wire(port).login("upsmon", "watch")) {
            assertEquals("OK", wire.ask("LOGIN office"));
            assertTrue(wire.ask("PRIMARY office").startsWith("OK"));
        }
        var checked = box.run(Maker.OURS, "nut-check", "--config", box.conf().toString());
        assertEquals(0, checked.exit(), checked.out());
    }

    /// C's scanner of the PATH, or the one of this tree, finds what upsd serves.
    @Test
    void scansAreNutScanners() {
        assumeTrue(
                Maker.OURS
                        .find("nut-scanner")
                        .or(() -> Maker.C.find("nut-scanner"))
                        .isPresent(),
                "no nut-scanner here: apt-get install nut-client");
        int port = Sandbox.freePort();
        box.write("office.dev", "ups.status: OL\n");
        box.write("ups.conf", "[office]\ndriver = dummy-ups\nport = office.dev\n");
        box.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
        box.write("upsd.users", "");
        box.daemon(Maker.OURS, "dummy-ups", "-a", "office", "-F");
        Await.until("the driver's socket", () -> Files.exists(box.state().resolve("dummy-ups-office")));
        box.daemon(Maker.OURS, "upsd", "-F").awaitLog("listening on");
        var found = nutconf("--scan-nut", "127.0.0.1", "127.0.0.1", Integer.toString(port), "2000000");
        assertEquals(0, found.exit(), found.err());
        assertTrue(found.out().startsWith("NUT ") && found.out().contains(" office@127.0.0.1"), found.out());
    }

    @Test
    void withoutScannerItSaysSo() {
        assumeTrue(Maker.OURS.find("nut-scanner").isEmpty(), "the tree has one");
        box.environment("PATH", box.dir().toString());
        var none = box.run(
                "nutconf", List.of("/bin/sh", Maker.OURS.program("nutconf").toString(), "--scan-usb"));
        assertEquals(1, none.exit());
        assertTrue(
                none.err().startsWith("Error: devices are looked for by nut-scanner, and there is none"), none.err());
    }

    @Test
    void aFullDiskKeepsTheOldFile() throws IOException {
        assumeTrue(
                Sandbox.root() && Files.isExecutable(Path.of("/usr/bin/nsenter")),
                "a small disk can only be mounted by root, with util-linux installed");
        Path disk = box.smallDiskUnderStatePath(16);
        String old = "# ours\nMINSUPPLIES 1\n";
        Files.writeString(disk.resolve("upsmon.conf"), old);
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                Files.write(disk.resolve("fill"), new byte[64], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        });
        String here = box.state().toString();
        var full = nutconf("--local", here, "--set-minsupplies", "2");
        assertEquals(
                new Result(1, "", "Error: Failed to write " + here + "/upsmon.conf: No space left on device\n"), full);
        assertEquals(old, Files.readString(disk.resolve("upsmon.conf")));
        var names = new ArrayList<String>();
        try (var files = Files.list(disk)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        assertEquals(List.of("fill", "upsmon.conf"), names.stream().sorted().toList());
        Files.delete(disk.resolve("fill"));
        assertEquals(0, nutconf("--local", here, "--set-minsupplies", "2").exit());
        assertEquals("# ours\nMINSUPPLIES 2\n", Files.readString(disk.resolve("upsmon.conf")));
    }
}
