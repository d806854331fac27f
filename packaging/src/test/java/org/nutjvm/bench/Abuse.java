package org.nutjvm.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// What polling clients feel while others do what no client should ({@link Nuisance}). Those are in a process of their
/// own
/// that leaves the processor to the pollers whenever these want it, so that what is measured is the server.
final class Abuse {
    private static final int POLLERS = 20;
    private static final int PAUSE_MILLIS = 20;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] POLL = line("GET VAR " + Stack.UPS + " ups.status");

    private final Stack stack;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong errors = new AtomicLong();

    private Abuse(Stack stack) {
        this.stack = stack;
    }

    /// Measures each stack in each situation and prints a table.
    static void run(List<Stack> stacks, Duration time, Report report) throws IOException, InterruptedException {
        report.section(POLLERS + " clients that poll every " + PAUSE_MILLIS + " ms, while others misbehave");
        report.tableHead("others", "server", "done by them", "polls", "errors", "median µs", "p99 µs", "longest ms");
        for (Nuisance.Way way : Nuisance.Way.values()) {
            for (Stack stack : stacks) {
                new Abuse(stack).measure(way, time, report);
            }
        }
    }

    private void measure(Nuisance.Way way, Duration time, Report report) throws IOException, InterruptedException {
        var threads = new ArrayList<Thread>();
        var nuisance = Nuisance.start(way, stack.port());
        sleep(300);
        var all = new Samples();
        var longest = new AtomicLong();
        var polls = new AtomicLong();
        var ready = new CountDownLatch(POLLERS);
        for (int i = 0; i < POLLERS; i++) {
            threads.add(Thread.ofVirtual().start(() -> poll(all, longest, polls, ready)));
        }
        if (!ready.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            errors.incrementAndGet();
        }
        Thread.sleep(time);
        over.set(true);
        long done = Nuisance.end(nuisance);
        for (Thread thread : threads) {
            thread.join(Duration.ofMillis(2L * PATIENCE_MILLIS));
        }
        synchronized (all) {
            report.row(
                    way.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                    stack.name(),
                    done,
                    polls.get(),
                    errors.get(),
                    polls.get() == 0 ? "-" : report.number(all.median() / 1e3),
                    polls.get() == 0 ? "-" : report.number(all.percentile(99) / 1e3),
                    report.number(longest.get() / 1e6));
        }
    }

    private void poll(Samples all, AtomicLong longest, AtomicLong polls, CountDownLatch ready) {
        byte[] answer = new byte[512];
        boolean counted = false;
        while (!over.get()) {
            try (var socket = connect()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                while (!over.get()) {
                    long start = System.nanoTime();
                    socket.getOutputStream().write(POLL);
                    int length = 0;
                    while (length == 0 || answer[length - 1] != '\n') {
                        int got = socket.getInputStream().read(answer, length, answer.length - length);
                        if (got < 0) {
                            throw new IOException("closed");
                        }
                        length += got;
                    }
                    long took = System.nanoTime() - start;
                    synchronized (all) {
                        all.add(took);
                    }
                    longest.accumulateAndGet(took, Math::max);
                    polls.incrementAndGet();
                    if (!counted) {
                        counted = true;
                        ready.countDown();
                    }
                    sleep(PAUSE_MILLIS);
                }
            } catch (IOException e) {
                errors.incrementAndGet();
                sleep(PAUSE_MILLIS);
            }
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stack.port()), PATIENCE_MILLIS);
        return socket;
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
