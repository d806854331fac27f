package org.nutjvm.drivers.snmp.agent;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears the traps of one device, in a thread of its own, on a UDP port of this driver. Who sent them is known by
/// the address alone, which can be forged; so they are an occasion to ask the device, at most once a second, and no
/// news.
public final class TrapListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrapListener.class);
    private static final int LARGEST = 8192;
    private static final long SECOND = 1_000_000_000L;

    /// A name may move to another address, but is not looked up for each stranger.
    private static final long LOOK_UP_NANOS = 60 * SECOND;

    /// Is told of a trap, in the listener's thread.
    public interface Hearer {
        /// Hears of one.
        ///
        /// @param name which trap, or null when that cannot be told
        void heard(@Nullable Oid name);
    }

    private final DatagramSocket socket;
    private final String host;
    private final Hearer hearer;
    private final LongSupplier nanoTime;
    private Set<InetAddress> known;
    private long lookedUp;
    private long heard;

    private TrapListener(DatagramSocket socket, String host, Hearer hearer, LongSupplier nanoTime) {
        this.socket = socket;
        this.host = host;
        this.hearer = hearer;
        this.nanoTime = nanoTime;
        known = addresses(host);
        lookedUp = nanoTime.getAsLong();
        heard = lookedUp - SECOND;
    }

    /// Begins to listen.
    ///
    /// @param port of UDP; 0 for any that is free
    /// @param host who is listened to
    /// @throws IOException with a sentence when the port cannot be had
    public static TrapListener on(int port, String host, Hearer hearer, LongSupplier nanoTime) throws IOException {
        DatagramSocket socket;
        try {
            socket = new DatagramSocket(port);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen for traps on UDP port " + port + ": " + e.getMessage()
                            + " (each device needs a port of its own, and those below 1024 need root)",
                    e);
        }
        var listener = new TrapListener(socket, host, hearer, nanoTime);
        Thread.ofPlatform().daemon().name("traps").start(listener::serve);
        return listener;
    }

    /// Where it listens.
    public int port() {
        return socket.getLocalPort();
    }

    private static Set<InetAddress> addresses(String host) {
        try {
            return Set.copyOf(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            LOG.debug("no address of {}: {}", host, e.getMessage());
            return Set.of();
        }
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            while (!socket.isClosed()) {
                packet.setLength(LARGEST);
                socket.receive(packet);
                take(packet);
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                LOG.warn("No traps are heard any more, polling goes on: {}", e.getMessage());
                socket.close();
            }
        }
    }

    private void acknowledge(DatagramPacket answer) {
        try {
            socket.send(answer);
        } catch (IOException e) {
            LOG.debug("an inform stays without answer: {}", e.getMessage());
        }
    }

    private void take(DatagramPacket packet) {
        if (!trusted(packet.getAddress())) {
            return;
        }
        var trap = Trap.of(Arrays.copyOf(packet.getData(), packet.getLength())).orElse(null);
        if (trap == null) {
            return;
        }
        byte[] answer = trap.answer();
        if (answer != null) {
            acknowledge(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
        long now = nanoTime.getAsLong();
        if (now - heard >= SECOND) {
            heard = now;
            hearer.heard(trap.name());
        }
    }

    private boolean trusted(InetAddress from) {
        long now = nanoTime.getAsLong();
        if (!known.contains(from) && now - lookedUp >= LOOK_UP_NANOS) {
            lookedUp = now;
            known = addresses(host);
        }
        return known.contains(from);
    }

    @Override
    public void close() {
        socket.close();
    }
}
