package org.nutjvm.upsd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Stands between one client and the server and passes on one byte at a time.
final class Dribble implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    Dribble(int server) throws IOException {
        Thread.ofPlatform().daemon().start(() -> {
            try (var client = listener.accept();
                    var upsd = new Socket(InetAddress.getLoopbackAddress(), server)) {
                upsd.setTcpNoDelay(true);
                var back = Thread.ofPlatform().daemon().start(() -> pass(upsd, client));
                pass(client, upsd);
                back.join(10_000);
            } catch (IOException | InterruptedException e) {
                // the test sees it at its own end
            }
        });
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                out.write(b);
            }
        } catch (IOException e) {
            // one of the two has gone
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
