package org.nutjvm.tools.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.tls.CertLife;
import org.nutjvm.common.tls.ClientTls;

/// The configuration against a machine: a directory with programs and sockets, the user who runs the test, and servers
/// that are played.
class LiveRulesTest {
    private static final String ME = System.getProperty("user.name");

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path root;

    private Path etc = Path.of("");
    private Path run = Path.of("");
    private final Network network = new Network();

    /// Servers that answer as they are told.
    private static final class Network implements Servers {
        String failure = "";
        Outcome outcome = Outcome.ANSWERED;
        Optional<CertLife> certificate = Optional.empty();
        List<String> upses = List.of("ups");
        boolean here = true;

        @Override
        public Reply upses(UpsAddress server, ClientTls tls) {
            return new Reply(outcome, failure.isEmpty() ? upses : List.of(), failure, certificate);
        }

        @Override
        public boolean here(String address) {
            return here;
        }

        @Override
        public boolean listening(Path socket) {
            return Servers.real().listening(socket);
        }
    }

    @BeforeEach
    void soundMachine() throws IOException {
        etc = Files.createDirectory(root.resolve("etc"));
        run = Files.createDirectory(root.resolve("run"));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwx---"));
        for (String program : List.of("sbin/upsd", "sbin/upsmon", "bin/apcsmart", "notify", "down")) {
            Path file = root.resolve(program);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(root.resolve("tty"), "");
        write("nut.conf", "MODE=standalone\n");
        write(
                "ups.conf",
                "user = " + ME + "\nstatepath = " + run + "\n[ups]\ndriver = apcsmart\nport = " + root.resolve("tty")
                        + "\n");
        write("upsd.conf", "LISTEN 127.0.0.1\n");
        write("upsd.users", "[me]\npassword = secret\nupsmon primary\n");
        write(
                "upsmon.conf",
                "MONITOR ups@localhost 1 me secret primary\nRUN_AS_USER " + ME + "\nSHUTDOWNCMD \"" + root
                        + "/down now\"\nNOTIFYCMD " + root.resolve("notify") + "\nPOWERDOWNFLAG "
                        + run.resolve("killpower") + "\n");
        write(
                "upssched.conf",
                "CMDSCRIPT " + root.resolve("notify") + "\nPIPEFN " + run + "/pipe\nLOCKFN " + run
                        + "/lock\nAT ONBATT * EXECUTE x\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = etc.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private void replace(String name, String from, String to) throws IOException {
        String text = Files.readString(etc.resolve(name));
        assertTrue(text.contains(from), from);
        write(name, text.replace(from, to));
    }

    private List<Finding> findings() throws IOException {
        var found = new Findings();
        var installation = new Installation(
                List.of(root.resolve("sbin")), List.of(root.resolve("bin")), List.of(root), run, false);
        try (var driver = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            driver.bind(UnixDomainSocketAddress.of(run.resolve("apcsmart-ups")));
            LiveRules.look(ConfSet.read(etc), installation, DriverCatalog.standard(), network, NOW, found);
        } finally {
            Files.deleteIfExists(run.resolve("apcsmart-ups"));
        }
        return found.sorted();
    }

    private Set<Mistake> mistakes() throws IOException {
        var mistakes = EnumSet.noneOf(Mistake.class);
        for (Finding finding : findings()) {
            mistakes.add(finding.mistake());
        }
        return mistakes;
    }

    @Test
    void nothingIsWrongWithASoundMachine() throws IOException {
        assertEquals(List.of(), findings());
    }

    @Test
    void programsThatAreNotThere() throws IOException {
        Files.delete(root.resolve("sbin/upsmon"));
        Files.delete(root.resolve("bin/apcsmart"));
        Files.delete(root.resolve("notify"));
        Files.setPosixFilePermissions(root.resolve("down"), PosixFilePermissions.fromString("rw-r--r--"));
        var what = new ArrayList<String>();
        for (Finding finding : findings()) {
            what.add(finding.mistake().id() + " " + finding.what());
        }
        assertEquals(
                List.of(
                        "mode-not-installed MODE=standalone needs upsmon, which is in none of " + root + "/sbin",
                        "driver-missing [ups]: there is no program apcsmart in " + root + "/bin",
                        "program-missing SHUTDOWNCMD: " + root + "/down cannot be run",
                        "program-missing NOTIFYCMD: there is no program " + root + "/notify",
                        "program-missing CMDSCRIPT: there is no program " + root + "/notify"),
                what);
    }

    @Test
    void portsSocketsAndDirectories() throws IOException {
        Files.delete(root.resolve("tty"));
        replace("ups.conf", "[ups]", "[other]");
        replace("upssched.conf", "LOCKFN " + run, "LOCKFN " + run + "/nowhere");
        replace("upsmon.conf", "killpower", "nowhere/killpower");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertEquals(
                EnumSet.of(
                        Mistake.PORT_MISSING, Mistake.DRIVER_NOT_RUNNING, Mistake.DIRECTORY, Mistake.EXPOSED_DIRECTORY),
                mistakes());
    }

    @Test
    void usersAndRights() throws IOException {
        Files.setPosixFilePermissions(etc.resolve("upsd.users"), PosixFilePermissions.fromString("rw-r--r--"));
        replace("upsmon.conf", "RUN_AS_USER " + ME, "RUN_AS_USER nosuchuser");
        assertEquals(EnumSet.of(Mistake.EXPOSED_FILE, Mistake.NO_SUCH_USER), mistakes());
    }

    @Test
    void aFileThatItsUserCannotRead() throws IOException {
        assumeTrue(ME.equals("root"), "only root can have files that others cannot read and read them all the same");
        replace("upsmon.conf", "RUN_AS_USER " + ME, "RUN_AS_USER nobody");
        assertTrue(mistakes().contains(Mistake.UNREADABLE_FOR_USER));
    }

    @Test
    void certificatesThatAreNotThere() throws IOException {
        replace("upsd.conf", "LISTEN", "CERTFILE " + root.resolve("no.pem") + "\nLISTEN");
        assertEquals(EnumSet.of(Mistake.FILE_MISSING), mistakes());
    }

    @Test
    void serversThatDoNotAnswer() throws IOException {
        network.failure = "Connection failure: Connection refused";
        assertEquals(EnumSet.of(Mistake.MONITOR_UNREACHABLE), mistakes());
        network.outcome = Servers.Outcome.STRANGER;
        assertEquals(EnumSet.of(Mistake.MONITOR_UNREACHABLE, Mistake.PORT_IN_USE), mistakes());
        network.failure = "";
        network.outcome = Servers.Outcome.ANSWERED;
        network.upses = List.of("upz");
        List<Finding> found = findings();
        assertEquals(1, found.size());
        assertEquals(Mistake.MONITOR_UPS, found.getFirst().mistake());
        assertEquals("write upz", found.getFirst().cure());
        network.upses = List.of("UPS");
        network.here = false;
        assertEquals(EnumSet.of(Mistake.ADDRESS_NOT_HERE), mistakes());
    }

    @Test
    void aServerThatTellsNothingWithoutALoginIsThere() throws IOException {
        network.outcome = Servers.Outcome.RESERVED;
        network.upses = List.of();
        assertEquals(List.of(), findings());
    }

    @Test
    void serversWithAnotherCertificateThanIsWanted() throws IOException {
        network.failure = "SSL error: the server's certificate is from none of the authorities in CERTPATH /x";
        network.outcome = Servers.Outcome.REFUSED;
        List<Finding> found = findings();
        assertEquals(1, found.size());
        assertEquals(Mistake.MONITOR_UNREACHABLE, found.getFirst().mistake());
        assertTrue(found.getFirst().cure().startsWith("let CERTPATH have"), found.toString());
    }

    @Test
    void certificatesOfOtherMachines() throws IOException {
        replace("upsmon.conf", "ups@localhost", "ups@192.0.2.1");
        network.certificate = Optional.of(new CertLife("/CN=far", NOW.minusSeconds(9000000), NOW.plusSeconds(90000)));
        List<Finding> found = findings();
        assertEquals(1, found.size());
        assertEquals(Mistake.CERTIFICATE_EXPIRES, found.getFirst().mistake());
        assertEquals(
                "MONITOR ups@192.0.2.1: the certificate /CN=far expires on 2026-06-02",
                found.getFirst().what());
        network.certificate = Optional.of(new CertLife("/CN=far", NOW.minusSeconds(9000000), NOW.plusSeconds(9000000)));
        assertEquals(List.of(), findings());
    }

    @Test
    void snmpSecretsAreSecrets() throws IOException {
        replace("ups.conf", "apcsmart", "snmp-ups");
        replace("ups.conf", "port = ", "community = hidden\nport = ");
        Files.setPosixFilePermissions(etc.resolve("ups.conf"), PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(mistakes().contains(Mistake.EXPOSED_FILE));
        replace("ups.conf", "hidden", "public");
        Files.setPosixFilePermissions(etc.resolve("ups.conf"), PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(!mistakes().contains(Mistake.EXPOSED_FILE));
    }
}
