package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What C's driver made of a device: a text of `transcripts/qx`. Lines: `> ` what the device is asked, `< ` what it
/// says,
/// `else` what it says to anything else; `= ` what the driver published, `! ` an order, its outcome and the bytes it
/// cost;
/// below `differs` what ours does not say (`-`) and says in its place (`+`), and `#` why.
///
/// @param name of the file
/// @param otherwise `echo`, `silence` or an answer
/// @param published lines of the state socket
/// @param orders orders and what they led to
record Recorded(
        String name,
        String protocol,
        boolean checksum,
        Map<String, String> says,
        String otherwise,
        List<String> published,
        List<String> orders) {
    private static final Path DIRECTORY = Path.of("src/test/resources/transcripts/qx");

    /// All there are.
    static List<Recorded> all() throws IOException {
        var all = new ArrayList<Recorded>();
        try (var files = Files.list(DIRECTORY)) {
            for (Path file : files.sorted().toList()) {
                all.add(read(file));
            }
        }
        return all;
    }

    private static Recorded read(Path file) throws IOException {
        String protocol = "";
        boolean checksum = false;
        var says = new HashMap<String, String>();
        String otherwise = "echo";
        String question = "";
        var lines = new ArrayList<String>();
        int at = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            String rest = line.length() > 2 ? line.substring(2) : "";
            if (line.startsWith("> ")) {
                question = plain(rest);
            } else if (line.startsWith("< ")) {
                says.put(question, plain(rest));
            } else if (line.startsWith("= ") || line.startsWith("! ")) {
                lines.add(rest);
            } else if (line.startsWith("- ")) {
                at = lines.indexOf(rest);
                if (at < 0) {
                    throw new IOException(file + ": " + line + " is not recorded");
                }
                lines.remove(at);
            } else if (line.startsWith("+ ")) {
                lines.add(at++, rest);
            } else if (line.startsWith("protocol ")) {
                protocol = line.substring(9);
            } else if (line.equals("checksum")) {
                checksum = true;
            } else if (line.startsWith("else ")) {
                otherwise = plain(line.substring(5));
            } else if (!line.startsWith("#") && !line.equals("differs")) {
                throw new IOException(file + ": " + line);
            }
        }
        return new Recorded(
                String.valueOf(file.getFileName()).replace(".txt", ""),
                protocol,
                checksum,
                says,
                otherwise,
                lines.stream().filter(line -> !order(line)).toList(),
                lines.stream().filter(Recorded::order).toList());
    }

    private static boolean order(String line) {
        return line.startsWith("INSTCMD ") || line.startsWith("SET ");
    }

    private static String plain(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    /// The device, on a line.
    Q1Device device() {
        var device = new Q1Device();
        says.forEach((question, answer) -> device.says.put(question, answer + "\r"));
        device.otherwise = otherwise;
        device.checksum = checksum;
        return device;
    }

    @Override
    public String toString() {
        return name;
    }
}
