package org.nutjvm.drivers.apcsmart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.drivers.port.ScriptedLine;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

class SmartUpsTest {
    private final ScriptedLine line = new ScriptedLine();
    private final TestDevice device = new TestDevice();
    private final Map<Character, String> says = new TreeMap<>();
    private final Queue<String> first = new ArrayDeque<>();

    @BeforeEach
    void script() {
        says.put('Y', "SM\r\n");
        says.put('V', "IWI\r\n");
        says.put('a', "3.!$.\u0001BLQSfZK@UW\r\n");
        says.put('\u0001', "SMART-UPS 1000\r\n");
        says.put('B', "27.60\r\n");
        says.put('L', "231.8\r\n");
        says.put('f', "100.0\r\n");
        says.put('Q', "08\r\n");
        line.answers = c -> first.isEmpty() ? says.getOrDefault(c, "") : first.remove();
    }

    private Driver started(Map<String, String> options) throws IOException, DriverException {
        device.options.putAll(options);
        Driver driver = new ApcsmartProgram(line.port()).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        line.sent();
        return driver;
    }

    private String value(String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    @Test
    void valuesArePublished() throws IOException, DriverException {
        started(Map.of());
        assertEquals(
                "APC SMART-UPS 1000 231.8 100.0 OL",
                String.join(
                        " ",
                        value("ups.mfr"),
                        value("ups.model"),
                        value("input.voltage"),
                        value("battery.charge"),
                        value("ups.status")));
    }

    @Test
    void answerOfAnotherFormHasToComeTwice() throws IOException, DriverException {
        Driver driver = started(Map.of());
        // A lost digit, then the whole: the second answer has not the first's form.
        first.addAll(List.of("08\r\n", "31.8\r\n", "231.8\r\n"));
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertEquals("231.8", value("input.voltage"));
        first.clear();
        driver.updateinfo(device.dstate());
        assertEquals("231.8", value("input.voltage"));
    }

    @Test
    void oneWrongStatusIsNotBelieved() throws IOException, DriverException {
        Driver driver = started(Map.of());
        first.addAll(List.of("50\r\n", "08\r\n", "08\r\n"));
        driver.updateinfo(device.dstate());
        assertEquals("OL", value("ups.status"));
        says.put('Q', "50\r\n");
        driver.updateinfo(device.dstate());
        assertEquals("OB LB", value("ups.status"));
    }

    @Test
    void silenceIsAnErrorUntilSmartModeIsConfirmed() throws IOException, DriverException {
        Driver driver = started(Map.of());
        var all = new TreeMap<>(says);
        says.clear();
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        says.putAll(all);
        says.put('Y', "NA\r\n");
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        says.put('Y', "SM\r\n");
        line.sent();
        driver.updateinfo(device.dstate());
        assertTrue(line.sent().startsWith("YQ"));
    }

    @Test
    void alertsAreLeftOutOfAnswers() throws IOException, DriverException {
        Driver driver = started(Map.of());
        says.put('L', "2!3%0.&5\r\n");
        driver.updateinfo(device.dstate());
        assertEquals("230.5", value("input.voltage"));
        assertEquals("OL", value("ups.status"));
    }

    @Test
    void withoutDeviceTheProgramEnds() {
        says.clear();
        assertThrows(DriverException.class, () -> started(Map.of()));
    }

    /// Status, what `@`, `S`, `K` and `Z` are answered, setting, and what goes out after `YQ`.
    @ParameterizedTest
    @CsvSource({
        "08, 0, '', @000",
        "10, 0, '', S",
        "10, 1, '', S",
        "08, 1, '', @000",
        "08, 2, '', ZZ",
        "08, 3, '', KK",
        "08, 4, '', US",
        "10, 4, '', S",
        "08, 5, '', @000",
        "08, 0, 0, S",
        "08, 0, 32, ZZ",
        "08, 0, 23, KK",
        "08, 0, 04, SUS",
    })
    void shutdownSendsWhatCSends(String status, String sdtype, String advorder, String bytes)
            throws IOException, DriverException {
        var options = new TreeMap<>(Map.of("sdtype", sdtype));
        if (!advorder.isEmpty()) {
            options.put("advorder", advorder);
        }
        Driver driver = started(options);
        says.put('Q', status + "\r\n");
        boolean refused = advorder.equals("04");
        says.put('S', refused ? "NA\r\n" : "*");
        var sent = new StringBuilder();
        line.answers = c -> {
            boolean again = sent.toString().endsWith(String.valueOf(c));
            sent.append(c);
            return switch (c) {
                case 'K' -> again ? "OK\r\n" : "";
                case '0' -> sent.toString().endsWith("@000") ? "OK\r\n" : "";
                default -> says.getOrDefault(c, "");
            };
        };
        assertEquals(refused ? Outcome.FAILED : Outcome.HANDLED, driver.shutdown());
        assertEquals("YQ" + bytes, line.sent());
    }

    @Test
    void dangerousCommandsHaveToBeRepeatedInTime() throws IOException, DriverException {
        Driver driver = started(Map.of());
        says.put('S', "OK\r\n");
        assertEquals(Outcome.HANDLED, driver.instcmd("shutdown.return", Optional.empty()));
        assertEquals("", line.sent());
        line.pause(Duration.ofSeconds(5));
        assertEquals(Outcome.HANDLED, driver.instcmd("shutdown.return", Optional.empty()));
        assertEquals("S", line.sent());
        line.pause(Duration.ofSeconds(20));
        driver.instcmd("shutdown.return", Optional.empty());
        assertEquals("", line.sent());
        assertEquals(Outcome.UNKNOWN, driver.instcmd("no.such", Optional.empty()));
        assertEquals(Outcome.INVALID, driver.instcmd("bypass.start", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"awd, 1234", "awd, x", "sdtype, 6", "advorder, 5", "advorder, 012340", "cshdelay, 10", "cshdelay, 1.23"
    })
    void wrongSettingsAreRefused(String option, String value) {
        device.options.put(option, value);
        assertThrows(DriverException.class, () -> new ApcsmartProgram(line.port()).initups(device));
    }

    @Test
    void capabilitiesAreTakenApart() {
        var found = new ArrayList<Capability>();
        assertTrue(Capability.each("#uI43253264271280s441HMLL", found::add));
        assertEquals(
                List.of(
                        new Capability('u', 'I', List.of("253", "264", "271", "280")),
                        new Capability('s', '4', List.of("H", "M", "L", "L"))),
                found);
        found.clear();
        assertTrue(Capability.each("##uI2:0123456789abcdefghij##s411H", found::add));
        assertEquals(List.of("0123456789", "abcdefghij"), found.getFirst().values());
        assertFalse(Capability.each("#uI4325326", found::add));
        assertFalse(Capability.each("#uI", found::add));
    }

    @Test
    void characterListsAreRecognized() {
        assertEquals("abc", Detection.characterList("3.!$.abc"));
        assertEquals("abc", Detection.characterList("3.!$.abc.more"));
        for (String other : List.of("", "NA", "33.x.abc", "3.abc", "3.x.", "3.x.abc.", "3.x.abc.y.z")) {
            assertNull(Detection.characterList(other), other);
        }
    }

    @Test
    void tablesAreWhole() throws IOException {
        var tables = Tables.load();
        assertEquals(46, tables.vars().size());
        assertEquals(13, tables.cmds().size());
        assertEquals(25, tables.models().size());
    }
}
