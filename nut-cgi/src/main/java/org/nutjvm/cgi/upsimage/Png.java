package org.nutjvm.cgi.upsimage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// The PNG format (RFC 2083), as much as a picture with a palette needs.
final class Png {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final byte[] ONE_BYTE_A_PIXEL_OF_A_PALETTE = {8, 3, 0, 0, 0};

    private Png() {}

    /// The file.
    ///
    /// @param palette up to 256 colours as 0xRRGGBB, the first of which is transparent
    /// @param pixels places in the palette, row by row
    static byte[] of(int width, int height, int[] palette, byte[] pixels) {
        byte[] packed = deflated(width, height, pixels);
        var file = ByteBuffer.allocate(8 + 25 + 12 + palette.length * 3 + 13 + 12 + packed.length + 12);
        file.putLong(SIGNATURE);
        var header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put(ONE_BYTE_A_PIXEL_OF_A_PALETTE);
        chunk(file, "IHDR", header.array());
        var colours = ByteBuffer.allocate(palette.length * 3);
        for (int colour : palette) {
            colours.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
        }
        chunk(file, "PLTE", colours.array());
        chunk(file, "tRNS", new byte[1]);
        chunk(file, "IDAT", packed);
        chunk(file, "IEND", new byte[0]);
        return file.array();
    }

    /// Each row begins with a byte that says how it is filtered: not at all.
    private static byte[] deflated(int width, int height, byte[] pixels) {
        var rows = new byte[(width + 1) * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(pixels, y * width, rows, y * (width + 1) + 1, width);
        }
        try (var deflater = new Deflater()) {
            deflater.setInput(rows);
            deflater.finish();
            var packed = new byte[rows.length + 1024]; // more than what cannot be packed takes
            int length = deflater.deflate(packed);
            var exact = new byte[length];
            System.arraycopy(packed, 0, exact, 0, length);
            return exact;
        }
    }

    private static void chunk(ByteBuffer file, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(content);
        file.putInt(content.length).put(name).put(content).putInt((int) sum.getValue());
    }
}
