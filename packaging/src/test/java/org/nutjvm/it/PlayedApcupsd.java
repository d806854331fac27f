package org.nutjvm.it;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// The network server of an apcupsd, which answers each question with the same lines.
final class PlayedApcupsd implements AutoCloseable {
    private final ServerSocket listener;
    private volatile String lines;

    PlayedApcupsd(String lines) {
        this.lines = lines;
        try {
            listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    void tell(String text) {
        lines = text;
    }

    private void serve() {
        try {
            while (true) {
                var client = listener.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void answer(Socket client) {
        try (client;
                var in = new DataInputStream(client.getInputStream());
                var out = new DataOutputStream(client.getOutputStream())) {
            while (true) {
                in.skipNBytes(in.readUnsignedShort());
                for (String line : lines.lines().toList()) {
                    var bytes = (line + '\n').getBytes(StandardCharsets.US_ASCII);
                    out.writeShort(bytes.length);
                    out.write(bytes);
                }
                out.writeShort(0);
                out.flush();
            }
        } catch (IOException e) {
            // it has gone
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
