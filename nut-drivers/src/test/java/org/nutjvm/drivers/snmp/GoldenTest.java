package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.snmp.mapping.Catalogue;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// Each recorded device looked at by us and by the C driver.
class GoldenTest {
    private static final Oid UPS_MIB = Oid.of(1, 3, 6, 1, 2, 1, 33);

    @Test
    void devicesSayWhatTheySayToC() throws Exception {
        var corpus = Corpus.find();
        var catalogue = Played.catalogue();
        var explained = new Explained("explained.txt");
        var open = new ArrayList<String>();
        int all = 0;
        int same = 0;
        int compared = 0;
        for (var device : corpus.devices()) {
            var wanted = device.wanted();
            if (wanted.isEmpty()) {
                continue;
            }
            compared++;
            var played = new Played(catalogue, Recording.read(device.walk()), "auto");
            var got = played.dump();
            assertEquals(wanted.get("ups.status"), got.get("ups.status"), device.name());
            for (String name : names(wanted, got)) {
                String golden = wanted.getOrDefault(name, "-");
                String ours = got.getOrDefault(name, "-");
                all += wanted.containsKey(name) ? 1 : 0;
                if (golden.equals(ours)) {
                    same++;
                } else if (!explained.covers(device.name(), name, golden, ours)) {
                    open.add(device.name() + " " + name + ": C says [" + golden + "], we say [" + ours + "]");
                }
            }
        }
        assertEquals("", String.join("\n", open));
        assertEquals(Set.of(), explained.unused(), "explained, but there is no such difference any more");
        assertTrue(compared >= 50, compared + " devices");
        assertTrue(same * 100 >= 96 * all, same + " of " + all);
    }

    @Test
    void whatCSaysOfRealDevicesWeSay() throws Exception {
        var corpus = Corpus.find();
        var catalogue = Played.catalogue();
        int all = 0;
        int same = 0;
        for (var device : corpus.devices()) {
            if (device.name().startsWith("syn_")) {
                continue;
            }
            var got = new Played(catalogue, Recording.read(device.walk()), "auto").dump();
            for (var variable : device.wanted().entrySet()) {
                all++;
                if (variable.getValue().equals(got.get(variable.getKey()))) {
                    same++;
                }
            }
        }
        assertTrue(same * 1000L >= 995L * all, same + " of " + all);
    }

    @Test
    void devicesThatCRefusesWork() throws Exception {
        var corpus = Corpus.find();
        var catalogue = Played.catalogue();
        var smart = new Played(
                catalogue, Recording.read(corpus.device("apc_smart1500_nomodel").walk()), "auto");
        assertNotNull(smart.head, smart.reason);
        assertEquals("apcc", smart.head.name());
        assertEquals("OL", smart.dump().get("ups.status"));
        assertEquals("100", smart.dump().get("battery.charge"));
        var px = new Played(
                catalogue, Recording.read(corpus.device("raritan_px1").walk()), "auto");
        assertNotNull(px.head, px.reason);
        assertEquals("raritan-px1", px.head.name());
        assertEquals("12", px.dump().get("outlet.count"));
        assertEquals("2.19", px.dump().get("outlet.3.current"));
        assertEquals("230", px.dump().get("input.voltage"));
        var cyberpower = new Played(
                catalogue, Recording.read(corpus.device("cyberpower_pdu").walk()), "auto");
        assertNotNull(cyberpower.head, cyberpower.reason);
        assertEquals("OL", cyberpower.dump().get("ups.status"));
        assertEquals("217.90", cyberpower.dump().get("input.voltage"));
        assertEquals("10", cyberpower.dump().get("outlet.count"));
        assertEquals("on", cyberpower.dump().get("outlet.10.status"));
        var socomec = new Played(
                catalogue, Recording.read(corpus.device("socomec_netvision8").walk()), "auto");
        assertNotNull(socomec.head, socomec.reason);
        assertEquals("netvision7", socomec.head.name());
        assertEquals("OL CHRG", socomec.dump().get("ups.status"));
        assertEquals("100", socomec.dump().get("battery.charge"));
        assertEquals("54.20", socomec.dump().get("battery.voltage"));
        assertNull(socomec.dump().get("battery.runtime"), "not told on mains power");
        assertNull(socomec.dump().get("input.current"));
        var liebert = new Played(
                catalogue, Recording.read(corpus.device("liebert_apm").walk()), "auto");
        assertNotNull(liebert.head, liebert.reason);
        assertEquals("OL", liebert.dump().get("ups.status"));
    }

