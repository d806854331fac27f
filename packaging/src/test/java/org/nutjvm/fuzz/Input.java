package org.nutjvm.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of one input, taken piece by piece. Behind its end there are zeros, or numbers that follow from all that
/// was in it, so that a short input can play a long conversation and the same input always plays the same one.
public final class Input {
    private final byte[] bytes;
    private int at;
    private long more;

    public Input(byte[] bytes) {
        this.bytes = bytes;
        more = Arrays.hashCode(bytes) * 0x9e37_79b9_7f4a_7c15L + bytes.length;
    }

    /// Bytes not yet taken.
    public int left() {
        return bytes.length - at;
    }

    /// The next byte, 0 to 255; 0 behind the end.
    public int next() {
        return at < bytes.length ? bytes[at++] & 0xff : 0;
    }

    /// The next byte; behind the end one that follows from the whole input.
    public int endless() {
        if (at < bytes.length) {
            return bytes[at++] & 0xff;
        }
        more ^= more << 13;
        more ^= more >>> 7;
        more ^= more << 17;
        return (int) (more >>> 24) & 0xff;
    }

    /// A number below the limit.
    public int below(int limit) {
        return limit <= 0 ? 0 : ((next() << 8) | next()) % limit;
    }

    /// So many bytes, or what is left.
    public byte[] take(int count) {
        int taken = Math.min(count, left());
        at += taken;
        return Arrays.copyOfRange(bytes, at - taken, at);
    }

    /// All that is left.
    public byte[] rest() {
        return take(left());
    }

    /// All that is left, each byte a character.
    public String text() {
        return new String(rest(), StandardCharsets.ISO_8859_1);
    }

    /// What is left up to a byte, which is taken and left out.
    public String upTo(char end) {
        int from = at;
        while (at < bytes.length && bytes[at] != (byte) end) {
            at++;
        }
        var text = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
        at = Math.min(bytes.length, at + 1);
        return text;
    }
}
