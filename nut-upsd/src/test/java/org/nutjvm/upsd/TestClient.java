package org.nutjvm.upsd;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client of the server, with a limit on each wait.
public final class TestClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    public TestClient(int port) throws IOException {
        this(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    public TestClient(InetAddress address, int port) throws IOException {
        socket = new Socket(address, port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The next line, or `(closed)`.
    public String line() throws IOException {
        var line = new StringBuilder();
        try {
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    return line + "(closed)";
                }
                line.append((char) c);
            }
        } catch (IOException e) {
            if (e instanceof java.net.SocketTimeoutException) {
                throw e;
            }
            return line + "(closed)";
        }
        return line.toString();
    }

    /// Whether something has come that was not read yet.
    public boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /// Asks and returns the first line of the reply.
    public String ask(String request) throws IOException {
        send(request + "\n");
        return line();
    }

    /// Asks until the reply is that one.
    public void await(String request, String reply) throws IOException, InterruptedException {
        String last = "";
        for (int i = 0; i < 1000; i++) {
            last = ask(request);
            if (last.equals(reply)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError(request + " is answered " + last + ", not " + reply);
    }

    /// Everything up to the end of a list.
    public String list(String request) throws IOException {
        var lines = new StringBuilder();
        String line = ask(request);
        lines.append(line);
        while (line.startsWith("BEGIN")
                || !(line.startsWith("END") || line.startsWith("ERR") || line.endsWith("(closed)"))) {
            line = line();
            lines.append('\n').append(line);
        }
        return lines.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
