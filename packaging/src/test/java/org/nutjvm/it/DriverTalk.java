package org.nutjvm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation with a driver over its state socket. One connection for all: C's drivers crash when one breaks while
/// they have something to say.
final class DriverTalk implements AutoCloseable {
    private final String name;
    private final Path socket;
    private @Nullable SocketChannel channel;

    /// @param name of the driver, for messages
    DriverTalk(String name, Path socket) {
        this.name = name;
        this.socket = socket;
    }

    /// Waits until there is somebody to talk to.
    void awaitSocket() {
        Await.until("socket of " + name, () -> Files.exists(socket));
    }

    /// What the device is, without what the driver is; sorted.
    List<String> dump() {
        return ask("DUMPALL", "DUMPDONE").stream()
                .filter(line -> !line.contains(" driver.")
                        && !line.contains("device.type")
                        && !line.contains("shutdown.default"))
                .sorted()
                .toList();
    }

    /// A variable's value in quotes, or `none`.
    String value(String variable) {
        return dump().stream()
                .filter(line -> line.startsWith("SETINFO " + variable + " "))
                .findFirst()
                .map(line -> line.substring(9 + variable.length()))
                .orElse("none");
    }

    boolean stale() {
        return dump().contains("DATASTALE");
    }

    /// Sends an order. Of commands, waits for the outcome; C's drivers do not always tell that of SET.
    String order(String order) {
        if (order.startsWith("SET ")) {
            return ask(order + "\nPING", "PONG").getLast();
        }
        return ask(order + " TRACKING id", "TRACKING id").getLast();
    }

    private synchronized List<String> ask(String request, String end) {
        try {
            if (channel == null) {
                channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            }
            var buffer = ByteBuffer.allocate(8192);
            channel.configureBlocking(false);
            while (channel.read(buffer.clear()) > 0) {
                // news from before the request
            }
            channel.configureBlocking(true);
            channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.US_ASCII)));
            var text = new StringBuilder();
            while (channel.read(buffer.clear()) >= 0) {
                text.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
                var lines = text.toString().lines().toList();
                if (text.toString().endsWith("\n") && lines.stream().anyMatch(l -> l.startsWith(end))) {
                    return lines.stream()
                            .filter(l -> end.startsWith("DUMP") || l.startsWith(end))
                            .toList();
                }
            }
            throw new IOException(name + " hung up on " + request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
