package org.nutjvm.tools.scanner;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.client.UpsAddress;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// NUT servers that announce themselves (tools/nut-scanner/scan_avahi.c), by questions to all responders of the
/// networks
/// this machine is in (RFC 6762, section 5.1: one-shot queries). They go out from a port of their own, so that a
/// responder of this machine is not disturbed, and nothing is announced.
///
/// @param group where responders listen
/// @param keys what nutauth.conf says
record MdnsSearch(InetSocketAddress group, Duration timeout, Credentials keys, Progress progress) implements Search {
    /// Where responders listen on IPv4.
    static final InetSocketAddress GROUP = new InetSocketAddress("224.0.0.251", 5353);

    private static final int ROUNDS = 3;
    private static final int LONGEST_ANSWER = 9000;
    private static final int MOST_ANSWERS = 4096;

    @Override
    public List<Device> find() throws IOException, InterruptedException, ExecutionException {
        var announced = new Announced();
        try (var socket = new DatagramSocket()) {
            var counter = progress.counter("mDNS", ROUNDS);
            int answers = 0;
            for (int round = 0; round < ROUNDS && answers < MOST_ANSWERS; round++) {
                long end = System.nanoTime() + timeout.toNanos() / ROUNDS;
                ask(socket, announced.questions());
                answers += receive(socket, end, announced);
                counter.step();
            }
        }
        var devices = new ArrayList<Device>();
        for (Announced.Server server : announced.servers()) {
            for (Device device : devices(server)) {
                if (!devices.contains(device)) {
                    devices.add(device);
                }
            }
        }
        return devices;
    }

    private void ask(DatagramSocket socket, List<Record> questions) throws IOException {
        for (Record question : questions) {
            var query = Message.newQuery(question);
            query.getHeader().unsetFlag(Flags.RD);
            byte[] bytes = query.toWire();
            var packet = new DatagramPacket(bytes, bytes.length, group);
            if (!group.getAddress().isMulticastAddress()) {
                socket.send(packet);
                continue;
            }
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (one.isUp() && one.supportsMulticast() && !one.isLoopback()) {
                    try {
                        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, one);
                        socket.send(packet);
                    } catch (IOException e) {
                        progress.debug(1, "mDNS on " + one.getName() + ": " + e.getMessage());
                    }
                }
            }
        }
    }

    /// @return how many answers there were
    private int receive(DatagramSocket socket, long end, Announced announced) throws IOException {
        byte[] buffer = new byte[LONGEST_ANSWER];
        for (int answers = 0; answers < MOST_ANSWERS; answers++) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return answers;
            }
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            var packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return answers;
            }
            try {
                var message = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
                progress.debug(
                        3,
                        "mDNS answer of " + IpRange.text(packet.getAddress()) + ", "
                                + message.getHeader().getCount(Section.ANSWER) + " records");
                announced.take(message);
            } catch (IOException | RuntimeException e) {
                progress.debug(1, "mDNS: no answer but rubbish of " + IpRange.text(packet.getAddress()));
            }
        }
        return MOST_ANSWERS;
    }

    /// What a server says it serves, or says when it is asked; or at least the server.
    private List<Device> devices(Announced.Server server) throws InterruptedException, ExecutionException {
        var devices = new ArrayList<Device>();
        String place = server.host() + (server.port() == UpsAddress.DEFAULT_PORT ? "" : ":" + server.port());
        String family = server.address().getAddress().length == 4 ? "IPv4" : "IPv6";
        for (String name : server.devices()) {
            devices.add(
                    Device.of(Kind.NUT, NutSearch.DRIVER, name + '@' + place).with("desc", family));
        }
        if (devices.isEmpty()) {
            devices.addAll(new NutSearch(List.of(server.address()), server.port(), timeout, 1, keys, progress).find());
        }
        if (devices.isEmpty()) {
            devices.add(Device.of(Kind.NUT, NutSearch.DRIVER, place).with("desc", family));
        }
        return devices;
    }
}
