package org.nutjvm.cgi.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.pages.Topic;
import org.nutjvm.common.tls.TlsLink;

/// One connection of a browser. It is small, for hundreds may be open for hours: buffers belong to the loop, only what
/// is left over between two turns is kept here. The loop alone touches it.
final class Connection {
    private static final byte[] NOTHING = {};
    private static final int LEAST_ROOM = 512;

    final SocketChannel channel;

    /// Where it comes from, as text, and as what counts as one neighbour.
    final String address;

    final String neighbour;
    final @Nullable TlsLink tls;

    /// Bytes received of a request that is not complete.
    byte[] held = NOTHING;

    int length;

    /// How many bytes there have to be before it is worth looking whether the request is complete.
    int needed;

    int scanned;

    /// What the system has not taken yet of what is to be sent.
    byte @Nullable [] out;

    int sent;

    /// Whether {@link #out} is this connection's alone and counts as memory it takes.
    boolean counted;

    /// The connection ends once all is sent.
    boolean last;

    /// All is sent, and what still comes is dropped: an end at once could keep the answer from being read.
    boolean lingering;

    /// Somebody works on the answer.
    boolean busy;

    boolean gone;

    /// When what is waited for began: the next request, or its rest; in the loop's seconds.
    long since;

    /// When the other side last took something.
    long moved;

    /// When the answer that is being sent began.
    long answered;

    /// What it listens to, if it is a viewer.
    @Nullable
    Topic topic;

    /// Something was left out for this viewer, because it took too long to take what was before.
    boolean behind;

    Connection(SocketChannel channel, String address, String neighbour, @Nullable TlsLink tls, long now) {
        this.channel = channel;
        this.address = address;
        this.neighbour = neighbour;
        this.tls = tls;
        this.since = now;
        this.moved = now;
    }

    /// Reads what has come, once.
    ///
    /// @return how many bytes, or -1 when there will be no more
    int receive(ByteBuffer into) throws IOException {
        return tls == null ? channel.read(into) : tls.receive(into);
    }

    /// Whether more was received already than has been read.
    boolean more() {
        return tls != null && tls.more();
    }

    void append(ByteBuffer bytes) {
        int all = length + bytes.remaining();
        if (all > held.length) {
            held = Arrays.copyOf(held, Math.max(all, Math.max(LEAST_ROOM, held.length * 2)));
        }
        bytes.get(held, length, all - length);
        length = all;
    }

    /// Drops a request that has been read.
    void consume(int bytes) {
        length -= bytes;
        needed = 0;
        scanned = 0;
        if (length == 0) {
            held = NOTHING;
        } else {
            System.arraycopy(held, bytes, held, 0, length);
        }
    }

    /// Whether everything that was to be sent is with the system.
    boolean clear() {
        return out == null && (tls == null || !tls.clogged());
    }

    /// Sends as much as the system takes.
    ///
    /// @return whether that was all
    boolean drain(ByteBuffer buffer, long now) throws IOException {
        byte[] bytes = out == null ? NOTHING : out;
        do {
            buffer.clear();
            int part = Math.min(buffer.remaining(), bytes.length - sent);
            buffer.put(bytes, sent, part).flip();
            boolean clogged;
            if (tls == null) {
                channel.write(buffer);
                clogged = false;
            } else {
                tls.transmit(buffer);
                clogged = tls.clogged();
            }
            int taken = part - buffer.remaining();
            sent += taken;
            if (taken > 0) {
                moved = now;
            }
            if (clogged || buffer.hasRemaining()) {
                return false;
            }
        } while (sent < bytes.length);
        out = null;
        sent = 0;
        return true;
    }

    @Nullable
    SelectionKey key(Selector selector) {
        SelectionKey key = channel.keyFor(selector);
        return key == null || !key.isValid() ? null : key;
    }

    void close() throws IOException {
        gone = true;
        try (channel) {
            if (tls != null) {
                tls.close();
            }
        }
    }
}
