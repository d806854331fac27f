package org.nutjvm.upsd.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.util.HashSet;
import java.util.Set;

/// One listening socket. Java's IPv6 sockets take IPv4 connections as well, which C's do not; so one that serves all
/// IPv6 addresses knows which IPv4 addresses it stands in for, and others are turned away.
final class Listener implements Endpoint {
    private final ServerSocketChannel channel;
    private final InetAddress address;
    private final Set<InetAddress> standsInFor = new HashSet<>();
    private final Gate gate;

    Listener(ServerSocketChannel channel, InetAddress address, Gate gate) {
        this.channel = channel;
        this.address = address;
        this.gate = gate;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    InetAddress address() {
        return address;
    }

    int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /// Serves this IPv4 address, too.
    ///
    /// @return whether it did not before
    boolean standInFor(InetAddress ipv4) {
        return standsInFor.add(ipv4);
    }

    /// Whether a connection to this local address is meant for this listener.
    boolean serves(InetAddress local) {
        if (address instanceof Inet4Address || !(local instanceof Inet4Address)) {
            return true;
        }
        for (var ipv4 : standsInFor) {
            if (ipv4.isAnyLocalAddress() || ipv4.equals(local)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void ready(SelectionKey key) {
        gate.knock(this);
    }

    void close() throws IOException {
        channel.close();
    }
}
