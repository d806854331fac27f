package org.nutjvm.drivers.netxml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

@Timeout(60)
class NetXmlTest {
    private static final String MAINS = "UPS.PowerSummary.PresentStatus.ACPresent 1";
    private static final String BATTERY = "UPS.PowerSummary.PresentStatus.ACPresent 0";

    private static TestDevice device(PlayedCard card) {
        return new TestDevice(Path.of("/nowhere"), card.url());
    }

    private static PlayedCard modern() throws IOException {
        return new PlayedCard().page("/product.xml", PlayedCard.NEW).summary("/ws/summary.xml", MAINS);
    }

    private static Driver begun(TestDevice device) throws Exception {
        var driver = new NetXmlProgram().initups(device);
        driver.initinfo(device.dstate());
        return driver;
    }

    private static void poll(Driver driver, TestDevice device) throws Exception {
        driver.updateinfo(device.dstate());
        device.runAsked();
        driver.updateinfo(device.dstate());
    }

    @Test
    void bothGenerationsAreRead() throws Exception {
        try (var card = new PlayedCard()
                .page("/mgeups/product.xml", PlayedCard.OLD)
                .summary("/upsprop.xml", MAINS, "UPS.PowerSummary.RemainingCapacity 97")
                .page("/getvalue.cgi", PlayedCard.objects("GET_OBJECT", "UPS.PowerConverter.Input[1].Voltage 231"))) {
            var device = device(card);
            try (var driver = begun(device)) {
                assertEquals("OL", device.value("ups.status"));
                assertEquals("97", device.value("battery.charge"));
                assertEquals("231", device.value("input.voltage"));
                assertEquals("1", device.value("input.phases"));
                assertEquals("", device.value("device.contact"));
                assertTrue(Objects.requireNonNull(device.dstate().find("device.contact"))
                        .writable());
                card.summary("/upsprop.xml", BATTERY);
                poll(driver, device);
                assertEquals("OB", device.value("ups.status"));
                assertNull(device.value("battery.charge"), "no longer told");
            }
        }
        try (var card = modern()) {
            var device = device(card);
            try (var driver = begun(device)) {
                assertEquals("OL", device.value("ups.status"));
                assertEquals(Outcome.UNKNOWN, driver.setvar("battery.charge", "1"));
            }
        }
    }

    @Test
    void onePageMayFailTwoMayNot() throws Exception {
        try (var card = new PlayedCard()
                .page("/mgeups/product.xml", PlayedCard.OLD)
                .summary("/upsprop.xml", MAINS)
                .page("/getvalue.cgi", PlayedCard.objects("GET_OBJECT", "UPS.PowerConverter.Input[1].Voltage 231"))) {
            var device = device(card);
            try (var driver = begun(device)) {
                card.gone("/getvalue.cgi");
                poll(driver, device);
                assertEquals("231", device.value("input.voltage"), "not told as the page failed");
                card.page("/upsprop.xml", "<html>");
                driver.updateinfo(device.dstate());
                device.runAsked();
                var e = assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
                assertEquals(card.url() + "/getvalue.cgi: HTTP status 404", e.getMessage());
                card.summary("/upsprop.xml", BATTERY);
                assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
                device.runAsked();
                driver.updateinfo(device.dstate());
                assertEquals("OB", device.value("ups.status"));
            }
        }
    }

    @Test
    void aCardThatIsNotThereMayComeLater() throws Exception {
        var card = new PlayedCard();
        var device = device(card);
        try (card;
                var driver = new NetXmlProgram().initups(device)) {
            assertThrows(IOException.class, () -> driver.initinfo(device.dstate()));
            card.page("/ws/product.xml", PlayedCard.NEW).summary("/ws/summary.xml", MAINS);
            assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
            device.runAsked();
            driver.updateinfo(device.dstate());
            assertEquals("OL", device.value("ups.status"));
            assertEquals("", device.value("ups.delay.shutdown"));
        }
    }

    @Test
    void aCardThatDoesNotTellOfMainsIsNotBelieved() throws Exception {
        try (var card = modern().summary("/ws/summary.xml", "UPS.PowerSummary.RemainingCapacity 9");
                var driver = new NetXmlProgram().initups(device(card))) {
            var device = device(card);
            var e = assertThrows(IOException.class, () -> driver.initinfo(device.dstate()));
            assertTrue(String.valueOf(e.getMessage()).endsWith("does not say whether there is mains power"));
        }
        try (var card = modern().page("/product.xml", PlayedCard.NEW.replace("Mosaic M", "Monitored ePDU"))
                .summary("/ws/summary.xml", "PDU.OutletSystem.Outlet[1].iName one")) {
            var device = device(card);
            try (var driver = begun(device)) {
                assertEquals("OL", device.value("ups.status"));
                assertEquals("pdu", device.value("device.type"));
                assertEquals(Outcome.UNKNOWN, driver.setvar("ups.id", "x"));
            }
        }
    }

