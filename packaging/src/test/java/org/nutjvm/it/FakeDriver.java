package org.nutjvm.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A driver's socket with a script behind it: any device, and any misbehaviour, that dummy-ups cannot play.
final class FakeDriver implements AutoCloseable {
    private final Path socket;
    private final String dump;
    private final ServerSocketChannel listener;
    private final List<SocketChannel> servers = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile boolean frozen;

    /// Listens as the given section's driver would.
    ///
    /// @param dump what DUMPALL answers, without DUMPDONE
    FakeDriver(Path statePath, String driver, String ups, String dump) {
        this.socket = statePath.resolve(driver + "-" + ups);
        this.dump = dump;
        try {
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /// From now on nothing is read and nothing answered, and what the server sends piles up, until [#thaw].
    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
    }

    List<String> heard() {
        return heard;
    }

    /// Sends to every server connected.
    void say(String text) {
        for (var server : servers) {
            try {
                write(server, text.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                heard.add("(" + e.getClass().getSimpleName() + ")"); // that server has gone
            }
        }
    }

    int servers() {
        return servers.size();
    }

    /// Closes the connections; the socket goes on listening.
    void hangUp() {
        try {
            for (var server : List.copyOf(servers)) {
                servers.remove(server);
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (true) {
            try {
                var server = listener.accept();
                servers.add(server);
                Thread.ofVirtual().start(() -> serve(server));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(SocketChannel server) {
        try (var lines = new BufferedReader(Channels.newReader(server, StandardCharsets.ISO_8859_1))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.add(line);
                while (frozen && listener.isOpen()) {
                    Thread.sleep(20);
                }
                write(server, answer(line).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            heard.add("(" + e.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            servers.remove(server);
        }
    }

    private String answer(String line) {
        if (line.startsWith("DUMPALL")) {
            return dump + "DUMPDONE\n";
        }
        if (line.startsWith("PING")) {
            return "PONG\n";
        }
        int tracking = line.indexOf("TRACKING ");
        return tracking < 0 ? "" : "TRACKING " + line.substring(tracking + 9) + " 0\n";
    }

    private static void write(SocketChannel server, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            server.write(buffer);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            hangUp();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
