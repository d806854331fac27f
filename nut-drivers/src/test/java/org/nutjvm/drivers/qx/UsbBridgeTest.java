package org.nutjvm.drivers.qx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbException.Kind;
import org.nutjvm.drivers.usb.UsbHandle;
import org.nutjvm.drivers.usb.UsbId;

/// The chips between a UPS and USB: what goes over the bus, and what becomes of trouble on it.
class UsbBridgeTest {
    private static final String STATUS = "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000";
    private static final String RATINGS = "#220.0 000 024.0 50.0";
    private static final String VENDOR = "#ACME            SMART 1000 VT12046Q  ";

    private final TestDevice device = new TestDevice();

    private static PlayedChip chip(String kind, int vendor, int product) {
        var chip = new PlayedChip(kind, vendor, product);
        chip.says.putAll(Map.of("Q1", STATUS, "F", RATINGS, "I", VENDOR));
        chip.strings.putAll(Map.of(1, "x", 3, STATUS, 0x0d, RATINGS, 0x0c, VENDOR, 0, "\u0409"));
        return chip;
    }

    private static PlayedChip chip(String kind) {
        return switch (kind) {
            case "phoenix" -> chip(kind, 0x06da, 0x0601);
            case "ippon" -> chip(kind, 0x06da, 0x0003);
            case "sgs" -> chip(kind, 0x0483, 0x0035);
            case "omron" -> chip(kind, 0x0590, 0x00b7);
            case "ablerex" -> chip(kind, 0xffff, 0x0000);
            case "krauler" -> chip(kind, 0x1cb0, 0x0035);
            case "armac" -> chip(kind, 0x0925, 0x1234);
            case "fabula", "hunnox", "fuji" -> {
                var chip = chip(kind, 0x0001, 0x0000);
                chip.maker = kind.equals("fabula") ? "MEC" : kind.equals("fuji") ? "ATCL FOR UPS" : "other";
                chip.product = kind.equals("fuji") ? "ATCL FOR UPS" : "MEC0003";
                yield chip;
            }
            case "phoenixtec" -> {
                var chip = chip(kind, 0x06da, 0x0002);
                chip.maker = "Phoenixtec Power";
                chip.product = "USB Cable (V2.00)";
                yield chip;
            }
            default -> chip(kind, 0x0665, 0x5161);
        };
    }

    private Driver started(PlayedChip chip, String... options) throws IOException, DriverException {
        device.options.put("port", "auto");
        device.options.put("vendorid", "[0-9a-f]*");
        device.options.put("protocol", "megatec");
        for (int i = 0; i < options.length; i += 2) {
            device.options.put(options[i], options[i + 1]);
        }
        Driver driver = new QxProgram(Q1Device.megatec().line.port(), () -> chip, millis -> {}).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        chip.transfers();
        return driver;
    }

