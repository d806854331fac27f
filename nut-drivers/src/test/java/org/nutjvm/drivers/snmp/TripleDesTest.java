package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.drivers.snmp.agent.AgentSettings;
import org.nutjvm.drivers.snmp.agent.Snmp4jAgent;
import org.nutjvm.drivers.snmp.agent.SnmpAgent;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.nutjvm.drivers.spi.TestDevice;

/// 3DES, which net-snmp does not speak, with snmpsim at the other end.
class TripleDesTest {
    private static final Path SNMPSIMD = Path.of("/usr/bin/snmpsimd");
    private static final Oid CHARGE = Oid.of(1, 3, 6, 1, 2, 1, 33, 1, 2, 4, 0);
    private static final long LIMIT_SECONDS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private Process peer(int port) throws IOException {
        var data = Files.createDirectory(dir.resolve("data"));
        var cache = Files.createDirectory(dir.resolve("cache"));
        // What snmpsim takes for a request of version 3 with no context.
        Files.writeString(data.resolve("1.3.6.1.6.1.1.0.snmprec"), "1.3.6.1.2.1.33.1.2.4.0|2|95\n");
        for (var open : List.of(dir, data)) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        var command = new ArrayList<>(List.of(
                SNMPSIMD.toString(),
                "--data-dir=" + data,
                "--cache-dir=" + cache,
                "--logging-method=null",
                "--v3-user=ups",
                "--v3-auth-key=password1",
                "--v3-auth-proto=SHA",
                "--v3-priv-key=password2",
                "--v3-priv-proto=3DES",
                "--agent-udpv4-endpoint=127.0.0.1:" + port));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("--process-user=nobody", "--process-group=nogroup"));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
    }

    private static Snmp4jAgent agent(int port, String password) throws Exception {
        var device = new TestDevice();
        device.options.putAll(Map.of(
                "port", "127.0.0.1:" + port,
                "snmp_retries", "0",
                "snmp_version", "v3",
                "secLevel", "authPriv",
                "secName", "ups",
                "authProtocol", "SHA",
                "authPassword", "password1",
                "privProtocol", "3DES",
                "privPassword", password));
        return new Snmp4jAgent(AgentSettings.of(device));
    }

    /// It takes a moment to listen.
    private static SnmpAgent.Reply patiently(SnmpAgent agent) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            try {
                return agent.get(List.of(CHARGE), false);
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    @Test
    void objectsAreReadAndAWrongPasswordReadsNothing() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(SNMPSIMD), "no snmpsimd here: apt-get install snmpsim");
        int port;
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var peer = peer(port);
        try {
            try (var agent = agent(port, "password2")) {
                var row = patiently(agent).rows().getFirst();
                assertEquals(CHARGE, row.oid());
                assertEquals(new SnmpValue.Whole(95, SnmpValue.Whole.Type.INTEGER), row.value());
            }
            try (var agent = agent(port, "password3")) {
                assertThrows(IOException.class, () -> agent.get(List.of(CHARGE), false));
            }
        } finally {
            peer.destroy();
            if (!peer.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                peer.destroyForcibly();
            }
        }
    }
}
