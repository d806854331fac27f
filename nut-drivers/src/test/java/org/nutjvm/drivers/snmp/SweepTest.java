package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// One object of a recorded device changed at a time: the same changes in what we publish as in what C does.
class SweepTest {
    private static final String LOW_BATTERY = "1.3.6.1.4.1.534.1.7.4";

    @Test
    void aChangedObjectChangesWhatItChangesForC() throws Exception {
        var corpus = Corpus.find();
        var catalogue = Played.catalogue();
        var explained = new Explained("explained-sweep.txt");
        var open = new ArrayList<String>();
        int variants = 0;
        int equal = 0;
        try (var files = Files.list(corpus.dir().resolve("sweep"))) {
            for (var file : files.sorted().toList()) {
                String device = file.getFileName().toString().replace(".jsonl", "");
                var recording = Recording.read(corpus.device(device).walk());
                var base = new Played(catalogue, recording, "auto").dump();
                for (String line : Files.readAllLines(file)) {
                    var variant = Json.object(line);
                    if (!(variant.get("set") instanceof List<?> set)
                            || !(variant.get("diff") instanceof Map<?, ?> diff)) {
                        continue;
                    }
                    if (String.valueOf(set.getFirst()).startsWith("alarm-table")) {
                        continue; // see alarmsAreWhatCSeesOfATableOfTwo
                    }
                    var oid = oid(set);
                    var before = recording.values.get(oid);
                    recording.set(oid, String.valueOf(set.get(1)), String.valueOf(set.get(2)));
                    var changed = new Played(catalogue, recording, "auto").dump();
                    if (before == null) {
                        recording.values.remove(oid);
                    } else {
                        recording.values.put(oid, before);
                    }
                    variants++;
                    var wanted = wanted(diff);
                    var got = difference(base, changed);
                    if (wanted.equals(got)) {
                        equal++;
                        continue;
                    }
                    for (String name : names(wanted, got)) {
                        String c = String.valueOf(wanted.getOrDefault(name, "="));
                        String ours = String.valueOf(got.getOrDefault(name, "="));
                        if (!c.equals(ours) && !explained.covers(device, name, c, ours)) {
                            open.add(device + " " + name + " " + oid + "=" + set.get(2) + ": C [" + c + "] we [" + ours
                                    + "]");
                        }
                    }
                }
            }
        }
        assertEquals("", String.join("\n", open));
        assertEquals(Set.of(), explained.unused());
        assertTrue(variants > 700, variants + " variants");
        assertTrue(equal * 100 >= 95 * variants, equal + " of " + variants);
    }

    /// C loses the last row of a table of alarms; so its recordings have two, of which it sees the first.
    @Test
    void anAlarmIsWhatItIsForC() throws Exception {
        var corpus = Corpus.find();
        var catalogue = Played.catalogue();
        var count = Oid.of(1, 3, 6, 1, 4, 1, 534, 1, 7, 1, 0);
        var row = Oid.of(1, 3, 6, 1, 4, 1, 534, 1, 7, 2, 1, 2, 1);
        int alarms = 0;
        for (String device : List.of("eaton_blade_pxgx", "pw_9px_empg2")) {
            for (String line : Files.readAllLines(corpus.dir().resolve("sweep").resolve(device + ".jsonl"))) {
                var variant = Json.object(line);
                if (!(variant.get("set") instanceof List<?> set)
                        || !String.valueOf(set.getFirst()).contains("without xupsAlarmID")
                        || !(variant.get("diff") instanceof Map<?, ?> diff)) {
                    continue;
                }
                var recording = Recording.read(corpus.device(device).walk());
                recording
                        .values
                        .subMap(count, true, count.parent().parent().child(3), false)
                        .clear();
                var golden = corpus.device(device).wanted();
                recording.set(count, "66", "1");
                recording.set(row, "6", String.valueOf(set.get(2)));
                var changed = new Played(catalogue, recording, "auto").dump();
                for (String name : List.of("ups.status", "ups.alarm")) {
                    String theirs = diff.containsKey(name) ? String.valueOf(diff.get(name)) : golden.get(name);
                    if (name.equals("ups.status") && set.get(2).equals(LOW_BATTERY)) {
                        theirs = "OL LB"; // C overlooks it
                    }
                    assertEquals(theirs, changed.get(name), device + " " + set.get(2));
                }
                alarms++;
            }
        }
        assertTrue(alarms > 60, alarms + " alarms");
    }

    private static Oid oid(List<?> set) {
        var oid = Oid.parse(String.valueOf(set.getFirst()));
        if (oid == null) {
            throw new AssertionError("no identifier: " + set);
        }
        return oid;
    }

    /// `gone` for a variable that is there no more.
    private static SortedMap<String, String> wanted(Map<?, ?> diff) {
        var wanted = new TreeMap<String, String>();
        for (var entry : diff.entrySet()) {
            @Nullable Object value = entry.getValue();
            wanted.put(String.valueOf(entry.getKey()), value == null ? "gone" : value.toString());
        }
        return wanted;
    }

    private static SortedMap<String, String> difference(
            SortedMap<String, String> before, SortedMap<String, String> now) {
        var difference = new TreeMap<String, String>();
        for (String name : names(before, now)) {
            String value = now.get(name);
            if (value == null) {
                difference.put(name, "gone");
            } else if (!value.equals(before.get(name))) {
                difference.put(name, value);
            }
        }
        return difference;
    }

    private static Set<String> names(SortedMap<String, String> a, SortedMap<String, String> b) {
        var names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        return names;
    }
}
