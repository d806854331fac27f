package org.nutjvm.drivers.spi;

/// One setting a driver accepts (drivers/main.c: addvar).
///
/// @param name as written in ups.conf
/// @param description a few words for `-h` and `-L`
/// @param flag true for a flag without value
/// @param sensitive not to be published in `driver.parameter.*`: passwords, SNMP communities
/// @param reloadable may change while the driver runs
public record Option(String name, String description, boolean flag, boolean sensitive, boolean reloadable) {
    /// A setting with a value, read at start only.
    public static Option value(String name, String description) {
        return new Option(name, description, false, false, false);
    }

    /// A setting that is there or not.
    public static Option flag(String name, String description) {
        return new Option(name, description, true, false, false);
    }

    /// The same, never published.
    public Option asSensitive() {
        return new Option(name, description, flag, true, reloadable);
    }

    /// The same, taken over by a reload.
    public Option asReloadable() {
        return new Option(name, description, flag, sensitive, true);
    }
}
