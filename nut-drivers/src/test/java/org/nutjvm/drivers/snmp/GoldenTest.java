package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Each recorded device looked at by us and by the C driver.
class GoldenTest {
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

    private static Set<String> names(SortedMap<String, String> a, SortedMap<String, String> b) {
        var names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        return names;
    }
}
