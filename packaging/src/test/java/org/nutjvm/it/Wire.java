package org.nutjvm.it;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A bare connection to a server: what is sent and read is exactly what the test says, independent of any client code.
final class Wire implements AutoCloseable {
    private final Socket plain = new Socket();
    private Socket socket = plain;
    private InputStream in;

    Wire(int port) {
        this("127.0.0.1", port);
    }

    Wire(String host, int port) {
        try {
            socket.connect(new InetSocketAddress(host, port), 5000);
            socket.setSoTimeout(10_000);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Encrypts from here on, whoever the server is.
    Wire encrypt(SSLContext context) {
        var answer = ask("STARTTLS");
        if (!answer.equals("OK STARTTLS")) {
            throw new UncheckedIOException(new IOException("STARTTLS: " + answer));
        }
        try {
            var secured = (SSLSocket) context.getSocketFactory().createSocket(plain, "server", plain.getPort(), true);
            secured.startHandshake();
            socket = secured;
            in = new BufferedInputStream(secured.getInputStream());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Socket socket() {
        return socket;
    }

    void send(String line) {
        sendBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void sendBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next line without its newline. The end of the stream is an [UncheckedIOException].
    String read() {
        var line = new StringBuilder();
        try {
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException("closed by the server after: " + line);
                }
                line.append((char) b);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    String ask(String line) {
        send(line);
        return read();
    }

    /// The whole answer to a LIST request: BEGIN and END line included, or the one line of an error.
    List<String> list(String request) {
        var lines = new ArrayList<String>();
        lines.add(ask(request));
        while (lines.getFirst().startsWith("BEGIN ") && !lines.getLast().startsWith("END ")) {
            lines.add(read());
        }
        return lines;
    }

    Wire login(String user, String password) {
        var first = ask("USERNAME " + user);
        var second = ask("PASSWORD \"" + password + "\"");
        if (!first.equals("OK") || !second.equals("OK")) {
            throw new IllegalStateException("USERNAME, PASSWORD answered " + first + ", " + second);
        }
        return this;
    }

    /// True when the server closes this connection within the read time-out.
    boolean closed() {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /// Drops the connection with a reset, as a killed process with unread data does.
    void reset() {
        try {
            plain.setSoLinger(true, 0);
            plain.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
