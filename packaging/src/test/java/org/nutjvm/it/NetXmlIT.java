package org.nutjvm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// netxml-ups of the image beside C's, with one network card's pages, of both generations.
@ExtendWith(LogsOnFailure.class)
class NetXmlIT {
    private static final String OLD = """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <PRODUCT_INFO name="Network Management Card" type="Transverse" version="GB (SN 49EH29101)">
            <SUMMARY><HTML_PROPERTIES_PAGE url="mgeups/default.htm"/><XML_SUMMARY_PAGE url="upsprop.xml"/></SUMMARY>
            <ALARMS><POLLING url="mgeups/lastalarms.cgi" security="none"/></ALARMS>
            <UPS_DATA><GET_OBJECT url="getvalue.cgi" security="none"/></UPS_DATA>
            </PRODUCT_INFO>
            """;
    private static final String NEW = """
            <?xml version="1.0"?>
            <PRODUCT_INFO name="Network Management Card" type="Mosaic M" version="BA">
            <SUMMARY><XML_SUMMARY_PAGE url="ws/summary.xml"/></SUMMARY>
            </PRODUCT_INFO>
            """;
    private static final String SUMMARY = """
            UPS.PowerSummary.iManufacturer=EATON
            UPS.PowerSummary.iProduct=Evolution
            UPS.PowerSummary.iModel=650
            UPS.PowerSummary.iSerialNumber=AQ1H01024
            UPS.PowerSummary.iVersion=03.08.0018
            UPS.PowerSummary.PercentLoad=33
            UPS.PowerSummary.RemainingCapacity=94
            UPS.PowerSummary.RunTimeToEmpty=1740
            UPS.PowerSummary.DelayBeforeShutdown=-1
            UPS.PowerSummary.DelayBeforeStartup=-1
            UPS.PowerSummary.PresentStatus.ACPresent=1
            UPS.PowerSummary.PresentStatus.Charging=1
            UPS.PowerSummary.PresentStatus.Discharging=0
            UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit=0
            UPS.PowerSummary.PresentStatus.Good=1
            UPS.PowerSummary.PresentStatus.Overload=0
            UPS.BatterySystem.Battery.PresentStatus.Present=1
            System.LastAcquisition=2008/03/01 15:23:26
            System.RunTimeToShutdown=NONE
            """;
    private static final String VALUES = """
            System.Contact=Somebody &amp; Co
            System.Location=Cellar
            System.RunTimeToEmptyLimit=180
            System.ShutdownDuration=120
            UPS.BatterySystem.Battery.DesignCapacity=25200
            UPS.BatterySystem.Battery.Test=1
            UPS.BatterySystem.Battery.AudibleAlarmControl=2
            UPS.BatterySystem.Battery.DeepDischargeProtection=1
            UPS.BatterySystem.ConfigVoltage=36
            UPS.Flow[4].ConfigActivePower=420
            UPS.Flow[4].ConfigApparentPower=650
            UPS.PowerConverter.ConverterType=1
            UPS.PowerConverter.Input[1].Voltage=231
            UPS.PowerConverter.Input[1].Frequency=50.0
            UPS.PowerConverter.Input[1].AutomaticRestart=1
            UPS.PowerConverter.Input[1].PresentStatus.VoltageOutOfRange=0
            UPS.PowerConverter.Output.Voltage=230
            UPS.PowerConverter.Output.Current=0.6
            UPS.PowerConverter.Output.PowerFactor=95
            UPS.PowerConverter.Output.SensitivityMode=0
            UPS.OutletSystem.Outlet[2].PresentStatus.SwitchOnOff=1
            UPS.OutletSystem.Outlet[2].PresentStatus.Switchable=0
            Environment.Humidity=40
            Environment.Temperature=24
            Environment.Input[1].PresentStatus.State=0
            """;

    private final Map<String, String> pages = new ConcurrentHashMap<>(Map.of("/", "<html/>"));
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final int port = Sandbox.freePort();

