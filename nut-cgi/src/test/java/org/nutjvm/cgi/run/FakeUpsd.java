package org.nutjvm.cgi.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// A server on a real socket that answers each line as a test says; an empty answer is silence.
public final class FakeUpsd implements Closeable {
    private final ServerSocket listener;
    private final UnaryOperator<String> answers;

    /// The request lines in the order they came.
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /// Answers from now on.
    public FakeUpsd(UnaryOperator<String> answers) throws IOException {
        this.answers = answers;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    /// As hosts.conf names a UPS of it.
    public String at(String ups) {
        return ups + "@127.0.0.1:" + listener.getLocalPort();
    }

    /// Waits until so many requests have come: a client may have given up before the first is read here.
    public void awaitRequests(int count) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (requests.size() < count) {
            assertTrue(System.nanoTime() < deadline, () -> "no more requests than " + requests);
            Thread.onSpinWait();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                requests.add(line);
                String answer = line.equals("LOGOUT") ? "OK Goodbye\n" : answers.apply(line);
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
