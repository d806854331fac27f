package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// nut-scanner beside C's, in a network of its own: there agents may have the port of SNMP, and 253 addresses are
/// silent.
@ExtendWith(LogsOnFailure.class)
class NutScannerIT {
    private static final String LAY = """
            ip link set lo up &&
            ip link add lan0 type veth peer name far0 &&
            ip link set lan0 arp off &&
            ip addr add 10.99.0.1/24 dev lan0 &&
            ip link set lan0 up && ip link set far0 up &&
            echo laid && exec sleep 600""";
    private static final String[] PASSWORDS = {
        "-l", "authPriv", "-u", "ups", "-w", "SHA256", "-W", "authentic phrase", "-x", "AES", "-X", "private phrase"
    };

    private final Sandbox box = new Sandbox();
    private List<String> inside = List.of();

    @BeforeEach
    void lay() {
        assumeTrue(Sandbox.root(), "only root can make a network of its own");
        var network = box.start("network", List.of("unshare", "--net", "sh", "-c", LAY));
        Await.until("the network", () -> network.log().contains("laid") || !network.alive());
        assumeTrue(network.alive(), () -> "no network of its own here: " + network.log());
        inside = List.of("nsenter", "--target", Long.toString(network.pid()), "--net");
    }

    @AfterEach
    void end() {
        box.close();
    }

    private Proc start(String name, String... command) {
        var words = new ArrayList<>(inside);
        words.addAll(List.of(command));
        return box.start(name, words);
    }

    private Result scan(Maker maker, String... options) {
        var words = new ArrayList<>(inside);
        words.add(maker.program("nut-scanner").toString());
        words.addAll(List.of(options));
        return box.run(maker + " nut-scanner", words);
    }

    /// What both find, without what 2.8.0 has otherwise than 2.8.5: names of sections, the driver for a server's
    /// devices;
    /// and without the description, for which C takes the maker.
    private List<String> lines(Maker maker, String... options) {
        var result = scan(maker, options);
        assertEquals(0, result.exit(), result.err());
        return result.outLines().stream()
                .map(line -> line.replaceFirst("^\\[nutdev(-[a-z]+)?", "[nutdev")
                        .replace("\"nutclient\"", "\"dummy-ups\"")
                        .replaceFirst(",desc=\"(?:[^\"\\\\]|\\\\.)*\"", ""))
                .filter(line -> !line.startsWith("\tdesc = "))
                .sorted()
                .toList();
    }

    private List<String> same(String... options) {
        var ours = lines(Maker.OURS, options);
        assertEquals(lines(Maker.C, options), ours);
        return ours;
    }

    private void agent() {
        Path snmpd = Path.of("/usr/sbin/snmpd");
        assumeTrue(Files.isExecutable(snmpd), "no snmpd here: apt-get install snmpd");
        box.environment("SNMP_PERSISTENT_DIR", box.dir().resolve("agent").toString());
        box.environment("MIBS", "");
        box.write("snmpd.conf", """
                rocommunity public
                createUser ups SHA-256 "authentic phrase" AES "private phrase"
                rouser ups priv
                override .1.3.6.1.2.1.1.2.0 object_id .1.3.6.1.2.1.33
                override .1.3.6.1.2.1.33.1.1.1.0 octet_str "Example"
                override .1.3.6.1.2.1.33.1.1.2.0 octet_str "Standard #1000 \\"S\\""
                """);
        start(
                        "snmpd",
                        snmpd.toString(),
                        "-f",
                        "-Lo",
                        "-r",
                        "-C",
                        "-c",
                        box.conf() + "/snmpd.conf",
                        "-p",
                        box.state() + "/snmpd.pid",
                        "udp:127.0.0.1:161")
                .awaitLog("NET-SNMP version");
    }

    @Test
    void anSnmpAgentIsFoundAsByC() {
        agent();
        assertEquals(5, same("-S", "-q", "-s", "127.0.0.1", "-t", "3", "-N").size());
        assertEquals(1, same("-S", "-q", "-s", "127.0.0.1", "-t", "3", "-P").size());
        assertEquals(List.of(), same("-S", "-q", "-s", "127.0.0.1", "-t", "1", "-c", "wrong"));
        var found = scan(Maker.OURS, "--snmp_scan", "--start_ip=127.0.0.1", "--timeout", "3");
        assertTrue(found.out().contains("\tdesc = \"Standard \\#1000 \\\"S\\\"\"\n"), found.out());
        assertEquals("Scanning SNMP bus.\n", found.err());
    }

