package org.nutjvm.drivers.dummy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that answers `LIST VAR` with whatever the test puts here.
final class FakeUpsd implements AutoCloseable {
    volatile String answer = "";
    final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final Thread acceptor;

    FakeUpsd(int port) throws IOException {
        server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        acceptor = Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// What a server says of a device with these variables, `name value` each.
    static String list(String... vars) {
        var text = new StringBuilder("BEGIN LIST VAR ups\n");
        for (String v : vars) {
            int blank = v.indexOf(' ');
            text.append("VAR ups ")
                    .append(v, 0, blank)
                    .append(" \"")
                    .append(v.substring(blank + 1))
                    .append("\"\n");
        }
        return text.append("END LIST VAR ups\n").toString();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                connections.add(socket);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket;
                var in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("LIST VAR ups")) {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            // disconnected
        }
    }

    /// Dies with all its connections.
    void stop() throws IOException {
        server.close();
        try {
            acceptor.join(10_000); // until then the system may still take connections
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        for (var socket : connections) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
