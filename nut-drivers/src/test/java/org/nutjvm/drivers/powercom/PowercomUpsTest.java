package org.nutjvm.drivers.powercom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.SerialLine;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.Recorded;

/// What powercom publishes and sends.
class PowercomUpsTest {
    private static final List<String> NAMES = List.of(
            "ups.model",
            "ups.model.type",
            "input.voltage.nominal",
            "input.frequency",
            "output.frequency",
            "ups.load",
            "battery.charge",
            "input.voltage",
            "output.voltage",
            "ups.status");

    static List<String> recorded() throws IOException {
        return Recorded.beside(PowercomUpsTest.class);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void answersMeanWhatTheyMeanToCsDriver(String recorded) throws IOException, DriverException {
        String[] words = recorded.split(" ", 4);
        var ups = new PlayedPowercom(words[2]);
        ups.started(words[0], Map.of("linevoltage", words[1], "nobt", ""));
        var values = new ArrayList<String>();
        NAMES.forEach(name -> values.add(ups.value(name)));
        assertEquals(words[3].substring(2), String.join(" | ", values));
    }

    @Test
    void allThereIsIsPublished() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.KIN);
        ups.started("KIN", Map.of("manufacturer", "Advice", "modelname", "King", "serialnumber", "42"));
        assertEquals("""
                battery.charge 97.5
                input.frequency 49.56
                input.voltage 198.2
                input.voltage.nominal 220
                output.frequency 50.60
                output.voltage 196.6
                ups.load 50.4
                ups.mfr Advice
                ups.model King
                ups.model.type KIN
                ups.serial 42
                ups.status OL
                """, ups.values());
        assertEquals(
                "[shutdown.return, shutdown.stayoff, test.battery.start]",
                ups.device.dstate().tree().cmds().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "00,00,OL",
        "01,00,OB",
        "03,00,OB LB",
        "80,00,OFF",
        "81,00,OB",
        "08,00,OL BOOST",
        "29,00,OB BOOST OVER",
        "40,02,OL RB",
        "00,06,OL RB TEST",
        "12,f9,OL LB"
    })
    void bitsMakeStatus(String a, String b, String status) throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.KIN);
        ups.set(Frame.STATUS_A, Integer.parseInt(a, 16));
        ups.set(Frame.STATUS_B, Integer.parseInt(b, 16));
        ups.started("KIN", Map.of());
        assertEquals(status, ups.status());
    }

    @Test
    void transformerOfKinRaisesALowInputAndLowersAHighOne() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.KIN);
        ups.set(Frame.STATUS_A, Frame.AVR);
        var driver = ups.started("KIN", Map.of());
        assertEquals("OL BOOST 226.3", ups.status() + ' ' + ups.value("output.voltage"));
        ups.set(Frame.INPUT_VOLTAGE, 160);
        ups.poll(driver);
        assertEquals("OL TRIM 169.4", ups.status() + ' ' + ups.value("output.voltage"));
    }

    @Test
    void whatIsNotKnownIsNotPublished() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.BNT);
        // A nominal voltage that no table has.
        ups.set(Frame.MODEL, 0x8e);
        var driver = ups.started("BNT", Map.of("linevoltage", "240"));
        assertEquals("240 null", ups.value("input.voltage.nominal") + ' ' + ups.value("ups.load"));
        // An inverter that is on for longer than a period.
        ups.set(Frame.STATUS_A, Frame.ON_BATTERY);
        ups.set(Frame.OUTPUT_VOLTAGE, 200);
        ups.set(Frame.INPUT_FREQUENCY, 0);
        ups.poll(driver);
        assertEquals(
                "null 0.00 OB", ups.value("output.voltage") + ' ' + ups.value("input.frequency") + ' ' + ups.status());
    }

    @Test
    void optiUpsIsNoImperial() throws IOException, DriverException {
        var ups = new PlayedPowercom("1464737332ff3200000000" + "4f" + "38000000");
        ups.started("OPTI", Map.of());
        assertEquals(
                "OPTI-575 OPTI 220",
                ups.value("ups.model") + ' ' + ups.value("ups.model.type") + ' ' + ups.value("input.voltage.nominal"));
    }

    @ParameterizedTest
    @CsvSource({
        "Trust,'',b9bc0a,ba0a",
        "KIN,'',b9bc011e,ba011e",
        "KIN,'{{2,200},y}',b9bc02c8,ba02c8",
        "KIN,'{{2,45},n}',b9bc2d,ba2d",
        "Egys,'{{3,7},y',b9bc0307,ba0307"
    })
    void ordersAreSent(String type, String delay, String back, String stay) throws IOException, DriverException {
        var ups = new PlayedPowercom(type.equals("KIN") ? PlayedPowercom.KIN : "00".repeat(11));
        var driver =
                ups.opened(delay.isEmpty() ? Map.of("type", type) : Map.of("type", type, "shutdownArguments", delay));
        assertEquals(Outcome.HANDLED, driver.instcmd("shutdown.return", Optional.empty()));
        assertEquals(back, ups.sent());
        assertEquals(Outcome.HANDLED, driver.instcmd("Shutdown.Stayoff", Optional.of("17")));
        assertEquals(stay, ups.sent());
        assertEquals(Outcome.HANDLED, driver.instcmd("test.battery.start", Optional.empty()));
        assertEquals("03", ups.sent());
        assertEquals(Outcome.UNKNOWN, driver.instcmd("load.off", Optional.empty()));
        assertEquals("", ups.sent());
    }

    @Test
    void batteryIsTestedAtStartUnlessNot() throws IOException, DriverException {
        var tested = new PlayedPowercom(PlayedPowercom.KIN);
        var driver = tested.started("KIN", Map.of());
        assertEquals("03", tested.orders());
        tested.poll(driver);
        assertEquals("", tested.orders());
        var spared = new PlayedPowercom(PlayedPowercom.KIN);
        spared.started("KIN", Map.of("nobt", ""));
        assertEquals("", spared.orders());
        var old = new PlayedPowercom("00".repeat(11));
        old.started("Trust", Map.of());
        assertEquals("", old.orders());
    }

    /// A driver that is only to switch off does so, whether the device answers or not, and tests no battery.
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shutdownNeedsNoAnswer(boolean silent) throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.KIN);
        if (silent) {
            ups.trouble = said -> "";
        }
        var driver = ups.opened(Map.of("type", "KIN"));
        if (silent) {
            assertThrows(IOException.class, () -> driver.initinfo(ups.device.dstate()));
        } else {
            driver.initinfo(ups.device.dstate());
        }
        assertEquals(Outcome.HANDLED, driver.shutdown());
        String sent = ups.sent();
        assertTrue(sent.matches("(01)+b9bc011e"), sent);
    }

    @Test
    void deviceThatIsSilentAtStartIsKnownLater() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.BNT);
        ups.trouble = said -> "";
        var driver = ups.opened(Map.of("type", "BNT"));
        assertThrows(IOException.class, () -> driver.initinfo(ups.device.dstate()));
        assertThrows(IOException.class, () -> ups.poll(driver));
        assertEquals("null", ups.value("ups.model"));
        ups.trouble = said -> said;
        ups.poll(driver);
        assertEquals("BNT-1500AP OL", ups.value("ups.model") + ' ' + ups.status());
        // Its power may have just come back: this is no time for a test.
        assertEquals("", ups.orders());
    }

    @Test
    void anotherDeviceIsAnotherModel() throws IOException, DriverException {
        var ups = new PlayedPowercom(PlayedPowercom.BNT);
        var driver = ups.started("BNT", Map.of("nobt", ""));
        assertEquals("BNT-1500AP 230", ups.value("ups.model") + ' ' + ups.value("input.voltage.nominal"));
        ups.trouble = said -> "";
        assertThrows(IOException.class, () -> ups.poll(driver));
        ups.trouble = said -> said;
        var other = new PlayedPowercom(PlayedPowercom.BNT);
        other.set(Frame.MODEL, 0x3b);
        other.started("BNT", Map.of("nobt", ""));
        ups.set(Frame.MODEL, 0x3b);
        ups.poll(driver);
        assertEquals(other.values(), ups.values());
        assertNotEquals("BNT-1500AP", ups.value("ups.model"));
    }

    @Test
    void portThatGoesIsOpenedAgain() throws IOException, DriverException {
        var ups = new PlayedPowercom("00".repeat(11));
        var driver = ups.started("Trust", Map.of());
        assertEquals(List.of("open /dev/ttyS0 1200", "DTR off", "RTS on"), ups.line.log.subList(0, 3));
        ups.line.broken = new PortLostException(new IOException("Input/output error"));
        assertThrows(IOException.class, () -> ups.poll(driver));
        ups.line.broken = null;
        ups.line.log.clear();
        ups.poll(driver);
        assertEquals(List.of("open /dev/ttyS0 1200", "DTR off", "RTS on"), ups.line.log.subList(0, 3));
        assertEquals("OL", ups.status());
    }

    @ParameterizedTest
    @CsvSource({
        "type,kin,isn't valid",
        "linevoltage,130,out of range",
        "linevoltage,x,out of range",
        "numOfBytesFromUPS,10,byte 11",
        "numOfBytesFromUPS,17,11 to 16",
        "methodOfFlowControl,dtr1,isn't valid",
        "validationSequence,'{{5,0},{7,0}}',isn't valid",
        "validationSequence,'{{5,0},{7,0},{11,0}}',byte 11",
        "validationSequence,'{{5,0},{7,0},{8,zz}}',isn't valid",
        "shutdownArguments,'{{300,1},y}',isn't valid",
        "shutdownArguments,'{1,30,y}',isn't valid",
        "frequency,0.1,isn't valid",
        "loadPercentage,'{1,2,3}',isn't valid",
        "batteryPercentage,'{1,2,3,4,x}',isn't valid",
        "voltage,'{1,2,3,}',isn't valid"
    })
    void settingsAreChecked(String name, String value, String why) {
        var ups = new PlayedPowercom(PlayedPowercom.KIN);
        var wrong = assertThrows(DriverException.class, () -> ups.opened(Map.of(name, value)));
        assertTrue(wrong.text().contains(why), wrong.text());
    }

    @Test
    void settingsCount() throws IOException, DriverException {
        var ups = new PlayedPowercom("32646464320000000000" + "00" + "0000000000");
        ups.started(
                "BNT-other",
                Map.of(
                        "numOfBytesFromUPS",
                        "16",
                        "methodOfFlowControl",
                        "dtr0rts1",
                        "validationSequence",
                        "{{0,0x32},{1, 64},{8,0}}",
                        "linevoltage",
                        "110",
                        "frequency",
                        "{0.0004,0}",
                        "loadPercentage",
                        "{1,0,0.5,1}",
                        "batteryPercentage",
                        "{1,0,0,0.5,-1}",
                        "voltage",
                        "{2,0,1.1,0.5}"));
        assertEquals(
                "50.00 26.0 49.0 110.5",
                ups.value("input.frequency")
                        + ' '
                        + ups.value("ups.load")
                        + ' '
                        + ups.value("battery.charge")
                        + ' '
                        + ups.value("input.voltage"));
        assertTrue(ups.line.log.contains(SerialLine.Signal.RTS + " on"), ups.line.log.toString());
    }
}
