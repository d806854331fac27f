package org.nutjvm.cgi.upsset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.cgi.FakeSite;
import org.nutjvm.cgi.ups.Command;
import org.nutjvm.cgi.ups.Control;
import org.nutjvm.cgi.ups.Guard;
import org.nutjvm.cgi.ups.Login;
import org.nutjvm.cgi.ups.Setting;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.common.state.Range;

class UpssetHandlerTest {
    private static final String SECRET = "s3cr<t&";
    private static final String LOGIN = "username=admin&password=s3cr%3Ct%26";
    private static final String EVIL = "<script>\"'&";

    @TempDir
    Path directory;

    private final List<String> asked = new ArrayList<>();
    private final List<Boolean> turns = new ArrayList<>();
    private boolean admitted = true;
    private FakeSite site;

    @BeforeEach
    void set() throws IOException {
        site = new FakeSite(directory)
                .file("hosts.conf", "MONITOR a@h \"First\"\nMONITOR b@h \"<i>Second</i>\"\n")
                .file("upsset.conf", "I_HAVE_SECURED_MY_CGI_DIRECTORY\n");
    }

    /// A server that takes one password.
    private final class FakeControl implements Control {
        @Override
        public List<Setting> settings(String ups) throws UpsTrouble {
            asked.add("settings " + ups);
            if (ups.equals("b@h")) {
                throw new UpsTrouble(UpsTrouble.Kind.SERVER, "Connection failure: Connection refused");
            }
            return List.of(
                    new Setting("ups.id", EVIL, EVIL, new Setting.Kind.Text(8)),
                    new Setting("battery.charge.low", "", "20", new Setting.Kind.Numeric(List.of(new Range(5, 50)))),
                    new Setting("x.y", "", "old", new Setting.Kind.Choice(List.of("new", EVIL))));
        }

        @Override
        public List<Command> commands(String ups) {
            asked.add("commands " + ups);
            return List.of(new Command("load.off", "Off"), new Command("beeper.<b>", EVIL));
        }

        @Override
        public String instcmd(String ups, Login login, String command) throws UpsTrouble {
            check(login);
            asked.add("instcmd " + ups + ' ' + command);
            return "OK, SUCCESS";
        }

        @Override
        public List<Change> set(String ups, Login login, List<Wish> wishes) throws UpsTrouble {
            check(login);
            asked.add("set " + ups + ' ' + wishes.size());
            return List.of(
                    new Change("ups.id", "<", ">", true, "OK"), new Change("b", "1", "2", false, "Read-only variable"));
        }

        private void check(Login login) throws UpsTrouble {
            if (!login.password().equals(SECRET)) {
                throw new UpsTrouble(UpsTrouble.Kind.ACCESS, "Access denied");
            }
        }
    }

    private final class FakeGuard implements Guard {
        @Override
        public boolean enter() {
            return admitted;
        }

        @Override
        public void leave(boolean wrong) {
            turns.add(wrong);
        }
    }

    private CgiResponse ask(CgiRequest request) {
        var answer = new UpssetHandler(site, new FakeControl(), new FakeGuard()).handle(request);
        assertFalse(answer.body().contains(SECRET), "a password as it is, in the page");
        assertFalse(answer.notes().toString().contains("s3cr"), "a password in the log");
        assertFalse(answer.body().contains("<script"), answer::body);
        assertFalse(answer.body().contains("<i>"), answer::body);
        return answer;
    }

    private CgiResponse post(String body, String... variables) {
        var env = new HashMap<>(Map.of(
                "HTTP_HOST", "ups.example:8080",
                "CONTENT_TYPE", "application/x-www-form-urlencoded; charset=utf-8",
                "REMOTE_ADDR", "192.0.2.7"));
        for (int i = 0; i < variables.length; i += 2) {
            env.put(variables[i], variables[i + 1]);
        }
        return ask(new CgiRequest("POST", "", body, env));
    }

