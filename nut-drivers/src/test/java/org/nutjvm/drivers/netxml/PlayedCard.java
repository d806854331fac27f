package org.nutjvm.drivers.netxml;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A network card's web server.
final class PlayedCard implements AutoCloseable {
    static final String OLD = """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <PRODUCT_INFO name="Network Management Card" type="Transverse" version="GB (SN 49EH29101)">
              <SUMMARY>
                <HTML_PROPERTIES_PAGE url="mgeups/default.htm"/>
                <XML_SUMMARY_PAGE url="upsprop.xml"/>
                <CENTRAL_CFG url="config.xml"/>
              </SUMMARY>
              <ALARMS><SUBSCRIPTION url="subscribe.cgi" security="basic"/></ALARMS>
              <UPS_DATA>
                <GET_OBJECT url="getvalue.cgi" security="none"/>
                <SET_OBJECT url="setvalue.cgi" security="ssl"/>
              </UPS_DATA>
            </PRODUCT_INFO>
            """;
    static final String NEW = """
            <?xml version="1.0"?>
            <PRODUCT_INFO name="Network Management Card" type="Mosaic M" version="BA">
              <SUMMARY><XML_SUMMARY_PAGE url="/ws/summary.xml"/></SUMMARY>
            </PRODUCT_INFO>
            """;

    private final HttpServer server;
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
    private volatile @Nullable String login;

    PlayedCard() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    PlayedCard page(String path, String text) {
        pages.put(path, text);
        return this;
    }

    PlayedCard summary(String path, String... objects) {
        return page(path, objects("SUMMARY", objects));
    }

    static String objects(String root, String... objects) {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\n<" + root + ">\n");
        for (String object : objects) {
            int blank = object.indexOf(' ');
            text.append("<OBJECT name=\"").append(object, 0, blank).append("\" unit=\"\" access=\"RO\">");
            text.append(object.substring(blank + 1)).append("</OBJECT>\n");
        }
        return text + "</" + root + ">\n";
    }

    void gone(String path) {
        pages.remove(path);
    }

    /// Answers only who knows this.
    void protect(String userAndPassword) {
        login = userAndPassword;
    }

    @Nullable
    String posted() throws InterruptedException {
        return posted.poll(20, TimeUnit.SECONDS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String wanted = login;
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (wanted != null && (given == null || !given.equals("Basic " + encoded(wanted)))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"card\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("POST")) {
                posted.add(path + '\n' + body);
            }
            String page = pages.get(path);
            if (page == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var bytes = page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
