package org.nutjvm.it;

import java.util.List;

/// Who plays the server and who the driver.
record Roles(Maker server, Maker driver) {
    /// Every combination. C with C proves that a scenario demands what upstream does.
    static List<Roles> all() {
        return List.of(
                new Roles(Maker.C, Maker.C),
                new Roles(Maker.C, Maker.OURS),
                new Roles(Maker.OURS, Maker.C),
                new Roles(Maker.OURS, Maker.OURS));
    }

    /// The combinations in which the server is the peer that matters.
    static List<Roles> servers() {
        return List.of(new Roles(Maker.C, Maker.C), new Roles(Maker.OURS, Maker.C), new Roles(Maker.OURS, Maker.OURS));
    }

    @Override
    public String toString() {
        return server + " upsd, " + driver + " dummy-ups";
    }
}
