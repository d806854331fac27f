package org.nutjvm.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One blocking connection to a upsd, for all that is not load itself.
final class Connection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final OutputStream out;

    Connection(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512);
            out = socket.getOutputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void send(String request) throws IOException {
        out.write((request + "\n").getBytes(StandardCharsets.UTF_8));
    }

    String readLine() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("upsd closed the connection");
        }
        return line;
    }

    /// The one line that answers a request.
    String ask(String request) throws IOException {
        send(request);
        return readLine();
    }

    /// Sends a request whose answer has to start with the given text.
    void expect(String request, String answer) throws IOException {
        String line = ask(request);
        if (!line.startsWith(answer)) {
            throw new IOException(request + ": expected " + answer + ", got " + line);
        }
    }

    /// The value of a variable, without its quotes; the whole answer if it is not a value.
    String value(String ups, String var) throws IOException {
        String line = ask("GET VAR " + ups + " " + var);
        int quote = line.indexOf('"');
        return line.startsWith("VAR ") && quote > 0 ? line.substring(quote + 1, line.length() - 1) : line;
    }

    /// The lines between BEGIN LIST and END LIST.
    List<String> list(String what) throws IOException {
        var lines = new ArrayList<String>();
        expect("LIST " + what, "BEGIN LIST " + what);
        for (String line = readLine(); !line.startsWith("END LIST"); line = readLine()) {
            lines.add(line);
        }
        return lines;
    }

    void login(String ups) throws IOException {
        identify();
        expect("LOGIN " + ups, "OK");
    }

    void identify() throws IOException {
        expect("USERNAME " + Stack.USER, "OK");
        expect("PASSWORD " + Stack.PASSWORD, "OK");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
