package org.nutjvm.drivers.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.common.wire.Lexer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One reader of the state socket (drivers/dstate.h: conn_t).
final class Connection {
    /// A line that does not end after so many bytes is no line.
    private static final int LINE_LIMIT = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final int number;
    private final int limit;
    private int ceiling;
    private final Lexer lexer = new Lexer();
    private final Outbox outbox = new Outbox();
    private boolean broadcast = true;
    private boolean saidGoodbye;
    private boolean closed;

    /// @param limit how many bytes may wait for this reader
    Connection(SocketChannel channel, SelectionKey key, int number, int limit) {
        this.channel = channel;
        this.key = key;
        this.number = number;
        this.limit = limit;
        ceiling = limit;
    }

    /// What a reader did that ends the connection and is news.
    static final class Misbehaviour extends IOException {
        private static final long serialVersionUID = 1L;

        Misbehaviour(String message) {
            super(message);
        }
    }

    boolean wantsBroadcast() {
        return broadcast && !closed && !saidGoodbye;
    }

    void broadcast(boolean on) {
        broadcast = on;
        LOG.debug("{} requested {}BROADCAST mode", this, on ? "" : "NO");
    }

    /// The next flush is the last.
    void goodbye() {
        saidGoodbye = true;
    }

    boolean closed() {
        return closed;
    }

    /// Reads what is there and hands every complete line over.
    ///
    /// @throws IOException if the reader is gone, sends what cannot be a line, or asks on without reading answers
    void read(ByteBuffer buffer, DriverSocket.Requests requests) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            if (outbox.pending() > 0) {
                goodbye(); // it has said all it wanted to and still waits for answers
                return;
            }
            throw new IOException("it seems the other side has closed the connection");
        }
        buffer.flip();
        while (buffer.hasRemaining() && !saidGoodbye) {
            switch (lexer.feed(buffer.get())) {
                case LINE -> {
                    var request = DriverRequest.of(lexer.words());
                    if (request instanceof DriverRequest.Unknown(var words)) {
                        LOG.info("Unknown command on socket: {}", words);
                    } else {
                        checkItReads();
                        requests.handle(this, request);
                    }
                }
                case ERROR -> {
                    LOG.warn("Parse error on sock: {}", lexer.error());
                    return; // C, too, drops the rest of what it read
                }
                case MORE -> {
                    if (lexer.consumed() > LINE_LIMIT) {
                        throw new Misbehaviour("it sent a line of more than " + LINE_LIMIT + " bytes");
                    }
                }
            }
        }
    }

    void send(DriverLine line) {
        send(bytes(line));
    }

    void send(byte[] line) {
        outbox.append(line);
    }

    static byte[] bytes(DriverLine line) {
        return (line.text() + '\n').getBytes(StandardCharsets.ISO_8859_1);
    }

    /// How many bytes the reader has not taken.
    int pending() {
        return outbox.pending();
    }

    private void checkItReads() throws IOException {
        if (outbox.pending() > limit) {
            outbox.writeTo(channel);
            if (outbox.pending() > limit) {
                throw new Misbehaviour("it asks, but does not read (" + outbox.pending() + " bytes are waiting)");
            }
        }
    }

    /// A dump it asked for has been queued: that does not count against the reader until it has read it.
    void dumped() {
        ceiling = outbox.pending() + limit;
    }

    /// Whether more would be too much.
    boolean full(int more) {
        return outbox.pending() + more > ceiling;
    }

    /// Writes what the reader takes now; the selector tells when it takes more.
    void flush() throws IOException {
        boolean empty = outbox.writeTo(channel);
        if (empty) {
            ceiling = limit;
        }
        if (empty && saidGoodbye) {
            close();
            return;
        }
        int wanted = saidGoodbye ? 0 : SelectionKey.OP_READ;
        if (!empty) {
            wanted |= SelectionKey.OP_WRITE;
        }
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    void close() {
        closed = true;
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", this, e.toString());
        }
    }

    @Override
    public String toString() {
        return "socket " + number;
    }
}
