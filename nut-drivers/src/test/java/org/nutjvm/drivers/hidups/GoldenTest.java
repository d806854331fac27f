package org.nutjvm.drivers.hidups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nutjvm.drivers.hid.HidCorpus;
import org.nutjvm.drivers.spi.Dstate;

/// Captures of real devices, played: what we publish and send is what the C driver published and sent,
/// but for the differences listed here.
class GoldenTest {
    /// Device, variable, and why it is not as in C.
    private static final Map<String, String> EXPLAINED = Map.of();

    /// A device and what is published of it.
    record Run(PlayedDevice device, Dstate dstate, HidPowerDevice ups) {}

    static @Nullable Run run(PlayedDevice device) throws HidException {
        return run(device, true);
    }

    /// @param full whether also what seldom changes is read a second time
    static @Nullable Run run(PlayedDevice device, boolean full) throws HidException {
        var claim = Catalogue.standard().claim(device.id, device.vendor, device.product, false);
        if (!(claim instanceof Catalogue.Claim.Taken(String name, DeviceRule rule))) {
            return null;
        }
        var subdriver = Catalogue.load(name);
        var dstate = new Dstate();
        dstate.setinfo("driver.version.data", subdriver.title());
        var options =
                new HidPowerDevice.Options(false, false, false, 1_000_000_000L, 0, o -> null, () -> ZoneOffset.UTC);
        long[] now = {0};
        var rules = new StatusRules(StatusRules.Policy.DEFAULT, "test", () -> now[0]);
        var ups = new HidPowerDevice(
                subdriver, rule, device.parsed(subdriver), device, dstate, options, rules, () -> now[0]);
        ups.identify(device.id, device.vendor, device.product, device.serial);
        ups.init();
        now[0] += 2_000_000_000L;
        device.inputs.values().forEach(report -> ups.arrived(report, report.length));
        if (!device.features.isEmpty()) {
            ups.update(full);
        }
        return new Run(device, dstate, ups);
    }

    static Map<String, String> published(Dstate dstate) {
        var all = new TreeMap<String, String>();
        dstate.tree().vars().forEach((name, variable) -> {
            if (isOfTheDevice(name)) {
                all.put(name, variable.value());
            }
        });
        return all;
    }

    /// The rest is published by the driver core.
    static boolean isOfTheDevice(String name) {
        return !name.startsWith("driver.")
                && !List.of("device.mfr", "device.model", "device.serial", "device.type")
                        .contains(name);
    }

    private static Map<String, String> published(Path upsc) throws IOException {
        var all = new TreeMap<String, String>();
        for (String line : Files.readAllLines(upsc)) {
            int colon = line.indexOf(": ");
            int end = colon < 0 ? line.length() - 1 : colon;
            String name = line.substring(0, end);
            if (isOfTheDevice(name)) {
                all.put(name, colon < 0 ? "" : line.substring(colon + 2));
            }
        }
        return all;
    }

    @Test
    void variablesAreThoseOfTheCDriver() throws IOException {
        var unexplained = new ArrayList<String>();
        var explained = new TreeSet<String>();
        int total = 0;
        int equal = 0;
        for (String name : HidCorpus.devices()) {
            Path upsc = HidCorpus.golden(name, "upsc.txt");
            var run = Files.exists(upsc) ? run(PlayedDevice.load(name)) : null;
            if (run == null) {
                continue;
            }
            var c = published(upsc);
            var ours = published(run.dstate());
            var names = new TreeSet<>(c.keySet());
            names.addAll(ours.keySet());
            for (String variable : names) {
                total++;
                if (Objects.equals(c.get(variable), ours.get(variable))) {
                    equal++;
                } else if (EXPLAINED.containsKey(name + " " + variable)) {
                    explained.add(name + " " + variable);
                } else {
                    unexplained.add(name + " " + variable + ": C " + c.get(variable) + ", we " + ours.get(variable));
                }
            }
        }
        assertEquals("", String.join("\n", unexplained));
        assertEquals(new TreeSet<>(EXPLAINED.keySet()), explained, "explanations nothing needs");
        assertTrue(total > 700 && equal >= 0.98 * total, equal + " of " + total + " variables are equal");
    }

