package org.nutjvm.drivers.core;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A reader of a driver's socket; every wait is bounded.
public final class SocketReader implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final StringBuilder read = new StringBuilder();

    private SocketReader(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    public static SocketReader connect(Path socket) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        channel.configureBlocking(false);
        var selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
        return new SocketReader(channel, selector);
    }

    /// Sends lines.
    public SocketReader send(String... lines) throws IOException {
        for (String line : lines) {
            sendBytes((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        return this;
    }

    public void sendBytes(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        long deadline = System.nanoTime() + RunningDriver.LIMIT.toNanos();
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0 && System.nanoTime() > deadline) {
                throw new SocketTimeoutException("it does not read");
            }
        }
    }

    /// Sends no more, as `echo DUMPALL | socat - UNIX:...` does.
    public void endOfRequests() throws IOException {
        channel.shutdownOutput();
    }

    /// The next line.
    public String line() throws IOException {
        long deadline = System.nanoTime() + RunningDriver.LIMIT.toNanos();
        while (true) {
            int end = read.indexOf("\n");
            if (end >= 0) {
                String line = read.substring(0, end);
                read.delete(0, end + 1);
                return line;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("no line; read so far: " + read);
            }
            selector.select(left);
            selector.selectedKeys().clear();
            var buffer = ByteBuffer.allocate(8192);
            if (channel.read(buffer) < 0) {
                throw new EOFException("closed; read so far: " + read);
            }
            read.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
    }

    /// Lines up to and with this one.
    public List<String> until(String last) throws IOException {
        var lines = new ArrayList<String>();
        do {
            lines.add(line());
        } while (!lines.getLast().equals(last));
        return lines;
    }

    /// Everything known to the driver.
    public List<String> dump() throws IOException {
        send("DUMPALL");
        return until("DUMPDONE");
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
