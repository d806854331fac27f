package org.nutjvm.drivers.hid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Descriptors of real devices: the items are those of the C parser, the values those it makes of recorded and random
/// reports, and damaged descriptors do no harm.
class DescriptorCorpusTest {
    private static final int MUTATIONS = 10;
    private static final long SEED = 20260805;

    /// Columns of the tables that are compared as text; the path's names are another test's.
    private static final int NUMERIC_PATH = 1;

    private static final int LOGICAL_VALUE = 18;
    private static final int PHYSICAL_VALUE = 19;

    private static final Map<String, Set<Repair>> REPAIRS_OF = Map.of(
            "051d:0002", EnumSet.of(Repair.APC_INPUT_VOLTAGE, Repair.APC_NOMINAL_VOLTAGE),
            "0764:0501", cps(),
            "0764:0601", cps(),
            "075d:0300", EnumSet.of(Repair.IDOWELL_RUNTIME, Repair.IDOWELL_VOLTAGE));

    private static Set<Repair> cps() {
        return EnumSet.of(Repair.CPS_VOLTAGES_OF_TRANSFER, Repair.CPS_ASSUMED_VOLTAGES, Repair.CPS_NOMINAL_POWER);
    }

    @Test
    void itemsAreThoseOfTheCParser() throws IOException {
        var wrong = new ArrayList<String>();
        int items = 0;
        for (String device : HidCorpus.devices()) {
            var repaired = repaired(device);
            items += compare(device, "paths.tsv", repaired, HidCorpus.capture(device, "reports.txt"), wrong);
            compare(device, "paths-synthetic.tsv", repaired, HidCorpus.golden(device, "synthetic-reports.txt"), wrong);
        }
        assertEquals(List.of(), wrong);
        assertTrue(items > 2500, items + " items");
    }

    @Test
    void itemsWithoutRepairsAreThoseOfTheCParserWithoutThem() throws IOException {
        var wrong = new ArrayList<String>();
        int differing = 0;
        for (String device : HidCorpus.devices()) {
            if (Files.exists(HidCorpus.golden(device, "paths-nofix.tsv"))) {
                var plain = DescriptorParser.parse(HidCorpus.descriptor(device), Repair.parserOnly());
                compare(device, "paths-nofix.tsv", plain, HidCorpus.capture(device, "reports.txt"), wrong);
                differing += plain.items().equals(repaired(device).items()) ? 0 : 1;
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(differing >= 10, differing + " descriptors need repairs");
    }

    @Test
    void damagedDescriptorsDoNoHarm() throws IOException {
        var random = new Random(SEED);
        int parsed = 0;
        for (String device : HidCorpus.devices()) {
            byte[] good = HidCorpus.descriptor(device);
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] bad = damaged(good, random);
                String what = device + ", mutation " + i;
                parsed += assertTimeoutPreemptively(Duration.ofSeconds(5), () -> readAll(bad, device), what);
            }
        }
        assertTrue(parsed > 5000, parsed + " items were found in damaged descriptors");
    }