    NetXmlIT() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("POST")) {
                posted.add(exchange.getRequestURI().getPath() + " " + body);
            }
            String page = pages.get(exchange.getRequestURI().getPath());
            var bytes = (page == null ? "<html>" : page).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String objects(String root, String values, String... changes) {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\n<" + root + ">\n");
        for (String line : values.lines().toList()) {
            String name = line.substring(0, line.indexOf('='));
            String value = line.substring(line.indexOf('=') + 1);
            for (String change : changes) {
                value = change.startsWith(name + '=') ? change.substring(name.length() + 1) : value;
            }
            text.append("<OBJECT name=\"")
                    .append(name)
                    .append("\">")
                    .append(value)
                    .append("</OBJECT>\n");
        }
        return text + "</" + root + ">\n";
    }

    private void card(boolean old, String... changes) {
        pages.put(old ? "/mgeups/product.xml" : "/product.xml", old ? OLD : NEW);
        pages.put(old ? "/upsprop.xml" : "/ws/summary.xml", objects("SUMMARY", SUMMARY, changes));
        pages.put("/getvalue.cgi", objects("GET_OBJECT", VALUES, changes));
    }

    private Sandbox box(String more) {
        var box = new Sandbox();
        box.write(
                "ups.conf",
                "[ups]\n driver = netxml-ups\n port = http://127.0.0.1:"
                        + server.getAddress().getPort() + "\n" + more);
        box.write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\nMAXAGE 15\n");
        box.write("upsd.users", "[admin]\npassword = x\nactions = SET\ninstcmds = ALL\n");
        return box;
    }

    private static Map<String, String> dump(Sandbox box, Maker maker) {
        var told = new TreeMap<String, String>();
        var run = box.run(maker, "netxml-ups", "-a", "ups", "-d", "1", "-u", System.getProperty("user.name"));
        for (String line : run.out().lines().toList()) {
            int colon = line.indexOf(": ");
            if (line.lastIndexOf('.', colon) > 0 && !line.startsWith("driver.")) {
                told.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return told;
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "true|",
                "false|",
                "true|UPS.PowerSummary.PresentStatus.ACPresent=0 UPS.PowerSummary.PresentStatus.Discharging=1"
                        + " UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit=1",
                "true|UPS.PowerSummary.PresentStatus.Overload=1"
                        + " UPS.PowerConverter.Input[1].PresentStatus.VoltageOutOfRange=1",
                "false|UPS.PowerSummary.DelayBeforeShutdown=20",
            },
            delimiter = '|')
    void itTellsWhatCsTells(boolean old, @Nullable String changes) {
        Maker.C.program("netxml-ups");
        card(old, changes == null ? new String[0] : changes.split(" ", -1));
        try (var box = box("")) {
            var theirs = dump(box, Maker.C);
            assertTrue(theirs.size() > 20, theirs.toString());
            assertEquals(theirs, dump(box, Maker.OURS));
        }
    }

    @Test
    void itIsServedLostFoundAndSwitchedOff() {
        card(false);
        pages.put("/Forms/set_obj_2", "<html/>");
        try (var box = box(" timeout = 1\n")) {
            var driver = box.daemon(Maker.OURS, "netxml-ups", "-a", "ups", "-F");
            box.daemon(Maker.OURS, "upsd", "-F");
            Await.until("data", () -> upsc(box).equals("OL CHRG"));
            pages.remove("/product.xml");
            pages.remove("/ws/summary.xml");
            Await.until("the loss", () -> upsc(box).contains("stale"));
            card(false, "UPS.PowerSummary.PresentStatus.ACPresent=0", "UPS.PowerSummary.PresentStatus.Charging=0");
            Await.until("the way back", () -> upsc(box).equals("OB"));
            var user = System.getProperty("user.name");
            var set = box.run(
                    Maker.OURS,
                    "upsrw",
                    "-w",
                    "-s",
                    "device.contact=Me",
                    "-u",
                    "admin",
                    "-p",
                    "x",
                    "ups@localhost:" + port);
            assertEquals(0, set.exit(), set.err());
            assertTrue(posted.getLast().contains("<OBJECT name=\"System.Contact\">Me</OBJECT>"), posted.getLast());
            assertEquals(0, driver.count("Exception"), driver.log());
            assertEquals(0, driver.end());
            var off = box.run(Maker.OURS, "netxml-ups", "-a", "ups", "-k", "-u", user);
            assertEquals(0, off.exit(), off.err());
            assertTrue(posted.getLast().contains("System.RunTimeToEmptyLimit\">999999999<"), posted.getLast());
        }
    }

    private String upsc(Sandbox box) {
        var result = box.run(Maker.OURS, "upsc", "ups@localhost:" + port, "ups.status");
        return result.exit() == 0 ? result.out().strip() : result.firstError();
    }
}
