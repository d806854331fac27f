package org.nutjvm.upsd.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.log.Priority;

/// Lets clients in, as many as there may be. Who comes when the house is full is let in and shown out at once, so that
/// nobody waits in vain, and the log says so once a minute. That works even without a file descriptor left: one is kept
/// in reserve for it.
final class Gate {
    /// So many are let in between two looks at those who are in: a flood at the door keeps nobody else waiting.
    private static final int AT_ONCE = 8;

    /// So many are refused at once when there is no descriptor left for them.
    private static final int REFUSED_AT_ONCE = 256;

    private static final long SAY_SECONDS = 60;

    /// With fewer places than this one address may have them all, unless the configuration says otherwise.
    private static final int FEW = 256;

    /// What a client takes of the heap, with room for what it sends.
    private static final long BYTES_EACH = 1536;

    private final Selector selector;
    private final Clients clients;
    private List<Listener> listeners = List.of();
    private @Nullable Channel reserve;
    private int limit = Integer.MAX_VALUE;
    private int each;
    private long now;
    private boolean paused;
    private long refused;
    private long said = Long.MIN_VALUE / 2;

    Gate(Selector selector, Clients clients) {
        this.selector = selector;
        this.clients = clients;
        this.reserve = reserved();
        // Classes are files: the ones needed without a descriptor left must be loaded before that.
        Journal.log().debug(Priority.D3, "In reserve: {}", Reasons.of(new IOException(String.valueOf(reserve))));
    }

    /// Begins to let clients in.
    void open(List<Listener> doors) throws IOException {
        listeners = List.copyOf(doors);
        for (var listener : listeners) {
            listener.channel().register(selector, SelectionKey.OP_ACCEPT, listener);
        }
    }

    int listeners() {
        return listeners.size();
    }

    /// The port of the first listener.
    int port() throws IOException {
        return listeners.isEmpty() ? 0 : listeners.getFirst().port();
    }

    /// How many clients there may be from now on, as far as there is memory for them.
    void limit(int most) {
        limit = (int) Math.min(most, Runtime.getRuntime().maxMemory() / BYTES_EACH);
    }

    /// How many of one address there may be that have not logged in, from now on.
    ///
    /// @param most 0 for the usual: a quarter of all places stays for others
    void limitEach(int most) {
        each = most;
    }

    private int limitEach() {
        return each > 0 ? each : limit < FEW ? limit : (int) (limit * 3L / 4);
    }

    /// Once a second: looks whether there are descriptors again.
    void tick(long seconds) {
        now = seconds;
        if (reserve == null) {
            reserve = reserved();
        }
        if (paused && reserve != null) {
            paused = false;
            interest(SelectionKey.OP_ACCEPT);
        }
        if (refused > 0 && now - said >= SAY_SECONDS) {
            said = now;
            Journal.log().warn("{} more clients were refused", refused);
            refused = 0;
        }
    }

    /// Somebody is at the door.
    void knock(Listener listener) {
        for (int i = 0; i < AT_ONCE; i++) {
            try {
                var channel = listener.channel().accept();
                if (channel == null) {
                    return;
                }
                admit(listener, channel);
            } catch (IOException e) {
                full(listener, Reasons.of(e));
                return;
            }
        }
    }

    private void admit(Listener listener, SocketChannel channel) throws IOException {
        try {
            var local = (InetSocketAddress) channel.getLocalAddress();
            var remote = (InetSocketAddress) channel.getRemoteAddress();
            if (local == null || remote == null || !listener.serves(local.getAddress())) {
                channel.close();
            } else if (clients.count() >= limit) {
                refuse(
                        Addresses.text(remote.getAddress()),
                        "there are " + limit + " clients already (see MAXCONN in"
                                + " upsd.conf, and the limit of open files)");
                channel.close();
            } else if (clients.strangers(Addresses.text(remote.getAddress())) >= limitEach()) {
                refuse(
                        Addresses.text(remote.getAddress()),
                        "there are " + limitEach() + " clients of this address already that have not logged in (see"
                                + " MAXCONN_ADDRESS in upsd.conf)");
                channel.close();
            } else {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                clients.add(channel, remote.getAddress());
            }
        } catch (IOException e) {
            Journal.log().debug("A client left before it was let in: {}", e.getMessage());
            channel.close();
        }
    }

    /// No descriptor for a connection: gives up the reserve to refuse who waits, and if that is not enough lets
    /// them wait until the next second.
    private void full(Listener listener, String why) {
        releaseReserve();
        try {
            for (int i = 0; i < REFUSED_AT_ONCE; i++) {
                var channel = listener.channel().accept();
                if (channel == null) {
                    break;
                }
                channel.close();
                refuse("someone", why);
            }
        } catch (IOException e) {
            refuse("someone", Reasons.of(e));
        }
        reserve = reserved();
        if (reserve == null) {
            paused = true;
            interest(0);
        }
    }

    private void refuse(String who, String why) {
        if (now - said >= SAY_SECONDS) {
            said = now;
            Journal.log().warn("Refusing a connection from {}: {}", who, why);
        } else {
            refused++;
        }
    }

    private void interest(int operations) {
        for (var listener : listeners) {
            var key = listener.channel().keyFor(selector);
            if (key != null && key.isValid()) {
                key.interestOps(operations);
            }
        }
    }

    /// Frees the descriptor kept back, for something that matters more than a polite refusal: the next tick gets one
    /// again.
    void releaseReserve() {
        if (reserve != null) {
            try {
                reserve.close();
            } catch (IOException e) {
                Journal.log().debug("close the reserve: {}", e.getMessage());
            }
            reserve = null;
        }
    }

    private static @Nullable Channel reserved() {
        try {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            return null;
        }
    }

    void close() {
        Listeners.close(listeners);
        releaseReserve();
    }
}
