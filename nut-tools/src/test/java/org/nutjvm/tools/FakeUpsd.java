package org.nutjvm.tools;

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

/// A server on a real socket that answers each request line with whatever bytes the test says. A {@link #HANG_UP} in
/// the answer closes the connection there; an empty answer is silence.
public final class FakeUpsd implements Closeable {
    public static final char HANG_UP = '\u0000';

    private final ServerSocket listener;
    private final UnaryOperator<String> answers;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /// The request lines in the order they came.
    public final List<String> requests = new CopyOnWriteArrayList<>();

    public FakeUpsd(UnaryOperator<String> answers) throws IOException {
        this.answers = answers;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("fake-upsd").start(this::accept);
    }

    /// The server as programs are told it.
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                Thread.ofPlatform().daemon().name("fake-upsd-client").start(() -> serve(connection));
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
                String answer = line.equals("LOGOUT") ? "OK Goodbye\n" + HANG_UP : answers.apply(line);
                int end = answer.indexOf(HANG_UP);
                String sent = end < 0 ? answer : answer.substring(0, end);
                connection.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
                if (end >= 0) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client went away, as some tests want it to.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
