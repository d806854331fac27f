package org.nutjvm.drivers.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/// What one reader has not taken yet. It grows as needed and shrinks when empty; the owner decides how much is
/// too much.
final class Outbox {
    private static final int SMALL = 1024;

    /// What is handed to the system at once: the JVM keeps a buffer of that size per thread.
    private static final int CHUNK = 16 * 1024;

    private byte[] bytes = new byte[SMALL];
    private int start;
    private int end;

    int pending() {
        return end - start;
    }

    void append(byte[] more) {
        if (bytes.length - end < more.length) {
            makeRoom(more.length);
        }
        System.arraycopy(more, 0, bytes, end, more.length);
        end += more.length;
    }

    private void makeRoom(int length) {
        int needed = pending() + length;
        if (needed <= bytes.length / 2) {
            System.arraycopy(bytes, start, bytes, 0, pending());
        } else {
            byte[] larger = new byte[Math.max(needed, 2 * bytes.length)];
            System.arraycopy(bytes, start, larger, 0, pending());
            bytes = larger;
        }
        end -= start;
        start = 0;
    }

    /// Writes as much as the channel takes.
    ///
    /// @return whether all of it is gone
    boolean writeTo(WritableByteChannel channel) throws IOException {
        while (start < end) {
            int chunk = Math.min(CHUNK, end - start);
            int written = channel.write(ByteBuffer.wrap(bytes, start, chunk));
            start += written;
            if (written < chunk) {
                return false;
            }
        }
        start = 0;
        end = 0;
        if (bytes.length > 64 * SMALL) {
            bytes = Arrays.copyOf(bytes, SMALL);
        }
        return true;
    }
}
