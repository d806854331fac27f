package org.nutjvm.cgi.upsstats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
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
import org.nutjvm.cgi.web.Utf8;
import org.nutjvm.common.NutVersion;

class UpsstatsHandlerTest {
    private static final String EVIL = "<script>alert(\"1\")</script>";

    @TempDir
    Path directory;

    private FakeSite site;

    @BeforeEach
    void set() throws IOException {
        site = new FakeSite(directory)
                .file("hosts.conf", """
                        MONITOR a@h "First & K&uuml;che"
                        MONITOR "b<i>@h" "<b>Second</b>"
                        MONITOR dead@h "Dead"
                        MONITOR stale@h "Stale"
                        CUSTOM_TEMPLATE_LIST "mine.html"
                        CUSTOM_TEMPLATE_SINGLE "one.html"
                        CUSTOM_TEMPLATE_SINGLE "passwords"
                        CUSTOM_TEMPLATE_SINGLE "../x.html"
                        """)
                .ups(
                        "a@h",
                        "battery.charge",
                        "90",
                        "battery.runtime",
                        "3725",
                        "input.voltage",
                        "230.4",
                        "ups.temperature",
                        "25.5",
                        "input.transfer.low",
                        "200",
                        "input.transfer.high",
                        "240",
                        "ups.status",
                        "OL TRIM")
                .ups("b<i>@h", "ups.model", EVIL, "ups.status", "OB LB")
                .trouble("dead@h", UpsTrouble.Kind.SERVER, "Connection failure: Connection refused")
                .trouble("stale@h", UpsTrouble.Kind.DRIVER, "Data stale");
    }

    private CgiResponse get(String query) {
        var handler = new UpsstatsHandler(
                site, site, () -> Instant.ofEpochSecond(86400).atZone(ZoneOffset.UTC));
        return handler.handle(new CgiRequest("GET", query, "", Map.of()));
    }