    @Test
    void pdusThatCRefusesWork() throws Exception {
        var corpus = Corpus.find();
        var catalogue = Played.catalogue();
        var sentry = dump(corpus, catalogue, "servertech_sentry4", "servertech-sentry4");
        assertEquals("OL", sentry.get("ups.status"));
        assertEquals("C2S42CE-YCMFAM00", sentry.get("device.model"));
        assertEquals("1701", sentry.get("input.realpower"));
        assertEquals("60", sentry.get("input.frequency"));
        assertEquals("5.60", sentry.get("input.L1.current"));
        assertEquals("208.90", sentry.get("input.L2.voltage"));
        assertEquals("848", sentry.get("input.L3.realpower"));
        assertEquals("0.95", sentry.get("input.powerfactor"));
        assertNull(sentry.get("ups.alarm"));
        var ats = dump(corpus, catalogue, "tripplite_pa_pdu", "tripplite-ats");
        assertEquals("OL", ats.get("ups.status"));
        assertEquals("PDUMH20ATNET", ats.get("device.model"));
        assertEquals("115.20", ats.get("input.1.voltage"));
        assertEquals("115.10", ats.get("input.2.voltage"));
        assertEquals("59.90", ats.get("output.frequency"));
        assertEquals("16", ats.get("outlet.count"));
        assertEquals("off", ats.get("outlet.8.status"));
        assertEquals("on", ats.get("outlet.9.status"));
        assertEquals("Port 9", ats.get("outlet.9.desc"));
        var cyberpower = dump(corpus, catalogue, "cyberpower_pdu", "cyberpower-pdu");
        assertEquals("50", cyberpower.get("input.frequency"));
    }

    /// It cools a room: there is nothing of power in it.
    @Test
    void aDeviceWithoutPowerTellsOfItsSurroundings() throws Exception {
        var cooler = dump(Corpus.find(), Played.catalogue(), "vertiv_pex", "vertiv");
        assertEquals("Liebert PEX", cooler.get("device.model"));
        assertEquals("23", cooler.get("ambient.temperature"));
        assertEquals("42", cooler.get("ambient.humidity"));
        assertEquals("", cooler.getOrDefault("ups.status", ""));
    }

    /// What the codes of this one mean is not public, and it has nothing of UPS-MIB.
    @Test
    void aDeviceOfUnknownCodesIsRefused() throws Exception {
        var recording = Recording.read(Corpus.find().device("emerson_us11r").walk());
        assertTrue(recording.values.keySet().stream().noneMatch(oid -> oid.within(UPS_MIB)));
        var played = new Played(Played.catalogue(), recording, "auto");
        assertNull(played.head, played.reason);
        assertTrue(played.reason.startsWith("No matching MIB found for sysOID"), played.reason);
    }

    @Test
    void devicesThatCrashCWork() throws Exception {
        var corpus = Corpus.find();
        var catalogue = Played.catalogue();
        for (String name : List.of("apc_epdu1116s", "hpe_mapdu_g2_nocount")) {
            var c = Files.readString(corpus.dir().resolve("golden").resolve(name + ".txt"));
            assertTrue(c.contains("rc=-11"), c);
        }
        var apc = dump(corpus, catalogue, "apc_epdu1116s", "apc");
        assertEquals("EPDU1116S", apc.get("device.model"));
        assertEquals("506255602541", apc.get("device.serial"));
        assertEquals("0", apc.get("input.voltage"));
        var hpe = dump(corpus, catalogue, "hpe_mapdu_g2_nocount", "hpe_epdu");
        assertEquals("8", hpe.get("outlet.count"));
        assertEquals("on", hpe.get("outlet.6.status"));
        assertEquals("0.45", hpe.get("outlet.6.current"));
        assertEquals("off", hpe.get("outlet.8.status"));
        assertEquals("97", hpe.get("input.realpower"));
    }

    private static SortedMap<String, String> dump(Corpus corpus, Catalogue catalogue, String name, String mapping)
            throws Exception {
        var played = new Played(catalogue, Recording.read(corpus.device(name).walk()), "auto");
        assertNotNull(played.head, played.reason);
        assertEquals(mapping, played.head.name(), name);
        return played.dump();
    }

    private static Set<String> names(SortedMap<String, String> a, SortedMap<String, String> b) {
        var names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        return names;
    }
}
