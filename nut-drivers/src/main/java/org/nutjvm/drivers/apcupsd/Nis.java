package org.nutjvm.drivers.apcupsd;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// apcupsd's network information server: one question for each connection, answered in records
/// that have their length in
/// front; one of no length is the end.
final class Nis {
    private static final byte[] STATUS = "status".getBytes(StandardCharsets.US_ASCII);

    /// As in C.
    private static final int RECORD_LIMIT = 1023;

    private static final int RECORDS_LIMIT = 1000;

    private Nis() {}

    /// Everything it tells. Blocks, at most so long.
    ///
    /// @throws IOException with a sentence that says where
    static List<Item> status(NisAddress address, Duration limit) throws IOException {
        try (var socket = new Socket()) {
            long end = System.nanoTime() + limit.toNanos();
            var to = new InetSocketAddress(address.host(), address.port());
            if (to.isUnresolved()) {
                throw new UnknownHostException("Host not found: '" + address.host() + "'");
            }
            socket.connect(to, left(end));
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(STATUS.length);
            out.write(STATUS);
            out.flush();
            return items(socket, end);
        } catch (EOFException e) {
            throw new IOException("can't communicate with apcupsd! " + address + ": it closed the connection", e);
        } catch (IOException e) {
            throw new IOException("can't communicate with apcupsd! " + address + ": " + e.getMessage(), e);
        }
    }

    private static List<Item> items(Socket socket, long end) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        var items = new ArrayList<Item>();
        for (int i = 0; i < RECORDS_LIMIT; i++) {
            socket.setSoTimeout(left(end));
            int length = in.readUnsignedShort();
            if (length == 0) {
                return items;
            }
            if (length > RECORD_LIMIT) {
                throw new IOException("it does not speak apcupsd's protocol (a record of " + length + " bytes)");
            }
            var bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            var item = Item.of(new String(bytes, StandardCharsets.ISO_8859_1));
            if (item == null) {
                throw new IOException("it does not speak apcupsd's protocol (a record without a colon)");
            }
            items.add(item);
        }
        throw new IOException("it sends more than " + RECORDS_LIMIT + " records");
    }

    private static int left(long end) throws SocketTimeoutException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) millis;
    }
}
