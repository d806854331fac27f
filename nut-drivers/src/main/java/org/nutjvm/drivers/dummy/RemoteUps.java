package org.nutjvm.drivers.dummy;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.common.tls.TlsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device behind a upsd, read in a thread of its own over a connection that is made anew when it breaks.
final class RemoteUps implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteUps.class);

    /// All variables, or why there are none.
    record Reading(Map<String, String> vars, @Nullable IOException failure) {}

    private final UpsAddress address;
    private final Credentials credentials;
    private final Consumer<Reading> listener;
    private final Semaphore wanted = new Semaphore(0);
    private volatile boolean closed;
    private volatile @Nullable UpsdClient client;
    private volatile @Nullable ClientTls tls;
    private @Nullable Thread thread;

    /// @param listener called in the reading thread
    RemoteUps(UpsAddress address, Credentials credentials, Consumer<Reading> listener) {
        this.address = address;
        this.credentials = credentials;
        this.listener = listener;
    }

    /// Begins to answer {@link #ask}.
    void start() {
        thread = Thread.ofPlatform().daemon().name("repeater").start(this::serve);
    }

    void ask() {
        wanted.release();
    }

    private void serve() {
        try {
            while (!closed) {
                wanted.acquire();
                if (!closed) {
                    listener.accept(read());
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /// Asks at once, in the caller's thread; not beside a running {@link #start}ed one.
    Reading read() {
        try {
            UpsdClient connection = client;
            if (connection == null || !connection.open()) {
                connection = UpsdClient.connect(
                        address.host(),
                        address.port(),
                        UpsdClient.Family.ANY,
                        UpsdClient.CONNECT_TIMEOUT,
                        UpsdClient.READ_TIMEOUT,
                        tls());
                client = connection;
                if (closed) {
                    connection.close();
                }
                introduce(connection);
                LOG.debug("Connected to {}, {}", address, connection.privacy());
            }
            return new Reading(connection.listVar(address.ups()), null);
        } catch (NutException | TlsException e) {
            return new Reading(Map.of(), e);
        }
    }

    private ClientTls tls() throws TlsException {
        var known = tls;
        if (known == null) {
            known = credentials.tls("", address);
            known.warnings().forEach(LOG::warn);
            tls = known;
        }
        return known;
    }

    private void introduce(UpsdClient connection) throws NutException {
        var account = credentials.account("", address);
        if (account.isPresent()) {
            connection.username(account.get().user());
            connection.password(account.get().password());
        }
    }

    @Override
    public void close() {
        closed = true;
        UpsdClient connection = client;
        if (connection != null) {
            connection.close();
        }
        if (thread != null) {
            thread.interrupt();
        }
    }
}
