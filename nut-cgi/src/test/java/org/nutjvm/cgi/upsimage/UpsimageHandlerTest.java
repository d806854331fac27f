package org.nutjvm.cgi.upsimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.cgi.FakeSite;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.cgi.web.CgiResponse;

class UpsimageHandlerTest {
    @TempDir
    Path directory;

    private FakeSite site;

    @BeforeEach
    void set() throws IOException {
        site = new FakeSite(directory)
                .file("hosts.conf", "MONITOR a@h A\nMONITOR dead@h D\n")
                .ups(
                        "a@h",
                        "battery.charge",
                        "75",
                        "battery.charge.low",
                        "30",
                        "input.voltage",
                        "2e9",
                        "input.voltage.nominal",
                        "2000000000",
                        "input.frequency",
                        "50.04",
                        "ups.load",
                        "-5",
                        "ambient.humidity",
                        "nan",
                        "output.voltage",
                        "x",
                        "battery.voltage",
                        "13.6")
                .trouble("dead@h", UpsTrouble.Kind.SERVER, "Connection failure: Connection refused");
    }

    private CgiResponse get(String query) {
        return new UpsimageHandler(site, site).handle(new CgiRequest("GET", query, "", Map.of()));
    }

    /// A picture read back: the colour of each pixel, -1 where it is transparent.
    private record Picture(int width, int height, IntBuffer pixels) {
        int at(int x, int y) {
            return pixels.get(y * width + x);
        }

        int count(int colour) {
            int n = 0;
            for (int i = 0; i < pixels.limit(); i++) {
                n += pixels.get(i) == colour ? 1 : 0;
            }
            return n;
        }
    }

    private static Picture read(CgiResponse answer) throws IOException {
        assertEquals("image/png", answer.headers().getFirst().value());
        var in = new DataInputStream(new ByteArrayInputStream(answer.bytes()));
        assertEquals(0x89504E470D0A1A0AL, in.readLong());
        int width = 0;
        int height = 0;
        byte[] palette = {};
        byte[] packed = {};
        for (boolean more = true; more; ) {
            var chunk = new byte[in.readInt()];
            int type = in.readInt();
            in.readFully(chunk);
            in.readInt();
            var data = new DataInputStream(new ByteArrayInputStream(chunk));
            switch (type) {
                case 0x49484452 -> {
                    width = data.readInt();
                    height = data.readInt();
                }
                case 0x504C5445 -> palette = chunk;
                case 0x49444154 -> packed = chunk;
                case 0x49454E44 -> more = false;
                default -> assertEquals(0x74524E53, type);
            }
        }
        var rows = new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        assertEquals((width + 1) * height, rows.length);
        var pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int index = rows[i / width * (width + 1) + 1 + i % width];
            int red = palette[index * 3] & 255;
            int green = palette[index * 3 + 1] & 255;
            pixels[i] = index == 0 ? -1 : red << 16 | green << 8 | (palette[index * 3 + 2] & 255);
        }
        return new Picture(width, height, IntBuffer.wrap(pixels));
    }

    @Test
    void aBarAsHighAsTheValue() throws IOException {
        var picture = read(get("host=a@h&display=battery.charge&bar_col=0x0000ff"));
        assertEquals(100, picture.width());
        assertEquals(350, picture.height());
        assertEquals(0x0000ff, picture.at(50, 75));
        assertEquals(-1, picture.at(50, 74));
        assertEquals(0x0000ff, picture.at(25, 300));
        assertEquals(0x0000ff, picture.at(75, 300));
        assertEquals(0xff0000, picture.at(0, 300), "the dash of 0 goes from side to side and warns");
        assertEquals(0xff0000, picture.at(24, 240), "that of 20, too");
        assertEquals(0xffffff, picture.at(24, 180), "that of 40 is neutral");
        assertEquals(0x00ff00, picture.at(24, 60), "that of 80 is good");
        assertEquals(0x960000, picture.at(24, 300 - 30), "that of 10 begins at 5");
        assertEquals(-1, picture.at(4, 300 - 30));
        assertEquals(-1, picture.at(9, 300 - 6), "that of 2 begins at 10");
        assertEquals(0x960000, picture.at(10, 300 - 6));
    }

    @Test
    void sizesAndColoursStayWithinBounds() throws IOException {
        var small = read(get("host=a@h&display=battery.charge&width=-7&height=1"));
        assertEquals(50, small.width());
        assertEquals(100, small.height());
        var large = read(get("host=a@h&display=battery.charge&width=999999999999&height=0xfff&bar_col=0xffffffffffff"));
        assertEquals(200, large.width());
        assertEquals(500, large.height());
        assertEquals(0xffffff, large.at(100, 299));
        assertEquals(
                100,
                read(get("host=a@h&display=battery.charge&width=" + "1".repeat(65)))
                        .width());
    }

    @ParameterizedTest
    @CsvSource({
        "display=battery.charge, 400",
        "host=a@h, 400",
        "host=x@h&display=battery.charge, 403",
        "host=a@h&display=ups.status, 404",
        "host=a@h&display=ups.temperature, 404",
        "host=dead@h&display=ups.load, 503",
        "host=%zz&display=ups.load, 400",
        "host=a@h&display=input.voltage, 200",
        "host=a@h&display=ambient.humidity, 200",
        "host=a@h&display=output.voltage, 200",
        "host=a@h&display=ups.load, 200"
    })
    void whatIsWrongIsAPictureToo(String query, int status) throws IOException {
        var answer = get(query);
        assertEquals(status, answer.status());
        assertTrue(read(answer).count(0xffff00) > 50, "it says why");
    }

    @Test
    void withoutHostsConfNobodyIsAsked() throws IOException {
        Files.delete(directory.resolve("hosts.conf"));
        assertEquals(403, get("host=a@h&display=ups.load").status());
    }

    @Test
    void theNominalFrequencyCanBeGiven() throws IOException {
        int bar = read(get("host=a@h&display=input.frequency")).count(0x00ff00);
        int other = read(get("host=a@h&display=input.frequency&nom_in_freq=60")).count(0x00ff00);
        assertTrue(bar != other, "the scale is another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tempmin=50&tempmax=50", "tempmin=90&tempmax=-90"})
    void scalesWithoutRangeDoNotBreakIt(String range) throws IOException {
        site.ups("a@h", "ups.temperature", "25");
        assertEquals(100, read(get("host=a@h&display=ups.temperature&" + range)).width());
    }

    @Test
    void everyLetterIsDrawnAndNoTwoAlike() {
        var seen = new HashSet<String>();
        for (char c = ' '; c <= '~'; c++) {
            var dots = new StringBuilder();
            for (int y = 0; y < Font.HEIGHT; y++) {
                for (int x = 0; x < Font.WIDTH; x++) {
                    dots.append(Font.dot(c, x, y) ? '#' : '.');
                }
            }
            assertTrue(seen.add(dots.toString()), "looks like another: " + c);
            assertEquals(c == ' ', dots.indexOf("#") < 0);
        }
        assertTrue(!Font.dot('\n', 3, 5) && !Font.dot('\u00ff', 3, 5));
    }
}
