package org.nutjvm.drivers.genericups;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nutjvm.drivers.port.SerialLine.Signal;
import org.nutjvm.drivers.spi.DriverException;

/// Which line of a cable means what (drivers/genericups.h: upstab).
///
/// @param number what `upstype` calls it
/// @param title for lists
/// @param cablePower our lines that are on while all is well
/// @param off what switches the device off
record Wiring(
        int number,
        String maker,
        String model,
        String title,
        Set<Signal> cablePower,
        Contact online,
        Contact lowBattery,
        Contact replaceBattery,
        Contact bypass,
        Off off) {
    private static final Set<Signal> OURS = EnumSet.of(Signal.DTR, Signal.RTS, Signal.ST);

    /// Lines of the device that mean something together.
    ///
    /// @param lines which; none when the device does not tell it
    /// @param on those of them that are on when it is so
    record Contact(Set<Signal> lines, Set<Signal> on) {
        /// Whether it is so. Without lines, `otherwise`.
        boolean made(Set<Signal> now, boolean otherwise) {
            if (lines.isEmpty()) {
                return otherwise;
            }
            for (Signal line : lines) {
                if (now.contains(line) != on.contains(line)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// How the device is switched off.
    sealed interface Off {
        /// Nobody knows.
        record Unknown() implements Off {}

        /// By holding the data line.
        record Break() implements Off {}

        /// By having exactly these of our lines on.
        record Lines(Set<Signal> on) implements Off {}
    }

    /// What goes on at the device.
    String status(Set<Signal> now) {
        var words = new StringBuilder();
        if (lowBattery.made(now, false)) {
            words.append("LB ");
        }
        words.append(online.made(now, true) ? "OL" : "OB");
        if (replaceBattery.made(now, false)) {
            words.append(" RB");
        }
        if (bypass.made(now, false)) {
            words.append(" BYPASS");
        }
        return words.toString();
    }

    /// Reads the table: see the head of `upstypes.txt`.
    static List<Wiring> table(List<String> lines) {
        var table = new ArrayList<Wiring>();
        for (String line : lines) {
            table.add(row(line, table.size()));
        }
        return List.copyOf(table);
    }

    private static Wiring row(String line, int number) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 10 || !cells[0].strip().equals(Integer.toString(number))) {
            throw new IllegalArgumentException("upstypes.txt: row " + number + " expected, found: " + line);
        }
        try {
            return new Wiring(
                    number,
                    cells[1].strip(),
                    cells[2].strip(),
                    cells[3].strip(),
                    outputs(cells[4]),
                    contact(cells[5]),
                    contact(cells[6]),
                    contact(cells[7]),
                    contact(cells[8]),
                    off(cells[9].strip()));
        } catch (DriverException e) {
            throw new IllegalArgumentException("upstypes.txt: row " + number + ": " + e.text(), e);
        }
    }

    private static Off off(String cell) throws DriverException {
        return switch (cell) {
            case "?" -> new Off.Unknown();
            case "BREAK" -> new Off.Break();
            default -> offBy(cell);
        };
    }

    /// What the setting `SD` means. `ST` alone holds the data line.
    static Off offBy(String value) throws DriverException {
        Set<Signal> lines = outputs(value);
        return lines.equals(EnumSet.of(Signal.ST)) ? new Off.Break() : new Off.Lines(lines);
    }

    /// Our lines that a setting names. As in C they may be in any text; one with a minus is off.
    static Set<Signal> outputs(String value) throws DriverException {
        for (Signal signal : Signal.values()) {
            if (!OURS.contains(signal) && value.contains(signal.name())) {
                throw new DriverException("Can't override output with " + signal + " (not an output)");
            }
        }
        var lines = EnumSet.noneOf(Signal.class);
        if (!nothing(value)) {
            for (Signal signal : OURS) {
                boolean off = signal != Signal.ST && value.contains("-" + signal);
                if (value.contains(signal.name()) && !off) {
                    lines.add(signal);
                }
            }
        }
        return lines;
    }

    /// The device's lines that a setting names.
    static Contact contact(String value) throws DriverException {
        for (Signal signal : OURS) {
            if (value.contains(signal.name())) {
                throw new DriverException("Can't override input with " + signal + " (not an input)");
            }
        }
        var lines = EnumSet.noneOf(Signal.class);
        var on = EnumSet.noneOf(Signal.class);
        if (!nothing(value)) {
            for (Signal signal : Signal.values()) {
                if (value.contains(signal.name())) {
                    lines.add(signal);
                    if (!value.contains("-" + signal)) {
                        on.add(signal);
                    }
                }
            }
        }
        return new Contact(lines, on);
    }

    private static boolean nothing(String value) {
        return value.contains("NULL") || value.contains("none");
    }

    /// Whether a setting names any line at all, or says that there is none.
    static boolean says(String value) {
        for (Signal signal : Signal.values()) {
            if (value.contains(signal.name())) {
                return true;
            }
        }
        return nothing(value);
    }
}
