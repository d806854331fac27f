package org.nutjvm.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Clients that do what no client should: read nothing, write a byte now and then, send lines without end, connect as
/// fast as they can, or are ten thousand. A process of its own, which ends with its standard input and then says how
/// much
/// it did.
final class Nuisance {
    private static final int ABUSERS = 100;
    private static final int PAUSE_MILLIS = 20;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] LIST = ("LIST VAR " + Stack.UPS + '\n').getBytes(StandardCharsets.US_ASCII);

    /// One way to be a nuisance, done again and again by each of them until told to stop.
    enum Way {
        NOBODY(0) {
            @Override
            void once(Socket socket) {}
        },
        SLOW_READERS(ABUSERS) {
            @Override
            void once(Socket socket) throws IOException {
                socket.getOutputStream().write(LIST);
                sleep(PAUSE_MILLIS); // else the load client itself is what pollers wait for
            }
        },
        SLOW_WRITERS(ABUSERS) {
            @Override
            void once(Socket socket) throws IOException {
                socket.getOutputStream().write('x');
                sleep(50);
            }
        },
        LINES_OF_A_MEGABYTE(4) {
            @Override
            void once(Socket socket) throws IOException {
                byte[] chunk = new byte[64 * 1024];
                Arrays.fill(chunk, (byte) 'x');
                for (int i = 0; i < 16; i++) {
                    socket.getOutputStream().write(chunk);
                }
                socket.getOutputStream().write('\n');
            }
        },
        FLOOD_OF_CONNECTIONS(4) {
            @Override
            void once(Socket socket) throws IOException {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        },
        FLOOD_OF_CONNECTIONS_WITH_A_QUESTION(4) {
            @Override
            void once(Socket socket) throws IOException {
                socket.getOutputStream().write(LIST);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getInputStream().read();
                socket.setSoLinger(true, 0);
                socket.close();
            }
        },
        TEN_THOUSAND_CONNECTIONS(1) {
            @Override
            void once(Socket socket) throws IOException {
                // Without a stream's buffers, for there are many.
                HELD.add(SocketChannel.open(socket.getRemoteSocketAddress()));
                if (HELD.size() >= 10_000) {
                    sleep(PATIENCE_MILLIS);
                }
            }
        };

        private static final List<SocketChannel> HELD = new ArrayList<>();

        private final int many;

        Way(int many) {
            this.many = many;
        }

        abstract void once(Socket socket) throws IOException;
    }

    private final int port;
    private final AtomicLong done = new AtomicLong();

    private Nuisance(int port) {
        this.port = port;
    }

    /// Starts it, where the calling thread may run.
    static Process start(Way way, int port) throws IOException {
        return new ProcessBuilder(
                        "nice",
                        "-n",
                        "19",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Nuisance.class.getName(),
                        way.name(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Ends it.
    ///
    /// @return how much it has done
    static long end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String said = out.readLine();
            process.waitFor();
            return said == null ? -1 : Long.parseLong(said);
        }
    }

    static void main(String[] args) throws IOException {
        var nuisance = new Nuisance(Integer.parseInt(args[1]));
        var way = Way.valueOf(args[0]);
        for (int i = 0; i < way.many; i++) {
            Thread.ofVirtual().start(() -> nuisance.misbehave(way));
        }
        System.in.readAllBytes(); // nobody says anything: its end is the signal
        System.out.println(nuisance.done.get());
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private void misbehave(Way way) {
        while (true) {
            try (var socket = connect()) {
                while (!socket.isClosed()) {
                    way.once(socket);
                    done.incrementAndGet();
                }
            } catch (IOException e) {
                sleep(10); // dropped: it begins again
            }
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return socket;
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
