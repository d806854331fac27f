package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// net-snmp's snmpd on a port of its own.
final class NetSnmp implements AutoCloseable {
    private static final Path SNMPD = Path.of("/usr/sbin/snmpd");
    private static final long LIMIT_SECONDS = 20;

    final int port;
    private final Path dir;
    private final String address;
    private @Nullable Process process;

    /// @param host `127.0.0.1` or `[::1]`
    NetSnmp(Path dir, String host, String conf) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(SNMPD), "no snmpd here: apt-get install snmpd");
        this.dir = dir;
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        address = (host.startsWith("[") ? "udp6:" : "udp:") + host + ":" + port;
        Files.writeString(dir.resolve("snmpd.conf"), conf);
        start();
    }

    /// Starts it, anew if it ran: it counts that as a boot.
    void start() throws Exception {
        stop();
        var log = dir.resolve("snmpd.log");
        var builder = new ProcessBuilder(List.of(
                        SNMPD.toString(),
                        "-f",
                        "-Lo",
                        "-r",
                        "-C",
                        "-c",
                        dir + "/snmpd.conf",
                        "-p",
                        dir + "/pid",
                        address))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("SNMP_PERSISTENT_DIR", dir.resolve("state").toString());
        builder.environment().put("MIBS", "");
        var started = builder.start();
        process = started;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!Files.readString(log).contains("NET-SNMP version")) {
            if (!started.isAlive() || System.nanoTime() > end) {
                throw new IOException("snmpd does not start: " + Files.readString(log));
            }
            Thread.sleep(20);
        }
    }

    void stop() {
        var running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Stops it and takes its memory: boots, and the name it gave itself.
    void forget() throws IOException {
        stop();
        try (var files = Files.list(dir.resolve("state"))) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
