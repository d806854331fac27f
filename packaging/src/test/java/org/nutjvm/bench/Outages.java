package org.nutjvm.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// From OB LB at the driver to the start of SHUTDOWNCMD, with default polling: what a machine loses of its battery
/// before it begins to go down. The driver is the benchmark itself, so that it is known when it said so.
///
/// Most of the time is until the next poll. The outages are therefore spread evenly over the polling interval, counted
/// from each upsmon's own login, in the same order for all.
final class Outages {
    private static final Duration POLLFREQ = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ON_LINE = "SETINFO ups.status \"OL\"\nDATAOK\n";

    private Outages() {}

    static void run(List<Stack> stacks, int repeats, Report report) throws IOException, InterruptedException {
        var offsets = new ArrayList<Duration>();
        for (int i = 0; i < repeats; i++) {
            offsets.add(POLLFREQ.multipliedBy(2L * i + 1).dividedBy(2L * repeats));
        }
        Collections.shuffle(offsets, new Random(11));
        // At the same time: it is nearly all waiting.
        var tasks = new ArrayList<FutureTask<Samples>>();
        for (Stack stack : stacks) {
            var task = new FutureTask<>(() -> outages(stack, offsets));
            tasks.add(task);
            new Thread(task, "outages of " + stack.name()).start();
        }
        var times = new ArrayList<Samples>();
        try {
            for (var task : tasks) {
                times.add(task.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("outages: " + e.getMessage(), e);
        }
        report.section("OB LB at the driver until SHUTDOWNCMD starts (POLLFREQ 5, FINALDELAY 0)");
        report.line(
                "The outages are spread evenly over the five seconds between two polls; of a mean of 2500 ms none is"
                        + " upsmon's or upsd's own.");
        report.tableHead("stack", "outages", "mean ms", "least ms", "most ms", "ratio of means");
        for (int s = 0; s < stacks.size(); s++) {
            double mean = times.get(s).mean();
            report.row(
                    stacks.get(s).name(),
                    times.get(s).size(),
                    report.number(mean / 1e6),
                    report.number(times.get(s).percentile(0) / 1e6),
                    report.number(times.get(s).percentile(100) / 1e6),
                    s == 0 ? "" : report.ratio(mean / times.getFirst().mean()));
        }
    }

    /// Each outage has a device and an upsmon of its own, because a server remembers that it told all to go down.
    private static Samples outages(Stack stack, List<Duration> offsets) throws IOException, InterruptedException {
        var times = new Samples();
        for (int i = 0; i < offsets.size(); i++) {
            try (var device = new Device(stack, "outage" + i)) {
                device.served();
                Path down = stack.dir().resolve("down" + i);
                try (var upsmon = new Monitor(
                        stack, device.ups, stack.port(), "root", "FINALDELAY 0", "SHUTDOWNCMD \": > " + down + "\"")) {
                    Thread.sleep(offsets.get(i));
                    Instant begun = Instant.now();
                    device.say("SETINFO ups.status \"OB LB\"\n");
                    long deadline = System.nanoTime() + PATIENCE.toNanos();
                    while (!Files.exists(down)) {
                        if (System.nanoTime() > deadline) {
                            throw new IOException(stack.name() + "'s upsmon, of "
                                    + upsmon.family().size() + " processes, did not call its command");
                        }
                        Thread.sleep(5);
                    }
                    Instant called = Files.getLastModifiedTime(down).toInstant();
                    times.add(Duration.between(begun, called).toNanos());
                }
            }
        }
        return times;
    }

    /// A section of ups.conf with the benchmark as its driver.
    private static final class Device implements AutoCloseable {
        final String ups;
        private final Stack stack;
        private final ServerSocketChannel listener;
        private volatile SocketChannel server;

        @SuppressWarnings("NullAway.Init") // the server calls before anything is said to it
        Device(Stack stack, String ups) throws IOException, InterruptedException {
            this.ups = ups;
            this.stack = stack;
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            var socket = stack.dir().resolve("dummy-ups-" + ups);
            listener.bind(UnixDomainSocketAddress.of(socket));
            // The server may have become somebody else than this benchmark.
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
            Thread.ofVirtual().start(this::serve);
            stack.addSection(ups);
        }

        /// Waits until the server gives out its status.
        void served() throws IOException, InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            try (var connection = new Connection(stack.port())) {
                while (!connection.value(ups, "ups.status").equals("OL")) {
                    if (System.nanoTime() > deadline) {
                        throw new IOException(stack.name() + " does not serve " + ups);
                    }
                    Thread.sleep(20);
                }
            }
        }

        private void serve() {
            try {
                server = listener.accept();
                var buffer = ByteBuffer.allocate(4096);
                var rest = new StringBuilder();
                while (server.read(buffer) >= 0) {
                    rest.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
                    buffer.clear();
                    for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
                        switch (rest.substring(0, end).strip()) {
                            case "DUMPALL" -> say(ON_LINE + "DUMPDONE\n");
                            case "PING" -> say("PONG\n");
                            default -> {}
                        }
                        rest.delete(0, end + 1);
                    }
                }
            } catch (IOException e) {
                // closed
            }
        }

        synchronized void say(String text) throws IOException {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                server.write(bytes);
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            if (server != null) {
                server.close();
            }
            Files.deleteIfExists(stack.dir().resolve("dummy-ups-" + ups));
        }
    }
}
