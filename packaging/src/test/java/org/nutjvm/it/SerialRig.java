package org.nutjvm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A driver, a line made of two pseudo terminals, and a played device at its end.
final class SerialRig implements AutoCloseable {
    final Sandbox box = new Sandbox();
    final Proc driver;
    private final Path near = box.dir().resolve("near");
    private final Path far = box.dir().resolve("far");
    private final Path socket;
    private Proc wire;
    private DeviceOnPty device;
    private @Nullable SocketChannel channel;

    /// @param words of the driver's command line besides its port
    SerialRig(Maker maker, String program, IntFunction<byte[]> device, String... words) {
        wire = wire();
        this.device = new DeviceOnPty(far, device);
        var all = new ArrayList<>(List.of("-s", "bessie", "-x", "port=" + near));
        all.addAll(List.of(words));
        driver = box.daemon(maker, program, all.toArray(String[]::new));
        socket = box.state().resolve(program + "-bessie");
    }

    private Proc wire() {
        var made = box.start("socat", List.of("socat", "pty,raw,echo=0,link=" + near, "pty,raw,echo=0,link=" + far));
        SmartUpsOnPty.awaitEnds(near, far);
        return made;
    }

    /// Pulls the adapter out.
    void unplug() {
        device.close();
        wire.kill();
        try {
            Files.deleteIfExists(near);
            Files.deleteIfExists(far);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Plugs it in again.
    void plug(IntFunction<byte[]> again) {
        wire = wire();
        device = new DeviceOnPty(far, again);
    }

    void awaitData() {
        Await.until("socket of " + driver.name(), () -> Files.exists(socket) || !driver.alive());
        if (!driver.alive()) {
            throw new AssertionError(driver.name() + " has ended: " + driver.log());
        }
        Await.until("data of " + driver.name(), () -> !stale());
    }

    /// All it publishes of the device.
    List<String> dump() {
        return ask("DUMPALL", "DUMPDONE").stream()
                .filter(line -> !line.contains(" driver.")
                        && !line.contains("device.type")
                        && !line.contains("shutdown.default"))
                .sorted()
                .toList();
    }

    String value(String name) {
        return dump().stream()
                .filter(line -> line.startsWith("SETINFO " + name + " "))
                .findFirst()
                .map(line -> line.substring(9 + name.length()))
                .orElse("none");
    }

    boolean stale() {
        return dump().contains("DATASTALE");
    }

    /// Sends an order and waits for the outcome of a command.
    String order(String order) {
        if (order.startsWith("SET ")) {
            return ask(order + "\nPING", "PONG").getLast();
        }
        return ask(order + " TRACKING id", "TRACKING id").getLast();
    }

    private synchronized List<String> ask(String request, String end) {
        try {
            var open = channel;
            if (open == null) {
                open = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                channel = open;
            }
            var buffer = ByteBuffer.allocate(8192);
            open.configureBlocking(false);
            while (open.read(buffer.clear()) > 0) {
                // news from before the request
            }
            open.configureBlocking(true);
            open.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.US_ASCII)));
            var text = new StringBuilder();
            while (open.read(buffer.clear()) >= 0) {
                text.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
                var lines = text.toString().lines().toList();
                if (text.toString().endsWith("\n") && lines.stream().anyMatch(l -> l.startsWith(end))) {
                    return lines.stream()
                            .filter(l -> end.startsWith("DUMP") || l.startsWith(end))
                            .toList();
                }
            }
            throw new IOException(driver.name() + " hung up on " + request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        device.close();
        try (var open = channel) {
            if (open != null) {
                open.shutdownInput();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            box.close();
        }
    }
}
