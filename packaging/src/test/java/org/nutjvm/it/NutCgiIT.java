package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// nut-cgi as a process beside upsd and dummy-ups, asked as browsers and others do.
@ExtendWith(LogsOnFailure.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NutCgiIT {
    private static final String USER = System.getProperty("user.name");

    @SuppressWarnings("NullAway.Init")
    private Stack stack;

    @SuppressWarnings("NullAway.Init")
    private Proc server;

    private int port;

    @BeforeAll
    void start() {
        stack = Stack.of(new Roles(Maker.OURS, Maker.OURS), List.of("one", "two"));
        stack.box()
                .write(
                        "hosts.conf",
                        "MONITOR " + stack.at("one") + " First\nMONITOR " + stack.at("two") + " Second\nMONITOR"
                                + " dead@localhost:1 Dead\n");
        stack.box().write("upsset.conf", "I_HAVE_SECURED_MY_CGI_DIRECTORY\n");
        Path history = stack.box().dir().resolve("history");
        stack.box().write("nut-cgi.conf", "POLLINTERVAL 1\nHISTORY " + history + "\n");
        port = Sandbox.freePort();
        server = stack.box().start("nut-cgi", command("--listen", "127.0.0.1:" + port));
        server.awaitLog("listening on 127.0.0.1:" + port);
        Await.until("both are known", () -> get("/index.json").split("\"status\": \"OL\"", -1).length == 3);
    }

    @AfterAll
    void end() {
        assertEquals(0, server.end());
        stack.close();
    }

    private static List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of(Maker.OURS.program("nut-cgi").toString(), "-u", USER));
        command.addAll(List.of(arguments));
        return command;
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private String exchange(String request) {
        try (var socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String get(String path) {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private static String until(InputStream in, String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = in.read();
            assertTrue(next >= 0, () -> "ended after: " + read);
            read.append((char) next);
        }
        return read.toString();
    }

    private String ups(String name) {
        return "/ups/" + stack.at(name);
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before);
        assertTrue(start >= 0, () -> before + " is not in " + text);
        return text.substring(start + before.length(), text.indexOf(after, start + before.length()));
    }

    /// As a browser does: asks for the form, then sends it.
    private String send(String path, String fields) {
        String form = get(path);
        String cookie = between(form, "Set-Cookie: ", ";");
        String body = "mark=" + URLEncoder.encode(between(form, "name=\"mark\" value=\"", "\""), StandardCharsets.UTF_8)
                + '&' + fields;
        return exchange("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: " + cookie
                + "\r\nOrigin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    @Test
    void pagesInAllForms() {
        String all = get("/");
        assertTrue(all.startsWith("HTTP/1.1 200 OK\r\n"), all);
        assertTrue(all.contains("First") && all.contains("Connection refused"), all);
        assertTrue(get(ups("one")).replace("<wbr>", "").contains("battery.charge"));
        assertTrue(get(ups("one") + ".json").contains("\"battery.charge\": \"100\""));
        assertTrue(get("/metrics").contains("network_ups_tools_battery_charge{"), "metrics");
        assertTrue(get(ups("one") + "/day").contains("The last day"));
        assertTrue(get("/upsstats.cgi?json").contains("\"status_raw\": \"OL\""));
        String picture = "/upsimage.cgi?display=battery.charge&host=" + stack.at("one");
        assertTrue(get(picture).contains("image/png"));
        assertTrue(get("/upsstats.cgi?host=one@192.0.2.1&json").contains("not authorized"));
        assertTrue(get("/ups/one@192.0.2.1").startsWith("HTTP/1.1 404 "));
    }

    @Test
    void viewersHearOfAnOutageAndOfAServerThatDiesAndReturns() throws IOException {
        try (var all = connect();
                var two = connect()) {
            String end = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            all.getOutputStream().write(("GET /live" + end).getBytes(StandardCharsets.US_ASCII));
            two.getOutputStream().write(("GET " + ups("two") + "/live" + end).getBytes(StandardCharsets.US_ASCII));
            until(two.getInputStream(), "Online");
            stack.status("two", "OB DISCHRG");
            until(two.getInputStream(), "On battery, Discharging");
            until(all.getInputStream(), "On battery, Discharging");
            stack.status("two", "OL");
            until(two.getInputStream(), "Online");
            int descriptors = descriptors();
            stack.upsd().kill();
            until(two.getInputStream(), "No data");
            assertTrue(get(ups("two")).contains("See that upsd runs there"));
            stack.startUpsd();
            stack.awaitUps("two");
            until(two.getInputStream(), "Online");
            Await.until("no descriptor is left over", () -> descriptors() <= descriptors + 2);
        }
    }

    private int descriptors() {
        try (var files = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void commandsAndSettings() {
        assertTrue(get(ups("one") + "/commands").contains("driver.reload"));
        String done = send(ups("one") + "/commands/driver.reload", "username=admin&password=mypass");
        assertTrue(done.contains("<strong>OK, SUCCESS</strong>"), done);
        String changed = send(ups("one") + "/settings/battery.charge", "username=admin&password=mypass&value=77");
        assertTrue(changed.contains("from <strong>100</strong> to <strong>77</strong>"), changed);
        Await.until("the page shows it", () -> get(ups("one") + ".json").contains("\"battery.charge\": \"77\""));
        send(ups("one") + "/settings/battery.charge", "username=admin&password=mypass&value=100");
        String wrong = send(ups("one") + "/commands/driver.reload", "username=admin&password=guessed");
        assertTrue(wrong.startsWith("HTTP/1.1 403 ") && wrong.contains("Access denied"), wrong);
        assertFalse(wrong.contains("guessed"));
        String bare =
                exchange("POST " + ups("one") + "/commands/load.off HTTP/1.1\r\nHost: localhost\r\nConnection: close"
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 38\r\n\r\n"
                        + "username=admin&password=mypass&sure=yes");
        assertTrue(bare.startsWith("HTTP/1.1 403 "), bare);
        server.awaitLog("access denied for 127.0.0.1");
        assertFalse(server.log().contains("mypass") || server.log().contains("guessed"), server::log);
    }

    @Test
    void whatAttackersSend() throws IOException {
        try (var slow = connect();
                var silent = connect()) {
            slow.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
            String million = "a".repeat(1_000_000);
            String head = " HTTP/1.1\r\nHost: localhost\r\n";
            assertTrue(get("/upsstats.cgi?host=" + million).startsWith("HTTP/1.1 431 "));
            assertTrue(exchange("POST /upsset.cgi" + head + "Content-Length: 1000000\r\n\r\n" + million)
                    .startsWith("HTTP/1.1 413 "));
            assertTrue(exchange("GET /" + head + "X: " + million + "\r\n\r\n").startsWith("HTTP/1.1 431 "));
            assertTrue(exchange("GET /" + head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n")
                    .startsWith("HTTP/1.1 400 "));
            assertTrue(exchange("POST /" + head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                    .startsWith("HTTP/1.1 501 "));
            assertTrue(exchange("\u0000\u0001\u0002\r\n\r\n").startsWith("HTTP/1.1 400 "));
            assertTrue(exchange("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 421 "));
            assertTrue(get("/..%2f..%2fetc/passwd").startsWith("HTTP/1.1 400 "));
            assertTrue(get("/").startsWith("HTTP/1.1 200 "), "others are served meanwhile");
            String late = new String(slow.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(late.startsWith("HTTP/1.1 408 "), late);
            assertTrue(server.alive() && silent.isConnected());
        }
    }

    @Test
    void notForOthersWithoutProtection() {
        Result refused = stack.box().run("nut-cgi", command("--listen", "0.0.0.0:0"));
        assertEquals(1, refused.exit(), refused::toString);
        assertTrue(
                refused.toString().contains("not listening on 0.0.0.0:0 without encryption and login"),
                refused::toString);
        stack.box().write("other.conf", "ALLOW_UNPROTECTED yes\nHISTORY none\n");
        String file = stack.box().conf().resolve("other.conf").toString();
        var proc = stack.box().start("nut-cgi-open", command("--listen", "0.0.0.0:0", "--config", file));
        proc.awaitLog("as ALLOW_UNPROTECTED has it");
        proc.awaitLog("listening on 0.0.0.0:");
        assertEquals(0, proc.end());
    }
}