    /// Every item is read and written in reports too short, of the right size and too long.
    private static int readAll(byte[] bytes, String device) {
        var descriptor = DescriptorParser.parse(bytes, Repair.all());
        for (var repair : Repair.values()) {
            descriptor = repair.apply(descriptor);
        }
        for (var item : descriptor.items()) {
            for (int length : new int[] {0, 1, descriptor.reportLength(item.reportId()), 300}) {
                byte[] report = new byte[length];
                new Random(length).nextBytes(report);
                long value = HidValue.logical(item, report);
                double physical = HidValue.physical(item, value);
                HidValue.put(item, report, HidValue.logical(item, physical));
            }
            assertTrue(item.path().size() <= HidPath.LIMIT && item.reportId() < 256, device);
        }
        assertTrue(descriptor.items().size() <= 500, device);
        assertTrue(descriptor.complaints().size() <= 20, device);
        return descriptor.items().size();
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] bad = good.clone();
        switch (random.nextInt(4)) {
            case 0 -> bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
            case 1 -> {
                for (int n = 1 + random.nextInt(20); n > 0; n--) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
            }
            case 2 -> {
                int at = random.nextInt(bad.length);
                int by = 1 + random.nextInt(8);
                System.arraycopy(good, Math.min(at + by, good.length), bad, at, Math.max(0, good.length - at - by));
            }
            default -> {
                byte[] junk = new byte[random.nextInt(8000)];
                random.nextBytes(junk);
                System.arraycopy(good, 0, junk, 0, Math.min(junk.length, random.nextInt(good.length)));
                bad = junk;
            }
        }
        return bad;
    }

    private static ReportDescriptor repaired(String device) throws IOException {
        String json = Files.readString(HidCorpus.capture(device, "device.json"));
        String id = field(json, "vendorid") + ":" + field(json, "productid");
        var descriptor = DescriptorParser.parse(HidCorpus.descriptor(device), Repair.all());
        for (var repair : REPAIRS_OF.getOrDefault(id, EnumSet.noneOf(Repair.class))) {
            descriptor = repair.apply(descriptor);
        }
        return descriptor;
    }

    private static String field(String json, String name) {
        int at = json.indexOf("\"" + name + "\": \"") + name.length() + 5;
        return json.substring(at, json.indexOf('"', at));
    }

    private static int compare(
            String device, String table, ReportDescriptor descriptor, Path reportFile, List<String> wrong)
            throws IOException {
        Path golden = HidCorpus.golden(device, table);
        if (!Files.exists(golden)) {
            return 0;
        }
        var reports = HidCorpus.reports(reportFile);
        var rows = HidCorpus.table(golden);
        var items = descriptor.items();
        if (rows.size() != items.size()) {
            wrong.add(device + " " + table + ": C has " + rows.size() + " items, we " + items.size());
        }
        for (int i = 0; i < Math.min(rows.size(), items.size()); i++) {
            compare(device + " " + table + " line " + (i + 2), rows.get(i), items.get(i), descriptor, reports, wrong);
        }
        return rows.size();
    }

    private static void compare(
            String where,
            String[] c,
            HidItem item,
            ReportDescriptor descriptor,
            Map<String, byte[]> reports,
            List<String> wrong) {
        var p = item.physical();
        String[] ours = {
            item.path().toString(),
            item.type().text(),
            "0x" + Hex.of(item.reportId(), 2),
            Integer.toString(item.offset()),
            Integer.toString(item.size()),
            "0x" + Hex.of(item.attribute(), 2),
            "0x" + Hex.of(item.unit(), 8),
            Integer.toString(item.unitExponent()),
            Integer.toString(item.exponent()),
            Long.toString(item.logicalMin()),
            Long.toString(item.logicalMax()),
            item.logicalMaxAssumed() ? "1" : "0",
            p.hasMin() ? "1" : "0",
            Long.toString(p.min()),
            p.hasMax() ? "1" : "0",
            Long.toString(p.max()),
            Integer.toString(descriptor.reportLength(item.reportId())),
        };
        for (int i = 0; i < ours.length; i++) {
            if (!c[i + NUMERIC_PATH].equals(ours[i])) {
                wrong.add(where + ", column " + (i + NUMERIC_PATH) + ": C " + c[i + NUMERIC_PATH] + ", we " + ours[i]);
            }
        }
        if (c[LOGICAL_VALUE].equals("-")) {
            return;
        }
        byte[] report = reports.get(item.type().name() + " " + ours[2]);
        if (report == null) {
            report = reports.get("FEATURE " + ours[2]);
        }
        if (report == null) {
            report = reports.get("INPUT " + ours[2]);
        }
        if (report == null) {
            wrong.add(where + ": C has a value, but there is no report");
            return;
        }
        long logical = HidValue.logical(item, report);
        if (!c[LOGICAL_VALUE].equals(Long.toString(logical))) {
            wrong.add(where + ": logical value of C " + c[LOGICAL_VALUE] + ", of ours " + logical);
        }
        double physical = HidValue.physical(item, logical);
        double cPhysical = Double.parseDouble(c[PHYSICAL_VALUE]);
        if (Math.abs(physical - cPhysical) > Math.abs(cPhysical) * 1e-5) {
            wrong.add(String.format(Locale.ROOT, "%s: physical value of C %g, of ours %g", where, cPhysical, physical));
        }
    }
}
