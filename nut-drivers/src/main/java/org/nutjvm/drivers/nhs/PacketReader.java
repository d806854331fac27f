package org.nutjvm.drivers.nhs;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds packets in the bytes of a line. A packet begins with 0xff, ends with 0xfe, has one of three lengths and before
/// its end the sum of what is between. Both marks may be in the middle, too, so only all of it together makes one.
final class PacketReader {
    static final int DATA = 21;
    static final int SHORT_HARDWARE = 18;
    static final int LONG_HARDWARE = 50;

    private static final byte BEGIN = (byte) 0xff;
    private static final byte END = (byte) 0xfe;

    private final byte[] bytes = new byte[LONG_HARDWARE];
    private int count;

    /// Takes a byte.
    ///
    /// @return the packet it ends, or null
    byte @Nullable [] feed(byte b) {
        bytes[count++] = b;
        byte[] packet = b == END && count >= SHORT_HARDWARE ? packet() : null;
        if (packet != null) {
            count = 0;
            return packet;
        }
        if (bytes[0] != BEGIN || count == bytes.length) {
            dropToBegin();
        }
        return null;
    }

    /// A packet that ends with the last byte. It is the first that could: what seems to be in front of it was none.
    private byte @Nullable [] packet() {
        for (int length : new int[] {LONG_HARDWARE, DATA, SHORT_HARDWARE}) {
            int from = count - length;
            if (from >= 0 && bytes[from] == BEGIN && fits(from, length)) {
                return Arrays.copyOfRange(bytes, from, count);
            }
        }
        return null;
    }

    private boolean fits(int from, int length) {
        int sum = 0;
        for (int i = from + 1; i < from + length - 2; i++) {
            sum += bytes[i];
        }
        return (byte) sum == bytes[from + length - 2] && bytes[from + 2] == (length == DATA ? 'D' : 'S');
    }

    private void dropToBegin() {
        int from = 1;
        while (from < count && bytes[from] != BEGIN) {
            from++;
        }
        count -= Math.min(from, count);
        System.arraycopy(bytes, from, bytes, 0, count);
    }
}