    @Test
    void itIsClosedUntilSomebodySaysItIsSafe() throws IOException {
        site.file("upsset.conf", "### I_HAVE_SECURED_MY_CGI_DIRECTORY\n");
        var answer = post(LOGIN + "&function=docmd&monups=a@h&upscommand=load.off");
        assertEquals(403, answer.status());
        assertTrue(answer.body().contains("Secure mode has not been enabled in upsset.conf"));
        assertEquals(List.of("upsset.conf does not permit execution"), answer.notes());
        Files.delete(directory.resolve("upsset.conf"));
        assertEquals(500, post(LOGIN + "&function=pickups").status());
        assertEquals(List.of(), asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "post", ""})
    void onlyPostDoesAnything(String method) {
        String query = LOGIN + "&function=docmd&monups=a@h&upscommand=load.off";
        var answer = ask(new CgiRequest(method, query, query, Map.of()));
        boolean page = method.equals("GET") || method.equals("HEAD");
        assertEquals(page ? 200 : 405, answer.status());
        assertEquals(page, answer.body().contains("type=\"password\""));
        assertEquals(List.of(), asked);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "HTTP_ORIGIN, http://ups.example:8080, 200",
                "HTTP_ORIGIN, https://UPS.example:8080, 200",
                "HTTP_ORIGIN, http://evil.example, 403",
                "HTTP_ORIGIN, http://ups.example, 403",
                "HTTP_ORIGIN, null, 403",
                "HTTP_REFERER, http://ups.example:8080/cgi-bin/upsset.cgi, 200",
                "HTTP_REFERER, http://evil.example/ups.example:8080, 403",
                "HTTP_SEC_FETCH_SITE, same-origin, 200",
                "HTTP_SEC_FETCH_SITE, none, 200",
                "HTTP_SEC_FETCH_SITE, same-site, 403",
                "HTTP_SEC_FETCH_SITE, cross-site, 403",
                "REMOTE_USER, x, 200"
            })
    void aFormOfAnotherSiteIsRefused(String variable, String value, int status) {
        var answer = post(LOGIN + "&function=docmd&monups=a@h&upscommand=beeper.off", variable, value);
        assertEquals(status, answer.status());
        assertEquals(status == 200 ? 1 : 0, asked.size());
    }

    @Test
    void behindAProxyTheOriginIsThatOfTheProxy() {
        String body = LOGIN + "&function=pickups";
        String[] origin = {"HTTP_ORIGIN", "https://status.example", "HTTP_X_FORWARDED_HOST", "status.example, inner"};
        assertEquals(200, post(body, origin).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/form-data; boundary=x", "application/json"})
    void onlyForms(String type) {
        assertEquals(415, post(LOGIN + "&function=docmd", "CONTENT_TYPE", type).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "username=a", "username=&password=x&function=pickups", "username=a&password=b"})
    void withoutALoginThereIsTheLoginPage(String body) {
        assertTrue(post(body).body().contains("name=\"password\" type=\"password\""));
    }

    @Test
    void onlyHostsOfHostsConf() {
        for (String function : List.of("showsettings", "savesettings", "showcmds", "askcmd", "docmd", "x")) {
            var answer = post(LOGIN + "&monups=evil@h&upscommand=load.off&function=" + function);
            assertEquals(403, answer.status(), function);
            assertTrue(answer.body().contains("Access to that host is not authorized"));
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void pagesCarryTheLoginAlong() {
        String page = post(LOGIN + "&function=pickups").body();
        assertTrue(page.contains("name=\"password\" value=\"s3cr&lt;t&amp;\""), page);
        assertTrue(page.contains("<option value=\"b@h\">&lt;i&gt;Second&lt;/i&gt;</option>"), page);
        var answer = post(LOGIN + "&function=pickups");
        assertTrue(answer.headers().contains(new CgiResponse.Header("Cache-Control", "no-store")));
    }

    @Test
    void settingsAreFieldsOfTheirKind() {
        String page = post(LOGIN + "&function=showsettings&monups=a@h").body();
        assertTrue(
                page.contains(
                        "name=\"UPSVAR_ups.id\" value=\"&lt;script&gt;&quot;&#39;&amp;\" size=\"8\" maxlength=\"8\""),
                page);
        assertTrue(page.contains("name=\"UPSVAR_battery.charge.low\" value=\"20\" inputmode=\"decimal\""), page);
        assertTrue(page.contains("5 to 50"), page);
        assertTrue(page.contains("<option value=\"old\" selected>old</option>"), "what it is now is chosen: " + page);
        var refused = post(LOGIN + "&function=showsettings&monups=b@h");
        assertEquals(503, refused.status());
        assertTrue(refused.body().contains("Unable to connect to b@h: Connection failure"), refused::body);
    }

    @Test
    void settingsAreSaved() {
        String many = "&UPSVAR_x=y".repeat(70) + "&UPSVAR_long=" + "z".repeat(257);
        String page = post(LOGIN + "&function=savesettings&monups=a@h" + many).body();
        assertEquals(List.of("set a@h 64"), asked);
        assertTrue(page.contains("set ups.id to &gt; (was &lt;)\nOK\n"), page);
        assertTrue(page.contains("Error: SET failed: Read-only variable\nUpdated 1 setting.\n"), page);
    }

    @Test
    void graveCommandsAreAskedTwice() {
        String ask = LOGIN + "&monups=a@h&function=askcmd&upscommand=";
        assertTrue(post(ask + "load.off").body().contains("name=\"function\" value=\"docmd\""));
        assertEquals(List.of(), asked);
        assertTrue(post(ask + "test.panel.start").body().contains("Response: OK, SUCCESS"));
        String page =
                post(LOGIN + "&monups=a@h&function=docmd&upscommand=load.off").body();
        assertTrue(page.contains("Sending command: load.off\nResponse: OK, SUCCESS\n"), page);
        assertEquals(List.of("instcmd a@h test.panel.start", "instcmd a@h load.off"), asked);
        assertEquals(400, post(ask).status());
        assertEquals(400, post(LOGIN + "&monups=a@h&function=docmd").status());
        assertEquals(400, post(LOGIN + "&monups=a@h&function=%3Cscript%3E").status());
    }

    @Test
    void wrongPasswordsAreSlowedDownAndNoted() {
        String body = "username=admin&password=s3cr3t&monups=a@h&function=docmd&upscommand=load.off";
        var answer = post(body);
        assertEquals(403, answer.status());
        assertTrue(answer.body().contains("Access denied"));
        assertEquals(List.of("access denied for 192.0.2.7 at a@h"), answer.notes());
        post(LOGIN + "&monups=a@h&function=savesettings");
        assertEquals(List.of(true, false), turns);
        admitted = false;
        assertEquals(429, post(body).status());
        assertEquals(
                400,
                post("username=" + "u".repeat(257) + "&password=x&function=pickups")
                        .status());
        assertEquals(400, post("username=%&password=x&function=pickups").status());
    }
}
