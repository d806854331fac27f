package org.nutjvm.drivers.hidups;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.Hex;
import org.nutjvm.drivers.usb.UsbId;

/// A line of the device list: a device, or all others of a vendor, and what is particular about it.
public final class DeviceRule {
    private static final int ANY = -1;

    private final int vendor;
    private final int product;
    private final List<Condition> conditions = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, Double> constants = new HashMap<>();
    private final List<String> maxreportFor = new ArrayList<>();
    private @Nullable String never;
    private int skippedReport = ANY;
    private int descriptorIndex = ANY;
    private int atRelease = ANY;

    /// A text that the manufacturer's or the product's name must have in it.
    private record Condition(boolean inVendor, boolean inProduct, String text) {
        boolean holds(@Nullable String vendorName, @Nullable String productName) {
            return (inVendor && vendorName != null && vendorName.contains(text))
                    || (inProduct && productName != null && productName.contains(text));
        }
    }

    private DeviceRule(int vendor, int product) {
        this.vendor = vendor;
        this.product = product;
    }

    /// A rule for a device nothing particular is known of.
    static DeviceRule plain(UsbId id) {
        return new DeviceRule(id.vendor(), id.product());
    }

    /// Reads a line behind its keyword `device`.
    static DeviceRule read(Cursor words) {
        String id = words.next("an id like 051d:0002");
        int colon = id.indexOf(':');
        long vendor = colon == 4 ? Hex.parse(id.substring(0, 4)) : -1;
        boolean any = id.endsWith(":*");
        long product = colon == 4 && id.length() == 9 ? Hex.parse(id.substring(5)) : -1;
        if (vendor < 0 || (product < 0 && !any)) {
            throw new IllegalArgumentException("'" + id + "' is no id like 051d:0002 or 051d:*");
        }
        var rule = new DeviceRule((int) vendor, any ? ANY : (int) product);
        while (words.more()) {
            rule.option(words);
        }
        return rule;
    }

    private void option(Cursor words) {
        String word = words.next("an option");
        switch (word) {
            case "if-vendor" -> conditions.add(new Condition(true, false, words.next("a text")));
            case "if-product" -> conditions.add(new Condition(false, true, words.next("a text")));
            case "if-either" -> conditions.add(new Condition(true, true, words.next("a text")));
            case "never" -> never = words.next("a reason");
            case "let" -> constants.put(words.next("a name"), words.decimal("a number"));
            case "maxreport-for" -> maxreportFor.add(words.next("the beginning of a product's name"));
            case "skip-report" -> skippedReport = (int) Hex.parse(words.next("a report id"));
            case "descriptor-index" -> descriptorIndex = words.number("an index");
            case "at-release" -> atRelease = (int) Hex.parse(words.next("a release in hexadecimal"));
            case "set" -> set(words);
            default -> throw new IllegalArgumentException("unknown option '" + word + "'");
        }
    }

    private void set(Cursor words) {
        String setting = words.next("a setting");
        switch (setting) {
            case "pollonly", "interruptonly" -> settings.put(setting, "");
            case "interruptsize", "usb_hid_rep_index", "usb_hid_ep_in", "usb_hid_ep_out" ->
                settings.put(setting, words.next("a value"));
            default -> throw new IllegalArgumentException("'" + setting + "' cannot be set for a device");
        }
    }

    boolean isFor(UsbId id) {
        return vendor == id.vendor() && product == id.product();
    }

    boolean isForAllOfVendor() {
        return product == ANY;
    }

    /// The device, if it is for one.
    UsbId id() {
        return new UsbId(vendor, product);
    }

    boolean isForOthersOf(UsbId id) {
        return vendor == id.vendor() && product == ANY;
    }

    boolean knowsVendor(UsbId id) {
        return vendor == id.vendor();
    }

    boolean hasConditions() {
        return !conditions.isEmpty();
    }

    boolean conditionHolds(@Nullable String vendorName, @Nullable String productName) {
        return conditions.stream().anyMatch(c -> c.holds(vendorName, productName));
    }

    /// Why the device is not for this driver, or null.
    @Nullable
    String never() {
        return never;
    }

    /// The value of a setting this device needs, empty for a flag, or null.
    public @Nullable String setting(String name) {
        return settings.get(name);
    }

    double constant(String name, double otherwise) {
        return constants.getOrDefault(name, otherwise);
    }

    /// Whether reports are to be asked for in one size, because the device fails otherwise.
    public boolean maxreport(@Nullable String productName) {
        return productName != null && maxreportFor.stream().anyMatch(productName::startsWith);
    }

    /// A report that the device must not be asked for.
    boolean skips(int report) {
        return report == skippedReport;
    }

    /// Which of several report descriptors is the right one.
    ///
    /// @param release of the device, in binary coded decimal
    public int descriptorIndex(int release) {
        return descriptorIndex != ANY && release == atRelease ? descriptorIndex : 0;
    }

    /// As in the list.
    @Override
    public String toString() {
        return Hex.of(vendor, 4) + ':' + (product == ANY ? "*" : Hex.of(product, 4));
    }
}
