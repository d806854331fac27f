package org.nutjvm.drivers.upscode2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

class UpscodeUpsTest {
    private final PlayedUpscode ups = new PlayedUpscode();
    private final TestDevice device = new TestDevice();
    private long later;

    private Driver begun() throws IOException, DriverException {
        device.clock = () -> ups.line.nanoTime() + later;
        return new UpscodeProgram(ups.line.port()).initups(device);
    }

    private Driver started() throws IOException, DriverException {
        Driver driver = begun();
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        return driver;
    }

    private @Nullable String value(String name) {
        return device.value(name);
    }

    private void poll(Driver driver) throws IOException {
        driver.updateinfo(device.dstate());
    }

    @Test
    void valuesFlagsAndCommandsArePublished() throws IOException, DriverException {
        started();
        assertEquals("open /dev/ttyS0 1200", ups.line.log.getFirst());
        var expected = new ArrayList<String>();
        for (int i = 1; i <= 8; i++) {
            expected.add("battery." + i + ".date 01062" + i);
            expected.add("battery." + i + ".temperature 2" + i + ".00");
        }
        """
            battery.capacity.nominal 7.20
            battery.charge 97.0
            battery.current 0.10
            battery.runtime 2520
            battery.voltage 54.60
            battery.voltage.maximum 54.60
            battery.voltage.minimum 40.20
            battery.voltage.nominal 48.00
            input.current 1.75
            input.frequency 49.90
            input.phases 1
            input.realpower 0.38
            input.voltage 229.50
            input.voltage.nominal 230.00
            output.current 1.60
            output.current.maximum 5.00
            output.current.nominal 4.35
            output.frequency 50.00
            output.frequency.maximum 52.00
            output.frequency.minimum 48.00
            output.phases 1
            output.power 0.37
            output.realpower 352.00
            output.realpower.nominal 700.00
            output.voltage 230.10
            output.voltage.nominal 230.00
            ups.date 211126
            ups.delay.reboot 0060
            ups.delay.shutdown 0010
            ups.id rack 7
            ups.load 36.8
            ups.mfr unknown
            ups.model PW9120 1000VA
            ups.power.nominal 1000.00
            ups.serial TX123456
            ups.status OL
            ups.temperature 31.00
            ups.temperature.maximum 60.00
            ups.time 120001
            """.lines().forEach(expected::add);
        expected.sort(null);
        assertEquals(expected, device.values().lines().sorted().toList());
        var delay = device.dstate().find("ups.delay.shutdown");
        assertTrue(delay != null && delay.aux() == 7);
        assertEquals(EnumSet.of(Variable.Flag.RW, Variable.Flag.STRING), delay == null ? null : delay.flags());
        assertEquals(
                List.of(
                        "shutdown.reboot",
                        "shutdown.return",
                        "shutdown.stayoff",
                        "shutdown.stop",
                        "test.battery.start",
                        "test.panel.start"),
                List.copyOf(device.dstate().tree().cmds()));
        assertEquals(List.of("UPDA", "UPCD 60", "UPSD 10"), ups.orders);
    }

