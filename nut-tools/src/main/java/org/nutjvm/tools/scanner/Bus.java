package org.nutjvm.tools.scanner;

/// What can be searched, in the order in which upstream lists what it found.
enum Bus {
    USB("Scanning USB bus."),
    SNMP("Scanning SNMP bus."),
    XML("Scanning XML/HTTP bus."),
    NUT("Scanning NUT bus (old libupsclient connect method)."),
    SIMULATION("Scanning NUT simulation devices."),
    AVAHI("Scanning NUT bus (avahi method)."),
    SERIAL("Scanning serial bus for Eaton devices.");

    private final String announcement;

    Bus(String announcement) {
        this.announcement = announcement;
    }

    /// Upstream's line when a search begins.
    String announcement() {
        return announcement;
    }
}
