package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// snmp-ups of the image, with net-snmp's snmpd as a UPS that speaks SNMPv3 with authentication and privacy.
@ExtendWith(LogsOnFailure.class)
class SnmpIT {
    private static final Path SNMPD = Path.of("/usr/sbin/snmpd");
    private static final Path SNMPTRAP = Path.of("/usr/bin/snmptrap");
    private static final String SOURCE = ".1.3.6.1.2.1.33.1.4.1.0";

    private final int agentPort = freeUdpPort();
    private final int port = Sandbox.freePort();
    private final int theirPort = Sandbox.freePort();

    private static int freeUdpPort() {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Proc agent(Sandbox box, int source) {
        box.write("snmpd.conf", """
                createUser ups SHA-256 "authentic phrase" AES "private phrase"
                rwuser ups priv
                override .1.3.6.1.2.1.1.2.0 object_id .1.3.6.1.2.1.33
                override .1.3.6.1.2.1.33.1.1.1.0 octet_str "Example"
                override .1.3.6.1.2.1.33.1.1.2.0 octet_str "Standard 1000"
                override .1.3.6.1.2.1.33.1.2.1.0 integer 2
                override .1.3.6.1.2.1.33.1.2.3.0 integer 42
                override .1.3.6.1.2.1.33.1.2.4.0 integer 95
                override %s integer %d
                override -rw .1.3.6.1.2.1.33.1.8.2.0 integer -1
                override -rw .1.3.6.1.2.1.33.1.8.5.0 integer 2
                """.formatted(SOURCE, source));
        var proc = box.start(
                "snmpd",
                List.of(
                        SNMPD.toString(),
                        "-f",
                        "-Lo",
                        "-r",
                        "-C",
                        "-c",
                        box.conf() + "/snmpd.conf",
                        "-p",
                        box.state() + "/snmpd.pid",
                        "udp:127.0.0.1:" + agentPort));
        proc.awaitLog("NET-SNMP version");
        return proc;
    }

    private Sandbox box() {
        return box("pollfreq = 1");
    }

    private Sandbox box(String more) {
        assumeTrue(Files.isExecutable(SNMPD), "no snmpd here: apt-get install snmpd");
        var box = new Sandbox();
        box.environment("SNMP_PERSISTENT_DIR", box.dir().resolve("agent").toString());
        box.environment("MIBS", "");
        box.write("ups.conf", """
                pollinterval = 1
                [ups]
                    driver = snmp-ups
                    port = 127.0.0.1:%d
                    snmp_version = v3
                    secLevel = authPriv
                    secName = ups
                    authProtocol = SHA256
                    authPassword = "authentic phrase"
                    privProtocol = AES
                    privPassword = "private phrase"
                    snmp_retries = 0
                    %s
                """.formatted(agentPort, more));
        box.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\nMAXAGE 5\n");
        box.write("upsd.users", "[admin]\npassword = x\nactions = SET\ninstcmds = ALL\n");
        return box;
    }

    private String upsc(Sandbox box, Maker maker, String variable) {
        var result = box.run(Maker.OURS, "upsc", "ups@localhost:" + (maker == Maker.C ? theirPort : port), variable);
        return result.exit() == 0 ? result.out().strip() : result.firstError();
    }

    /// One driver under our upsd and C's at the same time: both see the same, and each step is waited for once.
    @Test
    void aUpsIsServedCommandedLostAndFoundAgain() {
        try (var box = box()) {
            var agent = agent(box, 3);
            var driver = box.daemon(Maker.OURS, "snmp-ups", "-a", "ups", "-F");
            driver.awaitLog("Detected Standard 1000 on host 127.0.0.1");
            box.daemon(Maker.OURS, "upsd", "-F");
            var servers = new ArrayList<>(List.of(Maker.OURS));
            if (Maker.C.find("upsd").isPresent()) {
                beside(box);
                servers.add(Maker.C);
            }
            for (var server : servers) {
                Await.until("data", () -> upsc(box, server, "ups.status").equals("OL"));
                assertEquals("95", upsc(box, server, "battery.charge"));
                assertEquals("Standard 1000", upsc(box, server, "device.model"));
                assertTrue(!upsc(box, server, "").contains("private phrase"), "a password is told to everybody");
                assertEquals("-1", upsc(box, server, "ups.timer.shutdown"));
            }
            commanded(box);
            for (var server : servers) {
                Await.until(
                        "the countdown",
                        () -> upsc(box, server, "ups.timer.shutdown").equals("77"));
                assertEquals("yes", upsc(box, server, "ups.start.auto"));
            }
            agent.kill();
            for (var server : servers) {
                Await.until("the loss", () -> upsc(box, server, "ups.status").contains("stale"));
            }
            agent(box, 5);
            for (var server : servers) {
                Await.until(
                        "the way back, on battery",
                        () -> upsc(box, server, "ups.status").equals("OB"));
            }
            assertTrue(driver.alive());
            assertEquals(0, driver.count("Exception"), driver.log());
        }
    }

    /// C's upsd on a port of its own, at the same driver.
    private void beside(Sandbox box) {
        var conf = box.dir().resolve("beside");
        try {
            Files.createDirectory(conf);
            for (String file : new String[] {"ups.conf", "upsd.users"}) {
                Files.copy(box.conf().resolve(file), conf.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
            }
            var listen = conf.resolve("upsd.conf");
            Files.writeString(listen, "LISTEN 127.0.0.1 " + theirPort + "\nMAXAGE 5\n");
            Files.setPosixFilePermissions(listen, PosixFilePermissions.fromString("rw-r-----"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        box.environment("NUT_CONFPATH", conf.toString());
        box.daemon(Maker.C, "upsd", "-F");
        box.environment("NUT_CONFPATH", box.conf().toString());
    }

    private void commanded(Sandbox box) {
        String ups = "ups@localhost:" + port;
        var done = box.run(Maker.OURS, "upscmd", "-w", "-u", "admin", "-p", "x", ups, "shutdown.return", "77");
        assertEquals(0, done.exit(), done.err());
    }

    /// Between two polls, which are ten minutes apart here, net-snmp's snmptrap says that something is new.
    @Test
    void aTrapHasTheDeviceAskedAtOnce() {
        assumeTrue(Files.isExecutable(SNMPTRAP), "no snmptrap here: apt-get install snmp");
        int traps = freeUdpPort();
        try (var box = box("pollfreq = 600\n    trapport = " + traps)) {
            var agent = agent(box, 3);
            var driver = box.daemon(Maker.OURS, "snmp-ups", "-a", "ups", "-F");
            driver.awaitLog("Detected Standard 1000 on host 127.0.0.1");
            box.daemon(Maker.OURS, "upsd", "-F");
            Await.until("data", () -> upsc(box, Maker.OURS, "ups.status").equals("OL"));
            agent.kill();
            agent(box, 5);
            var sent = box.start(
                    "snmptrap",
                    List.of(
                            SNMPTRAP.toString(),
                            "-v2c",
                            "-c",
                            "public",
                            "-Ci",
                            "127.0.0.1:" + traps,
                            "",
                            ".1.3.6.1.2.1.33.2.1"));
            Await.until("the trap", () -> upsc(box, Maker.OURS, "ups.status").equals("OB"));
            driver.awaitLog("127.0.0.1 says: on battery");
            Await.until("the inform's answer", () -> !sent.alive());
        }
    }

    @Test
    void theDriverPowersOffByItself() {
        try (var box = box()) {
            agent(box, 5);
            var off = box.run(Maker.OURS, "snmp-ups", "-a", "ups", "-k", "-u", System.getProperty("user.name"));
            assertEquals(0, off.exit(), off.err());
            assertTrue(off.err().contains("Shutdown successful with 'shutdown.return'"), off.err());
            var dump = box.run(Maker.OURS, "snmp-ups", "-a", "ups", "-d", "1", "-u", System.getProperty("user.name"));
            assertTrue(dump.out().contains("ups.timer.shutdown: 20\n"), dump.out());
        }
    }
}
