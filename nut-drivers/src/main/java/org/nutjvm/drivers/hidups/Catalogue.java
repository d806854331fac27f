package org.nutjvm.drivers.hidups;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.ConfReader;
import org.nutjvm.common.conf.ConfText;
import org.nutjvm.drivers.usb.UsbId;

/// Which devices are HID power devices, and the tables of their subdrivers. The tables are resources
/// beside this class; only the one that is needed is read.
public final class Catalogue {
    /// What serves devices nobody has made a table for.
    public static final String GENERIC = "generic";

    private static final String SHARED = "shared";
    private static final String USAGES = "usages";

    private final List<Entry> entries;

    /// A line of the device list and the subdriver it belongs to.
    record Entry(String subdriver, DeviceRule rule) {}

    /// What became of the question who serves a device.
    public sealed interface Claim {
        /// A subdriver takes it.
        ///
        /// @param subdriver name of its table
        record Taken(String subdriver, DeviceRule rule) implements Claim {}

        /// Nobody does.
        ///
        /// @param why in a few words
        record Rejected(String why) implements Claim {}
    }

    private Catalogue(List<Entry> entries) {
        this.entries = entries;
    }

    /// The device list that comes with the driver.
    public static Catalogue standard() {
        var complaints = new ArrayList<String>();
        var catalogue = read(resource("devices"), complaints);
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(complaints.toString());
        }
        return catalogue;
    }

    static Catalogue read(ConfText text, List<String> complaints) {
        var entries = new ArrayList<Entry>();
        String subdriver = "";
        for (var line : text.lines()) {
            var words = new Cursor(line);
            try {
                String keyword = words.next("a keyword");
                if (keyword.equals("for")) {
                    subdriver = words.next("a subdriver");
                } else if (keyword.equals("device")) {
                    entries.add(new Entry(subdriver, DeviceRule.read(words)));
                }
            } catch (IllegalArgumentException e) {
                complaints.add(e.getMessage() + " (" + line.file() + ":" + line.line() + ")");
            }
        }
        return new Catalogue(List.copyOf(entries));
    }

    /// The listed devices, for who looks for some; without those of which only the vendor is listed.
    public List<UsbId> devices() {
        return entries.stream()
                .map(Entry::rule)
                .filter(rule -> rule.never() == null && !rule.isForAllOfVendor())
                .map(DeviceRule::id)
                .distinct()
                .toList();
    }

    /// Who serves a device (drivers/*-hid.c: the claim functions, in the order of usbhid-ups.c).
    ///
    /// @param productIdGiven whether the administrator named the product id, which lets in unlisted
    ///     products of a known vendor
    public Claim claim(UsbId id, @Nullable String vendor, @Nullable String product, boolean productIdGiven) {
        String why = "no subdriver knows vendor " + id.toString().substring(0, 4);
        String at = "";
        for (var entry : entries) {
            if (entry.subdriver().equals(at) || !entry.rule().knowsVendor(id)) {
                continue;
            }
            at = entry.subdriver();
            var claim = claim(at, id, vendor, product, productIdGiven);
            if (claim instanceof Claim.Rejected(String reason)) {
                why = reason;
            } else {
                return claim;
            }
        }
        return new Claim.Rejected(why);
    }

    private Claim claim(
            String subdriver, UsbId id, @Nullable String vendor, @Nullable String product, boolean productIdGiven) {
        DeviceRule exact = null;
        DeviceRule others = null;
        for (var entry : entries) {
            if (entry.subdriver().equals(subdriver)) {
                exact = exact == null && entry.rule().isFor(id) ? entry.rule() : exact;
                others = others == null && entry.rule().isForOthersOf(id) ? entry.rule() : others;
            }
        }
        var rule = exact != null ? exact : others;
        if (rule != null && rule.never() != null) {
            return new Claim.Rejected(String.valueOf(rule.never()));
        }
        if (rule != null && rule.hasConditions()) {
            return rule.conditionHolds(vendor, product)
                    ? new Claim.Taken(subdriver, rule)
                    : new Claim.Rejected("subdriver " + subdriver + " wants other names of vendor or product");
        }
        if (exact != null) {
            return new Claim.Taken(subdriver, exact);
        }
        if (productIdGiven) {
            return new Claim.Taken(subdriver, others != null ? others : DeviceRule.plain(id));
        }
        return new Claim.Rejected("the vendor is known to subdriver " + subdriver
                + ", the product is not: 'productid = " + id.toString().substring(5) + "' lets it try");
    }

    /// Whether any subdriver lists this vendor.
    public boolean knowsVendor(UsbId id) {
        return entries.stream().anyMatch(e -> e.rule().knowsVendor(id));
    }

    /// The rule of a device for a subdriver the administrator has chosen.
    public DeviceRule ruleOf(UsbId id) {
        for (var entry : entries) {
            if (entry.rule().isFor(id) && entry.rule().never() == null) {
                return entry.rule();
            }
        }
        return DeviceRule.plain(id);
    }

    /// Names of all tables, in the order devices are offered to them.
    public List<String> subdrivers() {
        var names = new ArrayList<String>();
        entries.stream().map(Entry::subdriver).distinct().forEach(names::add);
        names.add(GENERIC);
        return names;
    }

    /// Reads a table that comes with the driver.
    public static Subdriver load(String subdriver) {
        var complaints = new ArrayList<String>();
        var loaded = load(resource(subdriver), complaints);
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(complaints.toString());
        }
        return loaded;
    }

    /// Reads a table of the administrator's.
    ///
    /// @param complaints takes what is wrong with it; those lines are left out
    public static Subdriver load(Path file, List<String> complaints) throws ConfException {
        return load(ConfReader.read(file), complaints);
    }

    private static Subdriver load(ConfText text, List<String> complaints) {
        var standard = new TableReader().read(resource(USAGES));
        var reader = new TableReader().read(resource(SHARED)).read(text);
        var subdriver = reader.subdriver(standard.usages());
        complaints.addAll(reader.complaints());
        return subdriver;
    }

    private static ConfText resource(String name) {
        String file = name + ".hid";
        try (var in = Catalogue.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no table " + file);
            }
            return ConfReader.parse(file, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
