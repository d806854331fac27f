package org.nutjvm.drivers.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nutjvm.common.state.Variable;

class DstateTest {
    private final List<String> told = new ArrayList<>();
    private final Dstate dstate = new Dstate();

    DstateTest() {
        dstate.listener(line -> told.add(line.text()));
    }

    private String status(String words) {
        dstate.statusInit();
        dstate.statusSet(words);
        dstate.statusCommit();
        return String.valueOf(dstate.getinfo("ups.status"));
    }

    private List<String> dump() {
        var lines = new ArrayList<String>();
        dstate.dump(line -> lines.add(line.text()));
        return lines;
    }

    @Test
    void controlCharactersOfADeviceDoNotBeginLines() {
        dstate.setinfo("ups.serial", "1\n\"\nDATAOK\r\u001b[2J\u0085");
        dstate.addenum("ups.serial", "2\nFSD");
        assertEquals("1\"DATAOK[2J", dstate.getinfo("ups.serial"));
        assertEquals(List.of("SETINFO ups.serial \"1\\\"DATAOK[2J\"", "ADDENUM ups.serial \"2FSD\""), told);
    }

    @Test
    void onlyChangesAreTold() {
        dstate.setinfo("ups.load", "1");
        dstate.setinfo("ups.load", "1");
        dstate.setinfo("UPS.LOAD", "2");
        dstate.delinfo("ups.load");
        dstate.delinfo("ups.load");
        assertEquals(List.of("SETINFO ups.load \"1\"", "SETINFO UPS.LOAD \"2\"", "DELINFO ups.load"), told);
    }

    @Test
    void valuesAreCutWhereCCutsThem() {
        dstate.setinfo("ups.id", "x".repeat(300));
        assertEquals("x".repeat(255), dstate.getinfo("ups.id"));
    }

    @Test
    void limitsOfUnknownVariablesAreRefused() {
        dstate.setaux("nope", 3);
        dstate.addenum("nope", "a");
        dstate.addrange("nope", 1, 2);
        dstate.setflags("nope", Set.of(Variable.Flag.RW));
        assertEquals(List.of(), told);
    }

    @Test
    void aRangeMakesANumber() {
        dstate.setinfo("input.transfer.low", "90");
        assertFalse(dstate.addrange("input.transfer.low", 10, 1));
        assertTrue(dstate.addrange("input.transfer.low", 1, 10));
        assertFalse(dstate.addrange("input.transfer.low", 1, 10));
        assertEquals(
                List.of(
                        "SETINFO input.transfer.low \"90\"",
                        "ADDRANGE input.transfer.low 1 10",
                        "SETFLAGS input.transfer.low NUMBER"),
                told);
    }

    @Test
    void flagsAreAddedOneByOne() {
        dstate.setinfo("ups.id", "x");
        told.clear();
        dstate.addflags("ups.id", Variable.Flag.STRING);
        dstate.addflags("ups.id", Variable.Flag.RW);
        dstate.addflags("ups.id", Variable.Flag.RW);
        assertEquals(List.of("SETFLAGS ups.id STRING", "SETFLAGS ups.id RW STRING"), told);
    }

    @Test
    void overriddenVariablesIgnoreTheDevice() {
        dstate.override("battery.charge.low", "30");
        assertFalse(dstate.setinfo("battery.charge.low", "10"));
        assertFalse(dstate.delinfo("battery.charge.low"));
        dstate.setflags("battery.charge.low", Set.of(Variable.Flag.RW));
        assertEquals("30", dstate.getinfo("battery.charge.low"));
        // C keeps the mark among the flags and so sends a line without words.
        assertEquals(
                List.of("DATASTALE", "SETINFO battery.charge.low \"30\"", "SETFLAGS battery.charge.low", "DUMPDONE"),
                dump());
    }

    @Test
    void dumpHasCsOrder() {
        dstate.addcmd("load.on");
        dstate.addcmd("load.off");
        dstate.setinfo("ups.id", "a \"b\" #c");
        dstate.setinfo("ups.beeper", "on");
        dstate.addenum("ups.beeper", "on");
        dstate.addenum("ups.beeper", "off");
        dstate.setinfo("battery.low", "5");
        dstate.addrange("battery.low", 1, 9);
        dstate.setaux("ups.id", 8);
        dstate.setflags("ups.id", Set.of(Variable.Flag.STRING, Variable.Flag.RW));
        dstate.dataok();
        assertEquals(
                List.of(
                        "SETINFO battery.low \"5\"",
                        "ADDRANGE battery.low 1 9",
                        "SETFLAGS battery.low NUMBER",
                        "SETINFO ups.beeper \"on\"",
                        "ADDENUM ups.beeper \"on\"",
                        "ADDENUM ups.beeper \"off\"",
                        "SETINFO ups.id \"a \\\"b\\\" \\#c\"",
                        "SETAUX ups.id 8",
                        "SETFLAGS ups.id RW STRING",
                        "ADDCMD load.off",
                        "ADDCMD load.on",
                        "DATAOK",
                        "DUMPDONE"),
                dump());
    }

