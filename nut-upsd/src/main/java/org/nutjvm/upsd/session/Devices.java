package org.nutjvm.upsd.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The devices served, in the order of ups.conf. Names are found in any case, as in C.
public final class Devices {
    private List<Device> inOrder = List.of();
    private Map<String, Device> byName = Map.of();

    /// Serves these from now on; of two with the same name the first counts.
    public void replace(List<Device> devices) {
        var found = new TreeMap<String, Device>(String.CASE_INSENSITIVE_ORDER);
        var kept = new ArrayList<Device>();
        for (var device : devices) {
            if (found.putIfAbsent(device.name(), device) == null) {
                kept.add(device);
            }
        }
        byName = found;
        inOrder = Collections.unmodifiableList(kept);
    }

    public List<Device> all() {
        return inOrder;
    }

    public @Nullable Device find(String name) {
        return byName.get(name);
    }
}
