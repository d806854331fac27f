package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Status pages of servers that encrypt: nutauth.conf says whose certificate is right, and who reads.
@ExtendWith(LogsOnFailure.class)
class PagesTlsIT {
    private static final String REFUSED = "from none of the authorities in CERTPATH";

    /// As programs of a web server, and as the small server of its own.
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Pages {
        @SuppressWarnings("NullAway.Init")
        private Stack stack;

        abstract Stack server();

        Stack stack() {
            return stack;
        }

        @BeforeAll
        void start() {
            stack = server();
            stack.box().write("hosts.conf", "MONITOR " + stack.at("UPS2") + " \"Second\"\n");
            stack.box().write("upsset.conf", "I_HAVE_SECURED_MY_CGI_DIRECTORY\n");
        }

        @AfterAll
        void end() {
            if (stack != null) { // not if what it needs is missing
                stack.close();
            }
        }

        private void trusting(String authority) {
            Path file = TlsFixture.insisting(stack, authority);
            stack.box().environment("NUT_AUTHCONF_FILE", file.toString());
        }

        String cgi(String program, String query) {
            var result = stack.box()
                    .run(
                            program,
                            List.of(
                                    "env",
                                    "GATEWAY_INTERFACE=CGI/1.1",
                                    "REQUEST_METHOD=GET",
                                    "QUERY_STRING=" + query,
                                    Maker.OURS.program(program).toString()));
            assertEquals(0, result.exit(), result::err);
            assertFalse(result.err().contains("public"), result::err);
            return result.out();
        }

        String reading() {
            return cgi("upsstats.cgi", "json&host=" + stack.at("UPS2"));
        }

        @Test
        void programsReadFromTheRightServer() {
            trusting("authority.pem");
            String json = reading();
            assertTrue(json.contains("\"status_raw\": \"OL BOOST\""), json);
            String picture = cgi("upsimage.cgi", "display=outlet.count&host=" + stack.at("UPS2"));
            assertTrue(picture.contains("Content-type: image/png") || picture.contains("Content-Type: image/png"));
        }

        @Test
        void programsTakeNothingFromAServerOfAnotherAuthority() {
            trusting("other.pem");
            String json = reading();
            assertTrue(json.contains(REFUSED), json);
            assertFalse(json.contains("BOOST"), json);
            String page = cgi("upsstats.cgi", "treemode&host=" + stack.at("UPS2"));
            assertTrue(page.contains(REFUSED), page);
            assertFalse(page.contains("ADO6750531"), page);
        }

        @Test
        void theSmallServerShowsTheRightServer() {
            trusting("authority.pem");
            awaitPage("the reading", "\"status\": \"OL BOOST\"", "/index.json", "");
        }

        @Test
        void theSmallServerShowsWhyItTakesNothingFromAnotherAuthority() {
            trusting("other.pem");
            awaitPage("the reason", REFUSED, "/ups/" + stack.at("UPS2"), "BOOST");
        }

        private void awaitPage(String what, String text, String path, String never) {
            stack.box().write("nut-cgi.conf", "POLLINTERVAL 1\nHISTORY none\n");
            int port = Sandbox.freePort();
            var proc = stack.box()
                    .start(
                            "nut-cgi",
                            List.of(
                                    Maker.OURS.program("nut-cgi").toString(),
                                    "-u",
                                    System.getProperty("user.name"),
                                    "--listen",
                                    "127.0.0.1:" + port));
            proc.awaitLog("listening on 127.0.0.1:" + port);
            Await.until(what + " is on " + path, () -> {
                String page = get(port, path);
                assertTrue(never.isEmpty() || !page.contains(never), page);
                return page.contains(text);
            });
            assertFalse(proc.log().contains("public"), proc::log);
            assertEquals(0, proc.end());
        }

        private static String get(int port, String path) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// upsd of ours, that wants to know who reads.
    @Nested
    class OfOurs extends Pages {
        @Override
        Stack server() {
            var stack = new Stack(new Roles(Maker.OURS, Maker.OURS));
            try {
                stack.box()
                        .write(
                                "upsd.conf",
                                stack.listen() + "CERTFILE " + TlsFixture.file("server.pem")
                                        + "\nCERTIDENT \"NIT data server\" \"no password is needed\"\n"
                                        + "READ_REQUIRES_LOGIN yes\n");
                stack.startDriver("UPS2");
                stack.awaitSocket("UPS2");
                stack.startUpsd();
                try (var wire = stack.wire().login("reader", "public")) {
                    Await.until(
                            "upsd has the device",
                            () -> wire.ask("GET VAR UPS2 ups.status").equals("VAR UPS2 ups.status \"OL BOOST\""));
                }
                return stack;
            } catch (RuntimeException | Error e) {
                Sandbox.showLogs();
                stack.close();
                throw e;
            }
        }

        @Test
        void whoReadsHasToBeSomebody() {
            stack().box()
                    .environment(
                            "NUT_AUTHCONF_FILE",
                            stack().box()
                                    .write(
                                            "nobody.conf",
                                            "CERTPATH = " + TlsFixture.file("authority.pem")
                                                    + "\nCERTVERIFY = 1\nFORCESSL = 1\n")
                                    .toString());
            String json = reading();
            assertTrue(json.contains("Username required"), json);
            assertFalse(json.contains("BOOST"), json);
        }
    }

    /// Debian's upsd with NSS.
    @Nested
    class OfC extends Pages {
        @Override
        Stack server() {
            return TlsFixture.nss();
        }
    }
}
