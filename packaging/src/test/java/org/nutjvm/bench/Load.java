package org.nutjvm.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;

/// A closed-loop load on one upsd: every connection sends its next batch of requests as soon as all answers to the last
/// one are there. One thread, prepared requests, answers recognised by their end and not taken apart, so that it needs
/// less processor than the server does; {@link Result#clientCpu} shows whether that held.
final class Load implements AutoCloseable {
    private static final int READ_BUFFER = 256 * 1024;
    private static final int OTHER_LINE = -1;

    /// What to ask, over how many connections, how many requests at once on each, and whether the client's kernel is
    /// told to acknowledge segments at once. (Left alone it delays them by up to 40 ms, and a server that writes an
    /// answer in several pieces without TCP_NODELAY waits for that.)
    record Job(String request, int connections, int pipelined, boolean quickAck) {
        Job(String request, int connections, int pipelined) {
            this(request, connections, pipelined, false);
        }

        boolean isList() {
            return request.startsWith("LIST ");
        }

        String text() {
            return quickAck ? request + ", quick ACK" : request;
        }
    }

    /// What came of it. Times of answers are those of whole batches; processor use is in parts of one processor.
    record Result(long requests, long errors, double seconds, Samples times, double clientCpu, double serverCpu) {
        double perSecond() {
            return requests / seconds;
        }
    }

    private final Job job;
    private final long serverPid;
    private final Selector selector;
    private final List<Peer> peers = new ArrayList<>();
    private final ByteBuffer input = ByteBuffer.allocateDirect(READ_BUFFER);
    private final ByteBuffer batch;
    private final byte[] listEnd;

    private Samples times = new Samples();
    private long requests;
    private long errors;

    /// One connection and how far the answers to its current batch have come.
    private final class Peer {
        private final SocketChannel channel;
        private int missing;
        private boolean atLineStart = true;
        private boolean atListStart = true;
        /// How many bytes of the line that ends a list have come.
        private int matched;
        private long sent;

        Peer(SocketChannel channel) {
            this.channel = channel;
        }

        void send() throws IOException {
            missing = job.pipelined();
            sent = System.nanoTime();
            ByteBuffer request = batch.rewind();
            channel.write(request);
            if (request.hasRemaining()) {
                throw new IOException("upsd does not take its requests");
            }
            if (job.quickAck()) {
                channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
            }
        }

        void receive() throws IOException {
            ByteBuffer bytes = input.clear();
            if (channel.read(bytes) < 0) {
                throw new IOException("upsd closed a connection under load");
            }
            bytes.flip();
            if (job.isList()) {
                takeList(bytes);
            } else {
                takeLines(bytes);
            }
            if (missing == 0) {
                times.add(System.nanoTime() - sent);
                requests += job.pipelined();
                send();
            }
        }

        private void takeLines(ByteBuffer bytes) {
            for (int i = 0; i < bytes.limit(); i++) {
                byte b = bytes.get(i);
                if (atLineStart && b != 'V') {
                    errors++;
                }
                atLineStart = b == '\n';
                if (atLineStart) {
                    missing--;
                }
            }
        }

        /// Only the last bytes can hold the end of a list, so only they are looked at.
        private void takeList(ByteBuffer bytes) {
            if (atListStart && bytes.hasRemaining() && bytes.get(0) == 'E') {
                errors++;
                missing--;
                return;
            }
            atListStart = false;
            int from = 0;
            if (bytes.limit() > listEnd.length) {
                from = bytes.limit() - listEnd.length - 1;
                matched = OTHER_LINE;
            }
            for (int i = from; i < bytes.limit(); i++) {
                byte b = bytes.get(i);
                if (matched >= 0 && b == listEnd[matched]) {
                    matched++;
                } else {
                    matched = b == '\n' ? 0 : OTHER_LINE;
                }
                if (matched == listEnd.length) {
                    missing--;
                    matched = 0;
                    atListStart = true;
                }
            }
        }
    }

    /// Connects to upsd.
    Load(int port, long serverPid, Job job) throws IOException {
        if (job.isList() && job.pipelined() != 1) {
            throw new IllegalArgumentException("lists are asked one by one");
        }
        this.job = job;
        this.serverPid = serverPid;
        byte[] requestBytes = (job.request() + "\n").repeat(job.pipelined()).getBytes(StandardCharsets.US_ASCII);
        this.batch = ByteBuffer.allocateDirect(requestBytes.length).put(requestBytes);
        this.listEnd = ("END " + job.request() + "\n").getBytes(StandardCharsets.US_ASCII);
        this.selector = Selector.open();
        try {
            for (int i = 0; i < job.connections(); i++) {
                var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
                SocketChannel channel = SocketChannel.open(address);
                peers.add(new Peer(channel));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                awaitAccepted(channel);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, peers.getLast());
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// One question and answer, so that no more connections wait than the server's backlog holds.
    private void awaitAccepted(SocketChannel channel) throws IOException {
        channel.write(ByteBuffer.wrap("VER\n".getBytes(StandardCharsets.US_ASCII)));
        do {
            input.clear();
            if (channel.read(input) < 0) {
                throw new IOException("upsd refused connection number " + peers.size());
            }
        } while (input.get(input.position() - 1) != '\n');
    }

    /// Keeps all connections busy for the time given, after a warm-up that is not counted.
    Result run(Duration warmUp, Duration measured) throws IOException {
        for (Peer peer : peers) {
            peer.send();
        }
        long now = System.nanoTime();
        turn(now + warmUp.toNanos());

        var threads = ManagementFactory.getThreadMXBean();
        times = new Samples();
        requests = 0;
        errors = 0;
        double serverBefore = ProcFs.cpuSeconds(serverPid);
        long clientBefore = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        turn(start + measured.toNanos());
        double seconds = (System.nanoTime() - start) / 1e9;
        double client = (threads.getCurrentThreadCpuTime() - clientBefore) / 1e9;
        double server = ProcFs.cpuSeconds(serverPid) - serverBefore;
        return new Result(requests, errors, seconds, times, client / seconds, server / seconds);
    }

    private void turn(long end) throws IOException {
        while (System.nanoTime() < end) {
            selector.select(100);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.attachment() instanceof Peer peer) {
                    peer.receive();
                }
            }
            selector.selectedKeys().clear();
        }
    }

    @Override
    public void close() throws IOException {
        for (Peer peer : peers) {
            peer.channel.close();
        }
        selector.close();
    }
}
