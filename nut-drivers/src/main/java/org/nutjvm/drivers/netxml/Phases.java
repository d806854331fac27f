package org.nutjvm.drivers.netxml;

import org.nutjvm.drivers.spi.Dstate;

/// How many phases a side of a device has, by the values it has (drivers/dstate.c: dstate_detect_phasecount). A card
/// does not tell.
final class Phases {
    private Phases() {}

    /// Publishes `phases` of a side, once it can be told; later values change it no more.
    ///
    /// @param side as in names of variables, with the dot: `input.`
    static void detect(String side, Dstate dstate) {
        if (dstate.getinfo(side + "phases") != null) {
            return;
        }
        int phases = count(
                lines(dstate, side, "L1.voltage", "L2.voltage", "L3.voltage"),
                lines(dstate, side, "L1-N.voltage", "L2-N.voltage", "L3-N.voltage"),
                lines(dstate, side, "L1-L2.voltage", "L2-L3.voltage", "L3-L1.voltage"),
                lines(dstate, side, "L1.current", "L2.current", "L3.current"),
                set(dstate, side + "voltage"),
                set(dstate, side + "current"));
        if (phases > 0) {
            dstate.setinfo(side + "phases", phases);
        }
    }

    private static boolean[] lines(Dstate dstate, String side, String one, String two, String three) {
        return new boolean[] {set(dstate, side + one), set(dstate, side + two), set(dstate, side + three)};
    }

    private static boolean set(Dstate dstate, String name) {
        String value = dstate.getinfo(name);
        return value != null && !value.isEmpty() && !value.equals("0");
    }

    private static int count(
            boolean[] voltage, boolean[] neutral, boolean[] between, boolean[] current, boolean v, boolean c) {
        if (firstTwo(voltage) || firstTwo(neutral) || firstTwo(current) || (between[0] && !between[1] && !between[2])) {
            return 2;
        }
        if (number(voltage) == 3 || number(neutral) == 3 || number(current) >= 2 || number(between) > 0) {
            return 3;
        }
        boolean one = (c && number(current) == 0)
                || (v && number(voltage) == 0)
                || number(current) == 1
                || number(voltage) == 1
                || number(neutral) == 1;
        return one ? 1 : 0;
    }

    private static boolean firstTwo(boolean[] lines) {
        return lines[0] && lines[1] && !lines[2];
    }

    private static int number(boolean[] lines) {
        return (lines[0] ? 1 : 0) + (lines[1] ? 1 : 0) + (lines[2] ? 1 : 0);
    }
}
