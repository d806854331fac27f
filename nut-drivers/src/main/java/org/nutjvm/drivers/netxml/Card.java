package org.nutjvm.drivers.netxml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.DriverException;

/// A card's pages: which there are is told by the first (drivers/netxml-ups.c: upsdrv_initinfo, upsdrv_updateinfo).
/// Blocks. Belongs to the thread that asks, but for {@link #set}.
final class Card {
    /// Where the first page is, by generation.
    private static final List<String> PRODUCT = List.of("/mgeups/product.xml", "/product.xml", "/ws/product.xml");

    private static final String SET = "/Forms/set_obj_2";
    private static final String BOUNDARY = "NUT-NETXML-UPS-OBJECTS";

    private final CardHttp http;
    private final PageReader reader = new PageReader();
    private @Nullable String productPath;
    private volatile @Nullable Page product;

    Card(CardHttp http) {
        this.http = http;
    }

    /// Everything it tells, the page about itself first.
    ///
    /// @throws IOException if it does not tell enough
    List<Page> read() throws IOException {
        var pages = new ArrayList<Page>();
        IOException first = null;
        int failed = 0;
        Page about = null;
        try {
            about = product();
            pages.add(about);
        } catch (IOException e) {
            first = e;
            failed++;
            about = product;
        }
        for (String link : new String[] {"UPS_DATA/GET_OBJECT", "SUMMARY/XML_SUMMARY_PAGE"}) {
            try {
                pages.add(page(about, link));
            } catch (IOException e) {
                first = first == null ? e : first;
                failed++;
            }
        }
        if (failed > 1 && first != null) {
            throw first;
        }
        return pages;
    }

    /// Whether all pages were read that there are.
    boolean complete(List<Page> pages) {
        var about = product;
        int there = 1;
        for (String link : new String[] {"UPS_DATA/GET_OBJECT", "SUMMARY/XML_SUMMARY_PAGE"}) {
            there += about != null && url(about, link) != null ? 1 : 0;
        }
        return pages.size() == there;
    }

    private Page product() throws IOException {
        IOException first = null;
        for (String path : productPath == null ? PRODUCT : List.of(productPath)) {
            try {
                Page page = reader.read(http.get(path));
                if (page.is("PRODUCT_INFO")) {
                    productPath = path;
                    product = page;
                    return page;
                }
                first = first == null ? new IOException(path + " is not about a product") : first;
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new IOException("no product page") : first;
    }

    private Page page(@Nullable Page about, String link) throws IOException {
        String path = about == null ? null : url(about, link);
        if (path == null) {
            throw new IOException("the card has no page " + link);
        }
        return reader.read(http.get(path));
    }

    /// Newer cards, which have more than UPSes, call the data otherwise.
    private static @Nullable String url(Page about, String link) {
        String url = about.url(link);
        return url == null && link.startsWith("UPS_DATA") ? about.url(link.replace("UPS_DATA", "DEV_DATA")) : url;
    }

    /// How it would have clients configured, or null if it does not say.
    @Nullable
    Page configuration() {
        try {
            return page(product, "SUMMARY/CENTRAL_CFG");
        } catch (IOException e) {
            return null;
        }
    }

    /// Where alarms are subscribed to, or null.
    @Nullable
    String subscription() {
        var about = product;
        return about == null ? null : about.url("ALARMS/SUBSCRIPTION");
    }

    CardHttp http() {
        return http;
    }

    /// @throws DriverException for a card nobody knows how to read
    void check() throws DriverException {
        var about = product;
        if (about != null && "XML.V4".equalsIgnoreCase(about.attributes().get("protocol"))) {
            throw new DriverException("XML v4 protocol is not supported!\nTry snmp-ups for this card.");
        }
    }

    /// Sets an object, from any thread.
    ///
    /// @throws IOException if the card refuses or does not answer
    void set(String object, String value) throws IOException {
        String body = "--" + BOUNDARY + "\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"Configuration.xml\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n"
                + "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<SET_OBJECT>\r\n"
                + "  <OBJECT name=\"" + escaped(object) + "\">" + escaped(value) + "</OBJECT>\r\n"
                + "</SET_OBJECT>\r\n--" + BOUNDARY + "--\r\n";
        var reply = http.post(SET, "multipart/form-data; boundary=" + BOUNDARY, body.getBytes(StandardCharsets.UTF_8));
        if (!reply.ok()) {
            throw new IOException("the card refused it: HTTP status " + reply.code()
                    + (reply.code() == 401 ? " (login or password are missing or wrong)" : ""));
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
