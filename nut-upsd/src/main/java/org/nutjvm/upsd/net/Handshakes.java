package org.nutjvm.upsd.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.Priority;
import org.nutjvm.common.tls.ServerTls;
import org.nutjvm.common.tls.TlsLink;

/// Clients on their way to an encrypted connection. The loop reads and writes; what takes long, signatures and
/// keys, is done by two threads, one client after the other, so that others are served meanwhile. A client that
/// stalls costs nothing but itself.
final class Handshakes {
    /// A client that does nothing for its handshake for so long is dropped. On a small board one takes seconds.
    static final int SECONDS = 20;

    private static final int SAY_SECONDS = 60;
    private static final int SAID_AT_ONCE = 10;

    private final Workers workers;
    private final BiConsumer<Client, String> close;
    private final Consumer<Client> goOn;
    private @Nullable ServerTls tls;
    private TlsLink.@Nullable Buffers buffers;
    private final IntSupplier clients;
    private final TlsRoom room;
    private long now;
    private long since = Long.MIN_VALUE / 2;
    private int failures;

    /// @param close ends a connection, for a reason
    /// @param goOn serves a client again for which something was worked out
    /// @param clients how many there are, encrypted or not
    Handshakes(
            Workers workers,
            BiConsumer<Client, String> close,
            Consumer<Client> goOn,
            IntSupplier clients,
            TlsRoom room) {
        this.workers = workers;
        this.clients = clients;
        this.room = room;
        this.close = close;
        this.goOn = goOn;
    }

    /// An encrypted connection has ended.
    void gone(Client client) {
        room.gone(client.shaken);
    }

    void tls(@Nullable ServerTls settings) {
        tls = settings;
    }

    /// Begins the handshake of a client that has its answer to STARTTLS.
    void begin(Client client, byte[] early) throws IOException {
        var settings = tls;
        if (settings == null) {
            throw new IOException("encryption was switched off meanwhile");
        }
        if (room.full(clients.getAsInt())) {
            throw new IOException("there are " + room.count() + " encrypted connections among " + clients.getAsInt()
                    + " already, and no memory for more");
        }
        if (buffers == null) {
            buffers = new TlsLink.Buffers();
        }
        client.encrypt(settings.engine(), buffers, early);
        room.begins();
    }

    /// Goes on with the client's handshake, if it has one to go on with.
    ///
    /// @return whether the client can be served
    boolean ready(Client client, SelectionKey key, long seconds) {
        var link = client.tls;
        if (link == null || link.established()) {
            return true;
        }
        now = seconds;
        if (link.busy()) {
            return false;
        }
        try {
            var task = link.handshake();
            if (link.established()) {
                client.shaken = true;
                room.done();
                client.session.encrypted();
                client.heard = seconds;
                client.moved = seconds;
                Journal.log()
                        .debug(Priority.D2, "SSL connection with {}: {}", client.session.address(), link.protocol());
            }
            if (task != null) {
                key.interestOps(0);
                workers.work(task, () -> {
                    link.done();
                    goOn.accept(client);
                });
                return false;
            }
            key.interestOps(link.clogged() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            return link.established();
        } catch (IOException e) {
            failed(client, inWords(e));
            close.accept(client, "SSL handshake failed");
            return false;
        }
    }

    /// Whether it has been waited for this client's handshake long enough.
    boolean late(Client client, long seconds) {
        now = seconds;
        var link = client.tls;
        return link != null && !link.established() && !link.busy() && seconds - client.moved > SECONDS;
    }

    /// Logs it, though not if somebody does nothing else.
    void failed(Client client, String why) {
        if (now - since >= SAY_SECONDS) {
            if (failures > SAID_AT_ONCE) {
                Journal.notice((failures - SAID_AT_ONCE) + " more SSL handshakes failed");
            }
            since = now;
            failures = 0;
        }
        if (++failures <= SAID_AT_ONCE) {
            Journal.notice("SSL handshake with " + client.session.address() + " failed: " + why);
        }
    }

    /// Java's words for what happens most often say more of Java than of the certificate.
    private static String inWords(IOException e) {
        String message = Reasons.of(e);
        if (message.contains("unable to find valid certification path")) {
            return "the client's certificate is from none of the authorities in CERTPATH";
        }
        return message.contains("Empty client certificate chain")
                ? "the client has no certificate, and CERTREQUEST wants one"
                : message;
    }
}
