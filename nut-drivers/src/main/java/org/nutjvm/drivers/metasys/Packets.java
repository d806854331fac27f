package org.nutjvm.drivers.metasys;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Packets in the bytes of a line: 0x02, the number of bytes that follow, data, the sum of all from that number to the
/// end of the data. The first byte of data is the command, in questions and in answers.
final class Packets {
    /// Bytes of the longest.
    static final int LONGEST = 2 + 255;

    private static final byte BEGIN = 2;

    private final byte[] bytes = new byte[4 * LONGEST];
    private int count;

    /// The packet with these data.
    static byte[] of(byte... data) {
        byte[] packet = new byte[data.length + 3];
        packet[0] = BEGIN;
        packet[1] = (byte) (data.length + 1);
        System.arraycopy(data, 0, packet, 2, data.length);
        packet[packet.length - 1] = sum(packet, 1, packet.length - 1);
        return packet;
    }

    private static byte sum(byte[] of, int from, int to) {
        byte sum = 0;
        for (int i = from; i < to; i++) {
            sum += of[i];
        }
        return sum;
    }

    /// Takes what has come.
    ///
    /// @return false if there is no room for it: nobody says so much
    boolean add(byte[] more, int length) {
        if (length > bytes.length - count) {
            return false;
        }
        System.arraycopy(more, 0, bytes, count, length);
        count += length;
        return true;
    }

    /// Takes the next packet out, and what is before it.
    ///
    /// @param all whether nothing more will come. Until then what may be the begin of a packet hides what is in it
    /// @return its data, or null if there is none yet
    byte @Nullable [] next(boolean all) {
        for (int from = 0; from < count; from++) {
            if (bytes[from] != BEGIN) {
                continue;
            }
            int length = from + 1 < count ? bytes[from + 1] & 0xff : LONGEST;
            int end = from + 2 + length;
            if (end > count && !all) {
                return null;
            }
            if (length >= 2 && end <= count && sum(bytes, from + 1, end - 1) == bytes[end - 1]) {
                byte[] data = Arrays.copyOfRange(bytes, from + 2, end - 1);
                count -= end;
                System.arraycopy(bytes, end, bytes, 0, count);
                return data;
            }
        }
        return null;
    }
}
