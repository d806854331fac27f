package org.nutjvm.drivers.usbhid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.drivers.core.Said;
import org.nutjvm.drivers.hidups.PlayedDevice;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Option;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;
import org.nutjvm.drivers.usb.UsbException;

/// Each setting of ups.conf: what holds without it, and what it changes.
class UsbHidOptionsTest {
    private static final int ONLINE_DISCHARGING = 0x03;
    private static final int ONLINE_LOW = 0x09;

    private final FakeUsb bus = new FakeUsb();
    private FakeUsb.Ups ups = new FakeUsb.Ups();
    private final TestDevice device = new TestDevice(Path.of("."), "auto");
    private final Said said = new Said();

    @AfterEach
    void stopListening() {
        said.close();
    }

    private Driver start(String... options) throws IOException, DriverException {
        for (String option : options) {
            int equals = option.indexOf('=');
            device.options.put(
                    equals < 0 ? option : option.substring(0, equals), equals < 0 ? "" : option.substring(equals + 1));
        }
        if (!bus.plugged.contains(ups)) {
            bus.plugged.add(ups);
        }
        var driver = new UsbHidProgram(() -> bus, 0, 0).initups(device);
        driver.initinfo(device.dstate());
        poll(driver, 2000);
        return driver;
    }

    private void capture(String name) throws IOException {
        ups = FakeUsb.Ups.of(PlayedDevice.load(name));
        device.options.put("pollonly", "");
    }

    private void poll(Driver driver, int afterMillis) throws IOException {
        device.passMillis(afterMillis);
        driver.updateinfo(device.dstate());
    }

