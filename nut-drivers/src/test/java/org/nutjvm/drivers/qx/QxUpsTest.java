package org.nutjvm.drivers.qx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

class QxUpsTest {
    private final Q1Device ups = Q1Device.megatec();
    private final TestDevice device = new TestDevice();

    private Driver started(Map<String, String> options) throws IOException, DriverException {
        device.options.putAll(options);
        Driver driver = Q1Device.program(ups).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        ups.heard();
        return driver;
    }

    private String value(String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    @Test
    void valuesArePublished() throws IOException, DriverException {
        started(Map.of("protocol", "megatec"));
        assertEquals("226.0", value("input.voltage"));
        assertEquals("195.0", value("input.voltage.fault"));
        assertEquals("14", value("ups.load"));
        assertEquals("27.50", value("battery.voltage"));
        assertEquals("20.80", value("battery.voltage.low"));
        assertEquals("100", value("battery.charge"));
        assertEquals("ACME", value("device.mfr"));
        assertEquals("SMART 1000", value("device.model"));
        assertEquals("VT12046Q", value("ups.firmware"));
        assertEquals("offline / line interactive", value("ups.type"));
        assertEquals("disabled", value("ups.beeper.status"));
        assertEquals("OL", value("ups.status"));
        assertEquals("180", value("ups.delay.start"));
        assertEquals("Megatec 0.10", value("driver.version.data"));
        assertEquals("null", value("battery.runtime"));
        assertTrue(device.dstate().tree().cmds().contains("shutdown.return"));
    }

    @Test
    void shorterAnswerHasMoreInIt() throws IOException, DriverException {
        ups.says.put("I", "#MegaTecabcedfhi k130v12345 v3.400000\r");
        started(Map.of("protocol", "megatec"));
        assertEquals(
                "MegaTec abcedfhi k130v 12345 v3.400000",
                String.join(
                        " ",
                        value("device.mfr"),
                        value("ups.serial"),
                        value("device.model"),
                        value("battery.runtime"),
                        value("ups.firmware")));
    }

    @Test
    void longerAnswerIsNotAskedForAgain() throws IOException, DriverException {
        device.options.put("protocol", "megatec");
        Q1Device.program(ups).initups(device).initinfo(device.dstate());
        // Once to find the protocol, once for all that stands there.
        assertEquals(2, ups.heard.stream().filter("I"::equals).count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00000000|OL",
                "10000000|OB",
                "11000000|OB LB",
                "00000100|OL CAL",
                "00010000|ALARM OL",
                "00000010|ALARM OL FSD",
                "00100000|OL BYPASS"
            })
    void bitsMakeTheStatus(String bits, String status) throws IOException, DriverException {
        ups.says.put("Q1", Q1Device.STATUS.replace("00001000", bits));
        started(Map.of("protocol", "megatec"));
        assertEquals(status, value("ups.status"));
    }

    @ParameterizedTest
    @CsvSource({"200.0,TRIM", "260.0,BOOST", "226.0,BYPASS", "000.0,''", "399.0,''"})
    void voltagesTellWhatIsDoneToThem(String output, String word) throws IOException, DriverException {
        ups.says.put("Q1", "(226.0 195.0 " + output + " 014 49.0 27.5 30.0 00100000\r");
        started(Map.of("protocol", "q1"));
        assertEquals(("OL " + word).strip(), value("ups.status"));
    }

    @Test
    void wordGoesWithItsBit() throws IOException, DriverException {
        ups.says.put("Q1", "(226.0 195.0 200.0 014 49.0 27.5 30.0 00100000\r");
        var driver = started(Map.of("protocol", "megatec"));
        assertEquals("OL TRIM", value("ups.status"));
        ups.says.put("Q1", Q1Device.STATUS);
        driver.updateinfo(device.dstate());
        assertEquals("OL", value("ups.status"));
    }

    @Test
    void anotherStatusHasToComeTwice() throws IOException, DriverException {
        var driver = started(Map.of("protocol", "megatec"));
        ups.first.add(Q1Device.STATUS.replace("00001000", "11001000"));
        driver.updateinfo(device.dstate());
        assertEquals("OL", value("ups.status"));
        ups.first.add(Q1Device.STATUS.replace("00001000", "11001000"));
        ups.first.add(Q1Device.STATUS.replace("00001000", "11001000"));
        driver.updateinfo(device.dstate());
        assertEquals("OB LB", value("ups.status"));
    }

    @Test
    void statusThatNeverComesTwiceIsNone() throws IOException, DriverException {
        var driver = started(Map.of("protocol", "megatec"));
        for (String bits : List.of("10001000", "11001000", "01001000", "11001000", "10001000", "00001100")) {
            ups.first.add(Q1Device.STATUS.replace("00001000", bits));
        }
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertEquals("OL", value("ups.status"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Q1\r",
                "(226.0 195.0 226.0 014",
                "(226.0 195.0 226.0 014 49.0 27.5 30.0 0000100\r",
                "#226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r",
                "(226.0 195.0 226.0 014 49.0 27.5 30.0 0x001000\r",
                "(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000"
            })
    void whatIsNoAnswerPublishesNothingUntilThereIsOne(String answer) throws IOException, DriverException {
        var driver = started(Map.of("protocol", "megatec", "pollfreq", "0"));
        var before =
                device.dstate().tree().vars().keySet().stream().map(this::value).toList();
        ups.says.put("Q1", answer);
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertEquals(
                before,
                device.dstate().tree().vars().keySet().stream().map(this::value).toList());
        assertTrue(ups.heard().size() <= 3);
        ups.says.put("Q1", Q1Device.STATUS.replace("226.0", "227.0"));
        driver.updateinfo(device.dstate());
        assertEquals("227.0", value("input.voltage"));
    }

    @Test
    void oneBadAnswerIsAskedForAgain() throws IOException, DriverException {
        var driver = started(Map.of("protocol", "megatec"));
        ups.first.add("(2\u00f36.0");
        driver.updateinfo(device.dstate());
        assertEquals(List.of("Q1", "Q1"), ups.heard());
        assertEquals("OL", value("ups.status"));
    }

    @Test
    void fieldWithoutNumberIsNotZero() throws IOException, DriverException {
        ups.says.put("Q1", "(226.0 ---.- 226.0 014 49.0      --.- 00001000\r");
        started(Map.of("protocol", "q1"));
        assertEquals(
                "null null null",
                value("input.voltage.fault") + " " + value("battery.voltage") + " " + value("ups.temperature"));
        assertEquals("226.0", value("output.voltage"));
    }

    @Test
    void answerThatComesLateIsNotThatToTheNextQuestion() throws IOException, DriverException {
        var driver = started(Map.of("protocol", "megatec"));
        ups.says.put("Q1", "");
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        ups.says.put("Q1", Q1Device.STATUS);
        ups.line.say(Q1Device.STATUS.replace("00001000", "11001000"));
        driver.updateinfo(device.dstate());
        assertEquals("OL", value("ups.status"));
    }

    @Test
    void onlyStatusIsAskedForUnlessMuchTimePassed() throws IOException, DriverException {
        var driver = started(Map.of("protocol", "megatec"));
        driver.updateinfo(device.dstate());
        assertEquals(List.of("Q1"), ups.heard());
        driver.instcmd("beeper.toggle", Optional.empty());
        ups.says.put("Q1", Q1Device.STATUS.replace("00001000", "00001001"));
        driver.updateinfo(device.dstate());
        assertEquals("enabled", value("ups.beeper.status"));
    }

    @ParameterizedTest
    @CsvSource({
        "beeper.toggle,,Q",
        "load.off,,S00R0000",
        "load.on,,C",
        "shutdown.return,,S.5R0003",
        "shutdown.stayoff,,S.5R0000",
        "shutdown.stop,,C",
        "test.battery.start,,T10",
        "test.battery.start,120,T02",
        "test.battery.start.deep,,TL",
        "test.battery.start.quick,,T",
        "test.battery.stop,,CT"
    })
    void commands(String cmd, String param, String bytes) throws IOException, DriverException {
        var driver = started(Map.of("protocol", "megatec"));
        assertEquals(Outcome.HANDLED, driver.instcmd(cmd, Optional.ofNullable(param)));
        assertEquals(List.of(bytes), ups.heard());
    }

    @ParameterizedTest
    @CsvSource({"180,30,S.5R0003", "0,30,S.5", "59,12,S.2", "60,60,S01R0001", "599940,600,S10R9999", "200,59,S.9R0003"})
    void delaysAreInTheCommand(String on, String off, String bytes) throws IOException, DriverException {
        var driver = started(Map.of("protocol", "megatec", "ondelay", on, "offdelay", off));
        assertEquals(Outcome.HANDLED, driver.shutdown());
        assertEquals(List.of("C", bytes), ups.heard());
    }

    @ParameterizedTest
    @CsvSource({"ondelay,-1", "ondelay,600000", "ondelay,soon", "offdelay,11", "offdelay,601"})
    void delaysOutOfRangeAreRefused(String option, String value) {
        assertThrows(DriverException.class, () -> started(Map.of("protocol", "megatec", option, value)));
    }

    @Test
    void delaysCanBeSet() throws IOException, DriverException {
        var driver = started(Map.of("protocol", "megatec"));
        assertEquals(Outcome.HANDLED, driver.setvar("ups.delay.shutdown", "95"));
        assertEquals("60", value("ups.delay.shutdown"));
        assertEquals(Outcome.INVALID, driver.setvar("ups.delay.shutdown", "601"));
        assertEquals(Outcome.INVALID, driver.setvar("ups.delay.start", "1e3"));
        assertEquals(Outcome.UNKNOWN, driver.setvar("input.voltage", "1"));
        assertEquals("60", value("ups.delay.shutdown"));
        assertEquals(List.of(), ups.heard());
    }

    @Test
    void commandThatComesBackIsRefused() throws IOException, DriverException {
        ups.echoes = true;
        var driver = started(Map.of("protocol", "megatec"));
        assertEquals(Outcome.FAILED, driver.instcmd("load.off", Optional.empty()));
        ups.says.put("S00R0000", "ACK\r");
        assertEquals(Outcome.HANDLED, driver.instcmd("load.off", Optional.empty()));
        assertEquals(Outcome.INVALID, driver.instcmd("bypass.start", Optional.empty()));
        assertEquals(Outcome.FAILED, driver.instcmd("test.battery.start", Optional.of("5")));
    }

    @Test
    void shutdownIsTriedThreeTimes() throws IOException, DriverException {
        ups.echoes = true;
        var driver = started(Map.of("protocol", "megatec"));
        ups.says.put("C", "");
        assertEquals(Outcome.FAILED, driver.shutdown());
        assertEquals(List.of("C", "S.5R0003", "S.5R0003", "S.5R0003"), ups.heard());
        device.options.put("stayoff", "");
        ups.says.put("S.5R0000", "");
        Driver stays = started(Map.of());
        assertEquals(Outcome.HANDLED, stays.shutdown());
        assertEquals(List.of("C", "S.5R0000"), ups.heard());
    }

    @Test
    void silentDeviceIsSwitchedOffIfItsProtocolIsKnown() throws IOException, DriverException {
        ups.says.clear();
        device.options.put("protocol", "megatec");
        Driver driver = Q1Device.program(ups).initups(device);
        assertThrows(DriverException.class, () -> driver.initinfo(device.dstate()));
        ups.heard();
        assertEquals(Outcome.HANDLED, driver.shutdown());
        assertEquals(List.of("C", "S.5R0003"), ups.heard());
        device.options.remove("protocol");
        Driver unknown = Q1Device.program(ups).initups(device);
        assertThrows(DriverException.class, () -> unknown.initinfo(device.dstate()));
        ups.heard();
        assertEquals(Outcome.FAILED, unknown.shutdown());
        assertEquals(List.of(), ups.heard());
    }

    @Test
    void portThatIsLostIsOpenedAgain() throws IOException, DriverException {
        var driver = started(Map.of("protocol", "megatec"));
        ups.line.broken = new PortLostException(new IOException("Input/output error"));
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        ups.line.log.clear();
        ups.line.broken = null;
        ups.says.put("I", Q1Device.VENDOR.replace("ACME", "EMCA"));
        driver.updateinfo(device.dstate());
        assertTrue(ups.line.log.contains("open /dev/ttyS0 2400"), ups.line.log.toString());
        assertEquals("EMCA", value("device.mfr"));
    }

    @Test
    void flagsLeaveOutQuestions() throws IOException, DriverException {
        ups.says.put("Q1", Q1Device.STATUS.replace("00001000", "00001010"));
        device.options.putAll(Map.of("protocol", "megatec", "norating", "", "novendor", "", "ignoresab", ""));
        Driver driver = Q1Device.program(ups).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        assertFalse(ups.heard.contains("F") || ups.heard.contains("I"), ups.heard.toString());
        assertEquals("OL", value("ups.status"));
        assertNull(device.dstate().getinfo("battery.voltage.nominal"));
    }

    @ParameterizedTest
    @CsvSource({"normal,DTR on,RTS off", "reverse,DTR off,RTS on", "both,DTR on,RTS on", "NONE,DTR off,RTS off"})
    void linesFeedTheCable(String power, String dtr, String rts) throws IOException, DriverException {
        device.options.put("cablepower", power);
        Q1Device.program(ups).initups(device);
        assertTrue(ups.line.log.containsAll(List.of(dtr, rts)), ups.line.log.toString());
    }

    @Test
    void settingsThatCannotBeAreExplained() {
        for (var wrong : Map.of(
                        "cablepower",
                        "yes",
                        "protocol",
                        "klingon",
                        "pollfreq",
                        "often",
                        "runtimecal",
                        "1,2,3",
                        "chargetime",
                        "0",
                        "idleload",
                        "101")
                .entrySet()) {
            device.options.clear();
            device.options.put(wrong.getKey(), wrong.getValue());
            var refused = assertThrows(
                    DriverException.class, () -> Q1Device.program(ups).initups(device), wrong.getKey());
            assertTrue(refused.text().contains(wrong.getValue()), refused.text());
        }
    }

    @Test
    void predecessorsNamesAndUnits() throws IOException, DriverException {
        device.options.putAll(Map.of("ondelay", "2", "offdelay", "40"));
        ups.says.put("Q1", Q1Device.STATUS.replace("27.5", "2.27"));
        Driver driver = BlazerProgram.ser(ups.line.port()).initups(device);
        driver.initinfo(device.dstate());
        driver.updateinfo(device.dstate());
        assertEquals("ACME SMART 1000", value("ups.mfr") + " " + value("ups.model"));
        assertEquals("120 36", value("ups.delay.start") + " " + value("ups.delay.shutdown"));
        assertEquals("27.24", value("battery.voltage"));
        ups.heard();
        assertEquals(Outcome.HANDLED, driver.shutdown());
        assertEquals(Outcome.HANDLED, driver.instcmd("test.battery.start", Optional.of("7")));
        assertEquals(List.of("C", "S.6R0002", "T07"), ups.heard());
        assertEquals(Outcome.UNKNOWN, driver.setvar("ups.delay.start", "60"));
        device.options.put("ondelay", "10000");
        assertThrows(
                DriverException.class, () -> BlazerProgram.ser(ups.line.port()).initups(device));
    }
}
