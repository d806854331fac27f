package org.nutjvm.drivers.apcsmart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One entry of the device's list of capabilities: the values a variable may be made to have, in devices for a place
/// of the world.
///
/// @param place the last letter of the firmware's version, or `4` for all
record Capability(char character, char place, List<String> values) {
    private static final int HEAD = 4;

    /// Takes a list apart: `#` and entries, or, by Matrix-UPSes, entries with `##` before each. An entry is a
    /// character,
    /// a place, how many values, how long each is (a digit; `:` is ten and so on) and the values.
    ///
    /// @return false if the last entry is not whole; it is left out
    static boolean each(String text, Consumer<Capability> taker) {
        boolean matrix = text.startsWith("##");
        int at = matrix ? 0 : 1;
        while (at < text.length()) {
            if (matrix) {
                at += 2;
            }
            if (at + HEAD > text.length()) {
                return false;
            }
            int count = Math.max(0, text.charAt(at + 2) - '0');
            int length = Math.max(0, text.charAt(at + 3) - '0');
            int from = at + HEAD;
            if (count == 0 || length == 0) {
                taker.accept(new Capability(text.charAt(at), text.charAt(at + 1), List.of()));
                at = from;
                continue;
            }
            if (from + count * length > text.length()) {
                return false;
            }
            var values = new ArrayList<String>(count);
            for (int i = 0; i < count; i++) {
                values.add(text.substring(from + i * length, from + (i + 1) * length));
            }
            taker.accept(new Capability(text.charAt(at), text.charAt(at + 1), values));
            at = from + count * length;
        }
        return true;
    }
}
