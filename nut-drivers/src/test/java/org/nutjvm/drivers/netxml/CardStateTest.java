package org.nutjvm.drivers.netxml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.spi.Dstate;

class CardStateTest {
    private static final String STATUS = "UPS.PowerSummary.PresentStatus.";

    private final Dstate dstate = new Dstate();
    private CardState state = new CardState(new ObjectTable(), 120, false);

    private void take(String root, String... objects) throws IOException {
        var page = PlayedCard.objects(root, objects).getBytes(StandardCharsets.UTF_8);
        state.take(new PageReader().read(page), dstate);
    }

    private @Nullable String value(String object, String variable) throws IOException {
        take("SUMMARY", object);
        return dstate.getinfo(variable);
    }

    private String status(String... objects) throws IOException {
        take("SUMMARY", objects);
        state.publish(dstate);
        return String.valueOf(dstate.getinfo("ups.status"));
    }

    @Test
    void statusComesFromFacts() throws IOException {
        assertFalse(state.known());
        assertEquals("OL CHRG", status(STATUS + "ACPresent 1", STATUS + "Charging 1"));
        assertTrue(state.known());
        assertEquals(
                "OB DISCHRG LB",
                status(
                        STATUS + "ACPresent 0",
                        STATUS + "Charging 1",
                        STATUS + "Discharging 1",
                        STATUS + "BelowRemainingCapacityLimit 1"));
        assertEquals(
                "OL TRIM BYPASS",
                status(
                                STATUS + "ACPresent 1",
                                STATUS + "Charging 0",
                                STATUS + "Discharging 0",
                                STATUS + "BelowRemainingCapacityLimit 0",
                                "UPS.PowerConverter.Input[1].PresentStatus.Buck 1",
                                "UPS.PowerConverter.Input[2].PresentStatus.Used 1")
                        .replace("ALARM ", ""));
        assertEquals("Automatic bypass mode!", dstate.getinfo("ups.alarm"));
    }

    @Test
    void whatIsMissingIsAnAlarm() throws IOException {
        assertEquals(
                "ALARM OL RB OFF",
                status(STATUS + "ACPresent 1", STATUS + "Good 0", "UPS.BatterySystem.Battery.PresentStatus.Present 0"));
        assertEquals("No battery installed!", dstate.getinfo("ups.alarm"));
        assertEquals("OL", status(STATUS + "Good 1", "UPS.BatterySystem.Battery.PresentStatus.Present 1"));
        assertNull(dstate.getinfo("ups.alarm"));
    }

    @Test
    void transferReasonsComeAndGo() throws IOException {
        status(STATUS + "ACPresent 0", "UPS.PowerConverter.Input[1].PresentStatus.VoltageOutOfRange Yes");
        assertEquals("input voltage out of range", dstate.getinfo("input.transfer.reason"));
        status("UPS.PowerConverter.Input[1].PresentStatus.VoltageOutOfRange 0");
        assertNull(dstate.getinfo("input.transfer.reason"));
    }

    @Test
    void aCountdownWithinTheDurationIsAShutdown() throws IOException {
        String timer = "UPS.PowerSummary.DelayBeforeShutdown ";
        assertEquals("OL", status(STATUS + "ACPresent 1", timer + "121"));
        assertEquals("ALARM OL FSD", status(timer + "120"));
        assertEquals("ALARM OL FSD", status("System.RunTimeToShutdown 500"), "the countdown is nearer the truth");
        assertEquals("OL", status(timer + "-1"));
        assertEquals("ALARM OL FSD", status("System.RunTimeToShutdown 0"));
        assertEquals("OL", status("System.RunTimeToShutdown NONE"));
    }

