package org.nutjvm.upsd.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.tls.TlsLink;
import org.nutjvm.upsd.session.Session;

/// One connection of a client. It is small, for there may be ten thousand: buffers belong to {@link Clients} and are
/// shared, only what is left over between two turns is kept here.
///
/// All bytes of the connection pass {@link #receive} and {@link #transmit}, so that this is where an encrypted
/// connection differs from a plain one.
final class Client implements Endpoint {
    static final byte[] NOTHING = {};

    final Session session;
    private final Clients clients;
    private final SocketChannel channel;

    @Nullable
    Client newer;

    @Nullable
    Client older;

    /// Bytes received and not answered yet: a part of a line, or whole lines while replies wait.
    byte[] held = NOTHING;

    /// Bytes of replies the system would not take yet.
    byte @Nullable [] pending;

    /// How many bytes of {@link #pending} are sent.
    int sent;

    /// What comes belongs to a line that is too long already, up to its newline.
    boolean skipping;

    /// The connection ends once the replies are sent.
    boolean leaving;

    /// The connection has ended.
    boolean gone;

    /// The connection is to be encrypted once the reply is sent.
    boolean upgrading;

    /// The encryption, once there is any.
    @Nullable
    TlsLink tls;

    /// Whether the handshake of {@link #tls} is done.
    boolean shaken;

    /// The line that is held is to be answered again.
    boolean again;

    /// The password is being looked at elsewhere; nothing is read meanwhile.
    boolean proving;

    /// Until when the reply is kept back, in the loop's seconds; 0 for not at all.
    long keptBack;

    /// Whether it counts among those of its address that have not logged in.
    boolean stranger = true;

    int strikes;

    /// When the last request came, in the loop's seconds.
    long heard;

    /// When the client last took some of what it is to get, in the loop's seconds.
    long moved;

    Client(Clients clients, SocketChannel channel, Session session, long now) {
        this.clients = clients;
        this.channel = channel;
        this.session = session;
        this.heard = now;
        this.moved = now;
    }

    @Override
    public void ready(SelectionKey key) {
        clients.serve(this, key);
    }

    /// Reads what has come, once.
    ///
    /// @return how many bytes, or -1 when there will be no more
    int receive(ByteBuffer into) throws IOException {
        var encryption = tls;
        return encryption == null ? channel.read(into) : encryption.receive(into);
    }

    /// Sends what the system takes now.
    ///
    /// @return whether it has taken all
    boolean transmit(ByteBuffer from) throws IOException {
        var encryption = tls;
        if (encryption == null) {
            channel.write(from);
            return !from.hasRemaining();
        }
        encryption.transmit(from);
        return !from.hasRemaining() && !encryption.clogged();
    }

    /// Whether its next request can be answered.
    boolean talking() {
        return !leaving && !upgrading && !proving && keptBack == 0;
    }

    /// Whether more was received already than has been read.
    boolean more() {
        var encryption = tls;
        return encryption != null && encryption.more();
    }

    /// Encrypts everything from here on.
    ///
    /// @param early what came behind the request
    TlsLink encrypt(SSLEngine engine, TlsLink.Buffers buffers, byte[] early) throws IOException {
        var encryption = new TlsLink(engine, channel, buffers, early);
        tls = encryption;
        return encryption;
    }

    void close() throws IOException {
        var encryption = tls;
        try (channel) {
            if (encryption != null) {
                encryption.close();
            }
        }
    }

    @Nullable
    SelectionKey key(java.nio.channels.Selector selector) {
        return channel.keyFor(selector);
    }
}