    /// Flags, lengths, values to choose from, commands.
    @Test
    void descriptionsAndCommandsAreThoseOfTheCDriver() throws IOException {
        var wrong = new ArrayList<String>();
        int lines = 0;
        for (String name : HidCorpus.devices()) {
            Path dump = HidCorpus.golden(name, "dumpall.txt");
            var run = Files.exists(dump) ? run(PlayedDevice.load(name)) : null;
            if (run == null) {
                continue;
            }
            var ours = new TreeSet<String>();
            run.dstate().dump(line -> ours.add(line.text().strip()));
            var c = new TreeSet<>(Files.readAllLines(dump));
            for (String line : union(c, ours)) {
                boolean described = line.startsWith("SETFLAGS")
                        || line.startsWith("SETAUX")
                        || line.startsWith("ADDENUM")
                        || line.startsWith("ADDRANGE")
                        || line.startsWith("ADDCMD");
                if (described && !line.contains(" driver.") && !line.contains("shutdown.default")) {
                    lines++;
                    if (!c.contains(line) || !ours.contains(line)) {
                        wrong.add(name + (c.contains(line) ? " only C: " : " only we: ") + line);
                    }
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(lines > 500, lines + " lines");
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        var both = new TreeSet<>(a);
        both.addAll(b);
        return both;
    }

    /// Every command and every writable variable: the outcome and the bytes sent.
    @Test
    void commandsSendTheBytesOfTheCDriver() throws IOException {
        var wrong = new ArrayList<String>();
        int requests = 0;
        for (String name : HidCorpus.devices()) {
            Path commands = HidCorpus.golden(name, "commands.txt");
            var run = Files.exists(commands) ? run(PlayedDevice.load(name)) : null;
            if (run == null) {
                continue;
            }
            for (var request : requests(commands)) {
                requests++;
                run.device().written.clear();
                // C calls shutdown.default done also when the device has nothing to do it with.
                if (request.equals(List.of("INSTCMD shutdown.default\tstatus=0"))) {
                    request = List.of("INSTCMD shutdown.default\tstatus=2");
                }
                String said = answer(run, request.getFirst());
                var ours = new ArrayList<>(List.of(said));
                ours.addAll(run.device().written);
                if (!ours.equals(request) && !ours.equals(withReportIds(request))) {
                    wrong.add(name + ": C " + request + ", we " + ours);
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(requests > 300, requests + " requests");
    }

    /// C sends 0 for the id within a report that it could never read; we send the id.
    private static List<String> withReportIds(List<String> request) {
        return request.stream()
                .map(line -> {
                    int id = line.indexOf("id=0x");
                    int bytes = line.indexOf(": 00");
                    return id < 0 || bytes < 0
                            ? line
                            : line.substring(0, bytes + 2) + line.substring(id + 5, id + 7) + line.substring(bytes + 4);
                })
                .toList();
    }

    private static List<List<String>> requests(Path file) throws IOException {
        var all = new ArrayList<List<String>>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("INSTCMD") || line.startsWith("SET ")) {
                all.add(new ArrayList<>(List.of(line)));
            } else if (line.startsWith("\t")) {
                all.getLast().add(line.strip());
            }
        }
        return all;
    }

    private static String answer(Run run, String request) throws IOException {
        String[] parts = request.split("\t", -1);
        String[] words = parts[0].split(" ", 3);
        var outcome = words[0].equals("INSTCMD")
                ? instcmd(run, words[1], words.length > 2 ? words[2] : null)
                : run.ups().setvar(words[1], words[2].replace("\"", ""));
        return parts[0] + "\tstatus=" + outcome.code();
    }

    private static org.nutjvm.drivers.spi.Outcome instcmd(Run run, String cmd, @Nullable String param)
            throws IOException {
        if (!cmd.equals("shutdown.default")) {
            return run.ups().instcmd(cmd, Optional.ofNullable(param));
        }
        for (String each : List.of("shutdown.return", "shutdown.reboot", "load.off.delay", "shutdown.stayoff")) {
            var outcome = run.ups().instcmd(each, Optional.empty());
            if (outcome == org.nutjvm.drivers.spi.Outcome.HANDLED) {
                return outcome;
            }
        }
        return org.nutjvm.drivers.spi.Outcome.INVALID;
    }
}
