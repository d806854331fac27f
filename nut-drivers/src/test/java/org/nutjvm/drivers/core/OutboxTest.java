package org.nutjvm.drivers.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutboxTest {
    /// Takes so many bytes and then no more until told.
    private static final class Reader implements WritableByteChannel {
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        int room;

        @Override
        public int write(ByteBuffer source) {
            int count = Math.min(room, source.remaining());
            for (int i = 0; i < count; i++) {
                taken.write(source.get());
            }
            room -= count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void whateverTheReaderTakesNothingIsLostOrDoubled() throws IOException {
        var random = new Random(1);
        var outbox = new Outbox();
        var reader = new Reader();
        var sent = new ByteArrayOutputStream();
        for (int i = 0; i < 5000; i++) {
            byte[] more = new byte[random.nextInt(i % 500 == 0 ? 100_000 : 300)];
            random.nextBytes(more);
            outbox.append(more);
            sent.write(more);
            reader.room = random.nextInt(400);
            boolean empty = outbox.writeTo(reader);
            assertEquals(empty, outbox.pending() == 0);
            assertEquals(sent.size() - reader.taken.size(), outbox.pending());
        }
        reader.room = Integer.MAX_VALUE;
        outbox.writeTo(reader);
        assertArrayEquals(sent.toByteArray(), reader.taken.toByteArray());
    }
}
