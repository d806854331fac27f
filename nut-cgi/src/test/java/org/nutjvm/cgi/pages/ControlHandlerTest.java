package org.nutjvm.cgi.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nutjvm.cgi.board.Board;
import org.nutjvm.cgi.board.Entry;
import org.nutjvm.cgi.http.HttpRequest;
import org.nutjvm.cgi.ups.Command;
import org.nutjvm.cgi.ups.Control;
import org.nutjvm.cgi.ups.Guard;
import org.nutjvm.cgi.ups.Login;
import org.nutjvm.cgi.ups.Setting;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.web.CgiRequest;
import org.nutjvm.cgi.web.CgiResponse;
import org.nutjvm.common.conf.HostsConf.Host;

/// What it takes to change something.
class ControlHandlerTest implements Control, Seal, Guard {
    private final List<String> done = new ArrayList<>();
    private final List<Boolean> tries = new ArrayList<>();
    private final ControlHandler handler = new ControlHandler(this, this, true);
    private final Entry entry = Board.empty(Instant.EPOCH)
            .hosts(List.of(new Host("a@h", "A")), null, Instant.EPOCH)
            .entries()
            .getFirst();
    private boolean locked;

    @Override
    public List<Setting> settings(String ups) {
        return List.of(new Setting("x.y", "d", "<1>", new Setting.Kind.Choice(List.of("2"))));
    }

    @Override
    public List<Command> commands(String ups) {
        return List.of(
                new Command("load.off", "Off"), new Command("beeper.on", "On"), new Command("driver.killpower", ""));
    }

    @Override
    public String instcmd(String ups, Login login, String command) throws UpsTrouble {
        if (!login.password().equals("right")) {
            throw new UpsTrouble(UpsTrouble.Kind.ACCESS, "Access denied");
        }
        done.add(ups + ' ' + command);
        return "OK";
    }

    @Override
    public List<Change> set(String ups, Login login, List<Wish> wishes) {
        done.add(ups + ' ' + wishes);
        return List.of(new Change("x.y", "<1>", wishes.getFirst().value(), true, "OK"));
    }

    @Override
    public String secret() {
        return "SECRET";
    }

    @Override
    public String mark(String secret, String purpose) {
        return "[" + secret + ' ' + purpose + ']';
    }

    @Override
    public boolean genuine(String mark, String secret, String purpose) {
        return mark.equals(mark(secret, purpose));
    }

    @Override
    public boolean enter() {
        return !locked;
    }

    @Override
    public void leave(boolean wrong) {
        tries.add(wrong);
    }

    private CgiResponse ask(String method, boolean command, String name, String body, String... headers) {
        var map = new HashMap<String, String>(Map.of("content-type", "application/x-www-form-urlencoded"));
        var env = new HashMap<String, String>(Map.of("REMOTE_ADDR", "192.0.2.1", "HTTP_HOST", "h"));
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
            env.put("HTTP_" + headers[i].toUpperCase(java.util.Locale.ROOT).replace('-', '_'), headers[i + 1]);
        }
        var request = new HttpRequest(method, "/", "", map, body, true);
        return handler.handle(
                new ControlHandler.Wanted(entry, command, name, false),
                request,
                new CgiRequest(method, "", body, env),
                this);
    }

    private CgiResponse post(String name, String fields, String... headers) {
        return ask("POST", true, name, "mark=%5BSECRET+command+" + name + "+a@h%5D&" + fields, headers);
    }

    @Test
    void aCommandTakesAFormAndAPassword() {
        CgiResponse form = ask("GET", true, "beeper.on", "");
        assertTrue(form.body().contains("value=\"[SECRET command beeper.on a@h]\""), form.body());
        String cookie = form.headers().getLast().value();
        assertEquals("nut-form=SECRET; Path=/; HttpOnly; SameSite=Strict; Secure", cookie);
        CgiResponse page = post("beeper.on", "username=u&password=right", "cookie", "a=b; nut-form=SECRET");
        assertEquals(200, page.status());
        assertEquals(List.of("a@h beeper.on"), done);
        assertFalse(page.notes().toString().contains("right"), page.notes().toString());
        assertEquals(List.of(false), tries);
    }

    @Test
    void withoutItNothingIsDone() {
        String fields = "username=u&password=right";
        assertEquals(403, post("beeper.on", fields).status(), "no cookie");
        assertEquals(403, post("beeper.on", fields, "cookie", "nut-form=OTHER").status());
        assertEquals(
                403,
                ask("POST", true, "beeper.on", fields, "cookie", "nut-form=SECRET")
                        .status(),
                "no mark");
        assertEquals(403, post("beeper.on", "", "cookie", "nut-form=SECRET").status(), "no user");
        assertEquals(
                403,
                post("beeper.on", fields, "cookie", "nut-form=SECRET", "sec-fetch-site", "cross-site")
                        .status());
        assertEquals(
                403,
                post("beeper.on", fields, "cookie", "nut-form=SECRET", "origin", "http://evil")
                        .status());
        assertEquals(
                415,
                post("beeper.on", fields, "cookie", "nut-form=SECRET", "content-type", "text/plain")
                        .status());
        assertEquals(404, post("no.such", fields, "cookie", "nut-form=SECRET").status());
        assertEquals(405, ask("POST", true, "", fields).status());
        assertEquals(List.of(), done);
        assertEquals(List.of(), tries);
    }

    @Test
    void whatMayCutPowerIsAskedTwice() {
        for (String command : List.of("load.off", "driver.killpower")) {
            CgiResponse once = post(command, "username=u&password=right", "cookie", "nut-form=SECRET");
            assertEquals(403, once.status());
            assertTrue(once.body().contains("Say that you are sure."), once.body());
        }
        assertEquals(List.of(), done);
        assertEquals(
                200,
                post("load.off", "username=u&password=right&sure=yes", "cookie", "nut-form=SECRET")
                        .status());
        assertEquals(List.of("a@h load.off"), done);
    }

    @Test
    void aWrongPasswordIsToldAndCounted() {
        CgiResponse page = post("beeper.on", "username=u&password=wr0ng", "cookie", "nut-form=SECRET");
        assertEquals(403, page.status());
        assertTrue(page.body().contains("Access denied"));
        assertFalse(page.body().contains("wr0ng"));
        assertEquals(List.of("access denied for 192.0.2.1 at a@h"), page.notes());
        assertEquals(List.of(true), tries);
        locked = true;
        assertEquals(
                429,
                post("beeper.on", "username=u&password=right", "cookie", "nut-form=SECRET")
                        .status());
        assertEquals(List.of(), done);
    }

    @Test
    void aSettingShowsBeforeAndAfter() {
        CgiResponse form = ask("GET", false, "x.y", "");
        assertTrue(form.body().contains("<option value=\"&lt;1&gt;\" selected>"), form.body());
        CgiResponse page = ask(
                "POST",
                false,
                "x.y",
                "mark=%5BSECRET+setting+x.y+a@h%5D&username=u&password=p&value=2",
                "cookie",
                "nut-form=SECRET");
        assertTrue(page.body().contains("from <strong>&lt;1&gt;</strong> to <strong>2</strong>"), page.body());
        assertEquals(1, done.size());
    }
}
