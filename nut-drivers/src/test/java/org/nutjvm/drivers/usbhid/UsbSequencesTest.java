package org.nutjvm.drivers.usbhid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nutjvm.drivers.core.PolledDriver;
import org.nutjvm.drivers.core.Said;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.TestDevice;
import org.nutjvm.drivers.usb.UsbException;

/// What happens to a device on its bus, in order, played through the driver and the core's loop: what upsd is told,
/// when the data are stale, what is counted and what is logged.
class UsbSequencesTest {
    private static final int ALL_REPORTS = 4;

    private final FakeUsb bus = new FakeUsb();
    private final FakeUsb.Ups ups = new FakeUsb.Ups();
    private final TestDevice device = new TestDevice(Path.of("."), "auto");
    private final Said said = new Said();

    @AfterEach
    void stopListening() {
        said.close();
    }

    private final class Running implements AutoCloseable {
        private final Driver driver;
        private final PolledDriver polled;

        Running() throws IOException, DriverException {
            bus.plugged.add(ups);
            var program = new UsbHidProgram(() -> bus, 0, 0);
            driver = program.initups(device);
            driver.initinfo(device.dstate());
            polled = new PolledDriver(program, driver, device.dstate(), device.nanoTime());
            assertTrue(poll(2000));
            assertEquals("OL", var("ups.status"));
            said.take();
        }

        /// Whether the data are good after it.
        boolean poll(int afterMillis) {
            device.passMillis(afterMillis);
            return polled.poll();
        }

        @Override
        public void close() throws IOException {
            driver.close();
        }
    }

