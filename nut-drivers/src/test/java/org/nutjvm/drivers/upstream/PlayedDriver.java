package org.nutjvm.drivers.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Another driver's socket with a script behind it.
public final class PlayedDriver implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel listener;
    private final List<SocketChannel> clients = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile String dump;
    private volatile int outcome;
    private volatile boolean mute;
    private int marks;

    /// @param dump what DUMPALL answers, DUMPDONE included
    public PlayedDriver(Path dir, String name, String dump) throws IOException {
        this.socket = dir.resolve(name);
        this.dump = dump;
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    public void dump(String text) {
        dump = text;
    }

    /// What commands come to from now on; below 0 they are not answered.
    public void outcome(int code) {
        outcome = code;
    }

    /// Answers nothing from now on.
    public void mute() {
        mute = true;
    }

    /// Says something, and after it a variable `test.mark` with the value it gives back: who sees that has seen
    /// all of it.
    public String say(String text) throws IOException {
        String mark = Integer.toString(++marks);
        sayOnly(text + "SETINFO test.mark \"" + mark + "\"\n");
        return mark;
    }

    /// Says no more than that.
    public void sayOnly(String text) throws IOException {
        for (var client : clients) {
            if (client.isOpen()) {
                write(client, text);
            }
        }
    }

    public void hangUp() throws IOException {
        for (var client : clients) {
            client.close();
        }
        clients.clear();
    }

    /// The next line that begins so, without those before it; null if none comes.
    public @Nullable String heard(String beginning) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        String line;
        do {
            line = heard.poll(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } while (line != null && !line.startsWith(beginning));
        return line;
    }

    public boolean heardNothingLike(String beginning) {
        return heard.stream().noneMatch(line -> line.startsWith(beginning));
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(SocketChannel client) {
        try (var lines = new BufferedReader(Channels.newReader(client, StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String answer = mute ? "" : answer(line);
                write(client, answer);
                heard.add(line);
            }
        } catch (IOException e) {
            // it has gone
        } finally {
            clients.remove(client);
        }
    }

    private String answer(String line) {
        if (line.equals("DUMPALL")) {
            return dump;
        }
        if (line.equals("PING")) {
            return "PONG\n";
        }
        int id = line.indexOf(" TRACKING ");
        return id < 0 || outcome < 0 ? "" : "TRACKING " + line.substring(id + 10) + ' ' + outcome + '\n';
    }

    private static void write(SocketChannel client, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        hangUp();
        Files.deleteIfExists(socket);
    }
}
