package org.nutjvm.drivers.shut;

import java.util.Arrays;

/// Makes frames and signs out of the bytes of a line (MGE UPS SYSTEMS: Simplified SHUT). A frame is its type, its
/// length in both halves of a byte, up to 8 bytes, and their checksum; a sign is one byte.
final class FrameReader {
    /// What the last byte has completed.
    enum Heard {
        /// Nothing yet.
        MORE,
        /// The sign that a frame was received.
        OK,
        /// The sign that a frame was not understood.
        NOK,
        /// A sign of synchronisation.
        SYNC,
        /// A frame.
        FRAME,
        /// Something that is neither, or a frame with a wrong checksum.
        BAD
    }

    /// Types of frames.
    static final int REQUEST = 1;

    static final int RESPONSE = 4;
    static final int NOTIFY = 5;

    /// Signs.
    static final byte SIGN_OK = 0x06;

    static final byte SIGN_NOK = 0x15;
    static final byte SIGN_SYNC = 0x16;
    static final byte SIGN_SYNC_OFF = 0x18;

    static final int LONGEST = 8;
    private static final int LAST = 0x80;
    private static final int UNUSED_BITS = 0x70;

    private enum At {
        START,
        LENGTH,
        DATA,
        CHECK
    }

    private final byte[] data = new byte[LONGEST];
    private At at = At.START;
    private int type;
    private boolean last;
    private int length;
    private int got;

    /// A frame as it goes over the line.
    ///
    /// @param from where its data begin in an array
    /// @param length of them, 0 to 8
    static byte[] frame(int type, boolean last, byte[] data, int from, int length) {
        byte[] frame = new byte[length + 3];
        frame[0] = (byte) (last ? type | LAST : type);
        frame[1] = (byte) (length << 4 | length);
        System.arraycopy(data, from, frame, 2, length);
        frame[length + 2] = checksum(data, from, length);
        return frame;
    }

    private static byte checksum(byte[] data, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum ^= data[from + i];
        }
        return (byte) sum;
    }

    /// Takes a byte.
    Heard feed(byte b) {
        return switch (at) {
            case START -> start(b & 0xff);
            case LENGTH -> length(b & 0xff);
            case DATA -> {
                data[got++] = b;
                at = got == length ? At.CHECK : At.DATA;
                yield Heard.MORE;
            }
            case CHECK -> {
                at = At.START;
                yield b == checksum(data, 0, length) ? Heard.FRAME : Heard.BAD;
            }
        };
    }

    private Heard start(int b) {
        return switch (b) {
            case SIGN_OK -> Heard.OK;
            case SIGN_NOK -> Heard.NOK;
            case SIGN_SYNC, SIGN_SYNC + 1, SIGN_SYNC_OFF -> Heard.SYNC;
            default -> begin(b);
        };
    }

    private Heard begin(int b) {
        type = b & ~(LAST | UNUSED_BITS);
        if ((b & UNUSED_BITS) != 0 || (type != REQUEST && type != RESPONSE && type != NOTIFY)) {
            return Heard.BAD;
        }
        last = (b & LAST) != 0;
        at = At.LENGTH;
        return Heard.MORE;
    }

    private Heard length(int b) {
        length = b & 0x0f;
        got = 0;
        if (length != b >> 4 || length > LONGEST) {
            at = At.START;
            return Heard.BAD;
        }
        at = length == 0 ? At.CHECK : At.DATA;
        return Heard.MORE;
    }

    /// Whether a frame has begun and not ended.
    boolean amidst() {
        return at != At.START;
    }

    /// Forgets what has begun.
    void reset() {
        at = At.START;
    }

    /// Of the frame last heard.
    int type() {
        return type;
    }

    /// Whether it ends what it belongs to.
    boolean last() {
        return last;
    }

    /// Its data.
    byte[] data() {
        return Arrays.copyOf(data, length);
    }
}
