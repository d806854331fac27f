package org.nutjvm.upsd.net;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.log.Priority;
import org.nutjvm.common.wire.DriverRequest;
import org.nutjvm.upsd.session.Device;
import org.nutjvm.upsd.session.DriverFeed;
import org.nutjvm.upsd.session.Tracking;

/// The connection to one driver (server/sstate.c). While there is none it is tried again each second.
///
/// A driver that does not read, so that the system takes no more for it, is disconnected: what it would miss it gets
/// with the next dump.
final class DriverLink implements Endpoint {
    /// As in C: a driver that stays away is mentioned every five minutes.
    private static final long COMPLAIN_SECONDS = 300;

    /// What one driver may send before others have their turn.
    private static final long TURN_BYTES = 256 * 1024;

    private static final int MAX_SOCKET_NAME = 107;

    private final Selector selector;
    private final Device device;
    private final DriverFeed feed;
    private final ByteBuffer buffer;
    private final byte[] bytes;
    private Path socket;
    private @Nullable SocketChannel channel;
    private long complained = Long.MIN_VALUE / 2;
    private long now;
    private long maxage;

    /// A driver that is not connected yet.
    ///
    /// @param buffer shared with the other links
    DriverLink(Selector selector, Device device, Tracking tracking, Path socket, ByteBuffer buffer, byte[] bytes) {
        this.selector = selector;
        this.device = device;
        this.feed = new DriverFeed(device, tracking);
        this.socket = socket;
        this.buffer = buffer;
        this.bytes = bytes;
    }

    Device device() {
        return device;
    }

    Path socket() {
        return socket;
    }

    /// Another driver serves the device from now on.
    void redefine(Path newSocket) {
        Journal.notice("Redefined UPS [" + device.name() + "]");
        disconnect();
        socket = newSocket;
        complained = Long.MIN_VALUE / 2;
    }

    /// Once a second: connects when not connected, asks a silent driver for a sign of life, and decides whether what it
    /// said still counts.
    void tick(long seconds, long maxageSeconds) {
        now = seconds;
        maxage = maxageSeconds;
        if (channel == null) {
            connect();
        }
        if (channel != null && feed.pingDue(now, maxage)) {
            Journal.log().debug(Priority.D3, "Pinging UPS [{}]", device.name());
            if (send(new DriverRequest.Ping())) {
                feed.pinged(now);
            } else {
                Journal.notice("Send ping to UPS [" + device.name() + "] failed");
                disconnect();
            }
        }
        judge();
    }

    private void judge() {
        if (channel != null) {
            var note = feed.judge(now, maxage);
            if (note != null) {
                Journal.note(note);
            }
        }
    }

    private void connect() {
        SocketChannel fresh = null;
        try {
            if (socket.toString().length() > MAX_SOCKET_NAME) {
                throw new IOException("the name of the socket is longer than " + MAX_SOCKET_NAME + " bytes");
            }
            fresh = SocketChannel.open(StandardProtocolFamily.UNIX);
            fresh.configureBlocking(false);
            if (!fresh.connect(UnixDomainSocketAddress.of(socket))) {
                throw new IOException("Resource temporarily unavailable");
            }
            fresh.register(selector, SelectionKey.OP_READ, this);
            channel = fresh;
        } catch (IOException e) {
            shut(fresh);
            if (now - complained >= COMPLAIN_SECONDS) {
                complained = now;
                Journal.log()
                        .error(Journal.because("Can't connect to UPS [" + device.name() + "] (" + socket + ")", e));
            }
            return;
        }
        if (!send(new DriverRequest.DumpAll())) {
            Journal.log().error("Initial write to UPS [{}] failed", device.name());
            shut(channel);
            channel = null;
            return;
        }
        feed.connected(now);
        complained = Long.MIN_VALUE / 2;
        Journal.log().info("Connected to UPS [{}]: {}", device.name(), socket.getFileName());
    }

    @Override
    public void ready(SelectionKey key) {
        var from = channel;
        if (from == null) {
            return;
        }
        try {
            if (!read(from)) {
                Journal.notice("Lost connection to UPS [" + device.name() + "]: the driver closed it");
                disconnect();
                return;
            }
        } catch (IOException e) {
            Journal.log().warn(Journal.because("Read from UPS [" + device.name() + "] failed", e));
            disconnect();
            return;
        }
        if (feed.endless()) {
            Journal.log().warn("UPS [{}]: what comes from its driver is no driver's; disconnecting", device.name());
            disconnect();
            return;
        }
        judge();
    }

    /// Reads what there is and takes it apart in small pieces, with a look at the socket between two of them: a driver
    /// that sends hundreds of lines at once, and gives up when the system takes no more, is not kept waiting.
    ///
    /// @return whether the driver is still there
    private boolean read(SocketChannel from) throws IOException {
        buffer.clear();
        long left = TURN_BYTES;
        boolean open = true;
        do {
            if (open && left > 0 && buffer.hasRemaining()) {
                int length = from.read(buffer);
                open = length >= 0;
                left -= Math.max(0, length);
            }
            buffer.flip();
            int piece = Math.min(buffer.remaining(), bytes.length);
            buffer.get(bytes, 0, piece).compact();
            for (var note : feed.read(bytes, piece, now)) {
                Journal.note(note);
            }
        } while (buffer.position() > 0);
        return open;
    }

    /// Sends a line.
    ///
    /// @return whether the whole line went out; if not the connection is given up
    boolean tell(DriverRequest request) {
        if (channel == null) {
            return false;
        }
        if (send(request)) {
            return true;
        }
        Journal.notice("Send to UPS [" + device.name() + "] failed");
        disconnect();
        return false;
    }

    private boolean send(DriverRequest request) {
        var to = channel;
        if (to == null) {
            return false;
        }
        var line = ByteBuffer.wrap((request.text() + '\n').getBytes(StandardCharsets.ISO_8859_1));
        try {
            to.write(line);
            return !line.hasRemaining();
        } catch (IOException e) {
            Journal.log().debug(Priority.D2, "write to UPS [{}]: {}", device.name(), e.getMessage());
            return false;
        }
    }

    void disconnect() {
        if (channel != null) {
            shut(channel);
            channel = null;
            feed.disconnected();
        }
    }

    private void shut(@Nullable SocketChannel which) {
        if (which != null) {
            try {
                which.close();
            } catch (IOException e) {
                Journal.log().debug(Priority.D2, "close UPS [{}]: {}", device.name(), e.getMessage());
            }
        }
    }
}
