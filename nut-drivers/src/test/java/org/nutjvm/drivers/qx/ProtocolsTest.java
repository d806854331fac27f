package org.nutjvm.drivers.qx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.drivers.qx.ProtocolReader.FormException;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

/// Each protocol beside a device that speaks it.
class ProtocolsTest {
    private static final Known NOTHING = new Known() {
        @Override
        public double packs() {
            return 1;
        }

        @Override
        public @Nullable String value(String name) {
            return null;
        }
    };

    private static final String Q6 = "(227.0 225.6 230.0 50.0 229.9 000.0 000.0 49.9 007 000 000 327.8 000.0 23.0 06932"
            + " 100 32 00000000 00000000 11\r";
    private static final String WA =
            "(001.4 000.0 000.0 001.5 000.0 000.0 001.4 001.5 006.5 000.0 000.0 007 00000000\r";
    private static final String INNOVA_RATINGS = "#230.0 087 288.0 50.0\r";

    /// @param name the protocol that is to be found
    /// @param says what the device says
    /// @param values variables and their values
    record Spoken(String name, Map<String, String> says, Map<String, String> values) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Spoken> devices() {
        String status = Q1Device.STATUS;
        return List.of(
                new Spoken(
                        "Megatec 0.10",
                        Map.of("Q1", status, "F", Q1Device.RATINGS, "I", Q1Device.VENDOR),
                        Map.of("device.mfr", "ACME", "input.voltage.nominal", "220", "input.frequency.nominal", "50")),
                new Spoken("Megatec/old 0.08", Map.of("D", status), Map.of("input.voltage", "226.0")),
                new Spoken("Mustek 0.08", Map.of("QS", status, "F", Q1Device.RATINGS), Map.of("ups.load", "14")),
                new Spoken("Q1 0.08", Map.of("Q1", status), Map.of("ups.temperature", "30.0", "device.mfr", "null")),
                new Spoken("Zinto 0.07", Map.of("Q1", status, "FW?", Q1Device.VENDOR), Map.of("device.mfr", "ACME")),
                new Spoken(
                        "Mecer 0.09",
                        Map.of("Q1", status, "QPI", "(PI98\r", "C", "(ACK\r", "T.2", "(ACK\r"),
                        Map.of("ups.firmware.aux", "Voltronic Power P98")),
                new Spoken(
                        "Mecer 0.09",
                        Map.of("Q1", status, "QPI", "(NAK\r", "F", "(NAK\r", "I", "(NAK\r"),
                        Map.of("ups.firmware.aux", "null", "device.mfr", "null", "ups.status", "OL")),
                new Spoken(
                        "Voltronic-QS 0.11",
                        Map.of("M", "V\r", "QS", status, "QI", "(100 00979 50.0 000.3 177 290 0 0000010000112000\r"),
                        Map.of(
                                "battery.charge", "100",
                                "battery.runtime", "979",
                                "input.transfer.high", "290",
                                "ups.firmware.aux", "PM-V",
                                "input.frequency", "50.0",
                                "output.current", "0.3")),
                new Spoken(
                        "Voltronic-QS-Hex 0.12",
                        Map.of("M", "P\r", "QS", raw("6c01 35 6c01 35 03 519a 280212d0 e6 1e 09")),
                        Map.of(
                                "input.voltage", "112.2",
                                "output.frequency", "59.8",
                                "battery.voltage", "13.53",
                                "ups.load", "3",
                                "ups.type", "offline / line interactive",
                                "ups.beeper.status", "enabled",
                                "output.voltage.nominal", "null")),
                new Spoken(
                        "Voltronic-QS-Hex 0.12",
                        Map.of("M", "T\r", "QS", raw("6901 6c 6802 6c 2800 5fd7 12c000 e4 1e 09 02")),
                        Map.of(
                                "input.voltage", "222.4",
                                "ups.load", "13",
                                "output.voltage.nominal", "220.0",
                                "battery.voltage.nominal", "12.0",
                                "output.frequency.nominal", "50.0")),
                new Spoken(
                        "INNOVART31 0.02",
                        Map.of(
                                "Q6", Q6,
                                "WA", WA,
                                "Q1", status,
                                "BPS", "(230.4 000.0 000.0 49.9\r",
                                "F", INNOVA_RATINGS,
                                "FW?", "05516-1100\r",
                                "SASV07?", "GASV07DN05K10KB100004      \r"),
                        Map.of(
                                "input.phases", "3",
                                "output.phases", "1",
                                "ups.realpower", "1400.00",
                                "ups.power", "1500.00",
                                "ups.serial", "N05K10KB100004",
                                "ups.firmware", "05516-1100",
                                "battery.runtime", "6932",
                                "input.bypass.voltage", "230.4")),
                new Spoken(
                        "Q2 0.01",
                        Map.of(
                                "Q2",
                                "(226.6 224.3 228.0 226.6 229.9 000.0 000.0 000 000 000 49.9 327.6 18.0 00000000 999.24"
                                        + " 100 02 00 00 00 00 00000000 11\r",
                                "WA",
                                WA,
                                "Q1",
                                status),
                        Map.of(
                                "battery.runtime", "59954",
                                "battery.voltage", "327.6",
                                "experimental.input.topology", "star",
                                "input.L3-N.voltage", "228.0")),
                new Spoken(
                        "Gtec 0.01",
                        Map.of(
                                "Q4", "(236.7 243.2 212.1 220.1 230.4 002 001 50.0 371 372 041.3 22.9 IM\r",
                                "F", Q1Device.RATINGS,
                                "I", Q1Device.VENDOR),
                        Map.of(
                                "battery.test.status", "Test passed - Result: OK",
                                "input.voltage.fault", "220.1",
                                "ups.load", "1",
                                "battery.voltage", "41.3",
                                "ups.status", "OL")));
    }

