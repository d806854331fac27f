package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Where we knowingly do not say what the C driver says, with the reason: a line `DEVICE VARIABLE GOLDEN OURS : WHY`
/// each. A reason that begins with `C ` is a fault of C's. `*` at the end of a word stands for anything, `-` for no
/// such variable. A line that explains nothing is an
/// error, too.
final class Explained {
    private record Line(String text, String device, String variable, String golden, String ours) {
        boolean covers(String otherDevice, String otherVariable, String otherGolden, String otherOurs) {
            return fits(device, otherDevice)
                    && fits(variable, otherVariable)
                    && fits(golden, otherGolden)
                    && fits(ours, otherOurs);
        }

        private static boolean fits(String pattern, String word) {
            return pattern.endsWith("*")
                    ? word.startsWith(pattern.substring(0, pattern.length() - 1))
                    : pattern.equals(word);
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final Set<String> unused = new TreeSet<>();

    Explained(String resource) throws IOException {
        try (var in = Explained.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no " + resource);
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                int why = line.indexOf(" : ");
                if (line.startsWith("#") || why < 0) {
                    continue;
                }
                String[] words = line.substring(0, why).strip().split("\\s+", -1);
                if (words.length != 4) {
                    throw new IOException(resource + ": four words are expected: " + line);
                }
                lines.add(new Line(line, words[0], words[1], words[2], words[3]));
                unused.add(line);
            }
        }
    }

    /// Whether a line explains the difference.
    boolean covers(String device, String variable, String golden, String ours) {
        for (var line : lines) {
            if (line.covers(device, variable, word(golden), word(ours))) {
                unused.remove(line.text());
                return true;
            }
        }
        return false;
    }

    private static String word(String value) {
        return value.isEmpty() ? "\"\"" : value.replace(' ', '_');
    }

    /// Lines whose reason is no fault of C's: what is done otherwise on purpose.
    int onPurpose() {
        return (int)
                lines.stream().filter(line -> !line.text().contains(" : C ")).count();
    }

    /// Whether each line stands for one difference alone.
    boolean literal() {
        return lines.stream()
                .allMatch(line -> (line.device() + line.variable() + line.golden() + line.ours()).indexOf('*') < 0);
    }

    Set<String> unused() {
        return unused;
    }
}