    @Test
    void valuesAreConverted() throws IOException {
        assertEquals("7.00", value("UPS.BatterySystem.Battery.DesignCapacity 25200", "battery.capacity"));
        assertEquals("0.95", value("UPS.PowerConverter.Output.PowerFactor 95", "output.powerfactor"));
        assertEquals("enabled", value("UPS.BatterySystem.Battery.AudibleAlarmControl 2", "ups.beeper.status"));
        assertEquals("yes", value("UPS.PowerConverter.Output.ForcedReboot 1", "ups.start.reboot"));
        assertEquals("<unknown>", value("UPS.PowerConverter.Output.ForcedReboot x", "ups.start.reboot"));
        assertEquals("off", value("UPS.OutletSystem.Outlet[2].PresentStatus.SwitchOnOff 0", "outlet.1.status"));
        assertEquals("online - hot standby redundancy", value("UPS.PowerConverter.ConverterType 5", "ups.type"));
        assertNull(value("UPS.BatterySystem.Battery.AudibleAlarmControl 9", "x"));
        assertEquals("15:23:26", value("System.LastAcquisition 2008/03/01 15:23:26", "ups.time"));
        assertEquals("2008/03/01", dstate.getinfo("ups.date"));
        assertEquals("15:23:27", value("System.LastAcquisition 2008-03-01 - 15:23:27", "ups.time"));
        assertEquals("2008-03-01", dstate.getinfo("ups.date"));
        assertEquals("in progress", value("UPS.BatterySystem.Battery.Test 5", "ups.test.result"));
        assertEquals("OL CAL", status(STATUS + "ACPresent 1"));
        assertEquals("opened", value("Environment.Input[1].PresentStatus.State 0", "ambient.contacts.1.status"));
        assertEquals("4.2", value("PDU.OutletSystem.Outlet[7].Current 4.2", "outlet.7.current"));
        assertNull(value("No.Such.Object 1", "No.Such.Object"));
    }

    @Test
    void tenthsAreForOldCards() throws IOException {
        String volts = "UPS.PowerConverter.Output.Phase[11].Voltage ";
        assertNull(value(volts + "0", "output.L1-L2.voltage"));
        assertEquals("4003", value(volts + "4003", "output.L1-L2.voltage"));
        state = new CardState(new ObjectTable(), 120, true);
        assertEquals("400.3", value(volts + "4003", "output.L1-L2.voltage"));
        assertEquals("1.5", value("UPS.PowerConverter.Input[1].Phase[1].Current 15", "input.L1.current"));
    }

    @Test
    void whatNeverChangesStays() throws IOException {
        assertEquals("Evolution", value("UPS.PowerSummary.iProduct Evolution", "ups.model"));
        assertEquals("Evolution", value("System.Description Other", "ups.model"));
    }

    @Test
    void phasesAreCountedOnce() throws IOException {
        take(
                "GET_OBJECT",
                "UPS.PowerConverter.Input[1].Voltage 230",
                "UPS.PowerConverter.Output.Phase[1].Voltage 230",
                "UPS.PowerConverter.Output.Phase[2].Voltage 230",
                "UPS.PowerConverter.Output.Phase[3].Voltage 231");
        assertEquals("1", dstate.getinfo("input.phases"));
        assertEquals("3", dstate.getinfo("output.phases"));
        assertNull(dstate.getinfo("input.bypass.phases"));
        take("GET_OBJECT", "UPS.PowerConverter.Output.Phase[3].Voltage 0");
        assertEquals("3", dstate.getinfo("output.phases"));
    }

    @Test
    void theCardIsDescribed() throws IOException {
        state.take(new PageReader().read(PlayedCard.OLD.getBytes(StandardCharsets.UTF_8)), dstate);
        assertEquals("49EH29101", dstate.getinfo("ups.serial"));
        assertEquals("Network Management Card/Transverse/GB", dstate.getinfo("ups.firmware.aux"));
        assertEquals("1", value("Environment.PresentStatus.HighHumidity 1", "ambient.humidity.maximum"));
        state.take(new PageReader().read(PlayedCard.NEW.getBytes(StandardCharsets.UTF_8)), dstate);
        assertNull(value("Environment.PresentStatus.LowHumidity 0", "ambient.humidity.minimum"));
    }
}
