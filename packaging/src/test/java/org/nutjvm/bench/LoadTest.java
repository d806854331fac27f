package org.nutjvm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The load client against a server of which everything is known.
class LoadTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String LIST = "BEGIN LIST VAR u\nVAR u a \"1\"\nEND LIST VAR u\n";

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /// Answers each known request with a fixed text, in writes of at most so many bytes, until it has answered `limit`.
    private void serve(Map<String, String> answers, int bytesPerWrite, int limit) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> converse(client, answers, bytesPerWrite, limit));
                }
            } catch (IOException e) {
                assertTrue(server.isClosed());
            }
        });
    }

    private static void converse(Socket client, Map<String, String> answers, int bytesPerWrite, int limit) {
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                OutputStream out = client.getOutputStream()) {
            client.setTcpNoDelay(true);
            String request = in.readLine();
            for (int i = 0; request != null && i < limit; i++) {
                byte[] answer =
                        answers.getOrDefault(request, "Network UPS Tools\n").getBytes(StandardCharsets.UTF_8);
                for (int from = 0; from < answer.length; from += bytesPerWrite) {
                    out.write(answer, from, Math.min(bytesPerWrite, answer.length - from));
                }
                request = in.readLine();
            }
        } catch (IOException e) {
            // The load client is through and has gone.
            return;
        }
    }

    private Load.Result load(Load.Job job) throws IOException {
        try (var load = new Load(server.getLocalPort(), ProcessHandle.current().pid(), job)) {
            return load.run(Duration.ZERO, SHORT);
        }
    }

    @Test
    void countsPipelinedAnswersInPieces() throws IOException {
        serve(Map.of("GET VAR u a", "VAR u a \"1\"\n"), 5, Integer.MAX_VALUE);
        Load.Result result = load(new Load.Job("GET VAR u a", 3, 4));
        assertEquals(0, result.errors());
        assertTrue(result.requests() > 0);
        assertEquals(result.requests(), result.times().size() * 4L);
    }

    @Test
    void findsTheEndOfAListInWholeAndInPieces() throws IOException {
        for (int bytesPerWrite : new int[] {1, 7, 20, 1000}) {
            try (var other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                server.close();
                server = other;
                serve(Map.of("LIST VAR u", LIST), bytesPerWrite, Integer.MAX_VALUE);
                Load.Result result = load(new Load.Job("LIST VAR u", 2, 1));
                assertEquals(0, result.errors());
                assertTrue(result.requests() > 0, "in pieces of " + bytesPerWrite);
            }
        }
    }

    @Test
    void errorsAreCounted() throws IOException {
        serve(Map.of("GET VAR u a", "ERR VAR-NOT-SUPPORTED\n", "LIST VAR u", "ERR UNKNOWN-UPS\n"), 1000, 1_000_000);
        for (String request : new String[] {"GET VAR u a", "LIST VAR u"}) {
            Load.Result result = load(new Load.Job(request, 1, 1));
            assertTrue(result.requests() > 0);
            assertTrue(result.errors() >= result.requests());
        }
    }

    @Test
    void aServerThatHangsUpIsAnError() {
        serve(Map.of("GET VAR u a", "VAR u a \"1\"\n"), 1000, 5);
        assertThrows(IOException.class, () -> load(new Load.Job("GET VAR u a", 1, 1)));
    }
}
