package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people see of nut-cgi, in a real browser. Pictures of the pages stay in target/screenshots.
@ExtendWith(LogsOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {
    private static final String DEVICE = """
            battery.charge: 100
            battery.charge.low: 20
            battery.runtime: 1830
            battery.voltage: 13.6
            battery.type: PbAc
            device.mfr: Example
            device.serial: 0012345
            input.frequency: 50.0
            input.transfer.high: 253
            input.transfer.low: 196
            input.voltage: 231.4
            input.voltage.nominal: 230
            output.voltage: 230.1
            ups.beeper.status: enabled
            ups.load: 27
            ups.model: <script>alert(1)</script>
            ups.temperature: 25.4
            ups.status: OL CHRG
            """;

    /// A line that is wider than a phone has to scroll by itself.
    private static final String OVERHANG =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    @SuppressWarnings("NullAway.Init")
    private Stack stack;

    @SuppressWarnings("NullAway.Init")
    private Browser browser;

    private URI base = URI.create("http://127.0.0.1/");

    @BeforeAll
    void start() throws IOException {
        var program = Maker.image().resolve("sbin/nut-cgi");
        assumeTrue(Files.isExecutable(program), () -> "no " + program + ": an image from before there was one");
        stack = Stack.of(new Roles(Maker.OURS, Maker.OURS), List.of("rack", "desk"));
        browser = Browser.start(stack.box(), Path.of("target", "screenshots").toAbsolutePath());
        for (var ups : List.of("rack", "desk")) {
            stack.box().write(ups + ".dev", DEVICE);
            stack.driver(ups).end();
            stack.startDriver(ups);
            stack.awaitAnswer("GET VAR " + ups + " ups.load", "VAR " + ups + " ups.load \"27\"");
        }
        stack.box()
                .write(
                        "hosts.conf",
                        "MONITOR " + stack.at("rack") + " \"Rack in the cellar\"\nMONITOR " + stack.at("desk")
                                + " \"Desk\"\nMONITOR ghost@localhost:1 \"A server that is not there\"\n");
        stack.box().write("upsset.conf", "I_HAVE_SECURED_MY_CGI_DIRECTORY\n");
        stack.box().write("nut-cgi.conf", "HISTORY " + stack.box().dir().resolve("history") + "\nPOLLINTERVAL 1\n");
        int port = Sandbox.freePort();
        base = URI.create("http://127.0.0.1:" + port + "/");
        var command = new ArrayList<>(List.of(program.toString(), "--listen", "127.0.0.1:" + port));
        if (Sandbox.root()) {
            command.addAll(List.of("-u", "root")); // the sandbox is root's alone
        }
        var server = stack.box().start("nut-cgi", command);
        Await.until("nut-cgi answers", () -> {
            if (!server.alive()) {
                throw new AssertionError("nut-cgi ended: " + server.log());
            }
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    @AfterAll
    @SuppressWarnings("NullAway") // where the browser did not start
    void end() {
        if (browser != null) {
            browser.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @AfterEach
    void theBrowserHadNothingToComplainOf() {
        assertEquals("", browser.complaints());
    }

    private URI page(String ups, String rest) {
        return base.resolve("/ups/" + stack.at(ups) + rest);
    }

    @ParameterizedTest
    @CsvSource({"phone, false", "phone, true", "desktop, false", "desktop, true"})
    void everybodyCanReadThePages(String screen, boolean dark) {
        boolean phone = screen.equals("phone");
        browser.screen(phone ? 360 : 1280, phone ? 740 : 900, phone);
        browser.dark(dark);
        String look = screen + (dark ? "-dark" : "-light");
        look("overview-" + look, base, "Rack in the cellar");
        look("ups-" + look, page("rack", ""), "Serial number");
        look("day-" + look, page("rack", "/day"), "Battery charge");
        if (phone == dark) {
            return; // the rest once at either width, and once in either light
        }
        look("commands-" + look, page("rack", "/commands"), "load.off");
        look("command-" + look, page("rack", "/commands/load.off"), "I am sure");
        look("settings-" + look, page("rack", "/settings"), "battery.charge");
        look("setting-" + look, page("rack", "/settings/battery.charge"), "New value");
        look("missing-" + look, base.resolve("/ups/nobody"), "hosts.conf");
    }

    private void look(String name, URI address, String shows) {
        browser.open(address);
        browser.awaitText(shows);
        browser.picture(name);
        if (name.endsWith("phone-light") || name.endsWith("desktop-dark")) {
            assertEquals("", browser.barriers(), name);
        }
        assertEquals("0", browser.eval(OVERHANG), name + " is wider than the screen");
        if (name.startsWith("missing-")) {
            browser.complaints(); // that there was no such page
        }
    }

    @Test
    void whatKeepsPeopleOutIsFound() {
        browser.open(URI.create("data:text/html,%3Cp%20style='color:%23eee;background:%23fff'%3Efaint%3Cinput%3E"));
        String found = browser.barriers();
        assertTrue(found.contains("color-contrast: p") && found.contains("label: input"), found);
    }

    @Test
    void darkIsDark() {
        browser.screen(1280, 900, false);
        browser.open(base);
        String colour = "getComputedStyle(document.documentElement).backgroundColor"
                + " + getComputedStyle(document.body).backgroundColor";
        browser.dark(false);
        String light = browser.eval(colour);
        browser.dark(true);
        assertNotEquals(light, browser.eval(colour));
    }

    @Test
    void anOutageShowsByItself() {
        browser.screen(1280, 900, false);
        browser.dark(false);
        browser.open(page("rack", ""));
        browser.eval("window.mark = 'the same page'");
        stack.status("rack", "OB DISCHRG");
        Await.value(
                "the page says so",
                Await.LONG,
                () -> browser.eval("document.getElementById('state').innerText").toLowerCase(Locale.ROOT),
                state -> state.contains("battery"));
        assertEquals("the same page", browser.eval("window.mark"));
        browser.picture("ups-on-battery");
        browser.open(base);
        browser.awaitText("attery");
        browser.picture("overview-on-battery");
        assertEquals("", browser.barriers());
        stack.status("rack", "OL");
        Await.value(
                "the overview says that it is over",
                Await.LONG,
                () -> browser.eval("document.querySelector('main').innerText").toLowerCase(Locale.ROOT),
                text -> !text.contains("on battery"));
    }

    @Test
    void aCommandIsSentByThoseWhoMay() {
        browser.screen(360, 740, true);
        browser.open(page("desk", "/commands"));
        browser.click("a[href$='/commands/driver.reload']");
        submit("admin", "wrong");
        browser.awaitText("denied");
        browser.picture("command-wrong-password");
        assertEquals("", browser.barriers());
        browser.complaints(); // of the status 403
        submit("admin", "mypass");
        browser.awaitText("OK");
        browser.picture("command-done");
    }

    private void submit(String user, String password) {
        browser.type("#username", user);
        browser.type("#password", password);
        browser.click("form button");
    }

    @Test
    void aSettingIsChanged() {
        browser.screen(1280, 900, false);
        browser.open(page("desk", "/settings/battery.charge"));
        browser.type("#value", "77");
        submit("admin", "mypass");
        browser.awaitText("77");
        browser.picture("setting-done");
        assertEquals("VAR desk battery.charge \"77\"", stack.ask("GET VAR desk battery.charge"));
        browser.open(page("desk", ""));
        browser.awaitText("77");
    }

    @Test
    void aServerThatDiesAndReturns() {
        browser.screen(1280, 900, false);
        browser.dark(false);
        browser.open(page("desk", ""));
        browser.eval("window.mark = 'the same page'");
        String known = browser.eval("document.getElementById('state').innerText");
        stack.upsd().end();
        Await.value(
                "the page says that it knows nothing",
                Await.LONG,
                () -> browser.eval("document.getElementById('state').innerText"),
                state -> !state.equals(known));
        browser.picture("ups-server-gone");
        assertEquals("", browser.barriers());
        stack.startUpsd();
        Await.value(
                "the page knows again",
                Await.LONG,
                () -> browser.eval("document.getElementById('state').innerText"),
                known::equals);
        assertEquals("the same page", browser.eval("window.mark"));
    }

    @Test
    void whatADeviceSaysIsText() {
        browser.open(page("rack", ".json"));
        assertTrue(browser.text().contains("<script>alert(1)</script>"), browser::text);
        browser.open(page("rack", ""));
        browser.awaitText("<script>alert(1)</script>");
        assertEquals("0", browser.eval("document.querySelectorAll('main script').length"));
    }
}