    private String value(String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cypress",
                "phoenix",
                "ippon",
                "sgs",
                "omron",
                "ablerex",
                "krauler",
                "armac",
                "fabula",
                "hunnox",
                "fuji",
                "phoenixtec"
            })
    void chipIsKnownByItsIdsAndCarriesQuestionsAndAnswers(String kind) throws IOException, DriverException {
        var chip = chip(kind);
        var driver = started(chip);
        assertEquals("OL", value("ups.status"));
        assertEquals("226.0", value("input.voltage"));
        assertEquals("220", value("input.voltage.nominal"));
        assertEquals("SMART 1000", value("device.model"));
        assertEquals(chip.id.toString(), value("ups.vendorid") + ":" + value("ups.productid"));
        assertEquals("played", value("driver.version.usb"));
        assertTrue(chip.claimed);
        driver.close();
        assertTrue(chip.closed && !chip.claimed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gtec", "snr"})
    void chipIsTakenBecauseTheSettingsSaySo(String kind) throws IOException, DriverException {
        started(chip(kind), "subdriver", kind.toUpperCase(Locale.ROOT), "productid", "5161");
        assertEquals("OL 14", value("ups.status") + " " + value("ups.load"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cypress|21 09 0200 0000 51310d0000000000, in 81 <8",
                "phoenix|21 09 0200 0000 51310d0000000000, in 81 <8",
                "gtec|21 09 0002 0000 51310d0000000000, in 81 <128",
                "ippon|21 09 0002 0000 51310d0000000000, in 81 <64",
                "omron|21 09 0002 0000 51310d00000000000000000000000000, in 81 <64",
                "sgs|21 09 0200 0000 0351310d00000000, in 81 <8",
                "phoenixtec|42 0d 0000 0000 51310d, in 81 <256",
                "fuji|out 2 800603035131002f, in 81 <8",
                "armac|21 09 0200 0000 a351310d, in 81 <8",
                "krauler|string 3",
                "fabula|string 3",
                "snr|80 06 0303 0409 <102"
            })
    void bytesOnTheBus(String kind, String transfers) throws IOException, UsbException {
        var chip = chip(kind);
        var bridge = UsbBridges.of(kind, -1, false, millis -> {});
        assertEquals(STATUS + "\r", bridge.ask(chip.open(), "Q1\r"));
        assertEquals(
                List.of(transfers.split(", ")), chip.log.stream().distinct().toList());
    }

    @Test
    void longerQuestionsTakeSeveralReports() throws UsbException {
        var chip = chip("cypress");
        chip.says.put("S01R0003", "ACK");
        assertEquals("ACK\r", UsbBridges.of("cypress", -1, false, millis -> {}).ask(chip.open(), "S01R0003\r"));
        assertEquals(
                List.of("21 09 0200 0000 5330315230303033", "21 09 0200 0000 0d00000000000000", "in 81 <8"), chip.log);
        var sgs = chip("sgs");
        UsbBridges.of("sgs", -1, false, millis -> {}).ask(sgs.open(), "S01R0003\r");
        assertEquals(List.of("21 09 0200 0000 0753303152303030", "21 09 0200 0000 02330d0000000000"), sgs.log);
        var armac = chip("armac");
        UsbBridges.of("armac", -1, false, millis -> {}).ask(armac.open(), "T10\r");
        assertEquals(List.of("21 09 0200 0000 a3543130", "21 09 0200 0000 a10d0000"), armac.log);
    }

    @Test
    void ablerexHasOneReportForBoth() throws UsbException {
        var chip = chip("ablerex");
        String answer = UsbBridges.of("ablerex", -1, false, millis -> {}).ask(chip.open(), "Q1\r");
        assertEquals(STATUS + "\r", answer);
        assertEquals(
                List.of("21 09 0305 0000 05000351310d" + "00".repeat(41), "a1 01 0305 0000 <47"), chip.transfers());
        chip.says.put("Q1", "(226.0");
        assertEquals(
                "(226.0\r", UsbBridges.of("ablerex", -1, false, millis -> {}).ask(chip.open(), "Q1\r"));
        assertEquals(6, chip.log.size(), "three tries");
    }

    @Test
    void newerArmacHasLargePackets() throws UsbException {
        var chip = chip("armac");
        chip.endpoints = List.of(new UsbHandle.Endpoint(0x82, true, 64), new UsbHandle.Endpoint(0x02, true, 64));
        var bridge = UsbBridges.of("armac", -1, false, millis -> {});
        var handle = chip.open();
        assertEquals(STATUS + "\r", bridge.ask(handle, "Q1\r"));
        assertEquals("out 2 a351310d", chip.log.getFirst());
        assertEquals("in 82 <64", chip.log.getLast());
        assertEquals("QGS\r", bridge.ask(handle, "QGS\r"), "not asked");
        chip.says.put("Q1", STATUS.substring(0, 38) + "\0".repeat(8));
        assertEquals(STATUS.substring(0, 38) + "00000000\r", bridge.ask(handle, "Q1\r"));
    }

    @ParameterizedTest
    @CsvSource({
        "S.5R0003,18",
        "S.5,18",
        "S.5R0000,10",
        "S.6R0003,28",
        "S.9R0000,50",
        "S01R0003,68",
        "S10R0000,f0",
        "S00R0000,10",
        "S99,f8",
        "S.2,18"
    })
    void shutdownIsAStringOfFabula(String asked, String index) throws UsbException {
        var chip = chip("fabula");
        chip.strings.put(Integer.parseInt(index, 16), "UPS No Ack");
        assertEquals("", UsbBridges.of("fabula", -1, false, millis -> {}).ask(chip.open(), asked + "\r"));
        assertEquals(List.of("string " + index), chip.log);
    }

    @Test
    void whatAChipCannotSayComesBack() throws UsbException {
        for (String kind : List.of("krauler", "fabula", "hunnox", "snr", "fuji")) {
            assertEquals(
                    "QPIGS\r",
                    UsbBridges.of(kind, -1, false, millis -> {}).ask(chip(kind).open(), "QPIGS\r"),
                    kind);
        }
    }

    @Test
    void kraulerIsReadInTheLanguageOfTheSettings() throws UsbException {
        var chip = chip("krauler");
        chip.strings.put(3, "x" + STATUS.substring(1));
        assertEquals(
                STATUS + "\r",
                UsbBridges.of("krauler", 0x4095, false, millis -> {}).ask(chip.open(), "Q1\r"));
        assertEquals(List.of("80 06 0303 4095 <512"), chip.transfers());
        chip.strings.put(0x0b, "done");
        assertEquals("\r", UsbBridges.of("krauler", -1, false, millis -> {}).ask(chip.open(), "C\r"));
        chip.strings.put(3, "UPS No Ack");
        assertEquals("", UsbBridges.of("krauler", -1, false, millis -> {}).ask(chip.open(), "Q1\r"));
        assertEquals(11, chip.log.size(), "ten tries");
    }

    @Test
    void hunnoxIsReadInItsMakersOrder() throws UsbException {
        var chip = chip("hunnox");
        var bridge = UsbBridges.of("hunnox", 0x0409, false, millis -> {});
        var handle = chip.open();
        chip.strings.put(0xf3, "BL085");
        for (String question : List.of("Q1\r", "Q1\r", "Q1\r", "BL\r", "Q1\r")) {
            bridge.ask(handle, question);
        }
        assertEquals(List.of("0x0", "0x0", "0x1", "0x3", "0xd", "0x3", "0x3", "0xc", "0xf3", "0xd", "0x3"), chip.heard);
        var silent = UsbBridges.of("hunnox", -1, true, millis -> {});
        chip.transfers();
        silent.ask(handle, "Q1\r");
        assertEquals(
                List.of("80 06 0300 0409 <1026", "80 06 0300 0409 <1026", "80 06 0301 0409 <1026", "string 3"),
                chip.log);
    }

    @Test
    void fujiHasRoomForThreeCharacters() throws UsbException {
        var chip = chip("fuji");
        var bridge = UsbBridges.of("fuji", -1, false, millis -> {});
        bridge.ask(chip.open(), "S.5R0003\r");
        assertEquals("out 2 80060403532e3500", chip.log.getFirst());
        assertEquals("S.5R0000\r", bridge.ask(chip.open(), "S.5R0000\r"), "it cannot stay off");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void troubleOnTheBusMakesDataStaleAndThenGood(Kind kind) throws IOException, DriverException {
        var chip = chip("cypress");
        var driver = started(chip, "pollfreq", "0");
        for (int i = 0; i < 40; i++) {
            chip.faults.add(kind);
        }
        chip.says.put("Q1", STATUS.replace("226.0", "111.0"));
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertEquals("226.0", value("input.voltage"));
        chip.faults.clear();
        chip.late(STATUS.substring(20) + "\r");
        driver.updateinfo(device.dstate());
        assertEquals("111.0 OL", value("input.voltage") + " " + value("ups.status"));
        assertEquals(kind == Kind.OVERFLOW ? 1 : 0, chip.resets);
        boolean lost = List.of(Kind.GONE, Kind.ACCESS, Kind.IO, Kind.NOT_FOUND, Kind.BUSY, Kind.OVERFLOW)
                .contains(kind);
        assertEquals(lost ? 2 : 1, chip.opened);
    }

    @Test
    void haltThatStaysResetsTheChip() throws IOException, DriverException {
        var chip = chip("cypress");
        var driver = started(chip);
        chip.faults.add(Kind.STALL);
        chip.haltStays = true;
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertEquals("1 1", chip.clears + " " + chip.resets);
        driver.updateinfo(device.dstate());
        assertEquals(2, chip.opened);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cypress", "sgs", "armac", "phoenixtec", "gtec"})
    void halfAnAnswerIsNone(String kind) throws IOException, DriverException {
        var chip = chip(kind);
        var driver = kind.equals("gtec")
                ? started(chip, "pollfreq", "0", "subdriver", "gtec", "productid", "5161")
                : started(chip, "pollfreq", "0");
        chip.halves = true;
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        chip.halves = false;
        driver.updateinfo(device.dstate());
        assertEquals("OL", value("ups.status"));
    }

    @Test
    void deviceThatIsUnpluggedIsTakenWhenItIsBack() throws IOException, DriverException {
        var chip = chip("cypress");
        var driver = started(chip);
        chip.plugged = false;
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertThrows(IOException.class, () -> driver.instcmd("load.off", Optional.empty()));
        chip.plugged = true;
        chip.product = "Something else";
        var other = assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertTrue(String.valueOf(other.getMessage()).contains("another device"), other.getMessage());
        chip.product = "Bridge";
        chip.says.put("I", VENDOR.replace("ACME", "EMCA"));
        driver.updateinfo(device.dstate());
        assertEquals("EMCA", value("device.mfr"));
        assertEquals(Outcome.HANDLED, driver.instcmd("load.off", Optional.empty()));
        assertEquals("S00R0000", chip.heard.getLast());
    }

    @Test
    void deviceThatIsNotThereIsExplained() {
        var chip = chip("cypress");
        chip.id = new UsbId(0x1234, 0x5678);
        device.options.put("vendorid", "0665");
        var refused = assertThrows(
                DriverException.class,
                () -> new QxProgram(Q1Device.megatec().line.port(), () -> chip, m -> {}).initups(device));
        assertTrue(refused.text().contains("1234:5678"), refused.text());
        var held = chip("cypress");
        held.claimFault = Kind.BUSY;
        var busy = assertThrows(
                DriverException.class,
                () -> new QxProgram(Q1Device.megatec().line.port(), () -> held, m -> {}).initups(device));
        assertTrue(busy.text().contains("another program holds it"), busy.text());
        assertTrue(chip.closed);
        for (var wrong : Map.of("subdriver", "cypres", "langid_fix", "english", "usb_hid_rep_index", "x")
                .entrySet()) {
            device.options.clear();
            device.options.putAll(Map.of("vendorid", "0665", "productid", "5161"));
            device.options.put(wrong.getKey(), wrong.getValue());
            var told = assertThrows(
                    DriverException.class,
                    () -> new QxProgram(Q1Device.megatec().line.port(), () -> chip, m -> {}).initups(device));
            assertTrue(told.text().contains(wrong.getValue()), told.text());
        }
    }

    @Test
    void omronIsFoundByItsVendorAlone() throws IOException, DriverException {
        var chip = chip("omron");
        chip.says.put("FW?", VENDOR);
        device.options.put("vendorid", "0590");
        Driver driver = new QxProgram(Q1Device.megatec().line.port(), () -> chip, m -> {}).initups(device);
        driver.initinfo(device.dstate());
        assertEquals("Omron 0.01", value("driver.version.data"));
        chip.says.putAll(Map.of("An", "OK", "S.5", "OKn"));
        assertEquals(Outcome.HANDLED, driver.shutdown());
        assertEquals("yes", value("ups.start.auto"));
        assertEquals(List.of("An", "S.5"), chip.heard.subList(chip.heard.size() - 2, chip.heard.size()));
        chip.says.put("An", "NAK");
        assertEquals(Outcome.FAILED, driver.shutdown());
        assertFalse(chip.heard.getLast().startsWith("S"), "not switched off");
    }

    @Test
    void predecessorForUsb() throws IOException, DriverException {
        var chip = chip("krauler", 0x0001, 0x0000);
        Driver driver = BlazerProgram.usb(() -> chip, millis -> {}).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        assertEquals("OL ACME", value("ups.status") + " " + value("ups.mfr"));
    }
}
