package org.nutjvm.drivers.hidups;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.HidPath;
import org.nutjvm.drivers.hid.Repair;
import org.nutjvm.drivers.hid.ReportDescriptor;
import org.nutjvm.drivers.usb.UsbId;

/// What is known of one family of devices, out of its table (docs/hid-subdrivers.md). It remembers
/// values it has converted, so each device needs one of its own.
///
/// @param title published as `driver.version.data`
/// @param usages names of the vendor's usages and of the standard ones
/// @param mappings in the order of the table
/// @param vendor the manufacturer's name when the device has none, or null
/// @param model how the model's name is made: `product`, `apc`, `mge`
/// @param modelOtherwise model when the device has none, or null
/// @param modelFrom path of an item with the string of the model, or null
/// @param serialFrom path of an item with the string of the serial number, for devices that have none,
///     or null
/// @param pollfreq seconds between full updates when ups.conf does not say
/// @param delaysInMinutes whether the device cuts delays down to whole minutes
/// @param pollonlyAdvised whether the interrupt pipe is known for trouble
/// @param inputsToo whether items that only input reports have are used, too
/// @param models names of models
/// @param repairs of descriptors, by device
public record Subdriver(
        String title,
        Usages usages,
        List<Mapping> mappings,
        @Nullable String vendor,
        String model,
        @Nullable String modelOtherwise,
        @Nullable String modelFrom,
        @Nullable String serialFrom,
        int pollfreq,
        boolean delaysInMinutes,
        boolean pollonlyAdvised,
        boolean inputsToo,
        List<Model> models,
        Map<String, Set<Repair>> repairs) {

    /// A name a model is sold by.
    ///
    /// @param product what the device calls itself
    /// @param model its model string
    /// @param kind what it is to conversions
    /// @param name or null when product and model together are the name
    record Model(
            String product,
            String model,
            String kind,
            @Nullable String name) {}

    static final int DEFAULT_POLLFREQ = 30;

    /// A path in this table's names, or null when a name is unknown.
    @Nullable
    HidPath path(String names) {
        return usages.path(names);
    }

    /// A path in names.
    public String name(HidPath path) {
        return usages.name(path);
    }

    /// Puts a descriptor right that this device is known to have wrong.
    ///
    /// @param only repairs that may be made
    public ReportDescriptor repair(ReportDescriptor descriptor, UsbId id, Set<Repair> only) {
        var repaired = descriptor;
        for (var repair : repairs.getOrDefault(id.toString(), EnumSet.noneOf(Repair.class))) {
            if (only.contains(repair)) {
                repaired = repair.apply(repaired);
            }
        }
        return repaired;
    }
}