    @ParameterizedTest
    @CsvSource({
        "STBO 11,OB",
        "STUF 11,OB",
        "STBO 11 STBL 11,OB LB",
        "STBP 11,OL BYPASS",
        "STAT BL STUF 11,OB LB",
        "STAT OD,OL OFF",
        "STMF OL,OL OVER",
        "STLR SD,OL TRIM",
        "STLR SU,OL BOOST",
        "STLR DU,OL BOOST",
        "STAT UU STEM HH,OL"
    })
    void codesMakeTheStatus(String codes, String status) throws IOException, DriverException {
        String[] words = codes.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            ups.set("UPDS", words[i], words[i + 1]);
        }
        // What ends the answer comes last.
        ups.remove("UPDS", "MOFFF");
        ups.set("UPDS", "MOFFF", "50.0");
        started();
        assertEquals(status, value("ups.status"));
    }

    @Test
    void threePhasesHaveTheirNamesAndPowers() throws IOException, DriverException {
        ups.put("UPDS", """
            STBO 00
            MIUL1 229.5
            MIUL2 230.5
            MIUL3 231.5
            MIPL1 3.5
            MOUL1 230.1
            MOUL2 230.2
            MOUL3 230.3
            MOIL1 20.5
            MOIL2 21.5
            MOIL3 19.0
            MOIP1 40
            MOPL1 4.5
            MOPL2 5.0
            MOPL3 4.0
            MBUUU 390
            MOFFF 50.0
            """);
        ups.put("UPDV", """
            NOPNN 8
            NOSNN 10
            NBUHH 440
            NBULL 340
            NOFLL 48
            """);
        started();
        for (var expected : Map.of(
                        "input.L1-N.voltage", "229.50",
                        "input.L1.realpower", "3.50",
                        "output.L1-N.voltage", "230.10",
                        "output.L1.current.peak", "40.00",
                        "output.L2.realpower", "5000.00",
                        "output.realpower.nominal", "24000.00",
                        "output.L2.realpower.percent", "62.5",
                        "ups.load", "62.5",
                        "battery.charge", "50.0",
                        "input.phases", "3")
                .entrySet()) {
            assertEquals(expected.getValue(), value(expected.getKey()), expected.getKey());
        }
        assertEquals("3", value("output.phases"));
        assertNull(value("input.voltage"));
        assertNull(value("output.voltage"));
        assertNull(value("battery.runtime"));
    }

    @Test
    void fiskars9000HasOtherPowersAndABatteryThatSaysNothing() throws IOException, DriverException {
        ups.values.put("UPTP", "NNAME UPS9150-18");
        ups.put("UPDS", "STBO 00\nMOUL3 230.3\nMOIL1 20\nMOIL2 30\nMOIL3 10\nMOFFF 50.0\n");
        ups.put("UPDV", "NOPNN 15\nNOIHH 60\nNOFLL 48\n");
        started();
        assertEquals("384", value("battery.voltage.nominal"));
        assertEquals("15000.00", value("output.realpower.nominal"));
        assertEquals("50.0", value("ups.load"));
    }

    @Test
    void runTimeIsToldOrComputedOrTheLongest() throws IOException, DriverException {
        ups.set("UPDS", "BTIME", "9999");
        var driver = started();
        // 36.8 % of 20 A: 7.36 A; 7.2 Ah * 3600 / 7.36^1.35
        assertEquals("1752", value("battery.runtime"));
        ups.set("UPDS", "MOIL1", "0.1");
        poll(driver);
        assertEquals("3600", value("battery.runtime"));
        ups.set("UPDS", "BTIME", "0");
        poll(driver);
        assertEquals("0", value("battery.runtime"));
    }

    @Test
    void chargeIsToldOrComputedByCurrentOrVoltage() throws IOException, DriverException {
        ups.remove("UPDS", "MBCH1");
        ups.set("UPDS", "MBIII", "0.54");
        var driver = started();
        assertEquals("75.0", value("battery.charge"));
        ups.set("UPDS", "MBIII", "1.62");
        poll(driver);
        assertEquals("50.0", value("battery.charge"));
        ups.set("UPDS", "MBIII", "-5.0");
        ups.set("UPDS", "MBUUU", "47.4");
        poll(driver);
        assertEquals("50.0", value("battery.charge"));
        ups.set("UPDS", "MBIII", "0.00");
        poll(driver);
        assertEquals("100.0", value("battery.charge"));
    }

    @Test
    void whatIsNotToldAnyMoreIsTakenBack() throws IOException, DriverException {
        ups.remove("UPDS", "MBCH1");
        ups.remove("UPDS", "MOPL1");
        ups.set("UPDS", "MBIII", "0.54");
        var driver = started();
        assertEquals("75.0", value("battery.charge"));
        for (String code : List.of("MIUL1", "MBIII", "MBUUU", "MOIL1")) {
            ups.remove("UPDS", code);
        }
        poll(driver);
        for (String name : List.of("input.voltage", "battery.current", "battery.voltage", "output.current")) {
            assertNull(value(name), name);
        }
        assertNull(value("battery.charge"));
        assertEquals("OL", value("ups.status"));
        assertEquals("230.10", value("output.voltage"));
    }

    @Test
    void nominalValuesAreReadNowAndThen() throws IOException, DriverException {
        var driver = started();
        ups.set("UPDV", "NIUNN", "240");
        ups.line.sent();
        poll(driver);
        assertEquals("230.00", value("input.voltage.nominal"));
        assertEquals(-1, ups.line.sent().indexOf("UPDV"));
        later += 61_000_000_000L;
        poll(driver);
        assertEquals("240.00", value("input.voltage.nominal"));
    }

    @ParameterizedTest
    @CsvSource({
        "shutdown.return,UPPF IJHLDMGCIU",
        "shutdown.stayoff,UPPD LGGNLMDPGV",
        "shutdown.reboot,UPPC IJHLDMGCIU",
        "shutdown.stop,UPPU",
        "test.panel.start,UPIS",
        "Test.Battery.Start,UPBT 1"
    })
    void commandsAreSent(String cmd, String sent) throws IOException, DriverException {
        var driver = started();
        ups.orders.clear();
        assertEquals(Outcome.HANDLED, driver.instcmd(cmd, Optional.empty()));
        assertEquals(List.of(sent), ups.orders);
        poll(driver);
        assertEquals("OL", value("ups.status"));
    }

    @Test
    void commandsThatAreNotListedOrHaveNoOrderAreUnknown() throws IOException, DriverException {
        ups.listed.remove("UPPF");
        var driver = started();
        ups.orders.clear();
        for (String cmd : List.of("shutdown.return", "load.off", "beeper.on", "no.such.command")) {
            assertEquals(Outcome.UNKNOWN, driver.instcmd(cmd, Optional.empty()), cmd);
        }
        assertEquals(Outcome.INVALID, driver.instcmd("shutdown.stop", Optional.of("1\rUPPC")));
        assertEquals(List.of(), ups.orders);
    }

    @Test
    void delaysAreSet() throws IOException, DriverException {
        var driver = started();
        ups.orders.clear();
        assertEquals(Outcome.HANDLED, driver.setvar("ups.delay.shutdown", "120"));
        assertEquals("0120", value("ups.delay.shutdown"));
        for (String wrong : List.of("", "-1", "12345678", "1\r2", "x")) {
            assertEquals(Outcome.INVALID, driver.setvar("ups.delay.shutdown", wrong), wrong);
        }
        assertEquals(Outcome.UNKNOWN, driver.setvar("ups.id", "box"));
        assertEquals(List.of("UPSD 120"), ups.orders);
        ups.trouble = (asked, answer) -> asked.endsWith("\r\n30\r\n") ? "ACSD\r\n0120\r\n" : answer;
        assertEquals(Outcome.HANDLED, driver.setvar("ups.delay.shutdown", "30"));
        assertEquals("0030", value("ups.delay.shutdown"));
        ups.trouble = (asked, answer) -> "";
        assertEquals(Outcome.FAILED, driver.setvar("ups.delay.shutdown", "40"));
    }

    @Test
    void shutdownIsOrderedTwice() throws IOException, DriverException {
        var driver = started();
        ups.orders.clear();
        ups.line.log.clear();
        assertEquals(Outcome.HANDLED, driver.shutdown());
        assertEquals(List.of("UPPC IJHLDMGCIU", "UPPC IJHLDMGCIU"), ups.orders);
        assertEquals(2, ups.line.log.stream().filter("pause 1000"::equals).count());
    }

    @Test
    void shutdownWithoutPowerCycleIsThatUntilPowerReturns() throws IOException, DriverException {
        ups.listed.remove("UPPC");
        var driver = started();
        ups.orders.clear();
        assertEquals(Outcome.HANDLED, driver.shutdown());
        assertEquals(List.of("UPPF IJHLDMGCIU", "UPPF IJHLDMGCIU"), ups.orders);
    }

    @Test
    void shutdownOfASilentDeviceIsTriedButNotBelieved() throws IOException, DriverException {
        var driver = begun();
        ups.trouble = (asked, answer) -> "";
        assertThrows(IOException.class, () -> driver.initinfo(device.dstate()));
        assertEquals(Outcome.FAILED, driver.shutdown());
        assertEquals(List.of("UPPC IJHLDMGCIU", "UPPC IJHLDMGCIU"), ups.orders);
    }

    @Test
    void deviceThatIsSilentAtFirstIsFoundLater() throws IOException, DriverException {
        var driver = begun();
        ups.trouble = (asked, answer) -> "";
        assertThrows(IOException.class, () -> driver.initinfo(device.dstate()));
        assertThrows(IOException.class, () -> poll(driver));
        ups.trouble = (asked, answer) -> answer;
        poll(driver);
        assertEquals("PW9120 1000VA", value("ups.model"));
        assertEquals("OL", value("ups.status"));
    }

    @Test
    void sameDeviceKeepsItsDelaysAndAnotherIsReadAnew() throws IOException, DriverException {
        var driver = started();
        driver.setvar("ups.delay.shutdown", "99");
        ups.line.broken = new PortLostException(new IOException("Input/output error"));
        assertThrows(IOException.class, () -> poll(driver));
        ups.line.broken = null;
        ups.orders.clear();
        ups.line.log.clear();
        poll(driver);
        assertEquals("open /dev/ttyS0 1200", ups.line.log.getFirst());
        assertEquals(List.of(), ups.orders);
        assertEquals("0099", value("ups.delay.shutdown"));
        ups.trouble = (asked, answer) -> "";
        assertThrows(IOException.class, () -> poll(driver));
        ups.trouble = (asked, answer) -> answer;
        ups.values.put("UPSN", "ACSN TX999999");
        ups.listed.removeAll(List.of("UPBS", "UPSD", "UPPU"));
        ups.put("UPDS", "STBO 11\nMOFFF 50.0\n");
        poll(driver);
        assertEquals("TX999999", value("ups.serial"));
        assertEquals("OB", value("ups.status"));
        assertNull(value("battery.1.date"));
        assertNull(value("ups.delay.shutdown"));
        assertNull(value("input.voltage"));
        assertTrue(!device.dstate().tree().cmds().contains("shutdown.stop"));
    }

    @Test
    void settingsCount() throws IOException, DriverException {
        device.options.putAll(Map.of(
                "baudrate",
                "9600",
                "manufacturer",
                "Fiskars",
                "output_pace",
                "5000",
                "use_crlf",
                "",
                "use_pre_lf",
                ""));
        started();
        assertEquals("open /dev/ttyS0 9600", ups.line.log.getFirst());
        assertTrue(ups.line.log.contains("pause 5"));
        assertTrue(ups.line.sent().startsWith("\nUPCL\r\n\nUPCD\r\n\n0000\r\n"));
        assertEquals("Fiskars", value("ups.mfr"));
    }

    @ParameterizedTest
    @CsvSource({
        "baudrate,1250,Unrecognized baudrate: 1250",
        "baudrate,fast,Unrecognized baudrate: fast",
        "input_timeout,0,Bad input_timeout parameter: 0",
        "output_pace,-1,Bad output_pace parameter: -1",
        "full_update,x,Bad full_update parameter: x"
    })
    void wrongSettingsAreRefused(String name, String text, String message) {
        device.options.put(name, text);
        var refused = assertThrows(DriverException.class, this::begun);
        assertTrue(refused.text().startsWith(message), refused.text());
    }
}
