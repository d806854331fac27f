package org.nutjvm.drivers.metasys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

class MetasysUpsTest {
    private final PlayedMetasys ups = new PlayedMetasys();
    private final TestDevice device = new TestDevice();

    private Driver begun() throws IOException, DriverException {
        Driver driver = new MetasysProgram(ups.line.port()).initups(device);
        driver.initinfo(device.dstate());
        return driver;
    }

    private Driver started() throws IOException, DriverException {
        Driver driver = begun();
        driver.updateinfo(device.dstate());
        return driver;
    }

    private @Nullable String value(String name) {
        return device.value(name);
    }

    private Outcome order(Driver driver, String cmd) throws IOException {
        return driver.instcmd(cmd, Optional.empty());
    }

    @Test
    void valuesAndCommandsArePublished() throws IOException, DriverException {
        started();
        assertEquals("open /dev/ttyS0 2400", ups.line.log.getFirst());
        assertEquals(100, ups.zeros());
        assertEquals("""
            battery.voltage 40.80
            input.voltage 225
            output.current 2.30
            output.voltage 230
            ups.delay.shutdown 120
            ups.delay.start 0
            ups.firmware 2.7
            ups.load 37.0
            ups.mfr Meta System
            ups.model HF Millennium 820
            ups.serial A1B2C3D4E5F6
            ups.status OL
            ups.temperature 31
            ups.test.result not yet done...
            """, device.values());
        assertEquals(
                List.of(
                        "beeper.enable",
                        "beeper.mute",
                        "beeper.off",
                        "beeper.on",
                        "shutdown.return",
                        "shutdown.stayoff",
                        "shutdown.stop",
                        "test.battery.start",
                        "test.failure.start",
                        "test.failure.stop"),
                List.copyOf(device.dstate().tree().cmds()));
    }

    @ParameterizedTest
    @CsvSource({
        "00,00,OL,",
        "01,00,OB,",
        "02,00,OB LB,",
        "03,00,OL BYPASS,",
        "04,00,OL BYPASS,",
        "00,01,OL OVER,",
        "01,05,OB RB,",
        "00,02,ALARM OL,Overheated!",
        "01,03,ALARM OB,Hardware fault!",
        "00,04,ALARM OL,Battery charger failure!",
        "00,09,ALARM OL,Unknown fault 9!"
    })
    void stateAndFaultMakeTheStatus(String state, String fault, String status, @Nullable String alarm)
            throws IOException, DriverException {
        ups.answers.put(3, state + fault + "9f");
        started();
        assertEquals(status, value("ups.status"));
        assertEquals(alarm, value("ups.alarm"));
    }

    @Test
    void stateThatIsNotKnownIsNoStatus() throws IOException, DriverException {
        var driver = started();
        ups.answers.put(3, "07009f");
        var wrong = assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertTrue(String.valueOf(wrong.getMessage()).contains("not known: 7"), wrong.getMessage());
        assertEquals("OL", value("ups.status"));
    }

    @Test
    void zeroIsAValueAndMarksAreWords() throws IOException, DriverException {
        var driver = started();
        ups.answers.put(1, "000000000000");
        ups.answers.put(2, "00000000");
        ups.answers.put(3, "010080");
        driver.updateinfo(device.dstate());
        assertEquals("0.0", value("ups.load"));
        assertEquals("0", value("output.voltage"));
        assertEquals("0.00", value("output.current"));
        assertEquals("0", value("input.voltage"));
        assertEquals("not available", value("ups.temperature"));
        ups.answers.put(1, "fffffefffeff");
        ups.answers.put(2, "0000ffff");
        ups.answers.put(4, "feff");
        driver.updateinfo(device.dstate());
        assertEquals("overrange", value("ups.load"));
        assertEquals("not available", value("output.voltage"));
        assertEquals("not available", value("output.current"));
        assertEquals("overrange", value("input.voltage"));
        assertEquals("not available", value("battery.voltage"));
    }

    @Test
    void timesLeftArePublished() throws IOException, DriverException {
        ups.answers.put(6, "1e000000" + "00e1f505");
        started();
        assertEquals("30", value("ups.delay.shutdown"));
        assertEquals("100000000", value("ups.delay.start"));
    }

    @ParameterizedTest
    @CsvSource({
        "shutdown.return,0c0000000001 0a1e00000001000000",
        "shutdown.stayoff,0a1e000000ffffffff",
        "shutdown.stop,0affffffffffffffff",
        "test.failure.start,0e01",
        "test.failure.stop,0e02",
        "beeper.enable,0d00",
        "beeper.on,0d00",
        "beeper.mute,0d01",
        "Beeper.OFF,0d01"
    })
    void commandsAreSent(String cmd, String sent) throws IOException, DriverException {
        ups.answers.put(0x0e, "");
        var driver = started();
        assertEquals(Outcome.HANDLED, order(driver, cmd));
        assertEquals(sent, String.join(" ", ups.orders));
        assertEquals(Outcome.UNKNOWN, order(driver, "load.off"));
    }

    @Test
    void deviceThatComesBackByItselfIsNotToldTo() throws IOException, DriverException {
        ups.answers.put(8, "0000000001");
        var driver = started();
        assertEquals(Outcome.HANDLED, order(driver, "shutdown.return"));
        assertEquals(List.of("0a1e00000001000000"), ups.orders);
    }

    @Test
    void shutdownIsScheduledEvenIfRestartIsNotAcknowledged() throws IOException, DriverException {
        var driver = begun();
        ups.answers.remove(0x0c);
        assertEquals(Outcome.HANDLED, driver.shutdown());
        assertEquals(6, ups.orders.size());
        assertEquals("0a9600000001000000", ups.orders.getLast());
        ups.answers.remove(0x0a);
        assertThrows(IOException.class, driver::shutdown);
    }

