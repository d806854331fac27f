package org.nutjvm.drivers.apcupsd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

@Timeout(60)
class ApcupsdTest {
    private static final Path NOWHERE = Path.of("/nowhere");

    private static @Nullable String value(String variable, String... lines) {
        var items = new ArrayList<Item>();
        for (String line : lines) {
            var item = Item.of(line);
            if (item != null) {
                items.add(item);
            }
        }
        return new ApcupsdItems().values(items).get(variable);
    }

    @Test
    void valuesAreInNutsUnits() {
        assertEquals("230.4", value("input.voltage", "LINEV    : 230.4 Volts"));
        assertEquals("1350.0", value("battery.runtime", "TIMELEFT : 22.5 Minutes"));
        assertEquals("180", value("battery.runtime.low", "MINTIMEL : 3 Minutes"));
        assertEquals("2", value("battery.charge.low", "MBATTCHG : 2.5 Percent"), "half to even, as printf");
        assertEquals("50.0", value("input.frequency", "LINEFREQ : 50.0 Hz"));
        assertEquals("50.0", value("output.frequency", "LINEFREQ : 50.0 Hz"));
        assertEquals("1.23", value("output.current", "OUTCURNT : 1.234 Amps"));
        assertEquals("0.0", value("ups.load", "LOADPCT : many"));
        assertEquals("0.0", value("ups.load", "LOADPCT :"));
        assertEquals("-3.0", value("ups.temperature", "ITEMP : -3.0 C"));
        assertEquals("APC", value("ups.mfr"));
    }

    @Test
    void textsAreCutAndParted() {
        assertEquals("x".repeat(32), value("ups.model", "MODEL : " + "x".repeat(40)));
        assertEquals("H", value("input.sensitivity", "SENSE : High"));
        assertEquals("2024-05-06", value("ups.date", "DATE     : 2024-05-06 07:08:09 +0200"));
        assertEquals("07:08:09", value("ups.time", "DATE     : 2024-05-06 07:08:09 +0200"));
        assertNull(value("ups.time", "DATE : today"));
        assertEquals("868.L2 .D", value("ups.firmware", "FIRMWARE : 868.L2 .D / USB FW:L2"));
        assertEquals("USB FW:L2", value("ups.firmware.aux", "FIRMWARE : 868.L2 .D / USB FW:L2"));
        assertEquals("50.9.D", value("ups.firmware", "FIRMWARE : 50.9.D"));
        assertNull(value("ups.firmware.aux", "FIRMWARE : 50.9.D"));
    }

    @Test
    void whatIsNotToldGoesUnlessKept() {
        var none = new ApcupsdItems().values(List.of());
        assertTrue(none.containsKey("input.voltage"));
        assertNull(none.get("input.voltage"));
        for (String kept : new String[] {"battery.charge", "battery.runtime", "ups.model", "ups.power.nominal"}) {
            assertTrue(!none.containsKey(kept), kept);
        }
    }

    @Test
    void statusWordsAreNuts() {
        assertEquals("OL", ApcupsdItems.status("ONLINE"));
        assertEquals("TRIM OL RB", ApcupsdItems.status("TRIM ONLINE REPLACEBATT"));
        assertEquals("OB LB", ApcupsdItems.status("ONBATT LOWBATT"));
        assertEquals("OL OVER BYPASS", ApcupsdItems.status("ONLINE OVERLOAD NOBATT SLAVE"));
        assertEquals("OB", ApcupsdItems.status("SELFTEST"));
        assertEquals("FSD", ApcupsdItems.status("SHUTTING DOWN"));
        assertEquals("", ApcupsdItems.status("WHATEVER"));
        for (String lost : new String[] {"COMMLOST", "NETWORK ERROR", "ERROR", "ONLINE COMMLOST"}) {
            assertNull(ApcupsdItems.status(lost), lost);
        }
    }