    private String var(String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    private String counters() {
        return "lost " + var("driver.usb.lost") + ", reopened " + var("driver.usb.reopened");
    }

    private void all(UsbException.Kind fault) {
        for (int report = 1; report <= ALL_REPORTS; report++) {
            ups.faults.put(report, fault);
        }
    }

    private void unplug() {
        bus.plugged.clear();
        ups.gone = true;
    }

    private FakeUsb.Ups plugAnew() {
        var back = new FakeUsb.Ups();
        back.address = "009";
        bus.plugged.add(back);
        return back;
    }

    private void assertLostAndFoundOnce(String why) {
        var lines = said.take();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(
                lines.getFirst().startsWith("Communications with UPS lost: USB device 051d:0002: "), lines.toString());
        assertTrue(lines.getFirst().contains(why), lines.toString());
        assertEquals("Communications with UPS re-established", lines.getLast());
    }

    /// Babble, a stall and an error in passing: the input report after them counts, the link is as good as before.
    @ParameterizedTest
    @EnumSource(names = {"OVERFLOW", "STALL", "IO", "OTHER"})
    void passingFaultOfTheInterruptPipeIsNoLoss(UsbException.Kind fault) throws Exception {
        try (var running = new Running()) {
            ups.interrupts.addAll(List.of(fault, fault, FakeUsb.Ups.bytes(2, 0x02)));
            device.runAsked();
            assertEquals("OB DISCHRG", var("ups.status"));
            ups.feature(2, 2, 0x02);
            assertTrue(running.poll(2000));
            assertEquals("OB DISCHRG", var("ups.status"));
            assertEquals("lost 0, reopened 0", counters());
            assertEquals(fault == UsbException.Kind.STALL ? 2 : 0, ups.clears.get(), "halts cleared");
            assertEquals(List.of(), said.take());
        }
    }

    /// A pipe that does not get over it: the device is opened anew at once, and nothing is told.
    @ParameterizedTest
    @CsvSource({"OVERFLOW, 11", "STALL, 4", "IO, 11", "GONE, 1", "BUSY, 1", "NO_MEMORY, 1", "ACCESS, 1"})
    void lastingFaultOfTheInterruptPipeOpensTheDeviceAnew(UsbException.Kind fault, int times) throws Exception {
        try (var running = new Running()) {
            for (int i = 0; i < times; i++) {
                ups.interrupts.add(fault);
            }
            device.runAsked();
            assertTrue(running.poll(100));
            assertEquals("OL", var("ups.status"));
            assertEquals("lost 1, reopened 1", counters());
            ups.interrupts.add(FakeUsb.Ups.bytes(2, 0x02));
            device.runAsked();
            assertEquals("OB DISCHRG", var("ups.status"), "the new reader works");
            assertEquals(List.of(), said.take());
        }
    }

    /// Every report fails in one way: stale after three seconds, never on battery, good with what is true then.
    @ParameterizedTest
    @EnumSource(
            names = {"TIMEOUT", "STALL", "GONE", "BUSY", "OVERFLOW", "IO", "OTHER", "ACCESS", "NO_MEMORY", "NOT_FOUND"})
    void deviceThatFailsInOneWayIsStaleInTimeAndGoodAgain(UsbException.Kind fault) throws Exception {
        try (var running = new Running()) {
            all(fault);
            ups.feature(2, 2, 0x02);
            boolean good = true;
            for (int i = 0; i < 12; i++) {
                good = running.poll(2000);
                assertEquals("OL", var("ups.status"), "nothing that could not be read is news");
                assertTrue(i < 4 || !good, "good after " + 2 * (i + 1) + " s");
            }
            assertFalse(good);
            ups.faults.clear();
            for (int i = 0; i < 3 && !good; i++) {
                good = running.poll(2000);
            }
            assertTrue(good);
            assertEquals("OB DISCHRG", var("ups.status"));
            assertEquals("lost 1, reopened 1", counters());
            assertLostAndFoundOnce("");
        }
    }

    @Test
    void busyInterfaceIsTriedUntilItIsFree() throws Exception {
        try (var running = new Running()) {
            ups.claimFault = UsbException.Kind.BUSY;
            ups.interrupts.add(UsbException.Kind.BUSY);
            device.runAsked();
            boolean good = true;
            for (int i = 0; i < 10; i++) {
                good = running.poll(2000);
            }
            assertFalse(good);
            assertEquals("OL", var("ups.status"));
            ups.claimFault = null;
            assertTrue(running.poll(4000));
            assertEquals("lost 1, reopened 1", counters());
            var lines = said.take();
            assertEquals(
                    1,
                    lines.stream()
                            .filter(l -> l.startsWith("Communications with UPS lost"))
                            .count(),
                    lines.toString());
            assertEquals("Communications with UPS re-established", lines.getLast());
            assertTrue(lines.size() <= 3, "the reason found out later is told once: " + lines);
        }
    }

    @Test
    void shortReportIsNoReport() throws Exception {
        try (var running = new Running()) {
            ups.feature(2, 2);
            ups.feature(1, 1, 70);
            assertTrue(running.poll(40_000));
            assertEquals("70", var("battery.charge"), "other reports go on");
            assertEquals("OL CHRG", var("ups.status"), "nothing is taken from what did not come");
            ups.feature(2, 2, 0x02);
            assertTrue(running.poll(2000));
            assertEquals("OB DISCHRG", var("ups.status"));
            ups.interrupts.add(FakeUsb.Ups.bytes(2));
            device.runAsked();
            assertEquals("OB DISCHRG", var("ups.status"));
            assertEquals("lost 0, reopened 0", counters());
        }
    }

    /// A device whose status was never in what it sent has none, and is not on battery.
    @Test
    void statusThatNeverCameIsUnknown() throws Exception {
        ups.feature(2, 2);
        bus.plugged.add(ups);
        try (var driver = new UsbHidProgram(() -> bus, 0, 0).initups(device)) {
            driver.initinfo(device.dstate());
            driver.updateinfo(device.dstate());
            assertEquals("", var("ups.status"));
            assertEquals("100", var("battery.charge"));
        }
    }

    /// The charge comes, the status does not any more: who believed the old one would miss the outage.
    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT", "STALL", "OVERFLOW", "IO"})
    void statusThatCannotBeReadForHalfAMinuteIsStale(UsbException.Kind fault) throws Exception {
        try (var running = new Running()) {
            ups.faults.put(2, fault);
            boolean good = true;
            int goodFor = 0;
            for (int seconds = 2; seconds <= 60; seconds += 2) {
                good = running.poll(2000);
                goodFor = good ? seconds : goodFor;
            }
            assertFalse(good);
            assertTrue(goodFor >= 28 && goodFor <= 38, "good for " + goodFor + " s");
            ups.faults.clear();
            ups.feature(2, 2, 0x0a);
            assertTrue(running.poll(4000));
            assertEquals("OB DISCHRG LB", var("ups.status"));
            assertLostAndFoundOnce("the status can no longer be read");
        }
    }

    /// Some devices tell their status by input reports alone, and only when it changes.
    @Test
    void statusThatOnlyComesByItselfStaysGood() throws Exception {
        ups.features.remove(2);
        bus.plugged.add(ups);
        var program = new UsbHidProgram(() -> bus, 0, 0);
        try (var driver = program.initups(device)) {
            driver.initinfo(device.dstate());
            var polled = new PolledDriver(program, driver, device.dstate(), device.nanoTime());
            assertTrue(polled.poll());
            ups.interrupts.add(FakeUsb.Ups.bytes(2, 0x02));
            device.runAsked();
            for (int i = 0; i < 60; i++) {
                device.passMillis(2000);
                assertTrue(polled.poll());
                assertEquals("OB DISCHRG", var("ups.status"));
            }
            assertEquals("lost 0, reopened 0", counters());
        }
    }

    /// One time-out is not the end: the report is asked for again within seconds.
    @Test
    void statusThatTimedOutOnceIsReadAgainSoon() throws Exception {
        try (var running = new Running()) {
            ups.faults.put(2, UsbException.Kind.TIMEOUT);
            assertTrue(running.poll(2000));
            ups.faults.clear();
            ups.feature(2, 2, 0x02);
            assertTrue(running.poll(2000));
            assertEquals("OL", var("ups.status"), "left alone for a moment");
            assertTrue(running.poll(2000));
            assertEquals("OB DISCHRG", var("ups.status"));
        }
    }

    /// The host sleeps for a night: the clock jumps, the device is the same or has been given another number.
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "true, true"})
    void hostThatSleptFindsItsDevice(boolean renumbered, boolean onBattery) throws Exception {
        try (var running = new Running()) {
            var now = ups;
            if (renumbered) {
                unplug();
                now = plugAnew();
            }
            now.feature(2, 2, onBattery ? 0x02 : 0x05);
            assertTrue(running.poll(8 * 3_600_000));
            assertEquals(onBattery ? "OB DISCHRG" : "OL", var("ups.status"));
            assertEquals(renumbered ? "lost 1, reopened 1" : "lost 0, reopened 0", counters());
            assertTrue(running.poll(2000));
            assertEquals(List.of(), said.take());
        }
    }

    /// It slept while the device was away: stale when it wakes, not for hours before.
    @Test
    void hostThatSleptWithoutItsDeviceIsStaleAtOnce() throws Exception {
        try (var running = new Running()) {
            unplug();
            assertTrue(running.poll(2000));
            assertFalse(running.poll(8 * 3_600_000));
            assertEquals("OL", var("ups.status"));
            plugAnew().feature(2, 2, 0x02);
            assertTrue(running.poll(2000));
            assertEquals("OB DISCHRG", var("ups.status"));
            assertLostAndFoundOnce("");
        }
    }

    /// An absence of any length with polls every two seconds: two lines, whatever happened in between.
    @ParameterizedTest
    @CsvSource({"5", "60", "3600"})
    void absenceIsToldOnce(int seconds) throws Exception {
        try (var running = new Running()) {
            unplug();
            int staleAt = 0;
            for (int at = 2; at <= seconds; at += 2) {
                boolean good = running.poll(2000);
                staleAt = staleAt == 0 && !good ? at : staleAt;
            }
            assertTrue(seconds == 5 || (staleAt > 3 && staleAt <= 8), "stale after " + staleAt + " s");
            plugAnew();
            boolean good = running.poll(2000);
            assertTrue(good || running.poll(2000), "fresh within 4 s");
            assertEquals("lost 1, reopened 1", counters());
            if (staleAt > 0) {
                assertLostAndFoundOnce("");
            }
        }
    }
}
