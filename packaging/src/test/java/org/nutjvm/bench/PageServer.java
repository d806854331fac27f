package org.nutjvm.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What the small server of status pages takes and gives: memory by itself and with viewers, pages a second.
final class PageServer implements AutoCloseable {
    private static final int VIEWERS = 500;
    private static final int CLIENTS = 16;
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Duration SETTLE = Duration.ofSeconds(6);

    private final Process process;
    private final int port;

    private PageServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static void run(Stack stack, Path tree, Duration measured, Report report) throws IOException, InterruptedException {
        String ups = Stack.UPS + "@127.0.0.1:" + stack.port();
        Files.writeString(stack.dir().resolve("hosts.conf"), "MONITOR " + ups + " Bench\n");
        Files.writeString(
                stack.dir().resolve("nut-cgi.conf"), "HISTORY " + stack.dir().resolve("history") + "\n");
        try (var server = start(stack, tree)) {
            report.section("The server of status pages");
            report.line(
                    "One UPS with " + Stack.VARIABLES + " variables, polled every two seconds; a value changes every"
                            + " second. Pages over " + CLIENTS + " connections, client on the same processors.");
            report.tableHead("", "PSS, MB", "private, MB", "a second", "server's processors");
            Thread.sleep(SETTLE);
            server.row("idle", "", "", report);
            server.viewers(stack, ups, report);
            for (String path : List.of("/", "/ups/" + ups, "/ups/" + ups + ".json", "/metrics", "/upsstats.cgi?json")) {
                double before = ProcFs.cpuSeconds(server.process.pid());
                double rate = server.rate(path, measured);
                double cpu = ProcFs.cpuSeconds(server.process.pid()) - before;
                server.row(
                        path.replace(ups, "..."),
                        report.number(rate),
                        report.number(cpu / (measured.toSeconds() * 1.5)),
                        report);
            }
        }
    }

    private static PageServer start(Stack stack, Path tree) throws IOException, InterruptedException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var builder = new ProcessBuilder(
                        tree.resolve("sbin/nut-cgi").toString(),
                        "--listen",
                        "127.0.0.1:" + port,
                        "-u",
                        System.getProperty("user.name"))
                .redirectErrorStream(true)
                .redirectOutput(stack.dir().resolve("nut-cgi.log").toFile());
        stack.environment(builder);
        var server = new PageServer(builder.start(), port);
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                if (server.get("/index.json") > 0) {
                    return server;
                }
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    server.close();
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private void row(String what, String rate, String cpu, Report report) throws IOException {
        ProcFs.Memory memory = ProcFs.memory(process.pid());
        report.row(what, report.number(memory.pssKb() / 1024.0), report.number(memory.privateKb() / 1024.0), rate, cpu);
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        return socket;
    }

    private static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept:"
                        + " */*\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// One page over a connection of its own.
    private int get(String path) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(request(path));
            return answer(socket.getInputStream(), new byte[256 * 1024]);
        }
    }

    /// Reads one answer.
    ///
    /// @return its bytes
    private static int answer(InputStream in, byte[] buffer) throws IOException {
        int have = 0;
        int all = Integer.MAX_VALUE;
        while (have < all) {
            int got = in.read(buffer, have, buffer.length - have);
            if (got <= 0) {
                throw new EOFException("the server ends the connection");
            }
            have += got;
            if (all == Integer.MAX_VALUE) {
                String text = new String(buffer, 0, have, StandardCharsets.ISO_8859_1);
                int end = text.indexOf("\r\n\r\n");
                if (end >= 0) {
                    int at = text.indexOf("Content-Length: ") + 16;
                    all = end + 4 + Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
                    if (!text.startsWith("HTTP/1.1 200 ")) {
                        throw new IOException(text.substring(0, text.indexOf('\r')));
                    }
                }
            }
        }
        return all;
    }

    private void viewers(Stack stack, String ups, Report report) throws IOException, InterruptedException {
        var viewers = new ArrayList<Socket>();
        try {
            for (int i = 0; i < VIEWERS; i++) {
                Socket viewer = connect();
                viewers.add(viewer);
                viewer.getOutputStream().write(request(i % 2 == 0 ? "/live" : "/ups/" + ups + "/live"));
                if (viewer.getInputStream().read() < 0) {
                    throw new EOFException("viewer " + i + " is turned away");
                }
            }
            double before = ProcFs.cpuSeconds(process.pid());
            long start = System.nanoTime();
            long bytes = 0;
            for (int second = 0; second < SETTLE.toSeconds() * 2; second++) {
                stack.change("ups.load", Integer.toString(20 + second));
                Thread.sleep(Duration.ofSeconds(1));
                for (Socket viewer : viewers) {
                    int there = viewer.getInputStream().available();
                    bytes += viewer.getInputStream().skip(there);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            row(
                    VIEWERS + " viewers",
                    report.number(bytes / seconds / 1024) + " kB",
                    report.number((ProcFs.cpuSeconds(process.pid()) - before) / seconds),
                    report);
        } finally {
            for (Socket viewer : viewers) {
                viewer.close();
            }
        }
    }

    private double rate(String path, Duration measured) throws InterruptedException, IOException {
        var count = new AtomicLong();
        var failed = new AtomicLong();
        long warm = System.nanoTime() + measured.toNanos() / 2;
        long end = warm + measured.toNanos();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                byte[] buffer = new byte[256 * 1024];
                byte[] request = request(path);
                try (var socket = connect()) {
                    while (System.nanoTime() < end) {
                        socket.getOutputStream().write(request);
                        answer(socket.getInputStream(), buffer);
                        if (System.nanoTime() > warm) {
                            count.incrementAndGet();
                        }
                    }
                } catch (IOException e) {
                    failed.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failed.get() > 0) {
            throw new IOException(failed + " connections failed at " + path);
        }
        return count.get() / (measured.toNanos() / 1e9);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
