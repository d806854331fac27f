package org.nutjvm.drivers.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.spi.Outcome;
import org.nutjvm.drivers.spi.TestDevice;

/// Each command and each settable variable of the recorded devices: what we write against what the C driver writes.
class SetsTest {
    private static final Map<SnmpValue.Whole.Type, String> TYPES = Map.of(
            SnmpValue.Whole.Type.INTEGER, "Integer",
            SnmpValue.Whole.Type.TICKS, "TimeTicks",
            SnmpValue.Whole.Type.GAUGE, "Gauge32",
            SnmpValue.Whole.Type.COUNTER, "Counter32",
            SnmpValue.Whole.Type.COUNTER64, "Counter64");

    @Test
    void weWriteWhatCWrites() throws Exception {
        var corpus = Corpus.find();
        var catalogue = Played.catalogue();
        var explained = new Explained("explained-sets.txt");
        assertTrue(explained.literal(), "each difference is to be explained by itself");
        var open = new ArrayList<String>();
        int all = 0;
        int same = 0;
        try (var files = Files.list(corpus.dir().resolve("golden"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".sets.jsonl"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replace(".sets.jsonl", "");
                var agent = new ScriptedAgent(Recording.read(corpus.device(name).walk()), true);
                var device = new TestDevice();
                try (var driver = new SnmpDriver(device, agent, "test", catalogue)) {
                    driver.detect();
                    driver.initinfo(device.dstate());
                    for (String line : Files.readAllLines(file)) {
                        var golden = Json.object(line);
                        if (!(golden.get("sets") instanceof List<?> sets)) {
                            continue;
                        }
                        agent.written.clear();
                        boolean command = golden.containsKey("instcmd");
                        String what = String.valueOf(golden.get(command ? "instcmd" : "set"));
                        if (what.startsWith("driver.") || golden.get("tracking") == null) {
                            continue; // what the core does itself, or what C does not answer
                        }
                        Outcome outcome = command
                                ? command(driver, what, golden.get("param"))
                                : driver.setvar(
                                        what, String.valueOf(golden.get("to")).replace("\\#", "#"));
                        String theirs = sent(sets) + "/" + golden.get("tracking");
                        String ours = written(agent.written) + "/" + outcome.code();
                        all++;
                        if (theirs.equals(ours)) {
                            same++;
                        } else if (!explained.covers(name, what, theirs, ours)) {
                            open.add(name + " " + what + " " + theirs + " " + ours);
                        }
                    }
                }
            }
        }
        assertEquals("", String.join("\n", open));
        assertEquals(Set.of(), explained.unused());
        assertTrue(all > 400, all + " compared");
        assertTrue(same * 100 >= 63 * all, same + " of " + all);
        int sensible = same + explained.onPurpose();
        assertTrue(same * 100 >= 95 * sensible, same + " of the " + sensible + " where C does what its MIB says");
    }

    private static Outcome command(SnmpDriver driver, String cmd, @Nullable Object param) throws Exception {
        return cmd.equals("shutdown.default")
                ? driver.shutdown()
                : driver.instcmd(cmd, Optional.ofNullable(param).map(Object::toString));
    }

    private static String sent(List<?> sets) {
        var sent = new ArrayList<String>();
        for (var each : sets) {
            if (each instanceof Map<?, ?> set) {
                sent.add(set.get("oid") + "=" + set.get("type") + ":" + set.get("value"));
            }
        }
        return String.join(",", sent);
    }

    private static String written(List<ScriptedAgent.Written> written) {
        var sent = new ArrayList<String>();
        for (var set : written) {
            String value = switch (set.value()) {
                case SnmpValue.Whole whole -> TYPES.get(whole.type()) + ":" + whole.value();
                case SnmpValue.Text(var text) -> "OctetString:" + text;
                case SnmpValue.Pointer(var oid) -> "ObjectIdentifier:" + oid;
                case SnmpValue.Absent _ -> "Null";
            };
            sent.add(set.oid() + "=" + value);
        }
        return String.join(",", sent);
    }
}
