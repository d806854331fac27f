package org.nutjvm.cgi.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.cgi.ups.Site;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.cgi.web.Handler;
import org.nutjvm.common.io.NutPaths;

class GatewayTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private String serve(Handler handler, String posted, String... variables) {
        var env = new HashMap<String, String>();
        for (int i = 0; i < variables.length; i += 2) {
            env.put(variables[i], variables[i + 1]);
        }
        out.reset();
        err.reset();
        new Gateway(
                        "upsx",
                        env,
                        new ByteArrayInputStream(posted.getBytes(StandardCharsets.ISO_8859_1)),
                        new PrintStream(out, true, StandardCharsets.ISO_8859_1),
                        new PrintStream(err, true, StandardCharsets.ISO_8859_1))
                .serve(handler);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static CgiResponse echo(CgiRequest request) {
        return CgiResponse.of(200, "text/plain", request.method() + ' ' + request.query() + ' ' + request.body())
                .note("note\n\u001bwith more");
    }

    @Test
    void anAnswerHasItsHeadersAndNotesOneLineEach() {
        String answer =
                serve(GatewayTest::echo, "a=b&c", "REQUEST_METHOD", "POST", "CONTENT_LENGTH", "3", "QUERY_STRING", "q");
        assertEquals("""
                Status: 200 OK
                Content-type: text/plain
                Pragma: no-cache
                Cache-Control: no-store
                X-Content-Type-Options: nosniff

                POST q a=b""", answer);
        assertEquals("upsx: note??with more\n", err.toString(StandardCharsets.ISO_8859_1));
        assertTrue(serve(GatewayTest::echo, "x").endsWith("\n\nGET  "), "without variables it is an empty GET");
        assertTrue(
                serve(GatewayTest::echo, "x=\u00ff", "REQUEST_METHOD", "POST").endsWith("\n\nPOST  x=\u00ff"));
    }

    @Test
    void whatIsTooLongIsRefused() {
        String large = "x".repeat(CgiRequest.BODY_LIMIT + 1);
        assertTrue(serve(GatewayTest::echo, "", "QUERY_STRING", large).startsWith("Status: 414 URI Too Long\n"));
        assertTrue(serve(GatewayTest::echo, large, "REQUEST_METHOD", "POST").startsWith("Status: 413 "));
        assertTrue(serve(GatewayTest::echo, "", "REQUEST_METHOD", "POST", "CONTENT_LENGTH", "99999999999")
                .startsWith("Status: 413 "));
        assertTrue(serve(GatewayTest::echo, large.substring(1), "REQUEST_METHOD", "POST")
                .startsWith("Status: 200 "));
    }

    @Test
    void aMistakeOfOursIsAPage() {
        String answer = serve(
                _ -> {
                    throw new IllegalStateException("<oops>");
                },
                "");
        assertTrue(answer.startsWith("Status: 500 Internal Server Error\n"), answer);
        assertFalse(answer.contains("oops"), answer);
        assertTrue(err.toString(StandardCharsets.ISO_8859_1).contains("<oops>"));
    }

    @Test
    void headersHaveNoLineBreaks() {
        assertThrows(IllegalArgumentException.class, () -> CgiResponse.of(200, "a\nb", ""));
    }

    @Test
    void argumentsCountAtAShellOnly() {
        var print = new PrintStream(out, true, StandardCharsets.ISO_8859_1);
        var web = Map.of("GATEWAY_INTERFACE", "CGI/1.1");
        assertSame(web, ByHand.environment("upsx", "X.", List.of("-V"), web, print, print));
        assertNull(ByHand.environment("upsx", "X.", List.of("-V"), Map.of(), print, print));
        assertTrue(out.toString(StandardCharsets.ISO_8859_1).startsWith("Network UPS Tools upsx "));
        assertEquals(
                "json",
                String.valueOf(ByHand.environment("upsx", "X.", List.of("-q", "json"), Map.of(), print, print))
                        .replaceAll(".*QUERY_STRING=(\\w+).*", "$1"));
    }

    @Test
    void templatesAreFilesOfTheDirectory() throws IOException {
        var site = new FileSite(NutPaths.of(Map.of("NUT_CONFPATH", directory.toString())));
        Files.write(directory.resolve("a.html"), new byte[] {'a', (byte) 0xff});
        assertEquals("a\u00ff", site.template("a.html"));
        Files.createDirectory(directory.resolve("d.html"));
        assertThrows(IOException.class, () -> site.template("d.html"));
        assertThrows(IOException.class, () -> site.template("none.html"));
        Files.write(directory.resolve("l.html"), new byte[Site.TEMPLATE_LIMIT + 1]);
        assertThrows(IOException.class, () -> site.template("l.html"));
    }

    @Test
    void afterAWrongPasswordTheNextOneWaits() {
        var guard = new FileGuard(directory.resolve("lock"), Duration.ofMillis(300), Duration.ofMillis(100));
        long start = System.nanoTime();
        assertTrue(guard.enter());
        guard.leave(false);
        assertTrue(guard.enter());
        guard.leave(true);
        var other = new FileGuard(directory.resolve("lock"), Duration.ofMillis(300), Duration.ofMillis(100));
        assertTrue(other.enter());
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(250).toNanos(), "it did not wait");
        other.leave(false);
    }

    @Test
    void withoutAPlaceForItsFileAWrongPasswordTakesAWhile() {
        var guard = new FileGuard(directory.resolve("no/such"), Duration.ofMillis(100), Duration.ofMillis(100));
        long start = System.nanoTime();
        assertTrue(guard.enter());
        guard.leave(true);
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(100).toNanos());
    }
}
