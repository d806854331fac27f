package org.nutjvm.drivers.apcupsd;

import java.util.ArrayList;
import java.util.Map;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.fuzz.Input;
import org.nutjvm.fuzz.Must;

/// What an apcupsd says of its UPS.
public final class ApcupsdFuzz {
    private static final ApcupsdItems TABLE = new ApcupsdItems();

    private ApcupsdFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var items = new ArrayList<Item>();
        boolean criticalTold = false;
        for (String line : new Input(data).text().split("\n", -1)) {
            var item = Item.of(line);
            if (item != null) {
                items.add(item);
                criticalTold |= item.data().contains("LOWBATT") || item.data().contains("SHUTTING DOWN");
            }
        }
        var dstate = new Dstate();
        for (var value : TABLE.values(items).entrySet()) {
            if (value.getValue() != null) {
                dstate.setinfo(value.getKey(), value.getValue());
            }
        }
        for (var item : items) {
            String status = ApcupsdItems.status(item.data());
            if (status != null) {
                dstate.statusInit();
                dstate.statusSet(status);
                dstate.statusCommit();
                Must.beWords(dstate);
                boolean critical = status.contains("FSD") || (status.contains("LB") && status.contains("OB"));
                Must.hold(criticalTold || !critical, "'" + item.data() + "' is taken for " + status);
            }
        }
        Must.arrive(dstate);
        for (String number : new String[] {"input.voltage", "battery.charge", "ups.load", "battery.runtime"}) {
            String value = Map.copyOf(dstate.tree().vars()).containsKey(number) ? dstate.getinfo(number) : null;
            Must.hold(value == null || value.matches("-?\\d+(\\.\\d+)?"), number + " is '" + value + "'");
        }
    }
}
