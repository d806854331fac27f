package org.nutjvm.drivers.netxml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A card's web server that wants to know who asks, and one that is spoken to through TLS.
class CardHttpTest {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]+))");
    private static final String WORD = "secret";

    @TempDir
    Path dir;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server = HttpServer.create();

    CardHttpTest() throws IOException {}

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI start(HttpServer one, String challenge) throws IOException {
        server = one;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, challenge));
        server.start();
        String scheme = one instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange, String challenge) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (!challenge.isEmpty() && !knows(exchange.getRequestMethod(), given)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            byte[] page = "page".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    private static boolean knows(String method, @Nullable String given) throws IOException {
        if (given == null || given.startsWith("Basic ")) {
            return ("Basic " + Base64.getEncoder().encodeToString(("user:" + WORD).getBytes(StandardCharsets.UTF_8)))
                    .equals(given);
        }
        Map<String, String> said = new HashMap<>();
        var parameter = PARAMETER.matcher(given);
        while (parameter.find()) {
            said.put(parameter.group(1), parameter.group(2) == null ? parameter.group(3) : parameter.group(2));
        }
        String one = md5("user:card:" + WORD);
        String two = md5(method + ":" + said.get("uri"));
        String middle = said.containsKey("qop")
                ? ":" + said.get("nc") + ":" + said.get("cnonce") + ":" + said.get("qop") + ":"
                : ":";
        return md5(one + ":" + said.get("nonce") + middle + two).equals(said.get("response"));
    }

    private static String md5(String text) throws IOException {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private static String page(CardHttp http) throws IOException {
        return new String(http.get("/product.xml"), StandardCharsets.UTF_8);
    }

    private static final List<String> CHALLENGES = List.of(
            "Basic realm=\"card\"",
            "Digest realm=\"card\", nonce=\"abc\", qop=\"auth\", algorithm=MD5",
            "Digest realm=\"card\", nonce=\"abc\"");

    @Test
    void cardsThatAskAreAnsweredByBasicAndDigest() throws Exception {
        for (String challenge : CHALLENGES) {
            var http = new CardHttp(start(HttpServer.create(), challenge), Duration.ofSeconds(10), "user", WORD);
            assertEquals("page", page(http), challenge);
            assertTrue(
                    http.post("/Forms/set_obj_2", null, "x".getBytes(StandardCharsets.UTF_8))
                            .ok(),
                    challenge);
            requests.set(0);
            assertEquals("page", page(http), challenge);
            assertEquals(1, requests.get(), "it is known by now that " + challenge);
            server.stop(0);
        }
    }

    @Test
    void aWrongPasswordIsGivenOnce() throws Exception {
        for (String challenge : CHALLENGES) {
            var http = new CardHttp(start(HttpServer.create(), challenge), Duration.ofSeconds(10), "user", "no");
            requests.set(0);
            var e = assertThrows(IOException.class, () -> page(http));
            assertTrue(
                    String.valueOf(e.getMessage()).contains("login or password are missing or wrong"), e.getMessage());
            assertTrue(requests.get() <= 3, requests + " requests");
            server.stop(0);
            var nobody = new CardHttp(start(HttpServer.create(), challenge), Duration.ofSeconds(10), null, null);
            assertThrows(IOException.class, () -> page(nobody));
            server.stop(0);
        }
    }

    @Test
    void aCardsOwnCertificateIsBelievedWhenThisMachineDoes() throws Exception {
        var store = dir.resolve("card.p12");
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "card",
                "-dname",
                "CN=card",
                "-ext",
                "san=ip:127.0.0.1",
                store);
        var bundle = dir.resolve("ca-certificates.crt");
        keytool("-exportcert", "-rfc", "-alias", "card", "-file", bundle.toString(), store);
        var keys = KeyStore.getInstance(store.toFile(), "password".toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "password".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var https = HttpsServer.create();
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        var card = start(https, "");
        var believing = new CardHttp(card, Duration.ofSeconds(10), null, null, List.of(dir.resolve("none"), bundle));
        assertEquals("page", page(believing));
        var other = new CardHttp(card, Duration.ofSeconds(10), null, null, List.of(dir.resolve("none")));
        var e = assertThrows(IOException.class, () -> page(other));
        assertTrue(String.valueOf(e.getMessage()).contains("its certificate is not believed"), e.getMessage());
        assertFalse(String.valueOf(e.getMessage()).contains("Exception"), e.getMessage());
    }

    private void keytool(Object... words) throws Exception {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (int i = 0; i < words.length - 1; i++) {
            command.add(words[i].toString());
        }
        command.addAll(List.of("-keystore", words[words.length - 1].toString(), "-storepass", "password"));
        var log = dir.resolve("keytool.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "keytool hangs");
        assertEquals(0, process.exitValue(), () -> {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                return e.toString();
            }
        });
    }
}
