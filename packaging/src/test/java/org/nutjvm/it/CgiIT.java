package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Status pages: under web servers, and beside C's programs on the same server.
@ExtendWith(LogsOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CgiIT {
    private static final String ONE = """
            battery.charge: 90
            battery.charge.low: 30
            battery.runtime: 3725
            battery.temperature: 30.2
            battery.voltage: 13.6
            battery.voltage.nominal: 12
            input.frequency: 49.9
            input.frequency.nominal: 50
            input.voltage: 231.4
            input.voltage.nominal: 230
            input.transfer.low: 196
            input.transfer.high: 253
            output.voltage: 229.9
            ups.load: 42
            ups.model: Evolution 500
            ups.temperature: 25.4
            ambient.temperature: 21.5
            ambient.temperature.low: 10
            ambient.temperature.high: 30
            ambient.humidity: 45
            ups.status: OL TRIM
            """;

    private static final String TWO = """
            battery.charge: 12
            battery.runtime: 65
            battery.voltage: 54
            battery.voltage.high: 58
            battery.voltage.low: 40
            ups.load: 130
            output.L2.power.percent: 44
            input.frequency: 60.2
            input.frequency.nominal: 60
            input.L1-N.voltage: 100
            input.L2-N.voltage: 228
            input.L1-L2.voltage: 400
            ups.status: OB LB FOO
            """;

    /// Nothing else in a picture has the colour of its text.
    private static final int TEXT = 0xff010203;

    private static final String LOGIN = "username=admin&password=mypass";

    @SuppressWarnings("NullAway.Init")
    private Stack stack;

    @BeforeAll
    void start() throws IOException {
        stack = Stack.of(new Roles(Maker.OURS, Maker.OURS), List.of("one", "two"));
        Files.writeString(stack.box().conf().resolve("one.dev"), ONE);
        Files.writeString(stack.box().conf().resolve("two.dev"), TWO);
        for (var ups : List.of("one", "two")) {
            stack.driver(ups).end();
            stack.startDriver(ups);
        }
        stack.awaitAnswer("GET VAR one ups.load", "VAR one ups.load \"42\"");
        stack.awaitAnswer("GET VAR two ups.load", "VAR two ups.load \"130\"");
        stack.box()
                .write(
                        "hosts.conf",
                        "MONITOR " + stack.at("one") + " \"First\"\nMONITOR " + stack.at("two")
                                + " \"Second\"\nMONITOR ghost@localhost:" + stack.port()
                                + " Ghost\nMONITOR dead@localhost:1 Dead\n");
        stack.box().write("upsset.conf", "I_HAVE_SECURED_MY_CGI_DIRECTORY\n");
        for (var template : List.of("upsstats.html", "upsstats-single.html")) {
            stack.box().write(template, Files.readString(Maker.image().resolve("etc/" + template + ".sample")));
        }
        try (var in = CgiIT.class.getResourceAsStream("/cgi/every-command.html")) {
            if (in == null) {
                throw new IOException("every-command.html is missing");
            }
            stack.box().write("every.html", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    @AfterAll
    void end() {
        stack.close();
    }

    @ParameterizedTest
    @EnumSource(WebServer.class)
    void pagesUnderAWebServer(WebServer server) {
        var base = server.start(stack.box());
        var host = "host=one%40localhost:" + stack.port();

        var all = WebServer.get(base, "upsstats.cgi");
        assertEquals(200, all.status(), all::body);
        assertEquals("text/html", all.type());
        assertTrue(all.body().contains("Evolution 500") && all.body().contains("ON BATTERY, LOW BATTERY"), all::body);
        assertTrue(all.body().contains("[error: Connection failure: Connection refused]"), all::body);
        assertTrue(WebServer.get(base, "upsstats.cgi?" + host).body().contains("upsimage.cgi?host=one@localhost"));
        assertTrue(WebServer.get(base, "upsstats.cgi?json").body().startsWith("{\"devices\": [\n"));
        var image = WebServer.get(base, "upsimage.cgi?" + host + "&display=battery.charge");
        assertEquals("200 image/png", image.status() + " " + image.type());

        assertEquals(403, WebServer.get(base, "upsstats.cgi?host=root@evil").status());
        assertEquals(
                503,
                WebServer.get(base, "upsstats.cgi?host=dead@localhost:1&treemode")
                        .status());
        assertEquals(
                413, WebServer.post(base, "upsset.cgi", "x".repeat(1 << 20)).status());

        var on = LOGIN + "&monups=one%40localhost:" + stack.port();
        assertTrue(WebServer.get(base, "upsset.cgi").body().contains("name=\"password\" type=\"password\""));
        assertTrue(WebServer.post(base, "upsset.cgi", on + "&function=showsettings")
                .body()
                .contains("name=\"UPSVAR_battery.charge\""));
        var save = on + "&function=savesettings&UPSVAR_battery.runtime="
                + (1000 + server.name().length());
        var elsewhere = WebServer.post(base, "upsset.cgi", save, "Origin", "http://evil.example");
        assertEquals(403, elsewhere.status());
        var own = "http://" + base.getAuthority();
        var saved = WebServer.post(base, "upsset.cgi", save, "Origin", own);
        assertTrue(saved.body().contains("Updated 1 setting."), saved::body);
        stack.awaitAnswer(
                "GET VAR one battery.runtime",
                "VAR one battery.runtime \"" + (1000 + server.name().length()) + "\"");
        var wrong = WebServer.post(
                base, "upsset.cgi", save.replace("mypass", "hispass").replace("=1", "=2"));
        assertEquals(403, wrong.status());
        assertTrue(wrong.body().contains("Access denied"), wrong::body);
    }

    /// The program by itself, as a web server would start it.
    private String cgi(Maker maker, String program, String query) {
        var command = new ArrayList<String>();
        if (maker == Maker.C) {
            // 2.8.0 has the place of its files built in.
            command.addAll(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c"));
            command.add("mount --bind '" + stack.box().conf() + "' /etc/nut && exec \"$@\"");
            command.add("sh");
        }
        command.addAll(List.of("env", "GATEWAY_INTERFACE=CGI/1.1", "REQUEST_METHOD=GET", "QUERY_STRING=" + query));
        command.add(maker.program(program).toString());
        var result = stack.box().run(maker + " " + program, command);
        assertEquals(0, result.exit(), result::err);
        return result.out();
    }

    @Test
    void whatIsWrongIsAPageAndExitCode0() throws IOException {
        for (var query : List.of("%", "host=%zz", "a=%u0041", "&&=%", "host=" + "%25".repeat(5) + "%0")) {
            assertTrue(cgi(Maker.OURS, "upsstats.cgi", query).startsWith("Status: 400 Bad Request\n"), query);
        }
        assertTrue(
                cgi(Maker.OURS, "upsimage.cgi", "host=" + "x".repeat(100_000)).startsWith("Status: 414 "));
        var file = stack.box().conf().resolve("upsstats.html");
        var usual = Files.readString(file);
        Files.writeString(file, "x\n@FOREACHUPS@\ny\n@ENDFOR@@FOREACHUPS@\n");
        var endless = cgi(Maker.OURS, "upsstats.cgi", "");
        Files.delete(file);
        var missing = cgi(Maker.OURS, "upsstats.cgi", "");
        Files.writeString(file, usual);
        assertTrue(endless.startsWith("Status: 500 ") && endless.contains("does not end"), endless);
        assertTrue(missing.startsWith("Status: 500 ") && missing.contains("upsstats.html.sample"), missing);
    }

    private static void needsC() {
        Maker.C.program("upsstats.cgi");
        assumeTrue(
                Sandbox.root(), "C's programs for web servers read /etc/nut, which only root can put others' files at");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    /// 2.8.0 ends each word of a status with a line break, 2.8.5 parts them with one.
    private static String comparable(String page) {
        return page.replace("<br/>", "").replace("<br>", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "refresh=7", "host=one@", "host=two%40", "host=ghost@", "host=dead@localhost:1", "x=%41&y"})
    void templatesGiveTheSamePageAsC(String query) throws IOException {
        needsC();
        var conf = stack.box().conf();
        var usual = new ArrayList<String>();
        for (var name : List.of("upsstats.html", "upsstats-single.html")) {
            usual.add(Files.readString(conf.resolve(name)));
            Files.writeString(conf.resolve(name), Files.readString(conf.resolve("every.html")));
        }
        try {
            var whole = query.endsWith("@") || query.endsWith("%40") ? query + "localhost:" + stack.port() : query;
            var theirs = comparable(body(cgi(Maker.C, "upsstats.cgi", whole)));
            var ours = comparable(body(cgi(Maker.OURS, "upsstats.cgi", whole)));
            assertTrue(theirs.length() > 500, theirs);
            assertEquals(theirs, ours);
        } finally {
            Files.writeString(conf.resolve("upsstats.html"), usual.get(0));
            Files.writeString(conf.resolve("upsstats-single.html"), usual.get(1));
        }
    }

    @Test
    void picturesAreThoseOfCButForTheirLetters() throws IOException {
        needsC();
        var one = "host=" + stack.at("one") + "&scale_num_col=0x010203&summary_col=0x010203&display=";
        var two = one.replace("one@", "two@");
        for (var query : List.of(
                one + "battery.charge",
                one + "input.voltage",
                one + "output.voltage&width=200&height=120&scale_height=100",
                one + "battery.voltage",
                one + "ups.load&bar_col=0x123456&back_col=0xffffff",
                one + "ups.temperature&tempmin=-20&tempmax=80",
                one + "ambient.temperature",
                one + "input.frequency&width=50&height=500&scale_height=500",
                two + "ups.load",
                two + "battery.voltage",
                two + "output.L2.power.percent&width=9999&height=-5",
                two + "input.L1-N.voltage",
                two + "input.L2-N.voltage",
                two + "input.L1-L2.voltage",
                two + "input.frequency",
                two + "ups.temperature",
                one + "nothing")) {
            var theirs = picture(cgi(Maker.C, "upsimage.cgi", query));
            var ours = picture(cgi(Maker.OURS, "upsimage.cgi", query));
            assertEquals(theirs.getWidth() + " " + theirs.getHeight(), ours.getWidth() + " " + ours.getHeight());
            int letters = 0;
            for (int y = 0; y < ours.getHeight(); y++) {
                for (int x = 0; x < ours.getWidth(); x++) {
                    int their = theirs.getRGB(x, y);
                    int our = ours.getRGB(x, y);
                    letters += our == TEXT ? 1 : 0;
                    if (their != TEXT && our != TEXT && (their | our) >>> 24 != 0) {
                        assertEquals(
                                Integer.toHexString(their), Integer.toHexString(our), query + " at " + x + ", " + y);
                    }
                }
            }
            assertTrue(letters > 40, query + " has text");
        }
    }

    private static BufferedImage picture(String answer) throws IOException {
        var bytes = body(answer).getBytes(StandardCharsets.ISO_8859_1);
        var image = ImageIO.read(new ByteArrayInputStream(bytes));
        assertFalse(image == null, answer);
        return image;
    }
}
