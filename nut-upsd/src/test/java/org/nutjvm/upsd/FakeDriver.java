package org.nutjvm.upsd;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A driver's end of the socket: tells its lines when it is asked for a dump and remembers what it hears.
public final class FakeDriver implements AutoCloseable {
    private final Path path;
    private final ServerSocketChannel server;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<SocketChannel> peers = new LinkedBlockingQueue<>();
    private final String dump;
    private final boolean reading;
    private @Nullable SocketChannel peer;

    public FakeDriver(Path path, String dump) throws IOException {
        this(path, dump, true);
    }

    public FakeDriver(Path path, String dump, boolean reading) throws IOException {
        this.path = path;
        this.dump = dump;
        this.reading = reading;
        Files.deleteIfExists(path);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                var connection = server.accept();
                peers.add(connection);
                if (reading) {
                    Thread.ofVirtual().start(() -> listen(connection));
                }
            }
        } catch (IOException e) {
            heard.add("(closed)");
        }
    }

    private void listen(SocketChannel from) {
        var line = new StringBuilder();
        var buffer = ByteBuffer.allocate(4096);
        try {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    char c = (char) (buffer.get() & 0xff);
                    if (c != '\n') {
                        line.append(c);
                        continue;
                    }
                    heard.add(line.toString());
                    if (line.toString().equals("DUMPALL")) {
                        write(from, dump);
                    }
                    line.setLength(0);
                }
            }
        } catch (IOException e) {
            heard.add("(" + e.getMessage() + ")");
        }
        heard.add("(gone)");
    }

    private static void write(SocketChannel to, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /// The connection of the server, the newest there is.
    private SocketChannel peer() throws InterruptedException {
        var newest = peer;
        if (newest == null) {
            newest = peers.poll(10, TimeUnit.SECONDS);
        }
        for (var next = peers.poll(); next != null; next = peers.poll()) {
            newest = next;
        }
        if (newest == null) {
            throw new IllegalStateException("no server came to " + path);
        }
        peer = newest;
        return newest;
    }

    public void say(String text) throws IOException, InterruptedException {
        write(peer(), text);
    }

    /// The next line of the server that begins so.
    public String heard(String beginning) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        for (long left = 1; left > 0; left = deadline - System.nanoTime()) {
            var line = heard.poll(left, TimeUnit.NANOSECONDS);
            if (line != null && line.startsWith(beginning)) {
                return line;
            }
        }
        throw new AssertionError("not heard: " + beginning);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var each : peers) {
            each.close();
        }
        if (peer != null) {
            peer.close();
        }
        Files.deleteIfExists(path);
    }
}
