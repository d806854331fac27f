package org.nutjvm.cgi.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.cgi.run.FakeUpsd;

/// The server on real sockets, with a played upsd behind it.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path dir;

    private final AtomicReference<String> status = new AtomicReference<>("OL");
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @SuppressWarnings("NullAway.Init") // set before each test
    private FakeUpsd upsd;

    @SuppressWarnings("NullAway.Init") // set by start
    private NutCgi program;

    @SuppressWarnings("NullAway.Init") // set by start
    private Thread thread;

    private String answer(String line) {
        return switch (line) {
            case "LIST VAR a" ->
                "BEGIN LIST VAR a\nVAR a ups.status \"" + status.get() + "\"\nVAR a x \"<i>\"\nEND LIST VAR a\n";
            case "LIST CLIENT a" -> "BEGIN LIST CLIENT a\nCLIENT a 192.0.2.7\nEND LIST CLIENT a\n";
            case "GET VAR a server.info" -> "VAR a server.info \"played\"\n";
            case "GET VAR a server.version" -> "VAR a server.version \"1\"\n";
            default -> "ERR UNKNOWN-UPS\n";
        };
    }

    @BeforeEach
    void files() throws IOException {
        upsd = new FakeUpsd(this::answer);
        Files.writeString(dir.resolve("hosts.conf"), "MONITOR " + upsd.at("a") + " A\nMONITOR b@127.0.0.1:1 B\n");
    }

    @AfterEach
    void end() throws Exception {
        if (program != null) {
            program.stop("test ends");
            thread.join(10_000);
            assertFalse(thread.isAlive(), "the server does not end");
        }
        upsd.close();
    }

    private int start(String... conf) throws Exception {
        Files.writeString(
                dir.resolve("nut-cgi.conf"),
                String.join("\n", conf) + "\nPOLLINTERVAL 1\nHISTORY " + dir.resolve("h") + "\n");
        program = new NutCgi(
                Map.of("NUT_CONFPATH", dir.toString()), new PrintStream(out, true), new PrintStream(err, true));
        var user = System.getProperty("user.name", "root");
        thread = Thread.ofPlatform().start(() -> program.run(List.of("--listen", "127.0.0.1:0", "-u", user)));
        await(() -> !program.addresses().isEmpty());
        int port = program.addresses().getFirst().getPort();
        if (conf.length == 0) {
            await(() -> get(port, "/index.json").contains("\"status\": \"OL\""));
        }
        return port;
    }

    private interface Check {
        boolean holds() throws IOException;
    }

    private void await(Check check) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!check.holds()) {
            assertTrue(System.nanoTime() < deadline, () -> "it does not happen: " + err);
            Thread.sleep(20);
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /// Sends this and reads to the end.
    private static String exchange(int port, String request) throws IOException {
        try (var socket = connect(port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String get(int port, String path, String... headers) throws IOException {
        var more = new StringBuilder();
        for (String header : headers) {
            more.append(header).append("\r\n");
        }
        return exchange(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n");
    }

    private static String until(InputStream in, String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    @Test
    void pagesJsonMetricsAndHistory() throws Exception {
        int port = start();
        assertTrue(get(port, "/").startsWith("HTTP/1.1 200 OK\r\n"));
        String page = get(port, "/ups/" + upsd.at("a"));
        assertTrue(page.contains("192.0.2.7") && page.contains("&lt;i&gt;"), page);
        assertTrue(get(port, "/metrics").contains("# EOF"), "metrics");
        await(() -> get(port, "/ups/" + upsd.at("a") + "/day.json").contains("\"status\": \"OL\""));
        assertTrue(get(port, "/ups/" + upsd.at("a") + "/week").contains("The last week"));
        await(() -> get(port, "/ups/b@127.0.0.1:1").contains("Connection refused"));
        assertTrue(get(port, "/upsstats.cgi?json").contains("\"status_raw\": \"OL\""));
        assertTrue(get(port, "/cgi-bin/nut/upsset.cgi").contains("upsset.conf"));
        assertTrue(get(port, "/ups/" + upsd.at("a") + "/commands").startsWith("HTTP/1.1 403 "), "no marker line");
        assertTrue(get(port, "/ups/c@127.0.0.1:" + port).startsWith("HTTP/1.1 404 "));
        for (String request : upsd.requests) {
            assertFalse(request.contains(" c"), "only what hosts.conf names is asked for: " + request);
        }
    }

    @Test
    void oneConnectionManyRequests() throws Exception {
        int port = start();
        String one = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String head = "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String last = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc";
        String all = exchange(
                port,
                one.repeat(50)
                        + head
                        + "GET /upsstats.cgi?json HTTP/1.1\r\nHost: x\r\n\r\n".replace("x", "[::1]")
                        + last);
        assertEquals(51, all.split("HTTP/1.1 404 ", -1).length);
        assertEquals(3, all.split("HTTP/1.1 200 ", -1).length);
        assertTrue(all.indexOf("\"devices\"") < all.indexOf("HTTP/1.1 405 "), "answers come in the order of requests");
        assertTrue(all.contains("\r\nConnection: close\r\n"));
    }

    @Test
    void viewersHearWhatChangesAndThatAServerDiedAndCameBack() throws Exception {
        int port = start();
        try (var all = connect(port);
                var one = connect(port)) {
            all.getOutputStream()
                    .write("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            one.getOutputStream()
                    .write(("GET /ups/" + upsd.at("a") + "/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertTrue(until(all.getInputStream(), "1 of 2 are well").contains("text/event-stream"));
            until(one.getInputStream(), "Online");
            status.set("OB DISCHRG");
            until(all.getInputStream(), "On battery, Discharging");
            until(one.getInputStream(), "On battery, Discharging");
            status.set("OL");
            until(one.getInputStream(), "Online");
            Files.writeString(dir.resolve("hosts.conf"), "MONITOR " + upsd.at("a") + " Renamed\n");
            until(all.getInputStream(), "event: reload");
        }
        await(() -> get(port, "/").contains("Renamed"));
        Files.delete(dir.resolve("hosts.conf"));
        await(() -> get(port, "/").startsWith("HTTP/1.1 500 "));
        Files.writeString(dir.resolve("hosts.conf"), "MONITOR " + upsd.at("a") + " Again\n");
        await(() -> get(port, "/index.json").contains("\"status\": \"OL\""));
    }

    @Test
    void whoIsNoBrowserIsToldSo() throws Exception {
        int port = start();
        assertTrue(exchange(port, "\u0016\u0003\u0001\u0002\u0000hello\r\n\r\n").startsWith("HTTP/1.1 400 "));
        assertTrue(get(port, "/", "Host: evil.example").startsWith("HTTP/1.1 400 "), "two hosts");
        String evil = exchange(port, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertTrue(evil.startsWith("HTTP/1.1 421 "), evil);
        String large = "POST /upsset.cgi HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
                + "a".repeat(1_000_000);
        assertTrue(exchange(port, large).startsWith("HTTP/1.1 413 "));
        assertTrue(get(port, "/upsstats.cgi?host=" + "a".repeat(1_000_000)).startsWith("HTTP/1.1 431 "));
        assertTrue(get(port, "/").startsWith("HTTP/1.1 200 "), "it serves all the same");
    }

    @Test
    void manyIdleConnectionsKeepNobodyOut() throws Exception {
        int port = start();
        var idle = new ArrayList<Socket>();
        try {
            for (int i = 0; i < Server.CONNECTIONS + 20; i++) {
                idle.add(connect(port));
                idle.getLast().getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
            }
            await(() -> {
                try {
                    return get(port, "/").startsWith("HTTP/1.1 200 ");
                } catch (IOException e) {
                    return false; // those that came just now are spared
                }
            });
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    private static String basic(String user) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readersHaveAPassword() throws Exception {
        int port = start(
                "READER ann secret",
                "READER bob $pbkdf2-sha256$1$c2FsdHNhbHRzYWx0$"
                        + org.nutjvm.common.conf.PasswordHash.make(
                                        "other", 1, "saltsaltsalt".getBytes(StandardCharsets.US_ASCII))
                                .text()
                                .replaceAll(".*\\$", ""));
        String asked = get(port, "/");
        assertTrue(asked.startsWith("HTTP/1.1 401 ") && asked.contains("WWW-Authenticate: Basic realm="), asked);
        assertTrue(get(port, "/style.css").startsWith("HTTP/1.1 401 "));
        assertTrue(get(port, "/", basic("ann:secret")).startsWith("HTTP/1.1 200 "));
        assertTrue(get(port, "/", basic("bob:other")).startsWith("HTTP/1.1 200 "));
        assertTrue(get(port, "/", basic("ann:other")).startsWith("HTTP/1.1 401 "));
        assertTrue(get(port, "/", "Authorization: Basic !!").startsWith("HTTP/1.1 401 "));
        assertTrue(get(port, "/", basic("ann:x")).startsWith("HTTP/1.1 401 "));
        assertTrue(get(port, "/", basic("ann:y")).startsWith("HTTP/1.1 401 "));
        assertTrue(get(port, "/", basic("ann:z")).startsWith("HTTP/1.1 429 "), "three were wrong");
        assertTrue(get(port, "/", basic("ann:secret")).startsWith("HTTP/1.1 200 "), "who is known is known");
        String log = err.toString(StandardCharsets.UTF_8);
        assertFalse(log.contains("ann") || log.contains("other"), log);
    }

    private String refused(String conf, String... args) throws IOException {
        Files.writeString(dir.resolve("nut-cgi.conf"), conf + "\nHISTORY none\n");
        var list = new ArrayList<>(List.of(args));
        list.addAll(List.of("-u", System.getProperty("user.name", "root")));
        var said = new ByteArrayOutputStream();
        assertEquals(
                1,
                new NutCgi(
                                Map.of("NUT_CONFPATH", dir.toString()),
                                new PrintStream(out, true),
                                new PrintStream(said, true))
                        .run(list));
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNotSafeOrNotPossibleIsRefused() throws Exception {
        assertTrue(refused("", "-l", "0.0.0.0:0").contains("without encryption and login"));
        assertTrue(refused("READER a b", "-l", "*:0").contains("without encryption:"));
        assertTrue(refused("READER a b", "-l", "[::]:0").contains("ALLOW_UNPROTECTED yes"));
        assertTrue(refused("CERTFILE /nowhere", "-l", "127.0.0.1:0").contains("CERTFILE /nowhere"));
        assertTrue(refused("READER a:b c").contains("READER"));
        assertTrue(refused("", "-l", "nonsense:x").contains("--listen takes"));
        assertTrue(refused("", "-l", "no.such.host.invalid:0").contains("no.such.host.invalid"));
        assertTrue(refused("", "-c", dir.resolve("none").toString()).contains("none"));
        int port = start();
        assertTrue(refused("", "-l", "127.0.0.1:" + port).contains("Address already in use"));
        assertTrue(refused("", "operand").contains("operand"));
    }

    /// Any certificate is good enough here: what counts is that the bytes get through.
    private static SSLSocket encrypted(int port) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(
                null,
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Test
    void encryptedItIsTheSame() throws Exception {
        Path module = Files.exists(Path.of("nut-common")) ? Path.of("nut-common") : Path.of("../nut-common");
        Path pem = module.resolve("src/test/resources/tls/server.pem").toAbsolutePath();
        int port = start("CERTFILE " + pem);
        assertFalse(get(port, "/").startsWith("HTTP"), "clear text is no handshake");
        try (var socket = encrypted(port)) {
            String one = "GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
            String last = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((one.repeat(100) + last).getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertEquals(102, all.split("HTTP/1.1 200 OK\r\n", -1).length);
            assertTrue(all.endsWith("</html>\n"), "to the end");
        }
        try (var socket = encrypted(port)) {
            socket.getOutputStream()
                    .write("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            until(socket.getInputStream(), "event: parts");
            status.set("OB LB");
            until(socket.getInputStream(), "Low battery");
        }
    }
}
