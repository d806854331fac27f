package org.nutjvm.drivers.core;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.common.wire.Lexer;

/// A short conversation with a driver that runs already (drivers/upsdrvquery.c): one request at a time, with a
/// tracking id, every wait bounded. Drivers before 2.8.0 know no tracking and do not answer.
final class DriverQuery implements AutoCloseable {
    private static final Duration GREETING = Duration.ofSeconds(3);

    private final SocketChannel channel;
    private final Selector selector;
    private final Lexer lexer = new Lexer();
    private final ByteBuffer in = ByteBuffer.allocate(1024).flip();

    private DriverQuery(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /// Connects and asks not to be told of changes.
    static DriverQuery connect(Path socket) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            var query = new DriverQuery(channel, Selector.open());
            channel.register(query.selector, SelectionKey.OP_READ);
            query.greet();
            return query;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void greet() throws IOException {
        try {
            send(new DriverRequest.Broadcast(false));
            send(new DriverRequest.Ping());
            await(GREETING, line -> line instanceof DriverLine.Pong);
        } catch (SocketTimeoutException e) {
            // Busy, but connected: the request may still be answered.
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    /// Has a command run.
    ///
    /// @return the number of its outcome, 0 if it was handled
    int instcmd(String cmd, Duration timeout) throws IOException {
        String id = UUID.randomUUID().toString();
        send(new DriverRequest.Instcmd(cmd, Optional.empty(), Optional.of(id)));
        return outcome(id, timeout);
    }

    /// Has a variable set.
    ///
    /// @return the number of the outcome, 0 if it was handled
    int set(String name, String value, Duration timeout) throws IOException {
        String id = UUID.randomUUID().toString();
        send(new DriverRequest.Set(name, value, Optional.of(id)));
        return outcome(id, timeout);
    }

    private int outcome(String id, Duration timeout) throws IOException {
        var line = await(timeout, l -> l instanceof DriverLine.Tracking t && t.id().equals(id));
        return line instanceof DriverLine.Tracking(String _, int status) ? status : -1;
    }

    private interface Wanted {
        boolean is(DriverLine line);
    }

    private DriverLine await(Duration timeout, Wanted wanted) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            while (in.hasRemaining()) {
                if (lexer.feed(in.get()) == Lexer.Event.LINE) {
                    var line = DriverLine.of(lexer.words());
                    if (wanted.is(line)) {
                        return line;
                    }
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("no answer within " + timeout.toSeconds() + " seconds");
            }
            selector.select(left);
            selector.selectedKeys().clear();
            in.clear();
            int read = channel.read(in);
            in.flip();
            if (read < 0) {
                throw new EOFException("the other driver instance closed the connection");
            }
        }
    }

    private void send(DriverRequest request) throws IOException {
        var bytes = ByteBuffer.wrap((request.text() + '\n').getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                throw new IOException("the other driver instance does not read");
            }
        }
    }

    /// Says good-bye, so that an old driver's log stays clean, and closes.
    @Override
    public void close() {
        try (selector;
                channel) {
            send(new DriverRequest.Logout());
        } catch (IOException e) {
            // It has gone already.
        }
    }
}