    private String var(String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    private String refused(String... options) {
        return assertThrows(DriverException.class, () -> start(options)).text();
    }

    @Test
    void allAreThere() {
        var names = new UsbHidProgram().options().stream().map(Option::name).toList();
        for (String name : List.of(
                ("lowbatt offdelay ondelay pollfreq pollonly interrupt_pipe_no_events_tolerance onlinedischarge "
                                + "onlinedischarge_onbattery onlinedischarge_calibration onlinedischarge_log_throttle_sec "
                                + "onlinedischarge_log_throttle_hovercharge lbrb_log_delay_sec "
                                + "lbrb_log_delay_without_calibrating disable_fix_report_desc "
                                + "powercom_sdcmd_byte_order_fallback powercom_sdcmd_discrete_delay explore maxreport "
                                + "interruptonly interruptsize waitbeforereconnect subdriver winhid vendorid productid "
                                + "vendor product serial bus busport device allow_duplicates usb_set_altinterface "
                                + "usb_config_index usb_hid_rep_index usb_hid_desc_index usb_hid_ep_in usb_hid_ep_out")
                        .split(" ", -1))) {
            assertTrue(names.contains(name), name);
        }
    }

    @ParameterizedTest
    @CsvSource({"eaton-3s-700, 20, 30, 30", "cps-cp1500pfclcd, 60, 120, 12"})
    void delaysAndPollfreqUnlessSet(String capture, String off, String on, String pollfreq) throws Exception {
        capture(capture);
        try (var driver = start()) {
            assertEquals(off, var("ups.delay.shutdown"));
            assertEquals(on, var("ups.delay.start"));
            assertEquals(pollfreq, var("driver.parameter.pollfreq"));
            assertEquals("-1", var("driver.parameter.interrupt_pipe_no_events_tolerance"));
            driver.updateinfo(device.dstate());
        }
    }

    @Test
    void delaysAndLowbattAsSet() throws Exception {
        capture("eaton-3s-700");
        try (var driver = start("offdelay=45", "ondelay=75", "lowbatt=42", "pollfreq=7")) {
            assertEquals("45", var("ups.delay.shutdown"));
            assertEquals("75", var("ups.delay.start"));
            assertEquals("42", var("battery.charge.low"));
            assertEquals("7", var("driver.parameter.pollfreq"));
            assertEquals(Outcome.HANDLED, driver.instcmd("shutdown.return", Optional.empty()));
            assertEquals(List.of("0a 4b 00 00 00", "09 2d 00 00 00"), ups.sent);
        }
    }

    @Test
    void delaysThatAreNoNumbersAreLeftOutAndSaid() throws Exception {
        capture("eaton-3s-700");
        try (var driver = start("offdelay=soon")) {
            driver.updateinfo(device.dstate());
            assertEquals("20", var("ups.delay.shutdown"));
            assertTrue(said.take().stream().anyMatch(l -> l.contains("'offdelay = soon'")));
        }
    }

    @Test
    void delaysOfPartsOfAMinuteAreWarnedOfWhereTheyAreCut() throws Exception {
        capture("cps-cp1500pfclcd");
        try (var driver = start("offdelay=90")) {
            driver.updateinfo(device.dstate());
            assertEquals("90", var("ups.delay.shutdown"));
            assertTrue(said.take().stream().anyMatch(l -> l.contains("whole minutes: offdelay = 90")));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 30", "pollfreq=100, 100", "pollfreq=x, 30", "pollfreq=-5, 30"})
    void pollfreqIsBetweenFullUpdates(String option, int seconds) throws Exception {
        ups.feature(1, 1, 90);
        try (var driver = option.isEmpty() ? start() : start(option)) {
            ups.feature(1, 1, 60);
            poll(driver, (seconds - 3) * 1000);
            assertEquals("90", var("battery.charge"));
            poll(driver, 4000);
            assertEquals("60", var("battery.charge"));
        }
    }

    @Test
    void pollonlyLeavesTheInterruptPipeAlone() throws Exception {
        try (var driver = start("pollonly")) {
            ups.interrupts.add(FakeUsb.Ups.bytes(2, 0x02));
            poll(driver, 2000);
            assertEquals("OL", var("ups.status"));
            assertEquals(1, ups.interrupts.size());
            ups.feature(2, 2, 0x02);
            poll(driver, 2000);
            assertEquals("OB DISCHRG", var("ups.status"));
        }
    }

    @Test
    void interruptonlyAsksForNoReports() throws Exception {
        try (var driver = start("interruptonly")) {
            assertEquals(List.of(), ups.askedFor);
            assertEquals("", var("ups.status"), "nothing has come yet");
            ups.interrupts.add(FakeUsb.Ups.bytes(2, 0x02));
            device.runAsked();
            assertEquals("OB DISCHRG", var("ups.status"));
            poll(driver, 2000);
            assertEquals("OB DISCHRG", var("ups.status"));
            assertEquals(List.of(), ups.askedFor);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 256", "interruptsize=8, 8"})
    void interruptsizeIsAskedFor(String option, int size) throws Exception {
        try (var driver = option.isEmpty() ? start() : start(option)) {
            ups.interrupts.add(FakeUsb.Ups.bytes(2, 0x02));
            device.runAsked();
            assertEquals(size, ups.interruptSize);
            driver.updateinfo(device.dstate());
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "x"})
    void interruptsizeThatIsNoneIsRefused(String size) {
        assertEquals("Error: invalid interruptsize: " + size, refused("interruptsize=" + size));
    }

    @ParameterizedTest
    @CsvSource({"'', 2", "maxreport, 8"})
    void maxreportAsksForOneSize(String option, int size) throws Exception {
        try (var driver = option.isEmpty() ? start() : start(option)) {
            driver.updateinfo(device.dstate());
            assertEquals(size, ups.askedFor.getFirst());
            assertEquals("100", var("battery.charge"));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "interrupt_pipe_no_events_tolerance=-1, 0", "interrupt_pipe_no_events_tolerance=3, 1"})
    void silentInterruptPipeIsToleratedAsSaid(String option, String lost) throws Exception {
        try (var driver = option.isEmpty() ? start() : start(option)) {
            for (int i = 0; i < 6; i++) {
                poll(driver, 2000);
            }
            assertEquals(lost, var("driver.usb.lost"));
            assertEquals(lost, var("driver.usb.reopened"));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 2", "waitbeforereconnect=10, 10"})
    void waitbeforereconnectLeavesTheDeviceAloneButItsDataAreStale(String option, int found) throws Exception {
        try (var driver = option.isEmpty() ? start() : start(option)) {
            ups.gone = true;
            bus.plugged.clear();
            poll(driver, 2000);
            var back = new FakeUsb.Ups();
            bus.plugged.add(back);
            int after = 0;
            for (int seconds = 2; seconds <= 14; seconds += 2) {
                try {
                    poll(driver, 2000);
                } catch (IOException e) {
                    assertTrue(seconds > 3, "stale after " + seconds);
                    continue;
                }
                assertTrue(back.opened > 0 || seconds <= 3, "good " + seconds + " s after the loss");
                after = after == 0 && back.opened > 0 ? seconds : after;
            }
            assertEquals(found, after == 0 ? -1 : after, 1.0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', OL DISCHRG",
        "onlinedischarge, OB DISCHRG",
        "onlinedischarge_onbattery, OB DISCHRG",
        "onlinedischarge_calibration, CAL DISCHRG"
    })
    void onlineAndDischargingIsWhatIsSaid(String option, String status) throws Exception {
        ups.feature(2, 2, ONLINE_DISCHARGING);
        try (var driver = option.isEmpty() ? start() : start(option)) {
            driver.updateinfo(device.dstate());
            assertEquals(status, var("ups.status"));
            boolean told = said.take().stream().anyMatch(l -> l.contains("is in OL+DISCHRG state now"));
            assertFalse(told, "the charge is 100");
        }
    }

    private long told() {
        return said.take().stream().filter(l -> l.contains("OL+DISCHRG state")).count();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, 0, 1",
        "onlinedischarge_log_throttle_sec=20, 1, 1, 1",
        "onlinedischarge_log_throttle_sec=-1, 1, 0, 1",
        "onlinedischarge_log_throttle_sec=x, 1, 1, 1",
        "onlinedischarge_log_throttle_hovercharge=60, 0, 0, 1",
        "onlinedischarge_log_throttle_hovercharge=50, 0, 0, 0",
        "onlinedischarge_log_throttle_hovercharge=101, 1, 0, 1"
    })
    void onlineDischargeIsToldAsOftenAsSaid(String option, int first, int later, int changed) throws Exception {
        ups.feature(2, 2, ONLINE_DISCHARGING);
        ups.feature(1, 1, 60);
        try (var driver = option.isEmpty() ? start() : start(option)) {
            assertEquals(first, told(), "first");
            poll(driver, 2000);
            assertEquals(0, told(), "the same again");
            poll(driver, 32_000);
            assertEquals(later, told(), "the same half a minute later");
            ups.feature(1, 1, 55);
            poll(driver, 32_000);
            poll(driver, 2000);
            assertEquals(changed, told(), "another charge");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', OL LB, OL LB", "lbrb_log_delay_sec=5, OL LB, OL LB", "lbrb_log_delay_sec=x, OL LB, OL LB"})
    void lowBatteryOnLineIsToldAtOnceUnlessCalibrating(String option, String first, String later) throws Exception {
        lowOnLine(first, later, option.isEmpty() ? new String[0] : new String[] {option});
    }

    @ParameterizedTest
    @CsvSource({"lbrb_log_delay_sec=5, OL, OL LB", "lbrb_log_delay_sec=0, OL LB, OL LB", "lbrb_log_delay_sec=9, OL, OL"
    })
    void lowBatteryOnLineIsDelayedWhereAsked(String option, String first, String later) throws Exception {
        lowOnLine(first, later, option, "lbrb_log_delay_without_calibrating");
    }

    private void lowOnLine(String first, String later, String... options) throws Exception {
        try (var driver = start(options)) {
            ups.feature(2, 2, ONLINE_LOW);
            poll(driver, 2000);
            assertEquals(first, var("ups.status"));
            for (int i = 0; i < 3; i++) {
                poll(driver, 2000);
            }
            assertEquals(later, var("ups.status"));
            ups.feature(2, 2, 0x0a);
            poll(driver, 2000);
            assertEquals("OB DISCHRG LB", var("ups.status"), "off line it is never delayed");
        }
    }

    @ParameterizedTest
    @CsvSource({"Back-UPS BX1600MI, OL", "Back-UPS BVK750M2, OL", "Back-UPS BK650M2-CH, OL", "Back-UPS ES 850, OL LB"})
    void lbrbDelayIsThreeSecondsForSomeOfApcs(String product, String status) throws Exception {
        ups.product = product;
        try (var driver = start("lbrb_log_delay_without_calibrating")) {
            ups.feature(2, 2, ONLINE_LOW);
            poll(driver, 2000);
            assertEquals(status, var("ups.status"));
            poll(driver, 2000);
            assertEquals(status, var("ups.status"), "not longer than 3 s");
            poll(driver, 2000);
            assertEquals("OL LB", var("ups.status"));
        }
    }

    @Test
    void disableFixReportDescLeavesItBroken() throws Exception {
        capture("cps-cp1500pfclcd");
        var fixed = new TestDevice(Path.of("."), "auto");
        fixed.options.put("pollonly", "");
        bus.plugged.add(ups);
        ups.feature(0x18, 0x18, 0x08, 0x07);
        try (var driver = new UsbHidProgram(() -> bus, 0, 0).initups(fixed)) {
            driver.initinfo(fixed.dstate());
        }
        try (var driver = start("disable_fix_report_desc")) {
            driver.updateinfo(device.dstate());
            assertNotEquals(
                    fixed.dstate().getinfo("ups.realpower.nominal"),
                    device.dstate().getinfo("ups.realpower.nominal"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0f 54 00",
        "powercom_sdcmd_byte_order_fallback, 0f 00 54",
        "powercom_sdcmd_discrete_delay, 0f 03 00"
    })
    void powercomsShutdownIsSentAsSaid(String option, String bytes) throws Exception {
        capture("powercom-0d9f-966");
        try (var driver = option.isEmpty() ? start() : start(option)) {
            assertEquals(Outcome.HANDLED, driver.instcmd("shutdown.return", Optional.empty()));
            assertEquals(List.of(bytes), ups.sent);
        }
    }

    @Test
    void subdriverIsTakenByNameOrTitle() throws Exception {
        assertTrue(refused("subdriver=mge").contains("'vendorid' and 'productid' are mandatory"));
        assertTrue(
                refused("vendorid=051d", "productid=0002", "subdriver=nobody").contains("'nobody' but none matched"));
        try (var driver = start("subdriver=MGE HID")) {
            driver.updateinfo(device.dstate());
            assertTrue(var("driver.version.data").startsWith("MGE HID"));
        }
        try (var driver = start("subdriver=cps")) {
            driver.updateinfo(device.dstate());
            assertTrue(var("driver.version.data").startsWith("CyberPower HID"));
        }
    }

    @Test
    void exploreNeedsAVendorAndWinhidIsLeftOut() throws Exception {
        assertEquals("must specify \"vendorid\" when using \"explore\"", refused("explore"));
        device.options.clear();
        try (var driver = start("winhid")) {
            driver.updateinfo(device.dstate());
            assertEquals("OL", var("ups.status"));
            assertTrue(said.take().stream().anyMatch(l -> l.startsWith("winhid is only supported on Windows")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vendorid=051D, vendorid=0764",
        "productid=000[1-3], productid=00",
        "vendor=american power.*, vendor=American",
        "product=.*FW:1.2.*, product=Smart.*",
        "serial=s1, serial=S",
        "bus=001, bus=00",
        "device=004, device=4",
        "busport=002, busport=003"
    })
    void deviceIsChosenBy(String good, String bad) throws Exception {
        try (var driver = start(good)) {
            driver.updateinfo(device.dstate());
            assertEquals("OL", var("ups.status"));
        }
        device.options.clear();
        assertTrue(refused(bad).contains("does not match '" + bad.replace("=", " = ") + "'"));
    }

    @Test
    void heldDeviceIsNotExchangedForItsLikeUnlessAllowed() throws Exception {
        ups.claimFault = UsbException.Kind.BUSY;
        bus.plugged.add(ups);
        var other = new FakeUsb.Ups();
        other.serial = "S2";
        other.address = "007";
        bus.plugged.add(other);
        String why = refused();
        assertTrue(why.startsWith("Can't claim USB device [051d:0002]@0/0/0"), why);
        assertTrue(why.contains("another program holds it"), why);
        assertEquals(0, other.opened);
        try (var driver = start("allow_duplicates")) {
            driver.updateinfo(device.dstate());
            assertEquals("S2", var("ups.serial"));
        }
    }

    @Test
    void allowDuplicatesIsForHeldDevicesOnly() {
        ups.claimFault = UsbException.Kind.ACCESS;
        var other = new FakeUsb.Ups();
        bus.plugged.addAll(List.of(ups, other));
        assertTrue(refused("allow_duplicates").contains("Can't claim"));
        assertEquals(0, other.opened);
    }

    @ParameterizedTest
    @CsvSource({"usb_config_index=zz", "usb_hid_rep_index=100", "usb_hid_ep_in=10", "usb_set_altinterface=x"})
    void usbNumbersThatAreNoneAreRefused(String option) {
        String name = option.substring(0, option.indexOf('='));
        assertTrue(refused(option).startsWith("could not parse " + name), option);
    }

    @Test
    void usbNumbersAreUsed() throws Exception {
        try (var driver = start("usb_hid_rep_index=1", "usb_hid_ep_in=2", "usb_set_altinterface=3")) {
            ups.interrupts.add(FakeUsb.Ups.bytes(2, 0x02));
            device.runAsked();
            driver.updateinfo(device.dstate());
            assertEquals(1, ups.claimed);
            assertEquals(0x82, ups.endpoint);
            assertEquals(3, ups.altSetting);
        }
    }
}
