package org.nutjvm.packaging.image;

import com.sun.net.httpserver.HttpServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Plays what drivers of networked devices ask, as {@link Agent} does for SNMP: an apcupsd and a card with XML.
final class Extras implements AutoCloseable {
    private static final String STATUS = "UPS.PowerSummary.PresentStatus.ACPresent";
    private static final Map<String, String> PAGES = Map.of(
            "/product.xml",
            "<PRODUCT_INFO name='Card' type='Mosaic M' version='BA'>"
                    + "<SUMMARY><XML_SUMMARY_PAGE url='summary.xml'/></SUMMARY></PRODUCT_INFO>",
            "/summary.xml",
            "<SUMMARY><OBJECT name='" + STATUS + "'>1</OBJECT></SUMMARY>");

    private final ServerSocket listener;
    private final HttpServer server;

    Extras() throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        listener = new ServerSocket(0, 5, loopback);
        Thread.ofVirtual().start(this::serve);
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 5);
        server.createContext("/", exchange -> {
            try (exchange) {
                String page = PAGES.get(exchange.getRequestURI().getPath());
                var bytes = (page == null ? "" : page).getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(page == null ? 404 : 200, page == null ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    int apcupsd() {
        return listener.getLocalPort();
    }

    int card() {
        return server.getAddress().getPort();
    }

    private void serve() {
        try {
            while (true) {
                answer(listener.accept());
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void answer(Socket client) {
        try (client;
                var in = new DataInputStream(client.getInputStream());
                var out = new DataOutputStream(client.getOutputStream())) {
            in.skipNBytes(in.readUnsignedShort());
            for (String line : new String[] {"STATUS   : ONLINE\n", "LINEV    : 230.0 Volts\n", "DATE : a b\n"}) {
                out.writeShort(line.length());
                out.write(line.getBytes(StandardCharsets.US_ASCII));
            }
            out.writeShort(0);
        } catch (IOException e) {
            // it has gone
        }
    }

    @Override
    public void close() {
        server.stop(0);
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
