package org.nutjvm.cgi.upsimage;

import java.util.Arrays;

/// A picture of a few colours. What lies outside of it is not drawn.
final class Canvas {
    /// Colours, each as 0xRRGGBB; the first is transparent. Two entries may have the same colour.
    private final int[] palette;

    private final int width;
    private final int height;
    private final byte[] pixels;

    /// A picture all of the first colour.
    Canvas(int width, int height, int... palette) {
        this.width = width;
        this.height = height;
        this.palette = palette.clone();
        this.pixels = new byte[width * height];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /// Which colour is at that place.
    int at(int x, int y) {
        return pixels[y * width + x];
    }

    /// Fills a rectangle, both corners included.
    void fill(int left, int top, int right, int bottom, int colour) {
        int from = Math.max(0, left);
        int to = Math.min(width, right + 1);
        for (int y = Math.max(0, top); from < to && y < Math.min(height, bottom + 1); y++) {
            Arrays.fill(pixels, y * width + from, y * width + to, (byte) colour);
        }
    }

    private void dot(int x, int y, int colour) {
        if (x >= 0 && x < width && y >= 0 && y < height) {
            pixels[y * width + x] = (byte) colour;
        }
    }

    /// Writes from left to right; the place is that of the upper left corner.
    void text(int x, int y, String text, int colour) {
        for (int i = 0; i < text.length(); i++) {
            for (int row = 0; row < Font.HEIGHT; row++) {
                for (int column = 0; column < Font.WIDTH; column++) {
                    if (Font.dot(text.charAt(i), column, row)) {
                        dot(x + i * Font.WIDTH + column, y + row, colour);
                    }
                }
            }
        }
    }

    /// Writes from bottom to top; the place is that of the lower left corner.
    void textUp(int x, int y, String text, int colour) {
        for (int i = 0; i < text.length(); i++) {
            for (int row = 0; row < Font.HEIGHT; row++) {
                for (int column = 0; column < Font.WIDTH; column++) {
                    if (Font.dot(text.charAt(i), column, row)) {
                        dot(x + row, y - i * Font.WIDTH - column, colour);
                    }
                }
            }
        }
    }

    /// The picture as a PNG file.
    byte[] png() {
        return Png.of(width, height, palette, pixels);
    }
}