    /// Groups of bytes as the device sends them.
    private static String raw(String groups) {
        var text = new StringBuilder("#");
        for (int i = 0; i < groups.length(); i += groups.charAt(i) == ' ' ? 1 : 2) {
            text.append(
                    groups.charAt(i) == ' '
                            ? " "
                            : String.valueOf((char) Integer.parseInt(groups.substring(i, i + 2), 16)));
        }
        return text.append('\r').toString();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void deviceIsFoundToSpeakIt(Spoken spoken) throws IOException, DriverException {
        var ups = new Q1Device();
        ups.says.putAll(spoken.says());
        var device = new TestDevice();
        Driver driver = Q1Device.program(ups).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        assertEquals(spoken.name(), device.dstate().getinfo("driver.version.data"));
        spoken.values()
                .forEach((name, value) ->
                        assertEquals(value, String.valueOf(device.dstate().getinfo(name)), name));
    }

    @Test
    void q6IsFoundBeforeQ1() throws IOException, DriverException {
        var ups = new Q1Device();
        ups.says.putAll(Map.of("Q6", Q6, "WA", WA, "Q1", Q1Device.STATUS));
        var device = new TestDevice();
        Driver driver = Q1Device.program(ups).initups(device);
        driver.initinfo(device.dstate());
        assertEquals("Q6 0.01", device.dstate().getinfo("driver.version.data"));
        assertEquals("1500.00", device.dstate().getinfo("output.L1.power"));
        assertEquals("3", device.dstate().getinfo("input.phases"));
    }

    @Test
    void questionIsAskedThreeTimesInAll() throws IOException, DriverException {
        var ups = new Q1Device();
        ups.says.put("Q1", Q1Device.STATUS);
        var device = new TestDevice();
        Q1Device.program(ups).initups(device).initinfo(device.dstate());
        for (String question : List.of("M", "QS", "D", "QPI", "FW?", "Q4", "Q6")) {
            assertEquals(3, ups.heard.stream().filter(question::equals).count(), question);
        }
    }

    @Test
    void answersOfCommandsAreLookedAt() throws IOException, DriverException {
        var ups = new Q1Device();
        ups.says.putAll(Map.of("Q1", Q1Device.STATUS, "QPI", "(PI98\r", "C", "(ACK\r", "Q", "(NAK\r", "T.2", "(ACK\r"));
        var device = new TestDevice();
        device.options.put("protocol", "mecer");
        Driver driver = Q1Device.program(ups).initups(device);
        driver.initinfo(device.dstate());
        assertEquals(Outcome.HANDLED, driver.instcmd("shutdown.stop", Optional.empty()));
        assertEquals(Outcome.FAILED, driver.instcmd("beeper.toggle", Optional.empty()));
        assertEquals(Outcome.FAILED, driver.instcmd("load.off", Optional.empty()), "silence");
        assertEquals(Outcome.HANDLED, driver.instcmd("test.battery.start", Optional.of("12")));
        assertEquals(Outcome.FAILED, driver.instcmd("test.battery.start", Optional.of("11")));
    }

    @Test
    void lettersOfGtec() throws IOException, DriverException {
        var ups = new Q1Device();
        String status = "(236.7 243.2 212.1 220.1 230.4 002 001 50.0 371 372 041.3 22.9 ";
        ups.says.putAll(Map.of("Q4", status + "ABJP\r", "I", Q1Device.VENDOR));
        var device = new TestDevice();
        device.options.put("protocol", "gtec");
        Driver driver = Q1Device.program(ups).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        assertEquals("ALARM OB LB RB", device.dstate().getinfo("ups.status"));
        assertEquals("Battery disconnected Replace battery!", device.dstate().getinfo("ups.alarm"));
        ups.says.put("Q4", status + "L\r");
        driver.updateinfo(device.dstate());
        assertTrue(String.valueOf(device.dstate().getinfo("ups.status")).endsWith("OL OFF"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDER", "ORDER-BLAZER"})
    void allThatAreListedAreSound(String order) throws IOException {
        var names = Protocols.names(order);
        assertTrue(names.size() >= 4);
        for (String name : names) {
            var protocol = Protocols.shipped(name.startsWith("-") ? name.substring(1) : name);
            // An inverter for solar cells is not switched off with its host.
            for (String needed : List.of("shutdown.return", "shutdown.stayoff", "shutdown.stop")) {
                assertTrue(
                        name.equals("voltronic-axpert")
                                || protocol.commands().stream()
                                        .anyMatch(c -> c.name().equals(needed)),
                        name + " " + needed);
            }
            assertTrue(protocol.items().stream().anyMatch(i -> i.isStatus() && i.is(Item.Trait.QUICK)), name);
            assertEquals(
                    name.equals("voltronic-axpert") ? 0 : 2, protocol.settings().size(), name);
        }
    }

    @Test
    void protocolOfOnesOwn(@TempDir Path dir) throws IOException, DriverException {
        Files.writeString(dir.resolve("mine.qx"), """
                # Mine
                protocol mine "Mine 1"
                claim ups.load
                query X? length=5 lead=<
                  ups.load    1-3  %.0f quick most=100
                  ups.status  1    quick map 0=OL 1=OB
                include orders.qxi
                """);
        var list = Protocols.of("ORDER", "mine.qx", dir);
        assertEquals("Mine 1", list.getFirst().version());
        assertEquals(new Reading.Value("42"), list.getFirst().items().getFirst().read("<042\r", NOTHING));
        assertEquals(10, list.getFirst().commands().size());
        assertThrows(DriverException.class, () -> Protocols.of("ORDER", "none.qx", dir));
        Files.write(dir.resolve("huge.qx"), new byte[70_000]);
        assertThrows(DriverException.class, () -> Protocols.of("ORDER", "huge.qx", dir));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense x",
                "protocol onlyname",
                "query Q1 length=x",
                "query Q1 lead=((",
                "query Q1 decode=rot13",
                " input.voltage 1-5 %.1f",
                "query Q1\n input.voltage 5-1",
                "query Q1\n input.voltage 1-5 %d",
                "query Q1\n input.voltage 1-5 qick",
                "query Q1\n ups.status 1 map a",
                "query Q1\n ups.status 1 regulation=1-2",
                "query Q1\n ups.status 1 when=x",
                "command load.off S{of}",
                "command load.off S{off",
                "command load.off",
                "setting a b range=1-2 round=up",
                "include no-such.qxi",
                "query \"Q1",
                "claim ups.load",
                "query Q1\n ups.load 1"
            })
    void whatIsWrongIsToldWithItsLine(String text) {
        var wrong = assertThrows(
                FormException.class,
                () -> ProtocolReader.read(
                        "t.qx",
                        name -> name.equals("t.qx") ? ("# t\n" + text).lines().toList() : null));
        assertTrue(String.valueOf(wrong.getMessage()).contains(".qx"), wrong.getMessage());
    }

    @Test
    void includesThatIncludeThemselvesEnd() {
        assertThrows(FormException.class, () -> ProtocolReader.read("t.qx", name -> List.of("include t.qx")));
    }

    @Test
    void whoIncludesWhatIsNotThereIsTold() {
        var wrong = assertThrows(
                FormException.class,
                () -> ProtocolReader.read("t.qx", name -> name.equals("t.qx") ? List.of("", "include x.qxi") : null));
        assertEquals("t.qx line 2: there is no file x.qxi", wrong.getMessage());
    }
}
