package org.nutjvm.tools.enumerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nutjvm.tools.drivers.ManagedUps;
import org.nutjvm.tools.drivers.Media;

/// What a driver's unit wants to be there before it starts.
///
/// @param how `Wants`, `Requires`
record Needs(String how, List<String> units) {
    Needs {
        units = List.copyOf(units);
    }

    /// By what the driver reaches its device over. nut-driver-enumerator.conf may say otherwise, in variables with
    /// upstream's names.
    ///
    /// @param all the devices there are, for drivers that need another's
    static Needs of(ManagedUps ups, List<ManagedUps> all, Map<String, String> env, Log log) {
        String name = switch (ups.media().kind()) {
            case USB -> "USB";
            case SERIAL -> "SERIAL";
            case NETWORK -> "NET_FULL";
            case NETWORK_LOCALHOST -> "NET_LOCAL";
            case NONE -> "DRV_LOCAL";
        };
        var units = new ArrayList<String>();
        for (String unit : env.getOrDefault(
                        "DEPSVC_" + name + "_SYSTEMD", usual(ups.media().kind()))
                .split(" ", -1)) {
            if (!unit.isEmpty()) {
                units.add(unit);
            }
        }
        for (String other : ups.media().drivers()) {
            String device = device(other, all);
            if (device.isEmpty() || device.equals(ups.name())) {
                log.warn("Device " + ups.name() + " depends on another " + other
                        + " but we did not find a config section for it");
            } else {
                units.add(Units.unit(device));
            }
        }
        return new Needs(env.getOrDefault("DEPREQ_" + name + "_SYSTEMD", "Wants"), units);
    }

    private static String usual(Media.Kind kind) {
        return switch (kind) {
            case USB, SERIAL -> "systemd-udevd.service nut-udev-settle.service";
            case NETWORK -> "network-online.target systemd-resolved.service ifplugd.service";
            case NETWORK_LOCALHOST -> "network.target";
            case NONE -> "";
        };
    }

    /// A section by its name, or by its socket's.
    private static String device(String named, List<ManagedUps> all) {
        for (ManagedUps ups : all) {
            if (ups.name().equals(named) || ups.instance().equals(named)) {
                return ups.name();
            }
        }
        return "";
    }

    /// A file beside the unit; empty if nothing is needed.
    String dropIn(String device) {
        if (units.isEmpty()) {
            return "";
        }
        String list = String.join(" ", units);
        return """
                # Made by nut-driver-enumerator for NUT device '%1$s'
                # DO NOT EDIT: it will be overwritten or removed
                [Unit]
                Description=Network UPS Tools - device driver for NUT device '%1$s'
                %2$s=%3$s
                After=%3$s
                """.formatted(device, how, list);
    }
}
