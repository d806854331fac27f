package org.nutjvm.drivers.genericups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.ScriptedLine;
import org.nutjvm.drivers.port.SerialLine.Signal;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

class GenericUpsTest {
    private final ScriptedLine line = new ScriptedLine();
    private final TestDevice device = new TestDevice();

    private Driver driver(Map<String, String> options) throws IOException, DriverException {
        device.options.putAll(options);
        return new GenericProgram(line.port()).initups(device);
    }

    private String status(Driver driver, Signal... on) throws IOException {
        line.shown.clear();
        line.shown.addAll(List.of(on));
        driver.updateinfo(device.dstate());
        return String.valueOf(device.dstate().getinfo("ups.status"));
    }

    @Test
    void allWiringsAreThere() throws IOException {
        assertEquals(24, GenericProgram.types().size());
    }

    /// Lines idle, on battery, battery low, lines after the order to go off; read off the C driver's table.
    @ParameterizedTest
    @CsvSource({
        "0,  '',      CTS,  CTS DCD, 'DTR, RTS',  'lines [RTS]'",
        "1,  '',      RNG,  RNG DCD, DTR,         'lines [RTS]'",
        "2,  '',      CTS,  CTS DCD, RTS,         'lines [DTR, RTS]'",
        "3,  '',      CTS,  CTS DCD, DTR,         'lines [DTR, RTS]'",
        "4,  CTS DCD, DCD,  '',      RTS,         'lines []'",
        "5,  CTS DCD, DCD,  '',      DTR,         'lines [DTR, RTS]'",
        "6,  CTS DCD, DCD,  '',      DTR,         'lines [RTS]'",
        "7,  CTS DCD, DCD,  '',      RTS,         'lines [DTR]'",
        "8,  CTS DCD, DCD,  '',      DTR,         ''",
        "9,  '',      DCD,  DCD CTS, '',          'lines [RTS]'",
        "10, CTS DCD, DCD,  '',      RTS,         'lines [DTR]'",
        "11, DCD,     CTS DCD, CTS,  DTR,         'break 4901'",
        "12, '',      CTS,  CTS DCD, RTS,         'lines [DTR]'",
        "13, DCD CTS, CTS,  '',      'DTR, RTS',  'break 4901'",
        "14, DCD CTS, CTS,  '',      DTR,         'lines [RTS]'",
        "15, CTS DCD, DCD,  '',      DTR,         'break 4901'",
        "16, CTS DCD, DCD,  '',      'DTR, RTS',  ''",
        "17, CTS DCD, DCD,  '',      DTR,         ''",
        "18, CTS,     '',   DCD,     DTR,         ''",
        "19, CTS DCD, DCD,  '',      DTR,         'lines [RTS]'",
        "20, '',      CTS,  CTS DCD, DTR,         'break 4901'",
        "21, CTS DCD, DCD,  '',      RTS,         'lines [DTR, RTS]'",
        "22, CTS DCD, DCD,  '',      RTS,         'lines [DTR]'",
        "23, CTS DCD RNG DSR, DCD RNG DSR, RNG DSR, RTS, 'lines []'",
    })
    void linesMeanWhatTheyMeanToC(String upstype, String fine, String battery, String low, String power, String off)
            throws IOException, DriverException {
        var driver = driver(Map.of("upstype", upstype));
        assertEquals(List.of("open /dev/ttyS0 9600", "lines [" + power + "]"), line.log);
        driver.initinfo(device.dstate());
        assertEquals("OL", status(driver, signals(fine)));
        assertEquals("OB", status(driver, signals(battery)));
        assertEquals("LB OB", status(driver, signals(low)));
        line.log.clear();
        assertEquals(off.isEmpty() ? Outcome.FAILED : Outcome.HANDLED, driver.shutdown());
        assertEquals(off.isEmpty() ? List.of() : List.of(off), line.log);
    }

    private static Signal[] signals(String words) {
        var on = EnumSet.noneOf(Signal.class);
        for (String word : words.split(" ", -1)) {
            if (!word.isEmpty()) {
                on.add(Signal.valueOf(word));
            }
        }
        return on.toArray(Signal[]::new);
    }

    @Test
    void batteryToReplaceAndBypass() throws IOException, DriverException {
        var driver = driver(Map.of("upstype", "23"));
        assertEquals("OL RB BYPASS", status(driver, Signal.CTS, Signal.DCD));
    }

    @Test
    void settingsOverrideTheWiring() throws IOException, DriverException {
        device.options.putAll(Map.of("mfr", "Own", "model", "Made", "serial", "7", "sdtime", "5", "upstype", "1"));
        var driver = driver(Map.of("CP", "RTS", "OL", "-DSR", "LB", "CTS", "RB", "DCD", "BYPASS", "none", "SD", "DTR"));
        assertEquals("lines [RTS]", line.log.get(1));
        driver.initinfo(device.dstate());
        assertEquals("OL RB", status(driver, Signal.DCD));
        assertEquals("LB OB", status(driver, Signal.DSR, Signal.CTS));
        assertEquals(
                "Own Made 7",
                String.join(
                        " ",
                        device.dstate().getinfo("ups.mfr"),
                        device.dstate().getinfo("ups.model"),
                        device.dstate().getinfo("ups.serial")));
        line.log.clear();
        assertEquals(Outcome.HANDLED, driver.shutdown());
        assertEquals(List.of("lines [DTR]", "pause 5000"), line.log);
    }

    @Test
    void lineThatMayBeAnywayIsOnline() throws IOException, DriverException {
        var driver = driver(Map.of("upstype", "7", "OL", "none", "SD", "ST"));
        assertEquals("OL", status(driver, Signal.DCD));
        line.log.clear();
        driver.shutdown();
        assertEquals(List.of("break 4901"), line.log);
    }

    /// To this wiring all lines off would be low battery and no mains power.
    @Test
    void pulledAdapterIsStaleAndNotLowBattery() throws IOException, DriverException {
        var driver = driver(Map.of("upstype", "7"));
        assertEquals("OL", status(driver, Signal.CTS, Signal.DCD));
        line.broken = new PortLostException(new IOException("ioctl: Input/output error"));
        assertThrows(IOException.class, () -> status(driver));
        assertEquals("OL", device.dstate().getinfo("ups.status"));
        line.shut = new IOException("No such file or directory");
        assertThrows(IOException.class, () -> status(driver));
        line.shut = null;
        line.broken = null;
        line.log.clear();
        assertEquals("OL", status(driver, Signal.CTS, Signal.DCD));
        assertEquals(List.of("open /dev/ttyS0 9600", "lines [RTS]"), line.log);
    }

    @Test
    void wrongSettingsAreRefusedWithTheCure() {
        assertTrue(refused(Map.of()).contains("No upstype set"));
        assertTrue(refused(Map.of("upstype", "24")).contains("23: FTTx"));
        assertTrue(refused(Map.of("upstype", "x")).contains("unknown UPS type number 'x'"));
        assertTrue(refused(Map.of("upstype", "1", "CP", "CTS")).contains("Can't override output with CTS"));
        assertTrue(refused(Map.of("upstype", "1", "LB", "DTR")).contains("Can't override input with DTR"));
        assertTrue(refused(Map.of("upstype", "1", "OL", "CTX")).contains("names no line"));
        assertTrue(refused(Map.of("upstype", "1", "sdtime", "soon")).contains("no number of seconds"));
        assertEquals(Set.of(), Set.copyOf(line.log));
    }

    private String refused(Map<String, String> options) {
        device.options.clear();
        return assertThrows(DriverException.class, () -> driver(options)).text();
    }
}
