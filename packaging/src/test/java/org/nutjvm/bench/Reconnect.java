package org.nutjvm.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Hundreds of clients, each logged in and polling once a second, that all lose their connection at once and all come
/// back at once: after a break of the network, and after upsd was restarted.
final class Reconnect {
    private static final int CLIENTS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int RETRY_MILLIS = 50;
    private static final int WITNESS_MILLIS = 20;

    private final Stack stack;
    private final Encryption encryption;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger back = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger stale = new AtomicInteger();
    private final AtomicLong zero = new AtomicLong();
    private final AtomicInteger cut = new AtomicInteger();
    private final Samples times = new Samples();
    private final Samples witnessed = new Samples();

    private Reconnect(Stack stack, Encryption encryption) {
        this.stack = stack;
        this.encryption = encryption;
    }

    /// Measures servers of these makes, plain and encrypted, and prints a table.
    static void run(List<Programs> makes, Path dir, String processors, Report report)
            throws IOException, InterruptedException {
        report.section(CLIENTS + " clients that lose their connection, and come back, at once");
        report.tableHead(
                "server",
                "",
                "after",
                "half back s",
                "all back s",
                "attempts failed",
                "witness' p99 ms",
                "longest ms",
                "data stale",
                "resident MB before",
                "at most");
        for (Encryption encryption : Encryption.values()) {
            for (Programs programs : makes) {
                if (!encryption.available(programs)) {
                    report.line(programs.name() + " encrypted: needs openssl, and for C libnss3-tools");
                    continue;
                }
                var place = Files.createDirectory(dir.resolve(programs.name() + encryption));
                var lines = encryption.conf(programs, place);
                try (var stack = Stack.start(programs, place, processors, lines)) {
                    new Reconnect(stack, encryption).measure(report);
                }
            }
        }
    }

    private void measure(Report report) throws InterruptedException, IOException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            threads.add(Thread.ofVirtual().start(this::client));
        }
        if (awaitAll()) {
            threads.add(Thread.ofVirtual().start(this::witness));
            Thread.sleep(1000);
            event("a break of the network", cut::incrementAndGet, report);
            Thread.sleep(1000);
            event("a restart of upsd", () -> stack.restartUpsd(), report);
        } else {
            report.row(stack.name(), encryption.title(), "only " + back.get() + " could be connected at all");
        }
        over.set(true);
        for (Thread thread : threads) {
            thread.join(PATIENCE);
        }
    }

    /// What happens to all at once.
    private interface Event {
        void happen() throws IOException, InterruptedException;
    }

    private void event(String name, Event event, Report report) throws IOException, InterruptedException {
        long before = ProcFs.status(stack.upsdPid(), "VmRSS");
        synchronized (times) {
            times.clear();
            witnessed.clear();
        }
        back.set(0);
        failed.set(0);
        stale.set(0);
        zero.set(System.nanoTime());
        event.happen();
        boolean all = awaitAll();
        synchronized (times) {
            report.row(
                    stack.name(),
                    encryption.title(),
                    name,
                    report.number(times.median() / 1e9),
                    all ? report.number(times.percentile(100) / 1e9) : "only " + back.get(),
                    failed.get(),
                    report.number(witnessed.percentile(99) / 1e6),
                    report.number(witnessed.percentile(100) / 1e6),
                    stale.get(),
                    report.number(before / 1024.0),
                    report.number(ProcFs.status(stack.upsdPid(), "VmHWM") / 1024.0));
        }
    }

    private boolean awaitAll() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (back.get() < CLIENTS && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        return back.get() >= CLIENTS;
    }

    /// One who is connected all the time, and polls often.
    private void witness() {
        while (!over.get()) {
            try (var client = new Member(null)) {
                while (!over.get()) {
                    long start = System.nanoTime();
                    client.poll();
                    synchronized (times) {
                        witnessed.add(System.nanoTime() - start);
                    }
                    Thread.sleep(WITNESS_MILLIS);
                }
            } catch (IOException e) {
                pause(); // upsd was restarted
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void client() {
        try {
            var context = encryption == Encryption.NONE ? null : Encryption.client();
            while (!over.get()) {
                int cuts = cut.get();
                try (var client = new Member(context)) {
                    client.ask("USERNAME " + Stack.USER, "OK");
                    client.ask("PASSWORD " + Stack.PASSWORD, "OK");
                    client.ask("LOGIN " + Stack.UPS, "OK");
                    client.poll();
                    synchronized (times) {
                        times.add(System.nanoTime() - zero.get());
                    }
                    back.incrementAndGet();
                    while (!over.get() && cut.get() == cuts) {
                        for (int i = 0; i < 50 && !over.get() && cut.get() == cuts; i++) {
                            pause();
                        }
                        if (cut.get() == cuts) {
                            client.poll();
                        }
                    }
                } catch (IOException e) {
                    pause();
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS / 2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A connection that is abandoned, not ended in good order.
    private final class Member implements AutoCloseable {
        private final Socket raw = new Socket();
        private final Socket socket;
        private final BufferedReader in;

        Member(@Nullable SSLContext context) throws IOException {
            raw.setTcpNoDelay(true);
            raw.setSoTimeout(TIMEOUT_MILLIS);
            raw.setSoLinger(true, 0);
            try {
                raw.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stack.port()), TIMEOUT_MILLIS);
                socket = context == null ? raw : encrypt(context);
                in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512);
            } catch (IOException e) {
                if (raw.isConnected()) {
                    failed.incrementAndGet();
                }
                raw.close();
                throw e;
            }
        }

        private Socket encrypt(SSLContext context) throws IOException {
            raw.getOutputStream().write("STARTTLS\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = raw.getInputStream().readNBytes("OK STARTTLS\n".length());
            if (!new String(answer, StandardCharsets.US_ASCII).equals("OK STARTTLS\n")) {
                throw new IOException("STARTTLS: " + new String(answer, StandardCharsets.US_ASCII));
            }
            return Encryption.over(raw, context);
        }

        void poll() throws IOException {
            ask("GET VAR " + Stack.UPS + " ups.status", "VAR ");
        }

        void ask(String request, String answer) throws IOException {
            socket.getOutputStream().write((request + "\n").getBytes(StandardCharsets.US_ASCII));
            String line = in.readLine();
            if (line == null || !line.startsWith(answer)) {
                if (line != null && line.contains("STALE")) {
                    stale.incrementAndGet();
                }
                throw new IOException(request + ": " + line);
            }
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }
}