    @Test
    void passwordsGoOnlyToWhoAsks() throws Exception {
        try (var card = modern()) {
            card.protect("user:secret");
            var stranger = device(card);
            try (var driver = new NetXmlProgram().initups(stranger)) {
                var e = assertThrows(IOException.class, () -> driver.initinfo(stranger.dstate()));
                assertTrue(String.valueOf(e.getMessage()).contains("login or password"), e.getMessage());
            }
            var device = device(card).option("login", "user").option("password", "secret");
            try (var driver = begun(device)) {
                poll(driver, device);
                assertEquals("OL", device.value("ups.status"));
            }
        }
    }

    @Test
    void objectsAreSetAndShutdownIsOne() throws Exception {
        try (var card = modern()) {
            var device = device(card);
            try (var driver = begun(device)) {
                assertThrows(IOException.class, () -> driver.setvar("device.contact", "x"), "no such form");
                card.posted();
                card.page("/Forms/set_obj_2", "");
                assertEquals(Outcome.HANDLED, driver.setvar("device.contact", "a<b> & \"c\""));
                assertTrue(String.valueOf(card.posted())
                        .contains("<OBJECT name=\"System.Contact\">a&lt;b&gt; &amp; &quot;c&quot;</OBJECT>"));
                assertEquals("a<b> & \"c\"", device.value("device.contact"));
                assertEquals(Outcome.HANDLED, driver.shutdown());
                assertTrue(String.valueOf(card.posted())
                        .contains("<OBJECT name=\"System.RunTimeToEmptyLimit\">999999999</OBJECT>"));
            }
        }
    }

    @Test
    void alarmsAreSubscribedTo() throws Exception {
        try (var alarms = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var card = new PlayedCard()
                        .page("/mgeups/product.xml", PlayedCard.OLD)
                        .summary("/upsprop.xml", MAINS)
                        .page("/config.xml", "<XML-CLIENT><SHUTDOWN shutdownTimer=\"NONE\"/></XML-CLIENT>")
                        .page(
                                "/subscribe.cgi",
                                "<Answer>\r\n<Port>" + alarms.getLocalPort() + "</Port>\r\n<Secret>42</Secret>\r\n")) {
            var device = device(card).option("subscribe", "").option("shutdown_duration", "77");
            try (var driver = begun(device)) {
                String request = String.valueOf(card.posted());
                assertTrue(request.contains("<ShutdownDuration>77</ShutdownDuration>"), request);
                assertTrue(request.contains("<ShutdownTimer>NONE</ShutdownTimer>"), request);
                device.runAsked();
                assertEquals("NONE", device.value("driver.timer.shutdown"));
                try (var line = alarms.accept()) {
                    var in = line.getInputStream();
                    String hello = "<Subscription Identification=\"42\"></Subscription>\0";
                    assertEquals(hello, new String(in.readNBytes(hello.length()), StandardCharsets.US_ASCII));
                }
                assertEquals("OL", device.value("ups.status"));
                assertEquals(Outcome.UNKNOWN, driver.setvar("x", "y"));
            }
        }
    }

    @Test
    void anAlarmChangesTheStatusAtOnce() throws Exception {
        try (var alarms = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var card = new PlayedCard()
                        .page("/mgeups/product.xml", PlayedCard.OLD.replace("<CENTRAL_CFG url=\"config.xml\"/>", ""))
                        .summary("/upsprop.xml", MAINS)
                        .page("/subscribe.cgi", "<Port>" + alarms.getLocalPort() + "</Port><Secret>7</Secret>")) {
            var device = device(card).option("subscribe", "");
            try (var driver = begun(device);
                    var line = alarms.accept()) {
                var out = line.getOutputStream();
                out.write("<Subscription Answer=\"ok\"></Subscription>\0".getBytes(StandardCharsets.US_ASCII));
                out.write(("<ALARM object=\"UPS.PowerSummary.PresentStatus.ACPresent\" value=\"0\""
                                + " date=\"2008/03/01 15:23:26\">mains lost</ALARM>\0")
                        .getBytes(StandardCharsets.US_ASCII));
                device.runAsked();
                assertEquals("OB", device.value("ups.status"));
                assertEquals("15:23:26", device.value("ups.time"));
                assertEquals(Outcome.UNKNOWN, driver.setvar("x", "y"));
            }
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        for (String port : new String[] {"ftp://x", "http://", "a b", ""}) {
            var device = new TestDevice(Path.of("/nowhere"), port);
            assertThrows(DriverException.class, () -> new NetXmlProgram().initups(device), port);
        }
        for (String option : new String[] {"timeout", "shutdown_duration", "shutdown_timer"}) {
            var device = new TestDevice(Path.of("/nowhere"), "http://x").option(option, "-1");
            assertThrows(DriverException.class, () -> new NetXmlProgram().initups(device), option);
        }
    }

    @Test
    void theFourthProtocolIsRefused() throws Exception {
        try (var card =
                modern().page("/product.xml", PlayedCard.NEW.replace("version=\"BA\"", "protocol=\"XML.V4\""))) {
            var device = device(card);
            try (var driver = new NetXmlProgram().initups(device)) {
                var e = assertThrows(DriverException.class, () -> driver.initinfo(device.dstate()));
                assertTrue(e.text().startsWith("XML v4 protocol is not supported!"));
            }
        }
    }
}
