package org.nutjvm.upsd.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.conf.UpsdConf.Listen;
import org.nutjvm.upsd.TestClient;
import org.nutjvm.upsd.session.Descriptions;

/// LISTEN in all its forms, and who is reached by them.
class ListenersTest {
    private static final InetAddress V4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress V6 = InetAddress.ofLiteral("::1");

    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    @SuppressWarnings("NullAway.Init")
    private Server server;

    @BeforeEach
    void prepare() throws IOException {
        server = new Server(new Descriptors(1000), Descriptions.NONE, "1", System::nanoTime, () -> 1);
    }

    @AfterEach
    void stop() throws IOException {
        server.stop();
        ended.complete(false);
        ended.orTimeout(10, TimeUnit.SECONDS).join();
        server.close();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static List<Listen> lines(int port, String... addresses) {
        var lines = new ArrayList<Listen>();
        for (var address : addresses) {
            lines.add(new Listen(address, Integer.toString(port), lines.size() + 1));
        }
        return lines;
    }

    private void listen(boolean ipv4, boolean ipv6, boolean allowNotAll, List<Listen> lines) throws Exception {
        server.listen(lines, ipv4, ipv6, "upsd.conf", allowNotAll);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                server.run(new Server.Chores() {
                    @Override
                    public void reload() {}

                    @Override
                    public void tick() {}
                });
            } catch (IOException e) {
                ended.completeExceptionally(e);
            }
        });
    }

    private static boolean served(InetAddress address, int port) throws IOException {
        try (var probe = new Socket()) {
            probe.connect(new InetSocketAddress(address, port), 5000);
        } catch (IOException e) {
            return false;
        }
        try (var client = new TestClient(address, port)) {
            client.send("PROTVER\n");
            return client.line().equals("1.3");
        } catch (IOException e) {
            return false;
        }
    }

    private static void needIpv6() throws IOException {
        assumeTrue(
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .anyMatch(a -> a instanceof Inet6Address && a.isLoopbackAddress()),
                "this machine has no ::1");
    }

    @Test
    void namesOfTheLoopbackMayOverlap() throws Exception {
        needIpv6();
        int port = freePort();
        listen(false, false, false, lines(port, "localhost", "127.0.0.1", "::1"));
        assertTrue(served(V4, port));
        assertTrue(served(V6, port));
    }

    @Test
    void withoutListenBothLoopbacksAreServedAndNothingElse() throws Exception {
        needIpv6();
        assumeTrue(!served(V4, 3493), "port 3493 is in use");
        listen(false, false, false, List.of());
        assertTrue(served(V4, 3493));
        assertTrue(served(V6, 3493));
    }

    @Test
    void aStarIsBothFamilies() throws Exception {
        needIpv6();
        int port = freePort();
        listen(false, false, false, lines(port, "*"));
        assertTrue(served(V4, port));
        assertTrue(served(V6, port));
    }

    @Test
    void aStarWithOneFamilyIsThatFamily() throws Exception {
        int port = freePort();
        listen(true, false, false, lines(port, "*"));
        assertTrue(served(V4, port));
        assertTrue(!served(V6, port));
    }

    @Test
    void aStarForIpv6TurnsIpv4Away() throws Exception {
        needIpv6();
        int port = freePort();
        listen(false, true, false, lines(port, "*"));
        assertTrue(!served(V4, port));
        assertTrue(served(V6, port));
    }

    @Test
    void allOfIpv6IsNotIpv4() throws Exception {
        needIpv6();
        int port = freePort();
        listen(false, false, false, lines(port, "::0"));
        assertTrue(!served(V4, port));
        assertTrue(served(V6, port));
    }

    @Test
    void allOfIpv6AndAllOfIpv4InAnyOrder() throws Exception {
        needIpv6();
        int port = freePort();
        listen(false, false, false, lines(port, "::0", "0.0.0.0"));
        assertTrue(served(V4, port));
        assertTrue(served(V6, port));
    }

    @Test
    void allOfIpv4AndThenAllOfIpv6() throws Exception {
        needIpv6();
        int port = freePort();
        listen(false, false, false, lines(port, "0.0.0.0", "::0"));
        assertTrue(served(V4, port));
        assertTrue(served(V6, port));
    }

    @Test
    void oneIpv4AddressBesideAllOfIpv6StaysOne() throws Exception {
        needIpv6();
        int port = freePort();
        listen(false, false, false, lines(port, "127.0.0.2", "::"));
        assertTrue(served(InetAddress.ofLiteral("127.0.0.2"), port));
        assertTrue(!served(V4, port));
        assertTrue(served(V6, port));
    }

    @Test
    void anAddressInUseIsFatalUnlessItIsAllowed() throws Exception {
        try (var busy = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2"))) {
            int port = busy.getLocalPort();
            var lines = lines(port, "127.0.0.3", "127.0.0.2");
            var refused = assertThrows(StartException.class, () -> server.listen(lines, false, false, "f", false));
            assertEquals("Fatal error: some listening interfaces were not available", refused.getMessage());
            listen(false, false, true, lines);
            assertTrue(served(InetAddress.ofLiteral("127.0.0.3"), port));
        }
    }

    @Test
    void theSameAddressTwiceIsNotServedTwice() {
        var refused = assertThrows(
                StartException.class,
                () -> server.listen(lines(freePort(), "127.0.0.2", "127.0.0.2"), false, false, "f", false));
        assertEquals("Fatal error: some listening interfaces were not available", refused.getMessage());
    }

    @Test
    void anUnknownNameOrPortIsFatal() {
        var name = assertThrows(
                StartException.class,
                () -> server.listen(lines(1, "no.such.host.invalid"), false, false, "upsd.conf", true));
        assertTrue(String.valueOf(name.getMessage()).startsWith("getaddrinfo('no.such.host.invalid')"));
        assertTrue(String.valueOf(name.getMessage()).contains("upsd.conf:1"));
        var port = assertThrows(
                StartException.class,
                () -> server.listen(List.of(new Listen("127.0.0.1", "70000", 7)), false, false, "upsd.conf", true));
        assertTrue(String.valueOf(port.getMessage()).contains("upsd.conf:7"));
        var family = assertThrows(
                StartException.class, () -> server.listen(lines(1, "127.0.0.1"), false, true, "upsd.conf", true));
        assertTrue(String.valueOf(family.getMessage()).contains("-6"));
    }

    @Test
    void portsAreNumbersOrServices() {
        assertEquals(3493, Ports.number("nut"));
        assertEquals(0, Ports.number("0"));
        assertEquals(65535, Ports.number("65535"));
        assertEquals(-1, Ports.number("65536"));
        assertEquals(-1, Ports.number("-1"));
        assertEquals(-1, Ports.number("no-such-service"));
    }

    @Test
    void addressesAreWrittenAsCWritesThem() {
        assertEquals("127.0.0.1", Addresses.text(V4));
        assertEquals("::1", Addresses.text(V6));
        assertEquals("::", Addresses.text(InetAddress.ofLiteral("::0")));
        assertEquals("fe80::1", Addresses.text(InetAddress.ofLiteral("fe80:0:0:0:0:0:0:1")));
        assertEquals("2001:db8::1:0:0:1", Addresses.text(InetAddress.ofLiteral("2001:db8:0:0:1:0:0:1")));
        assertEquals("1:0:2:3:4:5:6:7", Addresses.text(InetAddress.ofLiteral("1:0:2:3:4:5:6:7")));
        assertEquals("1:2:3::", Addresses.text(InetAddress.ofLiteral("1:2:3:0:0:0:0:0")));
    }
}
