package org.nutjvm.tools.nutconf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.conf.UpsdUsers;
import org.nutjvm.common.conf.UpsmonConf;

class NutconfTest {
    @TempDir
    Path dir;

    private record Ran(int code, String out, String err) {}

    private Ran run(String... args) {
        var all = new ArrayList<>(List.of("--local", dir.toString()));
        all.addAll(List.of(args));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = new Nutconf(
                        Map.of(),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(all);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void good(String... args) {
        assertEquals(new Ran(0, "", ""), run(args));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(dir.resolve(name), text);
    }

    private String read(String name) throws IOException {
        return Files.readString(dir.resolve(name));
    }

    @Test
    void modeIsAskedAndSet() throws IOException {
        assertEquals(new Ran(0, "unknown\n", ""), run("--get-mode"));
        assertEquals(new Ran(1, "false\n", ""), run("--is-configured"));
        write("nut.conf", "# what runs here\n  MODE=none # nothing\nUPSD_OPTIONS=\"-D\"");
        assertEquals(new Ran(1, "false\n", ""), run("--is-configured"));
        good("--set-mode", "netserver");
        assertEquals("# what runs here\n# nothing\nMODE=netserver\nUPSD_OPTIONS=\"-D\"", read("nut.conf"));
        assertEquals(new Ran(0, "netserver\n", ""), run("--get-mode"));
        assertEquals(new Ran(0, "true\n", ""), run("--is-configured"));
    }

    @Test
    void monitorsKeepTheirPlaceAndAllElse() throws IOException {
        write(
                "upsmon.conf",
                "# first\nMONITOR a@h 1 u p master # old\n\n\tPOLLFREQ  5\nMONITOR b@h 1 u p slave\n# last");
        good("--add-monitor", "c", "h:1234", "0", "u", "p w#\"\\", "secondary");
        assertEquals("""
                # first
                MONITOR a@h 1 u p master # old

                \tPOLLFREQ  5
                MONITOR b@h 1 u p slave
                MONITOR c@h:1234 0 u "p w\\#\\"\\\\" secondary
                # last
                """, read("upsmon.conf"));
        var monitor = UpsmonConf.load(dir.resolve("upsmon.conf")).monitors().get(2);
        assertEquals("p w#\"\\", monitor.password());
        good("--add-monitor", "c", "h:1234", "1", "u", "q", "secondary");
        assertEquals(3, UpsmonConf.load(dir.resolve("upsmon.conf")).monitors().size());
        good("--set-monitor", "x", "h", "1", "u", "p", "primary", "--set-monitor", "y", "h", "1", "u", "p", "primary");
        assertEquals(
                "# first\nMONITOR x@h 1 u p primary # old\nMONITOR y@h 1 u p primary\n\n\tPOLLFREQ  5\n# last\n",
                read("upsmon.conf"));
    }

    @Test
    void everythingOfUpsmon() throws IOException {
        good(
                "--set-shutdowncmd",
                "/sbin/shutdown -h +0",
                "--set-notifycmd",
                "/sbin/upssched",
                "--set-minsupplies",
                "2",
                "--set-powerdownflag",
                "/etc/killpower",
                "--set-notifymsg",
                "onbatt",
                "UPS %s: battery!",
                "--set-notifyflags",
                "ONBATT",
                "SYSLOG",
                "EXEC");
        good("--add-notifyflags", "ONBATT", "WALL", "--set-notifyflags", "ONLINE", "IGNORE");
        good("--set-minsupplies", "1");
        assertEquals("""
                SHUTDOWNCMD "/sbin/shutdown -h +0"
                NOTIFYCMD /sbin/upssched
                MINSUPPLIES 1
                POWERDOWNFLAG /etc/killpower
                NOTIFYMSG ONBATT "UPS %s: battery!"
                NOTIFYFLAG ONBATT SYSLOG+WALL+EXEC
                NOTIFYFLAG ONLINE IGNORE
                """, read("upsmon.conf"));
        assertEquals(
                List.of(),
                UpsmonConf.load(dir.resolve("upsmon.conf")).complaints().stream()
                        .filter(c -> c.line() > 0)
                        .toList());
    }

    @Test
    void listenAddresses() throws IOException {
        write("upsd.conf", "# x\nLISTEN 127.0.0.1\nMAXAGE 15\nLISTEN ::1");
        good("--add-listen", "10.0.0.1", "3493", "--add-listen", "::1");
        assertEquals("# x\nLISTEN 127.0.0.1\nMAXAGE 15\nLISTEN ::1\nLISTEN 10.0.0.1 3493\n", read("upsd.conf"));
        good("--set-listen", "0.0.0.0", "--set-listen", "::");
        assertEquals("# x\nLISTEN 0.0.0.0\nLISTEN ::\nMAXAGE 15\n", read("upsd.conf"));
    }

    @Test
    void devices() throws IOException {
        write("ups.conf", "maxretry = 3\n# mine\n[a]\n  driver = x # d\n  port = auto\n\n# next\n[b]\nnolock\n");
        good("--add-device", "a", "usbhid-ups", "auto", "desc=My UPS", "--add-device", "c", "snmp-ups", "10.0.0.9");
        assertEquals("""
                maxretry = 3
                # mine
                [a]
                  driver = usbhid-ups # d
                  port = auto
                  desc = "My UPS"

                # next
                [b]
                nolock

                [c]
                \tdriver = snmp-ups
                \tport = 10.0.0.9
                """, read("ups.conf"));
        good("--set-device", "d", "dummy-ups", "d.dev");
        assertEquals(
                "maxretry = 3\n# mine\n# d\n\n# next\n\n[d]\n\tdriver = dummy-ups\n\tport = d.dev\n", read("ups.conf"));
        assertEquals(1, UpsConf.load(dir).sections().size());
    }

    @Test
    void users() throws IOException {
        write("upsd.users", "# users\n[admin]\n\tpassword = old\n\tactions = SET\n");
        good("--add-user", "admin", "password=new one", "actions=FSD", "instcmds=ALL");
        good("--add-user", "upsmon=primary", "password=x", "--add-user", "upsmon=secondary");
        assertEquals("""
                # users
                [admin]
                \tpassword = "new one"
                \tactions = SET
                \tactions = FSD
                \tinstcmds = ALL

                [upsmon]
                \tpassword = x
                \tupsmon secondary
                """, read("upsd.users"));
        good("--add-user", "watcher", "password=y", "upsmon=slave");
        assertTrue(
                read("upsd.users").endsWith("\n[watcher]\n\tpassword = y\n\tupsmon secondary\n"), read("upsd.users"));
        UpsdUsers users = UpsdUsers.load(dir);
        assertTrue(users.mayAct("admin", "new one", "FSD") && users.mayAct("upsmon", "x", "LOGIN"));
        assertEquals("rw-r-----", PosixFilePermissions.toString(newFile()));
    }

    private Set<PosixFilePermission> newFile() throws IOException {
        good("--set-mode", "standalone");
        return Files.getPosixFilePermissions(dir.resolve("nut.conf"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--set-monitor a h 1 u p",
                "--set-monitor a h x u p primary",
                "--set-monitor a h 1 u p chief",
                "--set-monitor a h:x 1 u p primary",
                "--set-mode often",
                "--set-mode",
                "--set-listen a 0",
                "--set-listen",
                "--add-device a b",
                "--add-device a b c d",
                "--add-device a] b c",
                "--set-notifyflags ONBAT SYSLOG",
                "--set-notifyflags ONBATT EXE",
                "--set-user a",
                "--set-user a x",
                "--set-user a colour=red",
                "--set-user upsmon",
                "--set-user upsmon=chief",
                "--set-minsupplies -1",
                "--set-notifycmd a b",
                "--nonsense",
                "stray",
                "-x",
                "--set-mode none --set-mode none",
                "--set-user a password=b --add-user c password=d",
                "--set-notifyflags ONBATT EXEC --add-notifyflags ONBATT WALL",
                "--scan-usb x",
                "--scan-nut a b",
                "--scan-snmp a b colour=red",
                "--scan-snmp a b x",
                "--scan-xml-http soon",
                "--scan-ipmi a b version=2.0",
                "--scan-usb --scan-usb",
                "--local /a /b"
            })
    void whatMakesNoSenseIsRefusedAndChangesNothing(String line) throws IOException {
        Ran ran = run(("--set-shutdowncmd x " + line).split(" ", -1));
        assertEquals(1, ran.code(), ran.toString());
        assertTrue(ran.err().length() > 10, ran.toString());
        try (var files = Files.list(dir)) {
            assertEquals(0, files.count(), "nothing is half done");
        }
    }

    @Test
    void lineBreaksCannotBeSmuggledIn() throws IOException {
        assertEquals(1, run("--set-shutdowncmd", "x\nRUN_AS_USER root").code());
        assertEquals(1, run("--add-device", "a", "b", "c", "desc=\u00e4").code());
        try (var files = Files.list(dir)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void modeLinksAndOtherPeoplesChangesAreKept() throws IOException {
        Path real = dir.resolve("real");
        Files.writeString(real, "MINSUPPLIES 1\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw----"));
        Files.createSymbolicLink(dir.resolve("upsmon.conf"), real);
        good("--set-minsupplies", "2");
        assertTrue(Files.isSymbolicLink(dir.resolve("upsmon.conf")));
        assertEquals("MINSUPPLIES 2\n", Files.readString(real));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
        byte[] stale = "MINSUPPLIES 1\n".getBytes(StandardCharsets.US_ASCII);
        assertThrows(IOException.class, () -> SafeFile.replace(real, stale, new byte[0]));
        assertEquals("MINSUPPLIES 2\n", Files.readString(real));
        try (var files = Files.list(dir)) {
            assertEquals(2, files.count(), "no temporary file is left");
        }
    }

    @Test
    void filesThatCannotBeReadAreLeftAlone() throws IOException {
        Files.createDirectory(dir.resolve("upsmon.conf"));
        assertEquals(1, run("--set-minsupplies", "2").code());
        byte[] binary = new byte[4096];
        Files.write(dir.resolve("ups.conf"), binary);
        assertEquals(1, run("--add-device", "a", "b", "c").code());
        assertArrayEquals(binary, Files.readAllBytes(dir.resolve("ups.conf")));
        assertEquals(1, run("--local", "/nowhere/at/all").code());
    }

    @Test
    void aWordThatIsTooLongWouldBeCutWhenRead() {
        assertEquals(1, run("--set-shutdowncmd", "x".repeat(513)).code());
        good("--set-shutdowncmd", "x".repeat(512));
    }

    @Test
    void addedFlagsComeToThoseInForce() throws IOException {
        good("--add-notifyflags", "ONBATT", "EXEC");
        assertEquals("NOTIFYFLAG ONBATT SYSLOG+WALL+EXEC\n", read("upsmon.conf"));
        write("upsmon.conf", "NOTIFYFLAG ONBATT SYSLOG\nNOTIFYFLAG onbatt WALL # the last counts\n");
        good("--add-notifyflags", "ONBATT", "EXEC");
        assertEquals("NOTIFYFLAG ONBATT WALL+EXEC\n# the last counts\n", read("upsmon.conf"));
    }

    @Test
    void nothingIsWrittenWhereNothingChanges() throws IOException {
        write("upsmon.conf", "MINSUPPLIES 1 # as before");
        Files.setLastModifiedTime(dir.resolve("upsmon.conf"), FileTime.fromMillis(1000));
        good("--set-minsupplies", "1", "--add-listen", "::1");
        assertEquals("MINSUPPLIES 1 # as before\n", read("upsmon.conf"), "a last line gets its end");
        Files.setLastModifiedTime(dir.resolve("upsmon.conf"), FileTime.fromMillis(1000));
        good("--set-minsupplies", "1", "--add-listen", "::1");
        assertEquals(1000, Files.getLastModifiedTime(dir.resolve("upsmon.conf")).toMillis());
        assertEquals("LISTEN ::1\n", read("upsd.conf"));
    }
}
