package org.nutjvm.tools.upsdrvctl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import org.nutjvm.tools.drivers.ManagedUps;
import org.nutjvm.tools.drivers.Media;

/// What may be done side by side. A lane is a list of UPSes that have to be dealt with one after the other; lanes of a
/// wave run at the same time, waves one after the other.
///
/// Drivers that open a device by matching (USB) look at each other's devices while they search, and which section gets
/// which of two equal devices is decided by who comes first: they share a lane, in the order of the file, as C starts
/// them. So do those with the same serial port. Drivers that connect to another driver (clone, clone-outlet, failover,
/// dummy-ups as a repeater) belong to the wave after the others.
final class Lanes {
    private Lanes() {}

    /// The waves of a start.
    static List<List<List<ManagedUps>>> ofStart(List<ManagedUps> upses) {
        var first = new ArrayList<ManagedUps>();
        var second = new ArrayList<ManagedUps>();
        for (ManagedUps ups : upses) {
            (ups.media().drivers().isEmpty() ? first : second).add(ups);
        }
        return waves(List.of(first, second));
    }

    /// The waves of a shutdown of all: one for each sdorder from 0. A negative one is left out.
    static List<List<List<ManagedUps>>> ofShutdown(List<ManagedUps> upses) {
        var byOrder = new TreeMap<Integer, List<ManagedUps>>();
        for (ManagedUps ups : upses) {
            if (ups.sdorder() >= 0) {
                byOrder.computeIfAbsent(ups.sdorder(), _ -> new ArrayList<>()).add(ups);
            }
        }
        return waves(new ArrayList<>(byOrder.values()));
    }

    /// All side by side: nothing is opened.
    static List<List<List<ManagedUps>>> ofOthers(List<ManagedUps> upses) {
        var lanes = new ArrayList<List<ManagedUps>>();
        for (ManagedUps ups : upses) {
            lanes.add(List.of(ups));
        }
        return List.of(lanes);
    }

    private static List<List<List<ManagedUps>>> waves(List<List<ManagedUps>> together) {
        var waves = new ArrayList<List<List<ManagedUps>>>();
        for (List<ManagedUps> upses : together) {
            var lanes = new LinkedHashMap<String, List<ManagedUps>>();
            for (ManagedUps ups : upses) {
                lanes.computeIfAbsent(lane(ups), _ -> new ArrayList<>()).add(ups);
            }
            if (!lanes.isEmpty()) {
                waves.add(new ArrayList<>(lanes.values()));
            }
        }
        return waves;
    }

    private static String lane(ManagedUps ups) {
        if (ups.media().kind() == Media.Kind.USB) {
            return "usb";
        }
        return ups.media().kind() == Media.Kind.SERIAL ? "port " + ups.port() : "ups " + ups.name();
    }
}
