package org.nutjvm.cgi.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.cgi.FakeSite;
import org.nutjvm.cgi.board.Board;
import org.nutjvm.cgi.board.Polled;
import org.nutjvm.cgi.http.HttpRequest;
import org.nutjvm.cgi.ups.Reading;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.common.conf.HostsConf.Host;

/// Pages about what is on the board, as pages and as JSON, and which address is which.
class PagesTest {
    private static final String EVIL = "<script>alert('x')</script>\"&";
    private static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path dir;

    private static Polled known(@Nullable List<String> clients, String... pairs) {
        SequencedMap<String, String> vars = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            vars.put(pairs[i], pairs[i + 1]);
        }
        return new Polled(new Reading.Known(vars), clients, new LinkedHashMap<>());
    }

    private static Polled unknown(String why) {
        return new Polled(
                new Reading.Unknown(new UpsTrouble(UpsTrouble.Kind.SERVER, why)), null, new LinkedHashMap<>());
    }

    private static Board board(String... upses) {
        var hosts = new java.util.ArrayList<Host>();
        for (String ups : upses) {
            hosts.add(new Host(ups, "UPS " + ups));
        }
        return Board.empty(T0).hosts(hosts, null, T0);
    }

    private Pages pages() throws IOException {
        return new Pages(
                new FakeSite(dir).file("upsset.conf", "I_HAVE_SECURED_MY_CGI_DIRECTORY\n"), ZoneOffset.UTC, null);
    }

    private String html(Board board, Topic topic) throws IOException {
        return pages().page(new Route.Page(topic, Route.Form.HTML), board).body();
    }

    private String json(Board board, Topic topic) throws IOException {
        return pages().page(new Route.Page(topic, Route.Form.JSON), board).body();
    }

    @Test
    void nothingAUpsSaysBecomesMarkup() throws IOException {
        Board board = board(EVIL)
                .heard(
                        Map.of(
                                EVIL,
                                known(
                                        List.of(EVIL),
                                        "ups.status",
                                        EVIL,
                                        EVIL,
                                        EVIL,
                                        "ups.model",
                                        EVIL,
                                        "ups.alarm",
                                        EVIL,
                                        "battery.charge",
                                        "5" + EVIL,
                                        "battery.runtime",
                                        "6" + EVIL)),
                        T0);
        for (Topic topic : new Topic[] {new Topic.Overview(), new Topic.One(EVIL)}) {
            String page = html(board, topic);
            assertFalse(page.contains("<script>alert"), page);
            assertFalse(page.contains("\"&\""), page);
            String parts = pages().parts(topic, board).orElseThrow().news(Map.of());
            assertFalse(parts.contains("<script>alert"), parts);
            assertFalse(parts.substring(parts.indexOf("data: ")).strip().contains("\n"), "news are one line");
            assertTrue(json(board, topic).contains("<script>alert('x')</script>\\\"&"));
        }
    }

    @Test
    void pagesMayRunNothingButTheirOwn() throws IOException {
        CgiResponse page = pages().page(new Route.Page(new Topic.Overview(), Route.Form.HTML), board("a"));
        String policy = page.headers().stream()
                .filter(header -> header.name().equals("Content-Security-Policy"))
                .findFirst()
                .orElseThrow()
                .value();
        assertTrue(policy.startsWith("default-src 'none'; style-src 'self'; script-src 'self';"), policy);
        assertFalse(page.body().contains(" style="), "styles in pages are not let through");
        assertFalse(page.body().contains("http://"), "nothing from elsewhere");
    }

    @Test
    void whatHappenedIsKept() throws IOException {
        Board board = board("a").heard(Map.of("a", known(List.of(), "ups.status", "OL")), T0);
        assertEquals(0, board.entries().getFirst().severity());
        Board same = board.heard(Map.of("a", known(List.of(), "ups.status", "OL")), T0.plusSeconds(1));
        assertEquals(board.version(), same.version());
        Board charging = same.heard(Map.of("a", known(List.of(), "ups.status", "OL", "x", "1")), T0.plusSeconds(2));
        assertEquals(1, charging.entries().getFirst().events().size());
        Board lost = charging.heard(Map.of("a", unknown("Connection refused")), T0.plusSeconds(3));
        assertEquals(
                lost.version(),
                lost.heard(Map.of("a", unknown("Connection refused")), T0.plusSeconds(4))
                        .version());
        assertTrue(html(lost, new Topic.One("a")).contains("Connection refused"));
        assertTrue(html(lost, new Topic.Overview()).contains("<strong>1 is in trouble</strong>"));
        Board back = lost.heard(Map.of("a", known(null, "ups.status", "OB LB")), T0.plusSeconds(5));
        assertEquals(3, back.entries().getFirst().events().size());
        assertTrue(html(back, new Topic.One("a")).contains("On battery, Low battery"));
        for (int i = 0; i < 200; i++) {
            back = back.heard(Map.of("a", known(null, "ups.status", "OL " + i)), T0.plusSeconds(6 + i));
        }
        assertEquals(50, back.entries().getFirst().events().size());
        assertEquals(
                2,
                back.hosts(List.of(new Host("b", ""), new Host("a", "x")), null, T0)
                        .entries()
                        .size());
    }

    @Test
    void newsHaveWhatChanged() throws IOException {
        Board one = board("a", "b").heard(Map.of("a", known(List.of(), "ups.status", "OL", "ups.load", "1")), T0);
        Parts before = pages().parts(new Topic.One("a"), one).orElseThrow();
        assertEquals("", before.news(before.markup()));
        Board two = one.heard(Map.of("a", known(List.of(), "ups.status", "OL", "ups.load", "2")), T0);
        String news = pages().parts(new Topic.One("a"), two).orElseThrow().news(before.markup());
        assertTrue(news.startsWith("event: parts\ndata: {\"now\": \""), news);
        assertTrue(news.endsWith("\"v1\": \"2\"}\n\n"), news);
        assertFalse(news.contains("v0"), news);
        // Where names come or go, all values go with the new table.
        Board three =
                two.heard(Map.of("a", known(List.of(), "ups.alarm", "!", "ups.status", "OL", "ups.load", "2")), T0);
        String table = pages().parts(new Topic.One("a"), three)
                .orElseThrow()
                .news(pages().parts(new Topic.One("a"), two).orElseThrow().markup());
        assertTrue(table.indexOf("\"vars\"") < table.indexOf("\"v2\": \"2\""), table);
        assertFalse(before.frame()
                .equals(pages().parts(new Topic.One("b"), one).orElseThrow().frame()));
    }

    private static Route route(String method, String path, String accept, Board board) {
        return Router.of(new HttpRequest(method, path, "", Map.of("accept", accept), "", true), board);
    }

    @Test
    void addresses() {
        Board board = board("a@h:1", "a@h:1/x", "b.json");
        assertEquals(new Route.Page(new Topic.Overview(), Route.Form.HTML), route("GET", "/", "text/html", board));
        assertEquals(
                new Route.Page(new Topic.Overview(), Route.Form.JSON), route("GET", "/", "application/json", board));
        assertEquals(new Route.Page(new Topic.Overview(), Route.Form.METRICS), route("GET", "/metrics", "*/*", board));
        assertEquals(
                new Route.Page(new Topic.One("a@h:1"), Route.Form.JSON), route("GET", "/ups/a@h:1.json", "*/*", board));
        assertEquals(new Route.Live(new Topic.One("a@h:1")), route("GET", "/ups/a@h:1/live", "*/*", board));
        assertEquals(new Route.Program("upsset.cgi"), route("POST", "/nut-cgi-bin/upsset.cgi", "*/*", board));
        assertTrue(route("POST", "/ups/a@h:1/commands/load.off", "*/*", board) instanceof Route.Control);
        for (String path : List.of("/ups/c", "/ups/", "/upsstats.cgi/", "/x", "/ups/a@h:1/y", "/ups/a@h:1/y/z")) {
            assertEquals(
                    404,
                    ((Route.Ready) route("GET", path, "*/*", board)).response().status(),
                    path);
        }
        assertEquals(
                405, ((Route.Ready) route("POST", "/", "*/*", board)).response().status());
        assertTrue(((Route.Ready) route("GET", "/style.css", "*/*", board))
                .response()
                .body()
                .contains("--plot-a"));
    }
}
