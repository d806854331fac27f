package org.nutjvm.common.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/// The encryption of one connection of a server that is an event loop. It belongs to that loop, but for the time in
/// which what {@link
/// #handshake} returns is with another thread: the loop does not touch it then.
///
/// Little is kept between two turns: encrypted bytes of a record that has not come whole, and such as the system
/// has not taken yet. The large buffers are the loop's and shared.
public final class TlsLink {
    /// Room for a record and what the JDK wants to have beyond.
    public static final int RECORD = 17 * 1024;

    /// The loop's buffers, for all connections.
    public static final class Buffers {
        final ByteBuffer in = ByteBuffer.allocate(RECORD);
        final ByteBuffer out = ByteBuffer.allocate(RECORD);
        final ByteBuffer nothing = ByteBuffer.allocate(0);
    }

    private static final byte[] NOTHING = {};

    private final SSLEngine engine;
    private final SocketChannel channel;
    private final Buffers buffers;
    private byte[] received;
    private byte[] unsent = NOTHING;
    private boolean established;
    private boolean busy;
    private boolean partial;

    /// Begins the handshake.
    ///
    /// @param early what came already
    public TlsLink(SSLEngine engine, SocketChannel channel, Buffers buffers, byte[] early) throws IOException {
        this.engine = engine;
        this.channel = channel;
        this.buffers = buffers;
        this.received = early;
        engine.beginHandshake();
    }

    /// Whether the handshake is done.
    public boolean established() {
        return established;
    }

    /// Whether a part of the handshake is being worked on elsewhere.
    public boolean busy() {
        return busy;
    }

    /// Whether encrypted bytes wait for the system to take them.
    public boolean clogged() {
        return unsent.length > 0;
    }

    /// Whether there may be more in what was received already, without anything new from the network.
    public boolean more() {
        return !partial && received.length > 0;
    }

    /// How it is encrypted, for those who debug.
    public String protocol() {
        return engine.getSession().getProtocol() + ' ' + engine.getSession().getCipherSuite();
    }

    /// Goes on with the handshake as far as it goes now.
    ///
    /// @return something to be worked on elsewhere, after which {@link #done} is to be called; or null
    public @Nullable Runnable handshake() throws IOException {
        if (!flush()) {
            return null;
        }
        boolean read = false;
        while (!established) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    busy = true;
                    return this::tasks;
                }
                case NEED_WRAP -> {
                    if (!wrap(buffers.nothing)) {
                        return null;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (received.length == 0 || partial) {
                        if (read || !fill()) {
                            return null;
                        }
                        read = true;
                    }
                    unwrap(buffers.nothing);
                }
                case FINISHED, NOT_HANDSHAKING -> established = true;
            }
        }
        return null;
    }

    private void tasks() {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /// What was worked on elsewhere is done.
    public void done() {
        busy = false;
    }

    /// Reads what has come and decrypts a record of it.
    ///
    /// @return how many bytes of plain text, or -1 when there will be no more
    public int receive(ByteBuffer into) throws IOException {
        if (received.length == 0 || partial) {
            try {
                if (!fill()) {
                    return 0;
                }
            } catch (EOFException e) {
                return -1;
            }
        }
        int before = into.position();
        while (received.length > 0 && into.position() == before && !partial) {
            var result = unwrap(into);
            switch (result.getStatus()) {
                case CLOSED -> {
                    return -1;
                }
                case BUFFER_OVERFLOW -> throw new IOException("a record that is too long");
                case OK, BUFFER_UNDERFLOW -> afterwards(result.getHandshakeStatus());
            }
        }
        return into.position() - before;
    }

    /// Later messages of TLS 1.3, as new keys, are answered at once.
    private void afterwards(HandshakeStatus status) throws IOException {
        var now = status;
        while (now == HandshakeStatus.NEED_TASK || now == HandshakeStatus.NEED_WRAP) {
            if (now == HandshakeStatus.NEED_TASK) {
                tasks();
            } else if (!wrap(buffers.nothing)) {
                return;
            }
            now = engine.getHandshakeStatus();
        }
    }

    /// Encrypts and sends as much as the system takes. What it has not taken of a record is kept: see {@link
    /// #clogged}.
    public void transmit(ByteBuffer from) throws IOException {
        if (!flush()) {
            return;
        }
        while (from.hasRemaining()) {
            if (!wrap(from)) {
                return;
            }
        }
    }

    /// Sends what was kept.
    ///
    /// @return whether nothing is left of it
    public boolean flush() throws IOException {
        if (unsent.length > 0) {
            var rest = ByteBuffer.wrap(unsent);
            channel.write(rest);
            unsent = rest.hasRemaining() ? Arrays.copyOfRange(unsent, rest.position(), unsent.length) : NOTHING;
        }
        return unsent.length == 0;
    }

    private boolean wrap(ByteBuffer plain) throws IOException {
        var out = buffers.out.clear();
        var result = engine.wrap(plain, out);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new IOException("the other side has ended the encryption");
        }
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            established = true;
        }
        out.flip();
        channel.write(out);
        if (out.hasRemaining()) {
            unsent = new byte[out.remaining()];
            out.get(unsent);
            return false;
        }
        return true;
    }

    private SSLEngineResult unwrap(ByteBuffer into) throws IOException {
        var encrypted = ByteBuffer.wrap(received);
        var result = engine.unwrap(encrypted, into);
        partial = result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW;
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            established = true;
        }
        received = encrypted.hasRemaining()
                ? Arrays.copyOfRange(received, encrypted.position(), received.length)
                : NOTHING;
        if (received.length >= RECORD && partial) {
            throw new IOException("a record that is too long");
        }
        return result;
    }

    /// Takes what the network has.
    ///
    /// @return whether it has anything
    private boolean fill() throws IOException {
        var in = buffers.in.clear();
        in.put(received);
        int got = channel.read(in);
        if (got < 0) {
            throw new EOFException("no data available");
        }
        if (got == 0) {
            return false;
        }
        in.flip();
        received = new byte[in.remaining()];
        in.get(received);
        partial = false;
        return true;
    }

    /// Says why the connection ends, if that can be said, and says good-bye in any case.
    public void close() throws IOException {
        engine.closeOutbound();
        while (!busy && !engine.isOutboundDone() && unsent.length == 0) {
            var out = buffers.out.clear();
            var result = engine.wrap(buffers.nothing, out);
            out.flip();
            channel.write(out);
            if (out.hasRemaining() || result.bytesProduced() == 0) {
                return;
            }
        }
    }
}
