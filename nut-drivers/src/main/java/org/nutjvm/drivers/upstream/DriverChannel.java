package org.nutjvm.drivers.upstream;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.common.wire.Lexer;

/// One connection to a driver's socket. A thread of its own reads, so that news wake the loop and
/// a driver that floods
/// waits for it; whoever owns the connection writes, and never waits.
final class DriverChannel implements AutoCloseable {
    /// Lines that may wait for their reader.
    private static final int WAITING_LIMIT = 4096;

    /// Longer than 32 words of 512 bytes can be, quoted.
    private static final int LINE_LIMIT = 64 * 1024;

    /// What came in: a line, or the end.
    sealed interface News {
        record Line(DriverLine line) implements News {}

        record End(String why) implements News {}
    }

    private final SocketChannel channel;
    private final Selector selector;
    private final Runnable wake;
    private final BlockingQueue<News> waiting = new LinkedBlockingQueue<>(WAITING_LIMIT);
    private final Thread reader;

    private DriverChannel(SocketChannel channel, Selector selector, Runnable wake, String name) {
        this.channel = channel;
        this.selector = selector;
        this.wake = wake;
        reader = Thread.ofPlatform().daemon().name(name).unstarted(this::read);
    }

    /// Connects without waiting: a driver whose queue of connections is full counts as not there.
    ///
    /// @param wake called in the reading thread when there is something to take, but for news of that
    /// driver itself
    static DriverChannel connect(Path socket, Runnable wake, String name) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                throw new IOException("it accepts no connections");
            }
            var selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            var connected = new DriverChannel(channel, selector, wake, name);
            connected.reader.start();
            return connected;
        } catch (IllegalArgumentException e) {
            channel.close();
            throw new IOException("its name is too long", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// @throws IOException if the driver has gone or does not read
    void send(DriverRequest request) throws IOException {
        var bytes = ByteBuffer.wrap((request.text() + '\n').getBytes(StandardCharsets.ISO_8859_1));
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("it does not read");
        }
    }

    /// The next thing that came in, or null when nothing does in that time.
    @Nullable
    News take(long nanos) {
        try {
            return nanos <= 0 ? waiting.poll() : waiting.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void read() {
        try (selector) {
            put(new News.End(readOn()));
            wake.run();
        } catch (InterruptedException | IOException e) {
            // closed by its owner, who needs no news of it
        }
    }

    private String readOn() throws InterruptedException {
        var lexer = new Lexer();
        var buffer = ByteBuffer.allocate(4096);
        try {
            while (true) {
                selector.select();
                selector.selectedKeys().clear();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                buffer.clear();
                if (channel.read(buffer) < 0) {
                    return "it closed the connection";
                }
                buffer.flip();
                boolean worth = false;
                while (buffer.hasRemaining()) {
                    switch (lexer.feed(buffer.get())) {
                        case LINE -> {
                            var line = DriverLine.of(lexer.words());
                            worth |= worth(line);
                            put(new News.Line(line));
                        }
                        case ERROR -> {
                            return "Parse error on sock: " + lexer.error();
                        }
                        case MORE -> {
                            if (lexer.consumed() > LINE_LIMIT) {
                                return "it sent a line without end";
                            }
                        }
                    }
                }
                if (worth) {
                    wake.run();
                }
            }
        } catch (IOException e) {
            return Reasons.of(e);
        }
    }

    /// What a driver tells of itself at each poll wakes nobody: two drivers that follow each other
    /// would never rest.
    static boolean worth(DriverLine line) {
        return switch (line) {
            case DriverLine.SetInfo info -> !info.name().startsWith("driver.");
            case DriverLine.Pong _, DriverLine.Unknown _ -> false;
            default -> true;
        };
    }

    private void put(News news) throws InterruptedException {
        if (!waiting.offer(news)) {
            wake.run();
            waiting.put(news);
        }
    }

    /// The reading thread ends, and closes what it sleeps in.
    @Override
    public void close() {
        reader.interrupt();
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is expected of it any more
        }
    }
}
