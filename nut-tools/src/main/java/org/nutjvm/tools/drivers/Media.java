package org.nutjvm.tools.drivers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nutjvm.common.conf.UpsConf;

/// What a driver reaches its device over, as far as its section of ups.conf tells, and which other drivers it needs
/// (scripts/upsdrvsvcctl/nut-driver-enumerator.sh: upsconf_getDriverMedia). Services are ordered by it, and what may be
/// started side by side.
///
/// @param drivers the devices it depends on: a section's name, or `driver-section` as sockets are called
public record Media(Kind kind, List<String> drivers) {
    /// The words are upstream's.
    public enum Kind {
        /// A file, or something that is not known to need anything.
        NONE(""),
        USB("usb"),
        SERIAL("serial"),
        NETWORK("network"),
        /// A server on this machine.
        NETWORK_LOCALHOST("network-localhost");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private static final List<String> NETWORK_DRIVERS =
            List.of("netxml", "snmp", "ipmi", "powerman", "-mib", "avahi", "huawei-ups2000-tcp");

    /// Settings by which nutdrv_qx tells a USB device from a serial one.
    private static final List<String> QX_USB_KEYS = List.of(
            "subdriver", "vendorid", "productid", "vendor", "product", "serial", "bus", "busport", "langid_fix");

    public Media {
        drivers = List.copyOf(drivers);
    }

    /// Looks at a section.
    ///
    /// @param host this machine's name, for what is reached by it
    public static Media of(UpsConf.Section section, String host) {
        String driver = section.value("driver").orElse("");
        String port = section.value("port").orElse("");
        if (containsAny(driver, NETWORK_DRIVERS)) {
            return new Media(Kind.NETWORK, List.of());
        }
        if (driver.contains("apcupsd-ups")) {
            return new Media(local(port) ? Kind.NETWORK_LOCALHOST : Kind.NETWORK, List.of());
        }
        if (driver.contains("apc_modbus")) {
            return new Media(modbus(section.value("porttype").orElse(""), port), List.of());
        }
        if (driver.contains("usb")) {
            return new Media(Kind.USB, List.of());
        }
        if (driver.equals("nutdrv_qx")) {
            return new Media(qx(section, port), List.of());
        }
        if (driver.contains("dummy")) {
            return dummy(port, host);
        }
        if (driver.contains("clone") || driver.equals("failover")) {
            return new Media(Kind.NONE, split(port));
        }
        return new Media(port.startsWith("/dev/") ? Kind.SERIAL : Kind.NONE, List.of());
    }

    private static Kind modbus(String porttype, String port) {
        if (porttype.contains("usb")) {
            return Kind.USB;
        }
        if (porttype.contains("serial")) {
            return Kind.SERIAL;
        }
        if (port.contains("auto")) {
            return Kind.USB;
        }
        if (port.startsWith("/")) {
            return Kind.SERIAL;
        }
        return local(port) ? Kind.NETWORK_LOCALHOST : Kind.NETWORK;
    }

    private static Kind qx(UpsConf.Section section, String port) {
        String folded = port.toLowerCase(Locale.ROOT);
        if (folded.equals("auto")
                || (folded.startsWith("/dev/") && (folded.contains("usb") || folded.contains("hid")))) {
            return Kind.USB;
        }
        if (!folded.startsWith("/dev/")) {
            return Kind.NONE;
        }
        for (String key : QX_USB_KEYS) {
            if (section.has(key)) {
                return Kind.USB;
            }
        }
        return Kind.SERIAL;
    }

    private static Media dummy(String port, String host) {
        int at = port.indexOf('@');
        if (at < 0) {
            return new Media(Kind.NONE, List.of());
        }
        String server = port.substring(at + 1);
        List<String> ups = List.of(port.substring(0, at));
        if (server.isEmpty() || local(server)) {
            return new Media(Kind.NETWORK_LOCALHOST, ups);
        }
        return new Media(Kind.NETWORK, !host.isEmpty() && server.startsWith(host) ? ups : List.of());
    }

    private static boolean local(String text) {
        return containsAny(text, List.of("localhost", "127.0.0.1", "::1"));
    }

    private static boolean containsAny(String text, List<String> parts) {
        for (String part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> split(String port) {
        var names = new ArrayList<String>();
        for (String name : port.split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    /// As upstream writes it: `usb`, `network-localhost,drivers=myups`.
    @Override
    public String toString() {
        if (drivers.isEmpty()) {
            return kind.word;
        }
        String others = "drivers=" + String.join(",", drivers);
        return kind == Kind.NONE ? others : kind.word + "," + others;
    }
}
