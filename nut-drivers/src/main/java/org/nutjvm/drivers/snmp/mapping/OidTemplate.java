package org.nutjvm.drivers.snmp.mapping;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An identifier with places for the number of a device in a daisy chain and of an outlet, group or sensor:
/// `1.3.6.1.4.1.534.6.6.7.6.1.1.2.{device}.{outlet}`.
public final class OidTemplate {
    private final int[] arcs;
    private final int devicePlace;
    private final int itemPlace;

    private OidTemplate(int[] arcs, int devicePlace, int itemPlace) {
        this.arcs = arcs;
        this.devicePlace = devicePlace;
        this.itemPlace = itemPlace;
    }

    /// From text; null when it is no identifier, or has a place twice, or one of another scope.
    public static @Nullable OidTemplate parse(String text, Scope scope) {
        int devicePlace = -1;
        int itemPlace = -1;
        var plain = new StringBuilder(text.length());
        int place = 0;
        for (String arc : text.split("\\.", -1)) {
            if (arc.isEmpty() && place == 0 && plain.isEmpty()) {
                continue; // a dot in front
            }
            if (place > 0) {
                plain.append('.');
            }
            if (arc.equals("{device}")) {
                if (devicePlace >= 0) {
                    return null;
                }
                devicePlace = place;
                plain.append('0');
            } else if (scope != Scope.DEVICE && arc.equals(scope.place())) {
                if (itemPlace >= 0) {
                    return null;
                }
                itemPlace = place;
                plain.append('0');
            } else {
                plain.append(arc);
            }
            place++;
        }
        var oid = Oid.parse(plain.toString());
        return oid == null ? null : new OidTemplate(oid.toArray(), devicePlace, itemPlace);
    }

    /// Whether an instance depends on the device.
    public boolean hasDevice() {
        return devicePlace >= 0;
    }

    /// Whether an instance depends on the outlet, group or sensor.
    public boolean hasItem() {
        return itemPlace >= 0;
    }

    /// The identifier of one instance.
    ///
    /// @param device goes where `{device}` stands
    /// @param item goes where `{outlet}`, `{group}` or `{ambient}` stands
    public Oid instance(int device, int item) {
        int[] filled = Arrays.copyOf(arcs, arcs.length);
        if (devicePlace >= 0) {
            filled[devicePlace] = device;
        }
        if (itemPlace >= 0) {
            filled[itemPlace] = item;
        }
        return Oid.of(filled);
    }
}
