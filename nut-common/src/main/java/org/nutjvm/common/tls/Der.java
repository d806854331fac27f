package org.nutjvm.common.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The little of DER (X.690) that private keys and names of certificates need.
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int NULL = 0x05;
    static final int OID = 0x06;
    static final int BMP = 0x1e;
    static final int SEQUENCE = 0x30;

    private static final int MULTIPLE = 0x80;

    private Der() {}

    /// Something with a tag.
    ///
    /// @param content without tag and length
    /// @param whole with them
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Value(int tag, byte[] content, byte[] whole) {
        /// What it is made of.
        List<Value> parts() throws Malformed {
            return all(content);
        }

        /// An integer that fits.
        int number() throws Malformed {
            if (tag != INTEGER || content.length == 0 || content.length > 4) {
                throw new Malformed();
            }
            return new BigInteger(content).intValue();
        }

        /// As a text, whatever kind of string it is.
        String text() {
            return new String(content, tag == BMP ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
        }

        /// An object identifier in dots.
        String oid() throws Malformed {
            if (tag != OID || content.length == 0) {
                throw new Malformed();
            }
            var text = new StringBuilder();
            long number = 0;
            for (byte b : content) {
                number = number << 7 | (b & 0x7f);
                if (b < 0) {
                    continue;
                }
                if (text.isEmpty()) {
                    long first = Math.min(number / 40, 2);
                    text.append(first).append('.').append(number - 40 * first);
                } else {
                    text.append('.').append(number);
                }
                number = 0;
            }
            return text.toString();
        }
    }

    /// Not the DER that was expected.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed() {
            super("not as expected", null, false, false);
        }
    }

    /// The values in these bytes, one after the other.
    static List<Value> all(byte[] bytes) throws Malformed {
        var values = new ArrayList<Value>();
        int at = 0;
        while (at < bytes.length) {
            if (at + 2 > bytes.length) {
                throw new Malformed();
            }
            int start = at;
            int tag = bytes[at++] & 0xff;
            int length = bytes[at++] & 0xff;
            if (length >= MULTIPLE) {
                int count = length - MULTIPLE;
                if (count == 0 || count > 3 || at + count > bytes.length) {
                    throw new Malformed();
                }
                length = 0;
                for (int i = 0; i < count; i++) {
                    length = length << 8 | (bytes[at++] & 0xff);
                }
            }
            if (length > bytes.length - at) {
                throw new Malformed();
            }
            values.add(new Value(
                    tag, Arrays.copyOfRange(bytes, at, at + length), Arrays.copyOfRange(bytes, start, at + length)));
            at += length;
        }
        return values;
    }

    /// The one value these bytes are, with this tag.
    static Value one(byte[] bytes, int tag) throws Malformed {
        var values = all(bytes);
        if (values.size() != 1 || values.getFirst().tag() != tag) {
            throw new Malformed();
        }
        return values.getFirst();
    }

    /// The part at this place, with this tag.
    static Value part(List<Value> parts, int index, int tag) throws Malformed {
        if (parts.size() <= index || parts.get(index).tag() != tag) {
            throw new Malformed();
        }
        return parts.get(index);
    }

    /// A value of these contents.
    static byte[] of(int tag, byte[]... contents) {
        int length = 0;
        for (var content : contents) {
            length += content.length;
        }
        int count = length < MULTIPLE ? 0 : length < 1 << 8 ? 1 : length < 1 << 16 ? 2 : 3;
        byte[] whole = new byte[2 + count + length];
        whole[0] = (byte) tag;
        whole[1] = (byte) (count == 0 ? length : MULTIPLE + count);
        int at = 2;
        for (int i = count - 1; i >= 0; i--) {
            whole[at++] = (byte) (length >> (8 * i));
        }
        for (var content : contents) {
            System.arraycopy(content, 0, whole, at, content.length);
            at += content.length;
        }
        return whole;
    }
}
