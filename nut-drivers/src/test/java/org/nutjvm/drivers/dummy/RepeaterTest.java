package org.nutjvm.drivers.dummy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.TestDevice;

@Timeout(60)
class RepeaterTest {
    private final TestDevice device = new TestDevice(Path.of("/nowhere"), "ups@localhost");

    private Repeater repeater(int port, boolean strict) {
        return new Repeater(device, new UpsAddress("ups", "127.0.0.1", port), Credentials.none(), strict);
    }

    /// One question and its answer.
    private void cycle(Repeater repeater) throws IOException, InterruptedException {
        repeater.updateinfo(device.dstate());
        device.runAsked();
        repeater.updateinfo(device.dstate());
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void everythingIsMirroredButTheDriver() throws Exception {
        try (var upsd = new FakeUpsd(0);
                var repeater = repeater(upsd.port(), true)) {
            upsd.answer = FakeUpsd.list(
                    "battery.charge 90",
                    "driver.name usbhid-ups",
                    "ups.alarm [hot]",
                    "ups.id x y",
                    "ups.status ALARM OB LB FSD");
            repeater.initinfo(device.dstate());
            assertEquals("90", device.dstate().getinfo("battery.charge"));
            assertEquals("x y", device.dstate().getinfo("ups.id"));
            assertEquals("ALARM OB LB FSD", device.dstate().getinfo("ups.status"));
            assertNull(device.dstate().getinfo("driver.name"));
            assertTrue(Objects.requireNonNull(device.dstate().find("ups.id"))
                            .flags()
                            .size()
                    == 1);
            upsd.answer = FakeUpsd.list("battery.charge 91", "ups.status OL");
            cycle(repeater);
            assertEquals("91", device.dstate().getinfo("battery.charge"));
            assertEquals("OL", device.dstate().getinfo("ups.status"));
            assertNull(device.dstate().getinfo("ups.alarm"), "what vanishes there vanishes here");
            assertEquals(1, upsd.connections.size());
        }
    }

    @Test
    void staleThereIsStaleHereUntilItIsNot() throws Exception {
        try (var upsd = new FakeUpsd(0);
                var repeater = repeater(upsd.port(), true)) {
            upsd.answer = FakeUpsd.list("ups.status OL");
            repeater.initinfo(device.dstate());
            upsd.answer = "ERR DATA-STALE\n";
            var e = assertThrows(IOException.class, () -> cycle(repeater));
            assertEquals("Data stale (ups@127.0.0.1:" + upsd.port() + ")", e.getMessage());
            upsd.answer = FakeUpsd.list("ups.status OB");
            assertThrows(IOException.class, () -> repeater.updateinfo(device.dstate()), "until the answer is there");
            device.runAsked();
            repeater.updateinfo(device.dstate());
            assertEquals("OB", device.dstate().getinfo("ups.status"));
            assertEquals(1, upsd.connections.size(), "an answer is no reason to connect anew");
        }
    }

    @Test
    void connectionIsMadeAnew() throws Exception {
        int port;
        try (var upsd = new FakeUpsd(0)) {
            port = upsd.port();
            upsd.answer = FakeUpsd.list("ups.status OL");
            var repeater = repeater(port, true);
            try (repeater) {
                repeater.initinfo(device.dstate());
                upsd.stop();
                assertThrows(IOException.class, () -> cycle(repeater));
                assertThrows(IOException.class, () -> {
                    repeater.updateinfo(device.dstate());
                });
                device.runAsked();
                assertThrows(IOException.class, () -> repeater.updateinfo(device.dstate()), "nobody listens");
                try (var again = new FakeUpsd(port)) {
                    again.answer = FakeUpsd.list("ups.status OB");
                    assertThrows(IOException.class, () -> repeater.updateinfo(device.dstate()));
                    device.runAsked();
                    repeater.updateinfo(device.dstate());
                    assertEquals("OB", device.dstate().getinfo("ups.status"));
                }
            }
        }
    }

    @Test
    void aServerThatHangsDoesNotHoldTheLoop() throws Exception {
        try (var upsd = new FakeUpsd(0);
                var repeater = repeater(upsd.port(), true)) {
            upsd.answer = FakeUpsd.list("ups.status OL");
            repeater.initinfo(device.dstate());
            upsd.answer = "";
            repeater.updateinfo(device.dstate());
            device.passSeconds(10);
            repeater.updateinfo(device.dstate());
            device.passSeconds(10);
            assertThrows(IOException.class, () -> repeater.updateinfo(device.dstate()));
        }
    }

    @Test
    void strictStartEndsTheProgramAndRelaxedDoesNot() throws Exception {
        int port = unusedPort();
        try (var strict = repeater(port, true)) {
            var e = assertThrows(DriverException.class, () -> strict.initinfo(device.dstate()));
            assertTrue(
                    e.text().startsWith("Error: Connection failure: Connection refused (ups@127.0.0.1:" + port + ")"),
                    e.text());
            assertTrue(e.text().contains("'repeater_disable_strict_start'"), e.text());
        }
        try (var relaxed = repeater(port, false)) {
            assertThrows(IOException.class, () -> relaxed.initinfo(device.dstate()));
            try (var upsd = new FakeUpsd(port)) {
                upsd.answer = FakeUpsd.list("ups.status OL");
                assertThrows(IOException.class, () -> relaxed.updateinfo(device.dstate()));
                device.runAsked();
                relaxed.updateinfo(device.dstate());
                assertEquals("OL", device.dstate().getinfo("ups.status"));
            }
        }
    }

    @Test
    void oldServersAndUnknownDevicesAreNamed() throws Exception {
        try (var upsd = new FakeUpsd(0)) {
            upsd.answer = "ERR UNKNOWN-COMMAND\n";
            try (var repeater = repeater(upsd.port(), true)) {
                var e = assertThrows(DriverException.class, () -> repeater.initinfo(device.dstate()));
                assertEquals("Error: upsd is too old to support this query", e.text());
            }
            upsd.answer = "ERR UNKNOWN-UPS\n";
            try (var repeater = repeater(upsd.port(), true)) {
                var e = assertThrows(DriverException.class, () -> repeater.initinfo(device.dstate()));
                assertTrue(e.text().startsWith("Error: Unknown UPS"), e.text());
            }
        }
    }

    @Test
    void portThatIsNoAddressIsRefused() {
        var wrong = new TestDevice(Path.of("/nowhere"), "@host");
        wrong.options.put("mode", "repeater");
        var e = assertThrows(DriverException.class, () -> new DummyProgram().initups(wrong));
        assertTrue(e.text().startsWith("Error: invalid UPS definition.\nRequired format: upsname[@hostname[:port]]"));
    }
}
