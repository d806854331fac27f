package org.nutjvm.common.client;

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
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.common.wire.Lexer;

/// A short conversation with a driver that runs already (drivers/upsdrvquery.c): one request at a time, every wait
/// bounded. Commands carry a tracking id; drivers before 2.8.0 know no tracking and do not answer them. For one thread.
public final class DriverQuery implements AutoCloseable {
    private static final Duration GREETING = Duration.ofSeconds(3);

    private final SocketChannel channel;
    private final Selector selector;
    private final Lexer lexer = new Lexer();
    private final ByteBuffer in = ByteBuffer.allocate(1024).flip();
    private boolean responsive;

    private DriverQuery(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /// Connects and asks not to be told of changes.
    ///
    /// @throws IOException if nobody listens there or the connection breaks at once
    public static DriverQuery connect(Path socket) throws IOException {
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
            responsive = true;
        } catch (SocketTimeoutException e) {
            // Busy, but connected: the request may still be answered.
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    /// Whether it answered the PING that opened the conversation within three seconds.
    public boolean responsive() {
        return responsive;
    }

    /// What a driver says of itself.
    ///
    /// @param pid the number of its process; empty if it does not tell
    /// @param status its `ups.status`; null if it has none
    public record About(String pid, @Nullable String status) {}

    /// The number of the driver's process (GETPID), empty if it is too old to tell.
    ///
    /// @throws IOException also if the driver does not answer in time
    public String pid(Duration timeout) throws IOException {
        send(new DriverRequest.GetPid());
        send(new DriverRequest.Ping()); // answers come in order: this one by itself means there is none to the other
        var line = await(timeout, l -> l instanceof DriverLine.Pid || l instanceof DriverLine.Pong);
        return line instanceof DriverLine.Pid(String id) ? id : "";
    }

    /// Number and status together (GETPID, DUMPALL, which drivers of all ages know).
    ///
    /// @throws IOException also if the driver does not answer in time
    public About about(Duration timeout) throws IOException {
        send(new DriverRequest.GetPid());
        send(new DriverRequest.DumpAll());
        String pid = "";
        String status = null;
        while (true) {
            switch (await(timeout, DriverQuery::isAbout)) {
                case DriverLine.Pid(String id) -> pid = id;
                case DriverLine.SetInfo(String _, String value) -> status = value;
                default -> {
                    return new About(pid, status);
                }
            }
        }
    }

    private static boolean isAbout(DriverLine line) {
        return line instanceof DriverLine.Pid
                || line instanceof DriverLine.DumpDone
                || (line instanceof DriverLine.SetInfo info && info.name().equals("ups.status"));
    }

    /// Has a command run.
    ///
    /// @return the number of its outcome, 0 if it was handled
    public int instcmd(String cmd, Duration timeout) throws IOException {
        String id = UUID.randomUUID().toString();
        send(new DriverRequest.Instcmd(cmd, Optional.empty(), Optional.of(id)));
        return outcome(id, timeout);
    }

    /// Has a variable set.
    ///
    /// @return the number of the outcome, 0 if it was handled
    public int set(String name, String value, Duration timeout) throws IOException {
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
                throw new EOFException("the driver closed the connection");
            }
        }
    }

    private void send(DriverRequest request) throws IOException {
        var bytes = ByteBuffer.wrap((request.text() + '\n').getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                throw new IOException("the driver does not read");
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