    @Test
    void version3IsSpokenAsByC() {
        agent();
        var options = new ArrayList<>(List.of("-S", "-q", "-s", "127.0.0.1", "-t", "3", "-P"));
        options.addAll(List.of(PASSWORDS));
        var found = same(options.toArray(new String[0]));
        assertTrue(found.getFirst().contains("snmp_version=\"v3\",secLevel=\"authPriv\",secName=\"ups\""), found + "");
        options.set(options.indexOf("private phrase"), "another phrase");
        var refused = scan(Maker.OURS, options.toArray(new String[0]));
        assertEquals("", refused.out());
        assertTrue(refused.err().contains("makes itself known, but does not answer: check -u"), refused.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"apc_sua1500", "eaton_ats16_nmc", "mge_9pxle"})
    void aRecordedDeviceIsFoundAsByC(String device) {
        Path corpus =
                Path.of(System.getProperty("nut.root", "..")).toAbsolutePath().normalize();
        while (corpus != null && !Files.isExecutable(corpus.resolve("shared/corpus/snmp/serve.sh"))) {
            corpus = corpus.getParent();
        }
        assumeTrue(corpus != null, "no collection of SNMP recordings in ../shared/corpus/snmp");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/snmpsimd")), "no snmpsimd here: apt-get install snmpsim");
        start(device, corpus + "/shared/corpus/snmp/serve.sh", device, "161").awaitLog("READY");
        assertTrue(!same("-S", "-q", "-s", "127.0.0.1", "-t", "3", "-P").isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void devicesOfANutServerAreFoundAsByC(Maker server) {
        box.write("ups.conf", "[eco]\n driver = dummy-ups\n port = x\n[rack]\n driver = dummy-ups\n port = y\n");
        box.write("upsd.conf", "LISTEN 127.0.0.1 3493\nLISTEN ::1 3499\nLISTEN 127.0.0.1 3494\n");
        box.write("upsd.users", "");
        start(server + " upsd", server.program("upsd").toString(), "-F", "-u", "root")
                .awaitLog("Running as foreground process");
        assertEquals(2, same("-O", "-q", "-m", "127.0.0.1/32", "-t", "5", "-P").size());
        assertEquals(6, same("-O", "-q", "-s", "127.0.0.1", "-t", "2", "-N").size());
        // 2.8.0 leaves the port out.
        String[] elsewhere = {"-O", "-q", "-s", "127.0.0.1", "-t", "2", "-p", "3494", "-P"};
        assertEquals(2, lines(Maker.C, elsewhere).size());
        assertEquals(
                "NUT:driver=\"dummy-ups\",port=\"eco@127.0.0.1:3494\"",
                lines(Maker.OURS, elsewhere).getFirst());
        var ours = scan(Maker.OURS, "-O", "-q", "-s", "::1", "-p", "3499", "-P");
        assertEquals(
                List.of(
                        "NUT:driver=\"dummy-ups\",port=\"eco@[::1]:3499\"",
                        "NUT:driver=\"dummy-ups\",port=\"rack@[::1]:3499\""),
                ours.outLines());
        assertEquals(
                2, scan(Maker.OURS, "-j", "-q", "-O", "-s", "localhost").out().split("\"NUT\"", -1).length - 1);
    }

    @Test
    void aNetworkOfSilentAddressesEndsInTime() {
        // One after the other would take 256 times as long for each bus.
        var scan = start(
                "nut-scanner",
                Maker.OURS.program("nut-scanner").toString(),
                "-S",
                "-O",
                "-M",
                "-m",
                "auto4",
                "-t",
                "2");
        assertEquals(0, scan.awaitExit(Duration.ofSeconds(60)), scan.log());
        assertEquals("", scan.out());
        assertEquals(0, scan.count("WARNING"), scan.log());
    }

    @Test
    void aMachineWithoutUsbSaysSoAndOthersShowTheirs() {
        box.write("demo.dev", "ups.status: OL\n");
        var found = scan(Maker.OURS, "-U", "-n", "-q");
        assertEquals(0, found.exit());
        boolean usb = Files.isDirectory(Path.of("/dev/bus/usb/001"));
        assertTrue(usb || found.err().contains("No USB device found (there is no /dev/bus/usb"), found.err());
        assertTrue(found.out().contains("\tdriver = \"dummy-ups\"\n\tport = \"demo.dev\"\n"), found.out());
        assertEquals(
                0,
                box.run("ours", List.of(Maker.OURS.program("nut-scanner").toString(), "-h"))
                        .exit());
    }
}
