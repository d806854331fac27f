package org.nutjvm.drivers.usbhid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbId;

/// The driver on a bus that breaks as told.
class UsbHidUpsTest {
    private final FakeUsb bus = new FakeUsb();
    private final FakeUsb.Ups ups = new FakeUsb.Ups();
    private final TestDevice device = new TestDevice(Path.of("."), "auto");

    private Driver start() throws IOException, DriverException {
        bus.plugged.add(ups);
        var driver = new UsbHidProgram(() -> bus).initups(device);
        driver.initinfo(device.dstate());
        return driver;
    }

    private void poll(Driver driver, int afterMillis) throws IOException {
        device.passMillis(afterMillis);
        driver.updateinfo(device.dstate());
    }

    private String var(String name) {
        return String.valueOf(device.dstate().getinfo(name));
    }

    @Test
    void publishesWhatTheDeviceSays() throws Exception {
        try (var driver = start()) {
            poll(driver, 2000);
            assertEquals("100", var("battery.charge"));
            assertEquals("OL", var("ups.status"));
            assertEquals("Back-UPS Test", var("ups.model"));
            assertEquals("3", var("ups.firmware.aux"));
            assertEquals("S1", var("ups.serial"));
            assertEquals("0002", var("ups.productid"));
            assertEquals("20", var("ups.delay.shutdown"));
            assertEquals("APC HID 0.101", var("driver.version.data"));
        }
        assertTrue(bus.closed);
    }

    @Test
    void inputReportIsPublishedAsItComes() throws Exception {
        try (var driver = start()) {
            poll(driver, 2000);
            ups.interrupts.add(FakeUsb.Ups.bytes(2, 0x02));
            device.runAsked();
            assertEquals("OB DISCHRG", var("ups.status"));
        }
    }

    @Test
    void shortAbsenceWithAChangeIsNoLoss() throws Exception {
        try (var driver = start()) {
            poll(driver, 2000);
            bus.plugged.clear();
            ups.gone = true;
            poll(driver, 2000);
            assertEquals("OL", var("ups.status"));

            var back = new FakeUsb.Ups();
            back.address = "005";
            back.feature(2, 2, 0x02);
            bus.plugged.add(back);
            poll(driver, 500);
            assertEquals("OB DISCHRG", var("ups.status"));
            assertEquals("1", var("driver.usb.lost"));
            assertEquals("1", var("driver.usb.reopened"));
        }
    }

    @Test
    void longAbsenceIsStaleUntilTheSameDeviceIsBack() throws Exception {
        try (var driver = start()) {
            poll(driver, 2000);
            bus.plugged.clear();
            ups.gone = true;
            poll(driver, 2000);
            poll(driver, 1000);
            assertThrows(IOException.class, () -> poll(driver, 2500));
            assertEquals("OL", var("ups.status"), "nothing that could not be read is news");

            var other = new FakeUsb.Ups();
            other.serial = "S2";
            other.feature(2, 2, 0x02);
            bus.plugged.add(other);
            assertThrows(IOException.class, () -> poll(driver, 5000));
            assertEquals("OL", var("ups.status"));

            bus.plugged.add(new FakeUsb.Ups());
            poll(driver, 5000);
            assertEquals("OL", var("ups.status"));
            assertEquals("1", var("driver.usb.reopened"));
        }
    }

    @Test
    void deviceThatIsThereButDoesNotAnswerIsReset() throws Exception {
        try (var driver = start()) {
            poll(driver, 2000);
            for (int report = 1; report <= 4; report++) {
                ups.faults.put(report, UsbException.Kind.TIMEOUT);
            }
            for (int i = 0; i < 12; i++) {
                try {
                    poll(driver, 4000);
                } catch (IOException e) {
                    assertTrue(String.valueOf(e.getMessage()).contains("051d:0002"), e.getMessage());
                }
            }
            assertTrue(ups.resets > 0, "reset");
            assertTrue(ups.releases > 0, "released");
            ups.faults.clear();
            poll(driver, 70_000);
            assertEquals("OL", var("ups.status"));
        }
    }

    @Test
    void commandsAreSentAndShutdownTakesTheFirstThatWorks() throws Exception {
        try (var driver = start()) {
            poll(driver, 2000);
            assertEquals(Outcome.HANDLED, driver.instcmd("load.off", Optional.empty()));
            assertEquals(List.of("[3, 0, 0]"), ups.written);
            ups.written.clear();
            assertEquals(Outcome.HANDLED, driver.shutdown());
            assertEquals(List.of("[4, 30, 0]", "[3, 20, 0]"), ups.written);
            assertEquals(Outcome.INVALID, driver.instcmd("no.such.command", Optional.empty()));
        }
    }

