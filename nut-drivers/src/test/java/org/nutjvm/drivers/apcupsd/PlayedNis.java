package org.nutjvm.drivers.apcupsd;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// An apcupsd's network server.
final class PlayedNis implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private volatile byte[] answer = {};
    private volatile boolean mute;

    PlayedNis(String... lines) throws IOException {
        tell(lines);
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    void tell(String... lines) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (String line : lines) {
            var text = (line + " \n").getBytes(StandardCharsets.ISO_8859_1);
            out.writeShort(text.length);
            out.write(text);
        }
        out.writeShort(0);
        answer = bytes.toByteArray();
    }

    void tellBytes(byte... bytes) {
        answer = bytes;
    }

    void mute() {
        mute = true;
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
        try (client) {
            var in = new DataInputStream(client.getInputStream());
            var question = new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.US_ASCII);
            if (mute) {
                in.read();
            } else if (question.equals("status")) {
                client.getOutputStream().write(answer);
            }
        } catch (IOException e) {
            // it has gone
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
