package org.nutjvm.drivers.hidups;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.Hex;
import org.nutjvm.drivers.hid.HidPath;

/// Names of usages, a vendor's before the standard ones (drivers/libhid.c: string_to_path,
/// path_to_string).
final class Usages {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    /// Adds a name; the first one for a number is shown, the first number for a name is meant.
    void add(int usage, String name) {
        numbers.putIfAbsent(name.toLowerCase(Locale.ROOT), usage);
        names.putIfAbsent(usage, name);
    }

    void addAll(Usages others) {
        others.names.forEach(names::putIfAbsent);
        others.numbers.forEach(numbers::putIfAbsent);
    }

    /// The path of dotted names; a number in hexadecimal stands for a usage without one, `[3]` for an
    /// index. Null when a name is unknown or there are too many.
    @Nullable
    HidPath path(String text) {
        var nodes = new int[16];
        int size = 0;
        int from = 0;
        while (from <= text.length()) {
            int dot = text.indexOf('.', from);
            int to = dot < 0 ? text.length() : dot;
            Integer node = node(text.substring(from, to));
            if (node == null || size == nodes.length) {
                return null;
            }
            nodes[size++] = node;
            from = to + 1;
        }
        return HidPath.of(java.util.Arrays.copyOf(nodes, size));
    }

    private @Nullable Integer node(String name) {
        Integer usage = numbers.get(name.toLowerCase(Locale.ROOT));
        if (usage != null) {
            return usage;
        }
        if (name.startsWith("[") && name.endsWith("]")) {
            try {
                return 0x00ff0000 + Integer.parseInt(name.substring(1, name.length() - 1));
            } catch (NumberFormatException e) {
                return null;
            }
        }
        long number = Hex.parse(name);
        return number < 0 ? null : (int) number;
    }

    String name(HidPath path) {
        var text = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            if (i > 0) {
                text.append('.');
            }
            int node = path.node(i);
            String name = names.get(node);
            if (name != null) {
                text.append(name);
            } else if ((node & 0xffff0000) == 0x00ff0000) {
                text.append('[').append(node & 0xffff).append(']');
            } else {
                text.append(Hex.of(node, 8));
            }
        }
        return text.toString();
    }
}
