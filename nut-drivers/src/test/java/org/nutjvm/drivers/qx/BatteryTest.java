package org.nutjvm.drivers.qx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.TestDevice;

class BatteryTest {
    private static final long SECOND = 1_000_000_000L;
    private final Map<String, String> known = new HashMap<>();
    private final TestDevice device = new TestDevice();

    private Battery begun(boolean always) throws DriverException {
        var battery = new Battery(BatterySettings.of(device), always);
        var found = new HashMap<String, String>();
        battery.begin(known::get, found, 0);
        known.putAll(found);
        return battery;
    }

    private @Nullable String after(Battery battery, boolean online, long seconds, String name) {
        var found = new HashMap<String, String>();
        battery.update(known::get, found, online, seconds * SECOND);
        known.putAll(found);
        return found.get(name);
    }

    @ParameterizedTest
    @CsvSource({
        "24.0,27.5,100,27.5",
        "24.0,20.8,0,20.8",
        "24.0,23.4,50,23.4",
        "24.0,2.27,100,2.27",
        "24.0,1.95,50,1.95",
        "12.0,23.4,50,23.4"
    })
    void chargeGoesByVoltage(String nominal, String voltage, String charge, String published) throws DriverException {
        known.putAll(Map.of("battery.voltage.nominal", nominal, "battery.voltage", voltage));
        begun(false);
        assertEquals(charge, known.get("battery.charge"));
        assertEquals(published, known.get("battery.voltage"));
    }

    @Test
    void voltageOfOnePackBecomesThatOfAll() throws DriverException {
        known.putAll(Map.of("battery.voltage.nominal", "24.0", "battery.voltage", "2.27"));
        device.options.put("battery_voltage_reports_one_pack", "");
        var battery = begun(false);
        assertEquals("27.24", known.get("battery.voltage"));
        assertEquals(12, battery.multiplier());
    }

    @Test
    void numberOfPacksThatIsToldIsNoFactorByItself() throws DriverException {
        known.putAll(Map.of("battery.voltage.nominal", "24.0", "battery.voltage", "23.4", "battery.packs", "2"));
        begun(false);
        assertEquals("50", known.get("battery.charge"));
    }

    @Test
    void limitsOfUpsConfCount() throws DriverException {
        known.putAll(Map.of(
                "battery.voltage.low",
                "20",
                "battery.voltage.high",
                "30",
                "battery.voltage",
                "21",
                "battery.packs",
                "1"));
        begun(false);
        assertEquals("10", known.get("battery.charge"));
        assertNull(known.get("battery.voltage.nominal"));
    }

    @Test
    void nothingIsMadeUpWithoutNominalVoltage() throws DriverException {
        known.put("battery.voltage", "27.5");
        var battery = begun(false);
        assertEquals(Map.of("battery.voltage", "27.5"), known);
        assertNull(after(battery, true, 10, "battery.charge"));
    }

    @Test
    void whatTheDeviceTellsIsLeftAlone() throws DriverException {
        known.putAll(Map.of(
                "battery.charge",
                "70",
                "battery.runtime",
                "600",
                "battery.voltage",
                "27",
                "battery.voltage.nominal",
                "24"));
        device.options.put("runtimecal", "240,100,720,50");
        var battery = begun(false);
        assertNull(after(battery, false, 100, "battery.charge"));
        assertEquals("70", known.get("battery.charge"));
    }

    @Test
    void runtimeGoesDownWithLoadAndUpWithMains() throws DriverException {
        known.putAll(Map.of("battery.voltage.nominal", "24.0", "battery.voltage", "27.5", "ups.load", "50"));
        device.options.put("runtimecal", "240,100,720,50");
        var battery = begun(false);
        assertEquals("720", after(battery, true, 0, "battery.runtime"));
        assertEquals("360", after(battery, false, 360, "battery.runtime"));
        assertEquals("50", known.get("battery.charge"));
        // A quarter of twelve hours.
        assertEquals("75", after(battery, true, 360 + 10_800, "battery.charge"));
        known.put("battery.voltage", "21.32");
        assertEquals("10", after(battery, true, 360 + 10_801, "battery.charge"));
        known.put("ups.load", "0");
        assertEquals("240", after(battery, false, 360 + 10_801, "battery.runtime"));
    }

    @Test
    void runtimeWithoutAnyVoltageIsRefused() {
        device.options.put("runtimecal", "240,100,720,50");
        assertThrows(DriverException.class, () -> begun(false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2,3",
                "a,100,720,50",
                "720,100,240,50",
                "0,100,720,50",
                "240,101,720,50",
                "240,50,720,50",
                "240,50,720,0"
            })
    void calibrationThatCannotBeIsRefused(String text) {
        device.options.put("runtimecal", text);
        assertThrows(DriverException.class, () -> BatterySettings.of(device));
    }
}
