package org.nutjvm.drivers.hid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/// Captures of real devices and what the C driver made of them. The collection is not part of the source tree; it is
/// looked for beside it, and tests that need it are skipped where it is missing.
public final class HidCorpus {
    private HidCorpus() {}

    /// Where it is.
    public static Path root() {
        String source = System.getProperty("nut.root", "..");
        for (Path at = Path.of(source).toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/corpus/hid");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        Assumptions.abort("no collection of HID captures in ../shared/corpus/hid of " + source);
        throw new AssertionError("not reached");
    }

    /// Names of all devices.
    public static List<String> devices() throws IOException {
        try (var dirs = Files.list(root().resolve("corpus"))) {
            return dirs.map(d -> String.valueOf(d.getFileName())).sorted().toList();
        }
    }

    public static Path capture(String device, String file) {
        return root().resolve("corpus").resolve(device).resolve(file);
    }

    public static Path golden(String device, String file) {
        return root().resolve("golden").resolve(device).resolve(file);
    }

    public static byte[] descriptor(String device) throws IOException {
        return bytes(Files.readString(capture(device, "descriptor.hex")));
    }

    /// Bytes in hexadecimal, parted by white space.
    public static byte[] bytes(String hex) {
        String[] words = hex.strip().split("\\s+", -1);
        byte[] bytes = new byte[hex.isBlank() ? 0 : words.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(words[i], 16);
        }
        return bytes;
    }

    /// Reports of a file by kind and id, as in "FEATURE 0x0c".
    public static Map<String, byte[]> reports(Path file) throws IOException {
        var reports = new TreeMap<String, byte[]>();
        if (!Files.exists(file)) {
            return reports;
        }
        for (String line : Files.readAllLines(file)) {
            int colon = line.indexOf(':');
            if (!line.startsWith("#") && colon > 0) {
                reports.put(line.substring(0, colon), bytes(line.substring(colon + 1)));
            }
        }
        return reports;
    }

    /// Lines of a table without its head.
    public static List<String[]> table(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\t", -1))
                .toList();
    }
}
