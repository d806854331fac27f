package org.nutjvm.tools.scanner;

/// How a device is reached, as listings call it (tools/nut-scanner/nutscan-device.c, nutscan-display.c).
enum Kind {
    USB("USB", "usb"),
    SNMP("SNMP", "snmp"),
    XML("XML", "xml"),
    NUT("NUT", "nut"),
    SIMULATION("NUT_SIMULATION", "simulation"),
    SERIAL("EATON_SERIAL", "serial");

    private final String parsable;
    private final String section;

    Kind(String parsable, String section) {
        this.parsable = parsable;
        this.section = section;
    }

    /// What stands before the colon in the parsable listing.
    String parsable() {
        return parsable;
    }

    /// The part of a section's name between `nutdev-` and its number.
    String section() {
        return section;
    }
}