    @Test
    void addressesAreCs() throws DriverException {
        assertEquals(new NisAddress("localhost", 3551), NisAddress.of(""));
        assertEquals(new NisAddress("box", 3551), NisAddress.of("box"));
        assertEquals(new NisAddress("box", 4000), NisAddress.of("box:4000"));
        assertEquals(new NisAddress("localhost", 4000), NisAddress.of(":4000"));
        assertEquals(new NisAddress("::1", 3551), NisAddress.of("[::1]"));
        assertEquals(new NisAddress("::1", 4000), NisAddress.of("[::1]:4000"));
        assertEquals("[::1]:4000", NisAddress.of("[::1]:4000").toString());
        for (String wrong : new String[] {"box:0", "box:65536", "box:x", "[::1", "box:"}) {
            assertThrows(DriverException.class, () -> NisAddress.of(wrong), wrong);
        }
    }

    private static String failure(PlayedNis nis, Duration limit) {
        var e = assertThrows(IOException.class, () -> Nis.status(new NisAddress("127.0.0.1", nis.port()), limit));
        return String.valueOf(e.getMessage()).replace("can't communicate with apcupsd! 127.0.0.1:" + nis.port(), "!");
    }

    @Test
    void strangersAreNotBelieved() throws IOException {
        var limit = Duration.ofSeconds(20);
        try (var nis = new PlayedNis()) {
            assertEquals(List.of(), Nis.status(new NisAddress("127.0.0.1", nis.port()), limit));
            nis.tellBytes((byte) 4, (byte) 0);
            assertEquals("!: it does not speak apcupsd's protocol (a record of 1024 bytes)", failure(nis, limit));
            nis.tellBytes((byte) 0, (byte) 9, (byte) 'x');
            assertEquals("!: it closed the connection", failure(nis, limit));
            nis.tellBytes();
            assertEquals("!: it closed the connection", failure(nis, limit));
            nis.tell("no item");
            assertEquals("!: it does not speak apcupsd's protocol (a record without a colon)", failure(nis, limit));
            var many = new String[1001];
            Arrays.fill(many, "A : b");
            nis.tell(many);
            assertEquals("!: it sends more than 1000 records", failure(nis, limit));
            nis.mute();
            assertTrue(failure(nis, Duration.ofMillis(50)).endsWith("imed out"));
        }
    }

    @Test
    void theDriverFollowsWithoutHurry() throws Exception {
        try (var nis = new PlayedNis("STATUS : ONLINE", "LINEV : 230", "BCHARGE : 100")) {
            var device = new TestDevice(NOWHERE, "127.0.0.1:" + nis.port());
            try (var driver = new ApcupsdProgram().initups(device)) {
                driver.initinfo(device.dstate());
                assertEquals("OL", device.value("ups.status"));
                assertEquals("230.0", device.value("input.voltage"));
                nis.tell("STATUS : ONBATT");
                device.passSeconds(9);
                driver.updateinfo(device.dstate());
                device.passSeconds(1);
                driver.updateinfo(device.dstate());
                device.runAsked();
                driver.updateinfo(device.dstate());
                assertEquals("OB", device.value("ups.status"));
                assertNull(device.value("input.voltage"));
                assertEquals("100.0", device.value("battery.charge"));
                nis.tell("STATUS : COMMLOST");
                device.passSeconds(10);
                driver.updateinfo(device.dstate());
                device.runAsked();
                var e = assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
                assertTrue(String.valueOf(e.getMessage()).endsWith("has lost its UPS (COMMLOST)"));
                assertEquals("OB", device.value("ups.status"));
                nis.tell("STATUS : ONLINE");
                assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()), "asked again at once");
                device.runAsked();
                driver.updateinfo(device.dstate());
                assertEquals("OL", device.value("ups.status"));
                assertEquals(Outcome.FAILED, driver.shutdown());
            }
        }
    }

    @Test
    void anAbsentOneMayComeLater() throws Exception {
        int port;
        try (var nis = new PlayedNis()) {
            port = nis.port();
        }
        var device = new TestDevice(NOWHERE, "127.0.0.1:" + port);
        try (var driver = new ApcupsdProgram().initups(device)) {
            assertThrows(IOException.class, () -> driver.initinfo(device.dstate()));
            assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
            device.runAsked();
            assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        }
    }
}
