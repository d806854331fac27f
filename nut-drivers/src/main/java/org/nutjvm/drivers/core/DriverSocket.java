package org.nutjvm.drivers.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.common.wire.DriverRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server side of the state socket (drivers/dstate.c: sock_*, send_to_all). Nothing here ever waits for a
/// reader: lines queue up per connection, and a reader that lets too many bytes wait is disconnected.
///
/// Belongs to the thread of the driver loop.
final class DriverSocket implements AutoCloseable {
    /// What may wait for a reader before it is given up.
    static final int QUEUE_LIMIT = 256 * 1024;

    /// The same with `synchronous = yes`, which is meant for devices that send very much at once.
    static final int PATIENT_QUEUE_LIMIT = 2 * 1024 * 1024;

    /// Readers at a time: a server, and now and then a control program.
    static final int CONNECTION_LIMIT = 64;

    private static final Logger LOG = LoggerFactory.getLogger(DriverSocket.class);

    /// Carries out what a reader asks for.
    interface Requests {
        void handle(Connection from, DriverRequest request);
    }

    private final SocketFile file;
    private final ServerSocketChannel server;
    private final SelectionKey serverKey;
    private final Selector selector;
    private final BooleanSupplier patient;
    private final Runnable overflowed;
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(1024);
    private int accepted;

    /// @param patient whether new readers are granted the longer queue
    /// @param overflowed called after a reader was disconnected for being too slow
    DriverSocket(SocketFile file, Selector selector, BooleanSupplier patient, Runnable overflowed) throws IOException {
        this.file = file;
        this.server = file.server();
        this.selector = selector;
        this.patient = patient;
        this.overflowed = overflowed;
        server.configureBlocking(false);
        serverKey = server.register(selector, SelectionKey.OP_ACCEPT);
    }

    int connections() {
        return connections.size();
    }

    /// Acts on one key the selector named, if it is of this socket.
    void ready(SelectionKey key, Requests requests) {
        if (key.isAcceptable()) {
            accept();
            return;
        }
        if (!(key.attachment() instanceof Connection connection) || connection.closed()) {
            return;
        }
        try {
            if (key.isReadable()) {
                connection.read(buffer, requests);
            }
            if (!connection.closed()) {
                connection.flush();
            }
        } catch (Connection.Misbehaviour e) {
            LOG.warn("WARNING: {}: {}, disconnecting", connection, e.getMessage());
            connection.close();
        } catch (IOException e) {
            LOG.debug("{}: {}, disconnecting", connection, e.getMessage());
            connection.close();
        }
        if (connection.closed()) {
            connections.remove(connection);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            if (connections.size() >= CONNECTION_LIMIT) {
                LOG.warn("Refusing a connection: {} readers are connected already", connections.size());
                channel.close();
                return;
            }
            channel.configureBlocking(false);
            var key = channel.register(selector, SelectionKey.OP_READ);
            int limit = patient.getAsBoolean() ? PATIENT_QUEUE_LIMIT : QUEUE_LIMIT;
            var connection = new Connection(channel, key, ++accepted, limit);
            key.attach(connection);
            connections.add(connection);
            LOG.debug("new connection on {}", connection);
        } catch (IOException e) {
            LOG.error("accept on unix fd failed: {}", e.getMessage());
            serverKey.interestOps(0); // most likely out of descriptors: wait for the next poll instead of spinning
        }
    }

    /// Queues a line for every reader who wants to hear of changes.
    void broadcast(DriverLine line) {
        if (connections.isEmpty()) {
            return;
        }
        byte[] bytes = Connection.bytes(line);
        for (int i = 0; i < connections.size(); i++) {
            var connection = connections.get(i);
            if (!connection.wantsBroadcast()) {
                continue;
            }
            if (connection.full(bytes.length)) {
                flush(connection);
            }
            if (!connection.closed() && connection.full(bytes.length)) {
                giveUp(connection);
            }
            if (!connection.closed()) {
                connection.send(bytes);
            }
        }
    }

    /// Sends what is queued as far as the readers take it.
    void flush() {
        for (int i = connections.size() - 1; i >= 0; i--) {
            var connection = connections.get(i);
            if (connection.pending() > 0 && !connection.closed()) {
                flush(connection);
            }
            if (connection.closed()) {
                connections.remove(i);
            }
        }
    }

    private static void flush(Connection connection) {
        try {
            connection.flush();
        } catch (IOException e) {
            LOG.debug("write to {}: {}, disconnecting", connection, e.getMessage());
            connection.close();
        }
    }

    private void giveUp(Connection connection) {
        LOG.warn(
                "WARNING: send_to_all: write to {} failed: it does not read ({} bytes are waiting), disconnecting.",
                connection,
                connection.pending());
        connection.close();
        overflowed.run();
    }

    /// Takes new readers again after a failure to.
    void acceptAgain() {
        if (serverKey.isValid() && serverKey.interestOps() == 0) {
            serverKey.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    /// Disconnects everybody and removes the socket file, if it is still ours.
    @Override
    public void close() {
        for (var connection : connections) {
            connection.close();
        }
        connections.clear();
        file.close();
    }
}