    @Test
    void settingsChooseTheDevice() throws Exception {
        device.options.put("serial", "s.");
        device.options.put("vendorid", "051D");
        device.options.put("offdelay", "90");
        try (var driver = start()) {
            poll(driver, 2000);
            assertEquals("90", var("ups.delay.shutdown"));
        }
    }

    @Test
    void saysWhyNoDeviceWasTaken() {
        device.options.put("serial", "X1");
        var stranger = new FakeUsb.Ups();
        stranger.id = new UsbId(0x1234, 0x5678);
        bus.plugged.add(stranger);
        var e = assertThrows(DriverException.class, this::start);
        assertTrue(e.text().contains("serial number 'S1' does not match 'serial = X1'"), e.text());
        assertTrue(e.text().contains("no subdriver knows vendor 1234"), e.text());
        assertFalse(e.text().contains("udev"), e.text());
        assertTrue(bus.closed);
    }

    @Test
    void saysHowToPermitADeviceThatMayNotBeOpened() {
        ups.openFault = UsbException.Kind.ACCESS;
        var e = assertThrows(DriverException.class, this::start);
        assertTrue(e.text().contains("ATTR{idVendor}==\"051d\", ATTR{idProduct}==\"0002\""), e.text());
    }

    @Test
    void saysWhoseANodeIsThatMayNotBeOpened(@TempDir Path directory) throws IOException {
        Path node = Files.writeString(directory.resolve("004"), "");
        Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rw-r-----"));
        ups.node = node.toString();
        ups.openFault = UsbException.Kind.ACCESS;
        var e = assertThrows(DriverException.class, this::start);
        String owner = Files.getOwner(node).getName();
        assertTrue(e.text().contains(node + " belongs to " + owner + ":"), e.text());
        assertTrue(e.text().contains("mode rw-r-----; this is user "), e.text());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void equalDevicesAreToldApartByTheirPort(boolean asked) throws Exception {
        var other = new FakeUsb.Ups();
        other.port = "003";
        other.serial = null;
        other.feature(1, 1, 42);
        ups.serial = null;
        ups.feature(2, 2, 0x02);
        bus.plugged.add(other);
        if (asked) {
            device.options.put("busport", "003");
        }
        try (var driver = start()) {
            poll(driver, 2000);
            assertEquals("42", var("battery.charge"));
            bus.plugged.remove(other);
            other.gone = true;
            poll(driver, 2000);
            assertThrows(IOException.class, () -> poll(driver, 5000));
            assertEquals("42", var("battery.charge"), "the device at the other port is another");
            assertEquals("OL CHRG", var("ups.status"));
        }
    }

    @Test
    void ownTableServesTheDevice(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("my.hid"), """
                subdriver "Mine 1.0"
                read battery.charge.approx UPS.PowerSummary.RemainingCapacity format %.1f quick
                status UPS.PowerSummary.PresentStatus.ACPresent as online quick
                """);
        device.dir = directory;
        device.options.put("subdriver", "my.hid");
        device.options.put("vendorid", "051d");
        device.options.put("productid", "0002");
        try (var driver = start()) {
            poll(driver, 2000);
            assertEquals("100.0", var("battery.charge.approx"));
            assertEquals("OL", var("ups.status"));
            assertEquals("Mine 1.0", var("driver.version.data"));
        }
    }

    /// Input reports, faults of single reports and a change of what is set, in the order a device had them.
    @Test
    void troublesOfSingleReportsAreNoNews() throws Exception {
        try (var driver = start()) {
            poll(driver, 2000);
            ups.faults.put(2, UsbException.Kind.OVERFLOW);
            ups.feature(1, 1, 60);
            poll(driver, 40_000);
            assertEquals("60", var("battery.charge"));
            assertEquals("OL CHRG", var("ups.status"));
            ups.faults.clear();
            ups.feature(2, 2, 0x0a);
            poll(driver, 2000);
            assertEquals("OB DISCHRG LB", var("ups.status"));
            ups.interrupts.add(FakeUsb.Ups.bytes(2, 0x05));
            device.runAsked();
            assertEquals("OL CHRG", var("ups.status"), "an input report");
            poll(driver, 2000);
            assertEquals("OB DISCHRG LB", var("ups.status"), "the feature report still says so");
        }
    }

    @Test
    void badPatternIsRefused() {
        device.options.put("product", "(");
        assertThrows(DriverException.class, this::start);
    }

    @Test
    void exploreNamesEverythingItFinds() throws Exception {
        device.options.put("explore", "");
        device.options.put("vendorid", "1234");
        ups.id = new UsbId(0x1234, 0x5678);
        try (var driver = start()) {
            poll(driver, 2000);
            assertEquals("OL", var("ups.status"));
            assertEquals("Generic HID 0.1", var("driver.version.data"));
        }
    }
}
