package org.nutjvm.drivers.snmp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// A walk of a real agent in snmpsim's format: `OID|TAG|VALUE` in each line, an `x` behind the tag for a value in
/// hexadecimal.
final class Recording {
    final TreeMap<Oid, SnmpValue> values = new TreeMap<>();

    static Recording read(Path file) throws IOException {
        return of(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    static Recording of(String text) {
        var recording = new Recording();
        for (String line : text.split("\n", -1)) {
            String[] parts = line.split("\\|", 3);
            var oid = parts.length == 3 ? Oid.parse(parts[0]) : null;
            if (oid != null) {
                recording.set(oid, parts[1], parts[2].stripTrailing()); // as snmpsim does
            }
        }
        return recording;
    }

    void set(Oid oid, String tag, String text) {
        var value = value(tag, text);
        if (value != null) {
            values.put(oid, value);
        }
    }

    private static @Nullable SnmpValue value(String tag, String text) {
        return switch (tag) {
            case "2" -> new SnmpValue.Whole(Long.parseLong(text), SnmpValue.Whole.Type.INTEGER);
            case "4" -> new SnmpValue.Text(text);
            case "4x" -> new SnmpValue.Text(new String(HexFormat.of().parseHex(text), StandardCharsets.ISO_8859_1));
            case "6" -> {
                var oid = Oid.parse(text);
                yield oid == null ? null : new SnmpValue.Pointer(oid);
            }
            case "65" -> new SnmpValue.Whole(Long.parseLong(text), SnmpValue.Whole.Type.COUNTER);
            case "66" -> new SnmpValue.Whole(Long.parseLong(text), SnmpValue.Whole.Type.GAUGE);
            case "67" -> new SnmpValue.Whole(Long.parseLong(text), SnmpValue.Whole.Type.TICKS);
            case "70" -> new SnmpValue.Whole(Long.parseLong(text), SnmpValue.Whole.Type.COUNTER64);
            default -> null; // null and addresses, which are no values for NUT
        };
    }

    SnmpValue get(Oid oid) {
        var value = values.get(oid);
        return value == null ? SnmpValue.ABSENT : value;
    }
}
