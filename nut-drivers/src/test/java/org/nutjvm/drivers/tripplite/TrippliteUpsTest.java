package org.nutjvm.drivers.tripplite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.Recorded;

/// What tripplite publishes and sends.
class TrippliteUpsTest {
    private static final List<String> NAMES = List.of(
            "ups.model",
            "ups.firmware",
            "input.voltage",
            "ups.temperature",
            "ups.load",
            "input.frequency",
            "ups.status",
            "battery.voltage",
            "battery.charge",
            "input.voltage.maximum",
            "input.voltage.minimum",
            "ups.test.result");

    static List<String> recorded() throws IOException {
        return Recorded.beside(TrippliteUpsTest.class);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void answersMeanWhatTheyMeanToCsDriver(String recorded) throws IOException, DriverException {
        String[] parts = recorded.split(" \\| ", 2);
        var ups = new PlayedTripplite(parts[0]);
        ups.started();
        var values = new ArrayList<String>();
        NAMES.forEach(name -> values.add(ups.value(name)));
        assertEquals(parts[1], String.join(" | ", values));
    }

    @Test
    void allThereIsIsPublished() throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        ups.started();
        assertEquals("""
                battery.charge 99
                battery.voltage 13.4
                input.frequency 60.00
                input.voltage 120
                input.voltage.maximum 123
                input.voltage.minimum 112
                ups.delay.reboot 64
                ups.delay.shutdown 64
                ups.delay.start 60
                ups.firmware BC (Gen 1)
                ups.load 20
                ups.mfr Tripp Lite
                ups.model Smart 700
                ups.status OL
                ups.temperature 25
                ups.test.result OK
                """, ups.values());
        assertEquals(
                "[load.off, load.on, outlet.1.load.off, outlet.1.load.on, outlet.2.load.off, outlet.2.load.on, "
                        + "shutdown.reboot, shutdown.reboot.graceful, shutdown.return, shutdown.stayoff, "
                        + "test.battery.start]",
                ups.device.dstate().tree().cmds().toString());
        var delay = ups.device.dstate().find("ups.delay.start");
        assertEquals(
                Set.of(Variable.Flag.RW, Variable.Flag.STRING), delay == null ? Set.of() : Set.copyOf(delay.flags()));
        assertEquals(8, delay == null ? 0 : delay.aux());
    }

    @ParameterizedTest
    @CsvSource({
        "test.battery.start,:A",
        "load.off,:K0",
        "Load.On,:K1",
        "outlet.1.load.off,:K2",
        "outlet.1.load.on,:K3",
        "outlet.2.load.off,:K4",
        "outlet.2.load.on,:K5",
        "shutdown.reboot,:H000E10",
        "shutdown.reboot.graceful,:N0A :H000E10",
        "shutdown.return,:NFF :G",
        "shutdown.stayoff,:NFF :K0"
    })
    void ordersAreSent(String name, String sent) throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        var driver = ups.opened(Map.of("offdelay", "255", "startdelay", "3600", "rebootdelay", "10"));
        assertEquals(Outcome.HANDLED, driver.instcmd(name, Optional.of("7")));
        assertEquals(sent, ups.heard());
        assertEquals(Outcome.UNKNOWN, driver.instcmd("beeper.mute", Optional.empty()));
        assertEquals("", ups.heard());
    }

    @Test
    void orderThatNobodyHearsHasFailed() throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        var driver = ups.started();
        ups.heard();
        ups.trouble = (asked, said) -> "";
        assertEquals(Outcome.FAILED, driver.instcmd("shutdown.return", Optional.empty()));
        assertEquals(":N40 :G", ups.heard());
        ups.trouble = (asked, said) -> asked + "\r\n";
        assertEquals(Outcome.HANDLED, driver.instcmd("load.off", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "ups.delay.shutdown,255,HANDLED,255",
        "UPS.delay.shutdown,0,HANDLED,0",
        "ups.delay.shutdown,256,INVALID,64",
        "ups.delay.reboot,-1,INVALID,64",
        "ups.delay.reboot,1.5,INVALID,64",
        "ups.delay.start,16777215,HANDLED,16777215",
        "ups.delay.start,16777216,INVALID,60",
        "ups.delay.start,soon,INVALID,60",
        "ups.load,1,UNKNOWN,20"
    })
    void delaysAreSet(String name, String value, Outcome outcome, String then) throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        var driver = ups.started();
        assertEquals(outcome, driver.setvar(name, value));
        assertEquals(then, ups.value(name));
    }

    @Test
    void setDelaysGoWithOrders() throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        var driver = ups.started();
        driver.setvar("ups.delay.shutdown", "171");
        driver.setvar("ups.delay.start", "65536");
        ups.heard();
        driver.shutdown();
        driver.instcmd("shutdown.reboot", Optional.empty());
        assertEquals(":NAB :G :H010000", ups.heard());
    }

    @ParameterizedTest
    @CsvSource({"300,255", "-5,64", "0,0"})
    void delaysOutOfRangeAreTakenAsFarAsPossible(String given, String taken) throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        ups.opened(Map.of("offdelay", given)).initinfo(ups.device.dstate());
        assertEquals(taken, ups.value("ups.delay.shutdown"));
    }

    @Test
    void delayThatIsNoNumberIsRefused() {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        var wrong = assertThrows(DriverException.class, () -> ups.opened(Map.of("startdelay", "2m")));
        assertTrue(wrong.text().contains("startdelay = 2m"), wrong.text());
    }

    @Test
    void silenceAtStartEndsTheProgramButNotAShutdown() throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        ups.trouble = (asked, said) -> "";
        var driver = ups.opened(Map.of());
        var why = assertThrows(DriverException.class, () -> driver.initinfo(ups.device.dstate()));
        assertTrue(why.text().contains("Failed to find UPS - giving up"), why.text());
        assertEquals(":W :W :W", ups.heard());
        driver.shutdown();
        assertEquals(":N40 :G", ups.heard());
    }

    @Test
    void anotherDeviceOnTheLineIsNoticed() throws IOException, DriverException {
        var ups = new PlayedTripplite(PlayedTripplite.SMART);
        var driver = ups.started();
        ups.line.broken = new PortLostException(new IOException("Input/output error"));
        assertThrows(IOException.class, () -> ups.poll(driver));
        ups.line.broken = null;
        ups.line.log.clear();
        ups.set("W=44 L=C8 D=01760180A000140025258");
        ups.poll(driver);
        assertEquals("open /dev/ttyS0 2400", ups.line.log.getFirst());
        assertEquals("Unison 100 LB OB", ups.value("ups.model") + ' ' + ups.status());
    }
}
