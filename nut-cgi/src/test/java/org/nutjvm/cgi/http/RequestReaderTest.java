package org.nutjvm.cgi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.cgi.http.RequestReader.Found;

/// What comes from browsers and from those who only say so.
class RequestReaderTest {
    private static final String HOST = "Host: x\r\n";

    private static Found read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return RequestReader.read(bytes, bytes.length, 0);
    }

    private static HttpRequest whole(String text) {
        return assertInstanceOf(Found.Whole.class, read(text)).request();
    }

    private static int refused(String text) {
        return assertInstanceOf(Found.Refused.class, read(text)).status();
    }

    @Test
    void aRequestHasItsParts() {
        HttpRequest request =
                whole("GET /ups/a@b%3A1/live?f=%20 HTTP/1.1\r\nHOST: Ups.Example:80\r\nAccept: a\r\nAccept: b\r\n\r\n");
        assertEquals("/ups/a@b:1/live", request.path());
        assertEquals("f=%20", request.query());
        assertEquals("a, b", request.header("accept"));
        assertEquals("ups.example", request.host());
        assertTrue(request.keepAlive());
        assertFalse(whole("GET / HTTP/1.0\r\n\r\n").keepAlive());
        assertFalse(
                whole("GET / HTTP/1.1\r\nConnection: Close\r\n" + HOST + "\r\n").keepAlive());
        assertEquals(
                "[::1]", whole("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n").host());
        assertEquals("/x", whole("GET http://x/x HTTP/1.1\r\n" + HOST + "\r\n").path());
    }

    /// Cut anywhere, byte by byte: the same request, and never one too early.
    @Test
    void anyCutGivesTheSame() {
        String text = "POST /a?b HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nx=1&y";
        byte[] bytes = (text + "GET").getBytes(StandardCharsets.ISO_8859_1);
        int needed = 0;
        int scanned = 0;
        for (int length = 1; length <= bytes.length; length++) {
            if (length < needed) {
                continue;
            }
            switch (RequestReader.read(bytes, length, scanned)) {
                case Found.Part part -> {
                    assertTrue(length < text.length());
                    needed = part.bytes();
                    scanned = part.scanned();
                }
                case Found.Whole(HttpRequest request, int next) -> {
                    assertEquals(text.length(), next);
                    assertTrue(length >= next);
                    assertEquals("x=1&y", request.body());
                    return;
                }
                case Found.Refused refused -> throw new AssertionError(refused);
            }
        }
        throw new AssertionError("never whole");
    }

    @Test
    void aBodyThatWaitsIsAskedFor() {
        String head = "POST / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n";
        assertTrue(assertInstanceOf(Found.Part.class, read(head)).proceed());
        assertFalse(assertInstanceOf(Found.Part.class, read(head + "a")).proceed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1|400", // no Host
                "GET / HTTP/1.1~Host: a~Host: b|400",
                "GET / HTTP/2.0~Host: x|505",
                "GET /|400",
                "GET  HTTP/1.1~Host: x|400",
                "BREW / HTTP/1.1~Host: x|501",
                "G@T{} / HTTP/1.1~Host: x|400",
                "GET x HTTP/1.1~Host: x|400",
                "GET /%zz HTTP/1.1~Host: x|400",
                "GET /% HTTP/1.1~Host: x|400",
                "GET /%00 HTTP/1.1~Host: x|400",
                "GET /%0d%0aX: HTTP/1.1~Host: x|400",
                "GET /../etc/passwd HTTP/1.1~Host: x|400",
                "GET /%2e%2e/x HTTP/1.1~Host: x|400",
                "GET //x HTTP/1.1~Host: x|400",
                "GET / HTTP/1.1~Host: x~ folded|400",
                "GET / HTTP/1.1~Host : x|400",
                "GET / HTTP/1.1~Host: x~: y|400",
                "GET / HTTP/1.1~Host: x~no colon|400",
                "POST / HTTP/1.1~Host: x~Transfer-Encoding: chunked|501",
                "POST / HTTP/1.1~Host: x~Content-Length: 5~Content-Length: 6|400",
                "POST / HTTP/1.1~Host: x~Content-Length: -1|400",
                "POST / HTTP/1.1~Host: x~Content-Length: +1|400",
                "POST / HTTP/1.1~Host: x~Content-Length: 0x10|400",
                "POST / HTTP/1.1~Host: x~Content-Length:|400",
                "POST / HTTP/1.1~Host: x~Content-Length: 131073|413",
                "POST / HTTP/1.1~Host: x~Content-Length: 99999999999999999999|413",
            })
    void whatIsNoneIsRefused(String request, int status) {
        assertEquals(status, refused(request.replace("~", "\r\n") + "\r\n\r\n"));
    }

    @Test
    void everythingHasALimit() {
        assertEquals(414, refused("GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + HOST + "\r\n"));
        assertEquals(414, refused("GET /?" + "a".repeat(9000) + " HTTP/1.1\r\n" + HOST + "\r\n"));
        assertEquals(431, refused("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(70) + HOST + "\r\n"));
        assertEquals(431, refused("GET / HTTP/1.1\r\nA: " + "b".repeat(17_000)));
        assertEquals(431, refused("a".repeat(17_000)));
        assertEquals(400, refused("GET / HTTP/1.1\r\n" + HOST + "A: \u0001\r\n\r\n"));
    }
}