    @Test
    void staleAndOkAreToldAtTheTurn() {
        assertTrue(dstate.stale());
        dstate.datastale();
        dstate.dataok();
        dstate.dataok();
        dstate.datastale();
        assertEquals(List.of("DATAOK", "DATASTALE"), told);
    }

    @Test
    void oneVariableIsDumpedAlone() {
        dstate.setinfo("ups.status", "OL");
        var lines = new ArrayList<String>();
        dstate.dump("ups.status", line -> lines.add(line.text()));
        dstate.dump("nope", line -> lines.add(line.text()));
        assertEquals(List.of("DATASTALE", "SETINFO ups.status \"OL\"", "DUMPDONE", "DATASTALE", "DUMPDONE"), lines);
    }

    @Test
    void statusWordsComeOnceInTheirOrder() {
        assertEquals("OL CHRG", status("OL  OL CHRG OL"));
        assertEquals("OB DISCHRG LB", status("OB DISCHRG LB"));
        assertEquals("", status(""));
        dstate.statusInit();
        dstate.statusSet("OL");
        dstate.statusSet("BYPASS");
        assertTrue(dstate.statusGet("BYPASS"));
        assertFalse(dstate.statusGet("PASS"));
    }

    @Test
    void chrgIsNoPartOfDischrg() {
        assertEquals("DISCHRG CHRG", status("DISCHRG CHRG"));
    }

    @Test
    void ignorelbDecidesByThresholds() {
        dstate.setinfo("driver.flag.ignorelb", "enabled");
        assertEquals("OB", status("OB LB"));
        dstate.setinfo("battery.charge", "20");
        dstate.setinfo("battery.charge.low", "30");
        assertEquals("OB LB", status("OB"));
        dstate.setinfo("battery.charge", "30");
        assertEquals("OB", status("OB"));
        dstate.setinfo("battery.runtime", "59.9");
        dstate.setinfo("battery.runtime.low", "60");
        assertEquals("OB LB", status("OB LB"));
        dstate.statusCommit();
        assertEquals("OB LB", dstate.getinfo("ups.status"), "a second commit adds nothing");
    }

    @Test
    void alarmsComeFirstAndGoAgain() {
        dstate.alarmInit();
        dstate.alarmSet("[hot]");
        dstate.alarmSet("[on fire]");
        dstate.alarmCommit();
        assertEquals("[hot] [on fire]", dstate.getinfo("ups.alarm"));
        assertEquals("ALARM OL", status("OL"));
        assertEquals("ALARM", status(""));
        dstate.alarmInit();
        dstate.alarmCommit();
        assertNull(dstate.getinfo("ups.alarm"));
        assertEquals("OL", status("OL"));
    }

    @Test
    void alarmAsStatusWordComesFirstToo() {
        assertEquals("ALARM OL", status("OL ALARM"));
        assertEquals("OL", status("OL"));
    }

    @Test
    void alarmsOfADaisyChainAreCounted() {
        dstate.alarmInit();
        dstate.alarmSet("[hot]");
        dstate.deviceAlarmCommit(1);
        dstate.deviceAlarmInit();
        dstate.deviceAlarmCommit(2);
        assertEquals("[hot]", dstate.getinfo("device.1.ups.alarm"));
        assertNull(dstate.getinfo("device.2.ups.alarm"));
        assertEquals("ALARM OL", status("OL"));
    }

    @Test
    void longAlarmsAreCut() {
        dstate.alarmInit();
        dstate.alarmSet("x".repeat(200));
        dstate.alarmSet("y".repeat(200));
        dstate.alarmCommit();
        assertEquals("x".repeat(200) + ' ' + "y".repeat(54), dstate.getinfo("ups.alarm"));
    }

    @Test
    void chargeTrendSaysWhatTheDeviceDoesNot() {
        dstate.setinfo("battery.charge", "50");
        assertEquals("OB", status("OB"), "nothing to compare with yet");
        dstate.rememberCharge();
        assertEquals("OB", status("OB"), "not moved");
        dstate.setinfo("battery.charge", "49.5");
        assertEquals("OB DISCHRG", status("OB"));
        dstate.rememberCharge();
        dstate.setinfo("battery.charge", "60");
        assertEquals("OL CHRG", status("OL"));
        assertEquals("OL DISCHRG CHRG", status("OL DISCHRG"), "the device's word stays, as in C");
        dstate.setinfo("battery.charge", "100");
        assertEquals("OL", status("OL"), "full");
        dstate.setinfo("battery.charge", "n/a");
        assertEquals("OL", status("OL"));
    }

    @Test
    void buzzwordsVanishWhenThereAreNone() {
        dstate.buzzmodeInit();
        dstate.buzzmodeSet("vendor:apc:eco");
        dstate.buzzmodeSet("vendor:apc:eco");
        dstate.buzzmodeCommit();
        assertEquals("vendor:apc:eco", dstate.getinfo("experimental.ups.mode.buzzwords"));
        dstate.buzzmodeInit();
        dstate.buzzmodeCommit();
        assertNull(dstate.getinfo("experimental.ups.mode.buzzwords"));
    }
}
