package org.nutjvm.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Many clients that stay: most say nothing, some are logged in and ask once a second.
final class Crowd implements AutoCloseable {
    private static final byte[] POLL = ("GET VAR " + Stack.UPS + " ups.status\n").getBytes(StandardCharsets.US_ASCII);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    /// A server hangs up on clients that said nothing for a minute, so all of them have to be there well before.
    private static final Duration GATHERING = Duration.ofSeconds(25);

    private final Stack stack;
    private final List<SocketChannel> idle = new ArrayList<>();
    private final List<Member> pollers = new ArrayList<>();
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);

    private final Samples times = new Samples();
    private long polls;
    private long errors;

    /// A logged-in client.
    private static final class Member {
        private final SocketChannel channel;
        private long asked;
        private boolean waiting;

        Member(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private Crowd(Stack stack) throws IOException {
        this.stack = stack;
        this.selector = Selector.open();
    }

    /// Measures each stack alone and prints a table.
    static void run(List<Stack> stacks, int idle, int polling, Duration time, Report report)
            throws IOException, InterruptedException {
        report.section(idle + " idle clients and " + polling + " logged in that poll every second");
        report.line(
                "Clients have " + GATHERING.toSeconds() + " s to connect: upsd hangs up on those silent for a minute.");
        report.tableHead(
                "server",
                "held",
                "connected in s",
                "polls in " + time.toSeconds() + " s",
                "errors",
                "median µs",
                "p99 µs",
                "server CPU",
                "PSS MB",
                "private MB");
        for (Stack stack : stacks) {
            try (var crowd = new Crowd(stack)) {
                crowd.measure(idle, polling, time, report);
            }
        }
    }

    private void measure(int wantedIdle, int wantedPolling, Duration time, Report report)
            throws IOException, InterruptedException {
        String refused = "";
        long begin = System.nanoTime();
        try {
            for (int i = 0; i < wantedPolling && isGathering(begin); i++) {
                SocketChannel channel = connect();
                pollers.add(new Member(channel));
                ask(channel, "USERNAME " + Stack.USER, "OK");
                ask(channel, "PASSWORD " + Stack.PASSWORD, "OK");
                ask(channel, "LOGIN " + Stack.UPS, "OK");
            }
            for (int i = 0; i < wantedIdle && isGathering(begin); i++) {
                SocketChannel channel = connect();
                idle.add(channel);
                ask(channel, "NETVER", "1.");
            }
        } catch (IOException e) {
            // How far a server gets is a result, not a fault of the measurement.
            refused = " (then: " + e.getMessage() + ")";
            errors++;
        }
        double gathered = (System.nanoTime() - begin) / 1e9;
        Thread.sleep(SETTLE);
        double cpuBefore = ProcFs.cpuSeconds(stack.upsdPid());
        long start = System.nanoTime();
        poll(time);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu = (ProcFs.cpuSeconds(stack.upsdPid()) - cpuBefore) / seconds;
        int alive = countAlive();
        ProcFs.Memory memory = ProcFs.memory(stack.upsdPid());
        report.row(
                stack.name(),
                alive + " + " + pollers.size() + refused,
                report.number(gathered),
                polls,
                errors + (idle.size() - alive),
                report.number(times.median() / 1e3),
                report.number(times.percentile(99) / 1e3),
                report.percent(cpu),
                report.number(memory.pssMb()),
                report.number(memory.privateMb()));
    }

    private static boolean isGathering(long begin) {
        return System.nanoTime() - begin < GATHERING.toNanos();
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), stack.port()));
    }

    /// One blocking question and answer.
    private void ask(SocketChannel channel, String request, String answer) throws IOException {
        channel.socket().setSoTimeout(20_000);
        channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.US_ASCII)));
        byte[] bytes = new byte[256];
        int length = 0;
        while (length == 0 || bytes[length - 1] != '\n') {
            int n = channel.socket().getInputStream().read(bytes, length, bytes.length - length);
            if (n <= 0) {
                throw new IOException("upsd closed the connection");
            }
            length += n;
        }
        String line = new String(bytes, 0, length, StandardCharsets.US_ASCII);
        if (!line.startsWith(answer)) {
            throw new IOException(request + ": " + line.trim());
        }
    }

    /// Lets each logged-in client ask once a second, spread evenly over the second, for the time given.
    private void poll(Duration time) throws IOException {
        for (Member member : pollers) {
            member.channel.configureBlocking(false);
            member.channel.register(selector, SelectionKey.OP_READ, member);
        }
        long start = System.nanoTime();
        long total = pollers.size() * time.toSeconds();
        long drained = start + time.plusSeconds(3).toNanos();
        long answered = 0;
        while (answered < total && System.nanoTime() < drained) {
            long due = Math.min(total, (System.nanoTime() - start) * pollers.size() / 1_000_000_000L);
            while (polls < due) {
                send(pollers.get((int) (polls % pollers.size())));
                polls++;
            }
            selector.select(1);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.attachment() instanceof Member member) {
                    answered += receive(member, key);
                }
            }
            selector.selectedKeys().clear();
        }
        for (Member member : pollers) {
            if (member.waiting) {
                errors++;
            }
        }
    }

    private void send(Member member) throws IOException {
        if (member.waiting) {
            // The answer to the last poll, a second ago, has not come: it counts as lost.
            errors++;
        }
        member.asked = System.nanoTime();
        member.waiting = true;
        if (member.channel.isOpen()) {
            member.channel.write(ByteBuffer.wrap(POLL));
        }
    }

    private int receive(Member member, SelectionKey key) throws IOException {
        int n = member.channel.read(buffer.clear());
        if (n < 0) {
            key.cancel();
            return 0;
        }
        if (!member.waiting || buffer.get(0) != 'V' || buffer.get(n - 1) != '\n') {
            errors++;
            return 0;
        }
        member.waiting = false;
        times.add(System.nanoTime() - member.asked);
        return 1;
    }

    /// How many of the idle clients still get an answer.
    private int countAlive() {
        int alive = 0;
        for (SocketChannel channel : idle) {
            alive += isAlive(channel) ? 1 : 0;
        }
        return alive;
    }

    private boolean isAlive(SocketChannel channel) {
        try {
            ask(channel, "NETVER", "1.");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (Member member : pollers) {
            member.channel.close();
        }
        for (SocketChannel channel : idle) {
            channel.close();
        }
        selector.close();
    }
}