    @Test
    void ordersAreRepeatedUntilAcknowledged() throws IOException, DriverException {
        var driver = started();
        var lost = new int[1];
        ups.trouble = (asked, answer) -> lost[0]++ < 3 ? answer.substring(1) : answer;
        assertEquals(Outcome.HANDLED, order(driver, "beeper.mute"));
        assertEquals(List.of("0d01", "0d01", "0d01", "0d01"), ups.orders);
        ups.trouble = (asked, answer) -> "";
        assertThrows(IOException.class, () -> order(driver, "beeper.mute"));
    }

    @ParameterizedTest
    @CsvSource({
        "00,OK",
        "03,Battery charge: 60%",
        "05,Battery charge: 100%",
        "fe,Bad battery pack: replace",
        "06,Impossible to test"
    })
    void testOfTheBatteryIsWaitedForWithoutBlocking(String code, String result) throws IOException, DriverException {
        var driver = started();
        assertEquals(Outcome.HANDLED, order(driver, "test.battery.start"));
        assertEquals(List.of("0e00"), ups.orders);
        ups.line.log.clear();
        driver.updateinfo(device.dstate());
        assertEquals("", ups.line.sent());
        assertEquals("not yet done...", value("ups.test.result"));
        ups.line.say(PlayedMetasys.packet("0e" + code));
        driver.updateinfo(device.dstate());
        assertEquals(result, value("ups.test.result"));
        assertTrue(ups.line.sent().length() > 20);
    }

    @Test
    void testWithoutAnswerEnds() throws IOException, DriverException {
        var driver = started();
        order(driver, "test.battery.start");
        int polls = 0;
        while ("not yet done...".equals(value("ups.test.result")) && polls < 100) {
            driver.updateinfo(device.dstate());
            polls++;
        }
        assertEquals("Impossible to test", value("ups.test.result"));
        assertEquals(30, polls);
    }

    @Test
    void echoIsNeitherAnswerNorResult() throws IOException, DriverException {
        ups.trouble = (asked, answer) -> asked + answer;
        var driver = started();
        assertEquals("OL", value("ups.status"));
        ups.answers.remove(0x0d);
        ups.line.answers = echoing(ups.line.answers);
        assertThrows(IOException.class, () -> order(driver, "beeper.mute"));
        order(driver, "test.battery.start");
        driver.updateinfo(device.dstate());
        assertEquals("not yet done...", value("ups.test.result"));
        ups.line.say(PlayedMetasys.packet("0e00"));
        driver.updateinfo(device.dstate());
        assertEquals("OK", value("ups.test.result"));
    }

    /// Gives back orders that nobody answers, too.
    private Function<Character, String> echoing(Function<Character, String> to) {
        var before = new StringBuilder();
        return c -> {
            int known = ups.orders.size();
            String said = to.apply(c);
            before.append(c);
            boolean order = ups.orders.size() > known;
            String echo = order && said.isEmpty() ? PlayedMetasys.packet(ups.orders.getLast()) : "";
            return said + echo;
        };
    }

    @Test
    void questionNobodyAnswersIsLeftOut() throws IOException, DriverException {
        ups.answers.remove(6);
        var driver = started();
        assertEquals("OL", value("ups.status"));
        assertNull(value("ups.delay.shutdown"));
        ups.line.sent();
        driver.updateinfo(device.dstate());
        assertEquals(-1, ups.line.sent().indexOf(PlayedMetasys.packet("06")));
        ups.answers.remove(2);
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertEquals("225", value("input.voltage"));
        driver.updateinfo(device.dstate());
        assertEquals("OL", value("ups.status"));
        assertNull(value("input.voltage"));
    }

    @Test
    void anotherDeviceOnTheLineIsReadAnew() throws IOException, DriverException {
        var driver = started();
        ups.trouble = (asked, answer) -> "";
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        ups.line.log.clear();
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        assertEquals(104, ups.line.sent().length());
        ups.trouble = (asked, answer) -> answer;
        ups.answers.put(0, "0f080000090142");
        driver.updateinfo(device.dstate());
        assertEquals("Megaline 10000 / 2", value("ups.model"));
        assertEquals("B", value("ups.serial"));
        assertEquals("9.1", value("ups.firmware"));
        assertEquals("7.0", value("ups.load"));
        ups.line.broken = new PortLostException(new IOException("Input/output error"));
        assertThrows(IOException.class, () -> driver.updateinfo(device.dstate()));
        ups.line.broken = null;
        ups.line.log.clear();
        driver.updateinfo(device.dstate());
        assertEquals("open /dev/ttyS0 2400", ups.line.log.getFirst());
    }

    @Test
    void strangersAreRefused() {
        ups.answers.put(0, "0909000002074142");
        var unknown = assertThrows(DriverException.class, this::begun);
        assertTrue(unknown.text().startsWith("Unknown UPS: type 9, version 9"), unknown.text());
        ups.trouble = (asked, answer) -> "";
        var silent = assertThrows(DriverException.class, this::begun);
        assertTrue(silent.text().startsWith("Could not communicate with the ups"), silent.text());
    }

    @Test
    void allModelsOfC() throws IOException {
        var models = Models.read();
        assertEquals(new Models.Model("HF Line (1 board)", 630), models.of(1, 1));
        assertEquals(new Models.Model("ECO 305 / Harviot 530 SX", 330), models.of(9, 1));
        assertEquals(new Models.Model("Megaline 10000 / 2", 7000), models.of(15, 8));
        assertNull(models.of(0, 0));
        int known = 0;
        for (int type = 0; type < 256; type++) {
            for (int version = 0; version < 10; version++) {
                known += models.of(type, version) == null ? 0 : 1;
            }
        }
        assertEquals(52, known);
    }
}
