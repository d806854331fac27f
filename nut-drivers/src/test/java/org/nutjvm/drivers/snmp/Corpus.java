package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/// The recordings of real devices beside the source tree, with what the C driver made of them.
record Corpus(Path dir) {
    static Corpus find() {
        Path root =
                Path.of(System.getProperty("nut.root", "..")).toAbsolutePath().normalize();
        for (Path up = root; up != null; up = up.getParent()) {
            Path dir = up.resolve("shared").resolve("corpus").resolve("snmp");
            if (Files.isDirectory(dir.resolve("golden"))) {
                return new Corpus(dir);
            }
        }
        throw Assumptions.<RuntimeException>abort("no shared/corpus/snmp beside the source tree: nothing to compare");
    }

    /// A recording with the dump the C driver made of it.
    record Recorded(String name, Path walk, Path golden) {
        /// Names and values; empty where C refuses the device.
        SortedMap<String, String> wanted() throws IOException {
            return dump(golden);
        }
    }

    List<Recorded> devices() throws IOException {
        var devices = new ArrayList<Recorded>();
        devices.addAll(devices(dir.resolve("corpus"), dir.resolve("golden")));
        devices.addAll(
                devices(dir.resolve("synthetic"), dir.resolve("synthetic").resolve("golden")));
        return devices;
    }

    private static List<Recorded> devices(Path recordings, Path goldens) throws IOException {
        var devices = new ArrayList<Recorded>();
        try (var each = Files.list(recordings)) {
            for (Path device : each.sorted().toList()) {
                Path walk = device.resolve("walk.snmprec");
                if (Files.exists(walk)) {
                    String name = device.getFileName().toString();
                    Path fixed = goldens.resolve(name + ".fixed.txt");
                    devices.add(new Recorded(name, walk, Files.exists(fixed) ? fixed : goldens.resolve(name + ".txt")));
                }
            }
        }
        return devices;
    }

    Recorded device(String name) throws IOException {
        for (var device : devices()) {
            if (device.name().equals(name)) {
                return device;
            }
        }
        throw new IOException("no recording of " + name);
    }

    /// A dump's lines without what the core says of the driver; of `driver.version.data` only the mapping's name.
    static SortedMap<String, String> dump(Path file) throws IOException {
        var dump = new TreeMap<String, String>();
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            int colon = line.indexOf(':');
            if (line.startsWith("#") || colon < 0) {
                continue;
            }
            String name = line.substring(0, colon);
            String value = line.substring(Math.min(line.length(), colon + 2))
                    .replace("\\#", "#")
                    .replace("\\\"", "\"");
            if (name.equals("driver.version.data")) {
                dump.put(name, value.substring(0, value.indexOf(" MIB ")));
            } else if (!name.startsWith("driver.")) {
                dump.put(name, value);
            }
        }
        return dump;
    }
}
