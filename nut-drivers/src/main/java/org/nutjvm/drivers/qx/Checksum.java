package org.nutjvm.drivers.qx;

import org.jspecify.annotations.Nullable;

/// The two bytes before the end of a line that some of Voltronic's devices have in both directions: the CRC of XMODEM
/// over what stands before them, where bytes that mean something to a line are one higher.
final class Checksum {
    private static final int POLYNOMIAL = 0x1021;

    private Checksum() {}

    /// A line with its checksum.
    ///
    /// @param line bytes as characters, with its end
    static String sealed(String line) {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return text + of(text) + "\r";
    }

    /// A line without its checksum, or null if that is wrong or missing.
    static @Nullable String opened(String line) {
        int end = line.length() - 3;
        if (end < 1 || !line.endsWith("\r")) {
            return null;
        }
        String text = line.substring(0, end);
        return line.startsWith(of(text), end) ? text + "\r" : null;
    }

    private static String of(String text) {
        int crc = 0;
        for (int i = 0; i < text.length(); i++) {
            crc ^= (text.charAt(i) & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
            crc &= 0xffff;
        }
        return "" + escaped(crc >> 8) + escaped(crc & 0xff);
    }

    private static char escaped(int b) {
        return (char) (b == '\n' || b == '\r' || b == '(' ? b + 1 : b);
    }
}