    /// The page of one UPS made of this template.
    private String page(String ups, String template) {
        site.template("upsstats-single.html", template);
        var answer = get("host=" + ups);
        assertEquals(200, answer.status(), answer::body);
        return answer.body();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "@VAR battery.charge@%, 90%",
                "@VAR BATTERY.charge@, 90",
                "@VAR battery.charge @, `Not supported\n`",
                "@VAR@@HOST @@ENDIF @|, |",
                "@VAR no.such@|, `Not supported\n|`",
                "@VAR server.version@, 9.9",
                "@HOST@, a@h",
                "@HOSTDESC@, First &amp; K&uuml;che",
                "@RUNTIME@, 01:02:05",
                "@STATUS@, ONLINE<br/>VOLTAGE TRIM",
                "@STATUS @, ONLINEVOLTAGE TRIM",
                "@STATUS  @, ONLINE VOLTAGE TRIM",
                "@STATUSCOLOR@, #FFFF00",
                "@UPSTEMP@@DEGREES@, 25.5&deg;C",
                "@TEMPF@@UPSTEMP@@DEGREES@, 77.9&deg;F",
                "@DATE %Y-%m-%d@, 1970-01-02",
                "@REFRESH@|, |",
                "@UTILITYCOLOR@@NOSUCH@@@|, |",
                "@HOSTLINK@, <a href=\"upsstats.cgi?host=a@h\">First &amp; K&uuml;che</a>",
                "@TREELINK@, <a href=\"upsstats.cgi?host=a@h&amp;treemode\">All data</a>",
                "@TREELINK <i>x</i>@, <a href=\"upsstats.cgi?host=a@h&amp;treemode\"><i>x</i></a>",
                "@TREELINK_JSON@, <a href=\"upsstats.cgi?host=a@h&amp;json\">JSON</a>",
                "@UPSSTATSPATH /x.cgi@@TREELINK_JSON y@, <a href=\"/x.cgi?host=a@h&amp;json\">y</a>",
                "@IMG battery.charge@, <IMG SRC=\"upsimage.cgi?host=a@h&amp;display=battery.charge\" ALT=\"Battery charge: 90\">",
                "@UPSIMAGEPATH i@@IMG input.voltage width=70 evil=1 bar_col=0xff@, <IMG SRC=\"i?host=a@h&amp;display=input.voltage&amp;width=70&amp;bar_col=0xff\" ALT=\"Input voltage: 230.4\">",
                "@IMG ups.status@|, |",
                "@IMG ups.load@|, `Not supported\n|`",
                "@IFSUPP battery.charge@yes@ELSE@no@ENDIF@, yes",
                "@IFSUPP x.y@yes@ELSE@no@ENDIF@, no",
                "@IFEQ battery.charge 90@yes@ELSE@no@ENDIF@, yes",
                "@IFEQ battery.charge 9@yes@ELSE@no@ENDIF@, no",
                "@IFEQ ups.status OL TRIM@yes@ENDIF@, `upsstats: IFEQ: Argument error!\nyes`",
                "@IFEQ upsstats.use_celsius 1@C@ELSE@F@ENDIF@, C",
                "@TEMPF@@IFEQ upsstats.use_celsius 1@C@ELSE@F@ENDIF@, F",
                "@IFBETWEEN input.transfer.low input.transfer.high input.voltage@in@ELSE@out@ENDIF@, in",
                "@IFBETWEEN input.transfer.low input.transfer.high battery.charge@in@ELSE@out@ENDIF@, out",
                "@IFBETWEEN a b c@in@ELSE@out@ENDIF@, in",
                "@IFBETWEEN a b@|, `upsstats: IFBETWEEN: Argument error!\n|`",
                "a@IFSUPP x@b@IFSUPP battery.charge@c@ELSE@d@IFSUPP y@e@ELSE@f@ENDIF@g, adfg",
                "mail@example.org, mail",
                "@FOREACHUPS@x, x"
            })
    void everyCommand(String template, String expected) {
        assertEquals(expected, page("a@h", template));
    }

    @Test
    void theVersionIsOurs() {
        assertEquals(NutVersion.VERSION, page("a@h", "@VERSION@"));
    }

    @Test
    void allUpsesInTurn() {
        site.template("upsstats.html", """
                @VAR ups.status@@STATUSCOLOR@@IFSUPP ups.status@no@ENDIF@
                @FOREACHUPS@ behind it
                @HOST@ @STATUSCOLOR@ @VAR ups.status@
                @ENDFOR@ |
                @ENDFOR@@HOST@@VAR ups.status@
                """);
        assertEquals("""
                [error: Invalid argument]
                #FF0000
                 behind it
                a@h #FFFF00 OL TRIM
                 |
                b&lt;i&gt;@h #FF0000 OB LB
                 |
                dead@h #FF0000 [error: Connection failure: Connection refused]

                 |
                stale@h #FFFF00 [error: Data stale]

                 |
                No UPS specified for monitoring

                """, get("").body());
    }

    @Test
    void whatComesFromOutsideIsText() {
        site.template("upsstats-single.html", "@HOST@@HOSTDESC@@HOSTLINK@@VAR ups.model@");
        String page = get("host=b%3Ci%3E%40h").body();
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("<i>"), page);
        assertFalse(page.contains("<b>"), page);
        assertTrue(page.contains("host=b%3Ci%3E@h\""), page);
        String tree = get("host=b%3Ci%3E%40h&treemode").body();
        assertTrue(tree.contains("<td>ups.model</td><td>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</td>"), tree);
        assertFalse(tree.contains("<script"), tree);
    }

    @Test
    void linksKeepWhatWasAskedFor() {
        site.template("mine.html", "@NUT_UPSSTATS_TEMPLATE x@@FOREACHUPS@\n@HOSTLINK@");
        assertEquals(
                "<a href=\"upsstats.cgi?host=a@h&amp;template_single=%22x&amp;template_list=mine.html&amp;refresh=30\">"
                        + "First &amp; K&uuml;che</a>",
                get("template_list=mine.html&refresh=30&template_single=%22x")
                        .body()
                        .lines()
                        .toList()
                        .getLast());
        site.template("upsstats.html", "@REFRESH@");
        assertEquals(
                "<META HTTP-EQUIV=\"Refresh\" CONTENT=\"5\">", get("refresh=5s").body());
        assertEquals("", get("refresh=-5").body());
        assertEquals("", get("refresh=" + "9".repeat(129)).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsstats-single.html", "other.html", "passwords", "../x.html", "", "mine.html%00"})
    void onlyTemplatesOfHostsConf(String name) {
        site.template("mine.html", "@NUT_UPSSTATS_TEMPLATE@");
        if (name.equals("mine.html%00")) {
            assertEquals(200, get("template_list=" + name).status()); // the NUL is dropped, and the name is allowed
            return;
        }
        assertEquals(403, get("template_list=" + name).status());
        if (!name.equals("upsstats-single.html")) {
            assertEquals(403, get("host=a@h&template_single=" + name).status());
        }
    }

    @Test
    void customTemplatesNeedTheMark() {
        site.template("one.html", "secrets");
        var answer = get("host=a@h&template_single=one.html");
        assertEquals(500, answer.status());
        assertFalse(answer.body().contains("secrets"));
        site.template("one.html", "@NUT_UPSSTATS_TEMPLATE@ok");
        assertEquals("ok", get("host=a@h&template_single=one.html").body());
    }

    @Test
    void troubleWithTemplatesIsExplained() {
        var missing = get("");
        assertEquals(500, missing.status());
        assertTrue(missing.body().contains("upsstats.html.sample"), missing::body);
        assertEquals(1, missing.notes().size());
        site.template("upsstats.html", "");
        assertTrue(get("").body().contains("seems to be empty"));
        site.template("upsstats.html", "x\n@FOREACHUPS@\nmore\n@ENDFOR@@FOREACHUPS@\n");
        var endless = get("");
        assertEquals(500, endless.status());
        assertTrue(endless.body().contains("does not end"), endless::body);
    }

    @Test
    void onlyHostsOfHostsConf() {
        var answer = get("host=root@evil%22%3E%3Cb%3E");
        assertEquals(403, answer.status());
        assertFalse(answer.body().contains("<b>"), answer::body);
        assertTrue(answer.body().contains("is not authorized"));
        assertEquals(
                "{\"error\": \"Access to host x\\\" is not authorized.\"}",
                get("host=x%22&json").body());
    }

    @Test
    void troubleWithHostsConfIsExplained() throws IOException {
        site.file("hosts.conf", "");
        assertTrue(get("").body().contains("No hosts to monitor"));
        assertEquals("{\"error\": \"No hosts to monitor.\"}", get("json").body());
        site.file("hosts.conf", "MONITOR a@h\nMONITR a@h x\n");
        var broken = get("");
        assertEquals(500, broken.status());
        assertEquals(3, broken.notes().size(), broken.notes()::toString);
        assertTrue(broken.notes().get(2).contains("did you mean MONITOR?"), broken.notes()::toString);
        site.file("hosts.conf", "\u0001".repeat(200));
        assertTrue(get("").body().contains("It is no text."));
        java.nio.file.Files.delete(directory.resolve("hosts.conf"));
        var missing = get("");
        assertEquals(500, missing.status());
        assertTrue(missing.body().contains("hosts.conf.sample"));
        assertFalse(missing.body().contains(directory.toString()), "the place is for the log");
        assertTrue(missing.notes().getFirst().contains(directory.toString()));
        assertEquals(
                "{\"error\": \"can&#39;t open hosts.conf\"}".replace("&#39;", "'"),
                get("json").body());
    }

    @Test
    void jsonOfOne() {
        String expected = """
                {
                  "host": "b<i>@h",
                  "desc": "<b>Second</b>",
                  "status_raw": "OB LB",
                  "status_parsed": ["ON BATTERY", "LOW BATTERY"],
                  "vars": {
                    "ups.model": "<script>alert(\\"1\\")</script>",
                    "ups.status": "OB LB"
                  }
                }""";
        assertEquals(
                expected.indent(2).stripTrailing(), get("json&host=b%3ci%3e@h").body());
    }

    @Test
    void jsonOfAllTellsWhatIsWrong() {
        String all = get("json").body();
        assertTrue(all.startsWith("{\"devices\": [\n  {\n    \"host\": \"a@h\",\n"), all);
        assertTrue(all.endsWith("""
                  },
                  {"host": "dead@h", "desc": "Dead", "error": "Connection failed: Connection failure: Connection refused"},
                  {
                    "host": "stale@h",
                    "desc": "Stale",
                    "vars": {
                      "error": "Failed to list variables: Data stale"
                    }
                  }
                ]}
                """), all);
    }

    @Test
    void jsonIsAlwaysUtf8() {
        assertEquals("\u00c3\u00bc", Utf8.of("\u00c3\u00bc"));
        assertEquals("25 \u00c2\u00b0C", Utf8.of("25 \u00b0C"));
        assertEquals("plain", Utf8.of("plain"));
    }

    @Test
    void aUpsWithoutDataIsAnErrorPageInTreeMode() {
        assertEquals(503, get("host=dead@h&treemode").status());
        assertTrue(get("host=stale@h&treemode").body().contains("upsdrvctl status"));
        assertEquals(400, get("host=%zz").status());
    }
}
