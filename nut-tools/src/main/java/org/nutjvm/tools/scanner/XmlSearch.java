package org.nutjvm.tools.scanner;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Network cards that speak XML by HTTP, found by a datagram (tools/nut-scanner/scan_xml_http.c): to the addresses
/// given, or else as a broadcast. One socket and one thread serve all of them. Whoever is silent is asked three times
/// within the time-out.
///
/// @param targets empty to broadcast
/// @param port of UDP
record XmlSearch(List<InetAddress> targets, int port, Duration timeout, Progress progress) implements Search {
    /// The port such cards listen on.
    static final int PORT = 4679;

    private static final String DRIVER = "netxml-ups";
    private static final byte[] REQUEST = "<SCAN_REQUEST/>".getBytes(StandardCharsets.US_ASCII);
    private static final int ROUNDS = 3;

    /// A longer answer is cut, and then no XML any more.
    private static final int LONGEST_ANSWER = 8192;

    /// A flood of answers has an end.
    private static final int MOST_DEVICES = 4096;

    @Override
    public List<Device> find() throws IOException {
        var found = new LinkedHashMap<InetAddress, Device>();
        var heard = new HashSet<InetAddress>();
        try (var socket = new DatagramSocket()) {
            socket.setBroadcast(true);
            Set<InetAddress> asked = targets.isEmpty() ? broadcasts() : new LinkedHashSet<>(targets);
            var counter = progress.counter("XML", ROUNDS);
            for (int round = 0; round < ROUNDS; round++) {
                long end = System.nanoTime() + timeout.toNanos() / ROUNDS;
                for (InetAddress address : asked) {
                    if (!heard.contains(address)) {
                        send(socket, address);
                    }
                }
                receive(socket, end, heard, found);
                counter.step();
                if (!targets.isEmpty() && heard.containsAll(targets)) {
                    break;
                }
            }
        }
        var devices = new ArrayList<Device>();
        if (targets.isEmpty()) {
            devices.addAll(found.values());
        } else {
            for (InetAddress target : targets) {
                Device device = found.get(target);
                if (device != null) {
                    devices.add(device);
                }
            }
        }
        return devices;
    }

    private void send(DatagramSocket socket, InetAddress address) {
        try {
            socket.send(new DatagramPacket(REQUEST, REQUEST.length, address, port));
        } catch (IOException e) {
            progress.debug(
                    1, "Error sending Eaton <SCAN_REQUEST/> to " + IpRange.text(address) + ": " + e.getMessage());
        }
    }

    /// Takes answers until the end, or until all have answered.
    private void receive(
            DatagramSocket socket, long end, Set<InetAddress> heard, LinkedHashMap<InetAddress, Device> found)
            throws IOException {
        byte[] buffer = new byte[LONGEST_ANSWER];
        var packet = new DatagramPacket(buffer, buffer.length);
        while (true) {
            long left = (end - System.nanoTime()) / 1_000_000;
            boolean complete = !targets.isEmpty() && heard.containsAll(targets);
            if (left <= 0 || complete || heard.size() >= MOST_DEVICES) {
                return;
            }
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            packet.setLength(buffer.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return;
            }
            InetAddress from = packet.getAddress();
            if ((targets.isEmpty() || targets.contains(from)) && heard.add(from)) {
                take(from, XmlAnswer.of(buffer, packet.getLength()), found);
            }
        }
    }

    private void take(InetAddress from, XmlAnswer answer, LinkedHashMap<InetAddress, Device> found) {
        if (answer.why().isEmpty()) {
            found.put(
                    from,
                    Device.of(Kind.XML, DRIVER, "http://" + IpRange.bracketed(from))
                            .with("desc", answer.type()));
        } else {
            progress.say("WARNING: Device at IP " + IpRange.text(from) + " replied with NetXML but was not deemed"
                    + " compatible with 'netxml-ups' driver (" + answer.why() + ")");
        }
    }

    /// Of each network this machine is in, for a plain broadcast leaves by one of them only.
    private static Set<InetAddress> broadcasts() throws IOException {
        var all = new LinkedHashSet<InetAddress>();
        all.add(InetAddress.getByAddress(new byte[] {-1, -1, -1, -1}));
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (one.isUp() && !one.isLoopback()) {
                for (InterfaceAddress address : one.getInterfaceAddresses()) {
                    if (address.getBroadcast() != null) {
                        all.add(address.getBroadcast());
                    }
                }
            }
        }
        return all;
    }
}
