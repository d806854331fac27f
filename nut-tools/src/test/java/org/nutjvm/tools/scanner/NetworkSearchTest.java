package org.nutjvm.tools.scanner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.tools.FakeUpsd;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// Searches against what answers on the loopback interface.
@Timeout(30)
class NetworkSearchTest {
    /// Long enough for a busy machine: nothing waits so long, but for silence.
    private static final Duration PATIENT = Duration.ofSeconds(10);

    private static final Duration BRIEF = Duration.ofMillis(300);

    private final Fixture fixture = new Fixture();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (var each : open) {
            each.close();
        }
    }

    /// Answers each datagram.
    private int responder(Function<byte[], byte @Nullable []> answers) throws IOException {
        var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        open.add(socket);
        Thread.ofPlatform().daemon().start(() -> {
            var packet = new DatagramPacket(new byte[9000], 9000);
            while (!socket.isClosed()) {
                try {
                    packet.setLength(9000);
                    socket.receive(packet);
                    byte[] answer = answers.apply(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
                    if (answer != null) {
                        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                    }
                } catch (IOException e) {
                    return;
                }
            }
        });
        return socket.getLocalPort();
    }

    private List<Device> nut(FakeUpsd server) throws Exception {
        return nut(server, Credentials.none());
    }

    private static int port(FakeUpsd server) {
        return Integer.parseInt(server.address().substring(server.address().indexOf(':') + 1));
    }

    private List<Device> nut(FakeUpsd server, Credentials keys) throws Exception {
        open.add(server);
        return new NutSearch(Fixture.loopback(), port(server), PATIENT, 4, keys, fixture.progress).find();
    }

    @Test
    void devicesOfAServerAreRepeated() throws Exception {
        var server = new FakeUpsd(
                _ -> "BEGIN LIST UPS\nUPS eco \"Desk\"\nUPS \"a\\\"b\" \"\"\nUPS eco \"again\"\nEND LIST UPS\n");
        var found = nut(server);
        String at = "@" + server.address();
        assertEquals(
                List.of("eco" + at, "a\"b" + at),
                found.stream().map(Device::port).toList());
        assertEquals("dummy-ups", found.getFirst().driver());
    }

    @Test
    void whatIsNoServerIsNotFound() throws Exception {
        assertEquals(List.of(), nut(new FakeUpsd(_ -> "HTTP/1.0 400 Bad Request\n" + FakeUpsd.HANG_UP)));
        assertEquals(List.of(), nut(new FakeUpsd(_ -> "BEGIN LIST UPS\nUPS half" + FakeUpsd.HANG_UP)));
        assertEquals("", fixture.said());
    }

    /// A server that tells its devices to one user.
    private static final class Reserved {
        private final List<String> heard = new ArrayList<>();
        final FakeUpsd server;

        Reserved() throws IOException {
            server = new FakeUpsd(this::answer);
        }

        private String answer(String line) {
            heard.add(line);
            boolean known = heard.contains("USERNAME reader") && heard.contains("PASSWORD public");
            return !line.startsWith("LIST")
                    ? "OK\n"
                    : known ? "BEGIN LIST UPS\nUPS eco \"Desk\"\nEND LIST UPS\n" : "ERR USERNAME-REQUIRED\n";
        }
    }

    private static Credentials keys(Path directory, String text) throws Exception {
        Path file = Files.writeString(directory.resolve("nutauth.conf"), text);
        return Credentials.load(file.toString(), Map.of());
    }

    @Test
    void aServerForThoseWhoLogInIsFoundWithNutauthConf(@TempDir Path directory) throws Exception {
        var reserved = new Reserved();
        var server = reserved.server;
        var found = nut(server, keys(directory, "[@127.0.0.1:" + port(server) + "]\nUSER = reader\nPASS = public\n"));
        assertEquals(
                List.of("eco@" + server.address()),
                found.stream().map(Device::port).toList());
        assertEquals("", fixture.said());
    }

    @Test
    void strangersAreToldNoPassword(@TempDir Path directory) throws Exception {
        var reserved = new Reserved();
        assertEquals(List.of(), nut(reserved.server, keys(directory, "USER = reader\nPASS = public\n")));
        assertEquals(List.of("LIST UPS"), reserved.heard);
        assertTrue(fixture.said().contains("127.0.0.1 is left out: it tells its devices to those only who log in"));
    }

    @Test
    void aServerThatIsNotEncryptedAsNutauthConfWantsIsNamed(@TempDir Path directory) throws Exception {
        var server = new FakeUpsd(_ -> "ERR FEATURE-NOT-CONFIGURED\n");
        assertEquals(List.of(), nut(server, keys(directory, "FORCESSL = 1\n")));
        assertTrue(fixture.said().contains("127.0.0.1 is left out: "), fixture.said());
        assertTrue(fixture.said().contains("FORCESSL wants it"), fixture.said());
    }

    @Test
    void aServerThatListsWithoutEndIsHeardOnlySoFar() throws Exception {
        var list = new StringBuilder("BEGIN LIST UPS\n");
        for (int i = 0; i < 400; i++) {
            list.append("UPS u").append(i).append(" \"\"\n");
        }
        assertEquals(256, nut(new FakeUpsd(_ -> list + "END LIST UPS\n")).size());
        assertTrue(fixture.said().contains("claims to serve more than 256 devices"), fixture.said());
    }

    private List<Device> xml(String answer, Duration timeout) throws IOException {
        int port = responder(request -> new String(request, StandardCharsets.US_ASCII).equals("<SCAN_REQUEST/>")
                ? answer.getBytes(StandardCharsets.UTF_8)
                : null);
        return new XmlSearch(Fixture.loopback(), port, timeout, fixture.progress).find();
    }

    @Test
    void aNetworkCardTellsItsType() throws IOException {
        var found = xml("<SCAN class=\"DEV.UPS\" type=\"Network Management Card/Minislot\" id=\"1\"/>", PATIENT);
        assertEquals("""
                [nutdev-xml1]
                \tdriver = "netxml-ups"
                \tport = "http://127.0.0.1"
                \tdesc = "Network Management Card/Minislot"
                """, Listing.of(List.of(found), Listing.Form.PLAIN));
    }

    @Test
    void otherAnswersAreToldOf() throws IOException {
        assertEquals(List.of(), xml("<SCAN type=\"x\" class=\"DEV.PDU\"/>", PATIENT));
        assertTrue(fixture.said().contains("127.0.0.1 replied with NetXML but was not deemed compatible"));
        assertTrue(fixture.said().contains("it is a PDU"), fixture.said());
        assertEquals(List.of(), xml("<SCAN id=\"1\"/>", PATIENT));
        assertEquals(List.of(), xml("garbage \u0000", PATIENT));
        assertEquals(List.of(), xml("", PATIENT));
    }

    @Test
    void anXmlBombDoesNotGoOff() throws IOException {
        var bomb = new StringBuilder("<!DOCTYPE s [<!ENTITY a \"" + "a".repeat(1000) + "\">");
        for (char c = 'b'; c < 'm'; c++) {
            bomb.append("<!ENTITY ")
                    .append(c)
                    .append(" \"")
                    .append(("&" + (char) (c - 1) + ";").repeat(20))
                    .append("\">");
        }
        assertEquals(List.of(), xml(bomb + "]><SCAN type=\"&l;\"/>", PATIENT));
        assertEquals(
                List.of(),
                xml(
                        "<!DOCTYPE s SYSTEM \"file:///etc/passwd\" [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                + "<SCAN type=\"&x;\"/>",
                        PATIENT));
        var deep = xml("<SCAN type=\"t\">" + "<a>".repeat(2500), PATIENT);
        assertEquals("t", deep.getFirst().value("desc"), "only the root is looked at");
    }

    @Test
    void theXmlParserItselfSaysNothing() {
        var before = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.ISO_8859_1));
        try {
            byte[] latin = "<SCAN type=\"B\u00fcro\"/>".getBytes(StandardCharsets.ISO_8859_1);
            XmlAnswer.of(latin, latin.length);
            byte[] broken = "<SCAN type=\"a\" \u00ff\u00c3".getBytes(StandardCharsets.ISO_8859_1);
            assertEquals("", XmlAnswer.of(broken, broken.length).type());
            assertEquals("", said.toString(StandardCharsets.ISO_8859_1));
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void silenceEndsWithTheTimeout() throws Exception {
        int silent = responder(_ -> null);
        assertEquals(List.of(), new XmlSearch(Fixture.loopback(), silent, BRIEF, fixture.progress).find());
        var group = new InetSocketAddress(InetAddress.getLoopbackAddress(), silent);
        assertEquals(List.of(), new MdnsSearch(group, BRIEF, Credentials.none(), fixture.progress).find());
    }

    private static final Name INSTANCE = name("Servers of the cellar._nut._tcp.local.");
    private static final Name HOST = name("cellar.local.");

    private static Name name(String text) {
        return Name.fromConstantString(text.replace(" ", "\\032"));
    }

    /// A responder that tells no more than it is asked.
    private static byte @Nullable [] mdns(byte[] query, int port, String... text) {
        try {
            var question = new Message(query);
            var answer = new Message(question.getHeader().getID());
            Record asked = question.getQuestion();
            answer.addRecord(asked, Section.QUESTION);
            Record reply = switch (asked.getType()) {
                case Type.PTR -> new PTRRecord(asked.getName(), DClass.IN, 10, INSTANCE);
                case Type.SRV -> new SRVRecord(INSTANCE, DClass.IN, 10, 0, 0, port, HOST);
                case Type.TXT -> new TXTRecord(INSTANCE, DClass.IN, 10, List.of(text));
                case Type.A -> new ARecord(HOST, DClass.IN, 10, InetAddress.getLoopbackAddress());
                default -> asked;
            };
            answer.addRecord(reply, Section.ANSWER);
            return answer.toWire();
        } catch (IOException e) {
            return null;
        }
    }

    private List<Device> announced(int nutPort, String... text) throws Exception {
        int port = responder(query -> mdns(query, nutPort, text));
        var group = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new MdnsSearch(group, Duration.ofSeconds(2), Credentials.none(), fixture.progress).find();
    }

    @Test
    void serversAnnounceThemselvesAndTheirDevices() throws Exception {
        var found = announced(3493, "txtvers=1", "device_list=eco;rack;eco");
        assertEquals("""
                NUT:driver="dummy-ups",port="eco@cellar.local",desc="IPv4"
                NUT:driver="dummy-ups",port="rack@cellar.local",desc="IPv4"
                """, Listing.of(List.of(found), Listing.Form.PARSABLE));
        assertEquals(
                "eco@cellar.local:4000",
                announced(4000, "device_list=eco").getFirst().port());
    }

    @Test
    void anAnnouncedServerThatListsNothingIsAsked() throws Exception {
        var server = new FakeUpsd(_ -> "BEGIN LIST UPS\nUPS eco \"\"\nEND LIST UPS\n");
        open.add(server);
        int port = Integer.parseInt(server.address().substring(server.address().indexOf(':') + 1));
        assertEquals("eco@" + server.address(), announced(port).getFirst().port());
        server.close();
        assertEquals("cellar.local:" + port, announced(port).getFirst().port(), "or is known at least");
    }

    @Test
    void rubbishInsteadOfMdnsIsPassedOver() throws Exception {
        int port = responder(
                query -> new byte[] {query[0], query[1], (byte) 0x84, 0, 0, 0, 0, 9, 0, 0, 0, 0, (byte) 0xc0});
        var group = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        assertEquals(List.of(), new MdnsSearch(group, BRIEF, Credentials.none(), fixture.progress).find());
    }

    @Test
    void dataFilesAreListedByName(@TempDir Path conf) throws IOException {
        for (String file : List.of("b.seq", "a.dev", ".dev", "ups.conf", "a.dev.bak", "evil\nname.dev")) {
            Files.createFile(conf.resolve(file));
        }
        var found = new SimulationSearch(conf, fixture.progress).find();
        assertEquals(List.of("a.dev", "b.seq"), found.stream().map(Device::port).toList());
        assertTrue(fixture.said().contains("cannot be written in ups.conf"), fixture.said());
    }
}
