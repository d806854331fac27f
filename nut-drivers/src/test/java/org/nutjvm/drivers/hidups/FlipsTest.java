package org.nutjvm.drivers.hidups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.hid.HidCorpus;

/// One item of a recorded device has another value: the variables that change with it are those of the C driver
/// before its first full update, and the status is the same after one.
class FlipsTest {
    /// Of some 6300 changes every so many is tried; `-Dflips.every=1` tries all, which takes a minute.
    private static final int EVERY = Integer.getInteger("flips.every", 17);

    private static final int C_STRING = 19;

    @Test
    void variablesChangeAsInTheCDriver() throws IOException {
        var wrong = new ArrayList<String>();
        int tried = 0;
        int row = 0;
        for (String name : HidCorpus.devices()) {
            var file = HidCorpus.golden(name, "flips.tsv");
            var base = Files.exists(file) ? GoldenTest.run(PlayedDevice.load(name), false) : null;
            if (base == null) {
                continue;
            }
            var before = GoldenTest.published(base.dstate());
            for (String line : Files.readAllLines(file)) {
                String[] cells = line.split("\t", -1);
                if (line.startsWith("#") || cells.length < 8 || row++ % EVERY != 0) {
                    continue;
                }
                tried++;
                var device = PlayedDevice.load(name);
                byte[] report = HidCorpus.bytes(cells[6]);
                device.features.put(report[0] & 0xff, report);
                var run = Objects.requireNonNull(GoldenTest.run(device, false), name);
                var after = GoldenTest.published(run.dstate());
                var c = ofC(cells[7]);
                var ours = changes(before, after);
                if (!c.equals(ours) && !c.equals(asC(ours))) {
                    wrong.add(name + " " + cells[0] + " " + cells[4] + " -> " + cells[5] + ": C " + c + ", we " + ours);
                }
                run.ups().update(true);
                String status = String.valueOf(run.dstate().getinfo("ups.status"));
                if (!status.equals(after.get("ups.status"))) {
                    wrong.add(name + " " + cells[0] + " " + cells[4] + " -> " + cells[5] + ": "
                            + after.get("ups.status") + ", at the full update " + status);
                }
            }
        }
        assertEquals("", String.join("\n", wrong), () -> wrong.size() + " differ");
        assertTrue(tried > 300, tried + " tried");
    }

    private static Map<String, String> ofC(String text) {
        var changes = new TreeMap<String, String>();
        for (String change : List.of(text.split(" ; ", -1))) {
            int colon = change.indexOf(": ");
            if (colon > 0 && GoldenTest.isOfTheDevice(change.substring(0, colon).strip())) {
                changes.put(
                        change.substring(0, colon).strip(),
                        change.substring(colon + 2).strip());
            }
        }
        return changes;
    }

    /// As C has it: alarms only from its next full update on, strings of the device cut to 19 letters.
    private static Map<String, String> asC(Map<String, String> changes) {
        var cut = new TreeMap<String, String>();
        changes.forEach((name, change) -> {
            int arrow = change.indexOf(" ->");
            String was = change.substring(0, arrow);
            String is = change.substring(arrow + " ->".length()).strip();
            if (name.equals("battery.type") && is.length() > C_STRING) {
                is = is.substring(0, C_STRING);
            }
            if (name.equals("ups.status") && is.startsWith("ALARM ")) {
                is = is.substring("ALARM ".length());
            }
            if (!name.equals("ups.alarm") && !was.equals(is)) {
                cut.put(name, (was + " -> " + is).strip());
            }
        });
        return cut;
    }

    private static Map<String, String> changes(Map<String, String> before, Map<String, String> after) {
        var changes = new TreeMap<String, String>();
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String was = before.getOrDefault(name, "(absent)");
            String is = after.getOrDefault(name, "(absent)");
            if (!Objects.equals(was, is)) {
                changes.put(name, (was + " -> " + is).strip());
            }
        }
        return changes;
    }
}
