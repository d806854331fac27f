package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.Hex;
import org.nutjvm.drivers.usb.UsbDevice;
import org.nutjvm.drivers.usb.UsbHandle;
import org.nutjvm.drivers.usb.UsbId;

/// The USB devices a driver knows, and the subdriver of each (drivers/nutdrv_qx.c: qx_usb_id).
///
/// @param entries the first that fits counts
record UsbTable(List<Entry> entries) {
    private static final String NONE = "-";

    /// A kind of device.
    ///
    /// @param subdriver or `-`
    /// @param maker what it must call itself, or null
    /// @param product what it must be called, or null
    record Entry(
            UsbId id,
            String subdriver,
            @Nullable String maker,
            @Nullable String product) {
        private boolean fits(UsbHandle handle) {
            return (maker == null || maker.equalsIgnoreCase(handle.manufacturer()))
                    && (product == null || product.equalsIgnoreCase(handle.product()));
        }
    }

    /// The table in the driver's jar.
    static UsbTable of(String file) throws IOException {
        List<String> lines = Protocols.resource(file);
        if (lines == null) {
            throw new IOException(file + " is missing in the driver's jar");
        }
        var entries = new ArrayList<Entry>();
        for (String line : lines) {
            int comment = line.indexOf("# ");
            var words = new Words(comment < 0 ? line : line.substring(0, comment));
            if (words.more()) {
                entries.add(entry(words));
            }
        }
        return new UsbTable(List.copyOf(entries));
    }

    private static Entry entry(Words words) {
        String id = words.next("an id");
        String subdriver = words.next("a subdriver");
        String maker = null;
        String product = null;
        while (words.more()) {
            String word = words.next("");
            if (Words.key(word).equals("maker")) {
                maker = Words.value(word);
            } else if (Words.key(word).equals("product")) {
                product = Words.value(word);
            } else {
                throw Words.unknown(word);
            }
        }
        var ids = new UsbId((int) Hex.parse(id.substring(0, 4)), (int) Hex.parse(id.substring(5)));
        return new Entry(ids, subdriver, maker, product);
    }

    /// Whether it knows a device by its ids.
    boolean mayBe(UsbDevice device) {
        return entries.stream()
                .anyMatch(entry ->
                        entry.id().equals(device.id()) && !entry.subdriver().equals(NONE));
    }

    /// The subdriver of an open device, or null.
    @Nullable
    String subdriver(UsbDevice device, UsbHandle handle) {
        for (var entry : entries) {
            if (entry.id().equals(device.id()) && entry.fits(handle)) {
                return entry.subdriver().equals(NONE) ? null : entry.subdriver();
            }
        }
        return null;
    }
}
