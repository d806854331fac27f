package org.nutjvm.drivers.dummy;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device behind a upsd, read in a thread of its own over a connection that is made anew when it breaks.
final class RemoteUps implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteUps.class);

    /// All variables, or why there are none.
    record Reading(Map<String, String> vars, @Nullable IOException failure) {}

    private final UpsAddress address;
    private final Consumer<Reading> listener;
    private final Semaphore wanted = new Semaphore(0);
    private volatile boolean closed;
    private volatile @Nullable UpsdClient client;
    private @Nullable Thread thread;

    /// @param listener called in the reading thread
    RemoteUps(UpsAddress address, Consumer<Reading> listener) {
        this.address = address;
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
                connection = UpsdClient.connect(address.host(), address.port());
                client = connection;
                if (closed) {
                    connection.close();
                }
                LOG.debug("Connected to {}", address);
            }
            return new Reading(connection.listVar(address.ups()), null);
        } catch (NutException e) {
            return new Reading(Map.of(), e);
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
