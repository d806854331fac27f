package org.nutjvm.common.conf;

/// The words of ups.conf before its first section.
public enum UpsGlobal implements Directive {
    CHROOT("chroot", Kind.PATH, "directory", "none", "the directory drivers lock themselves into"),
    DRIVERPATH("driverpath", Kind.PATH, "directory", "built in", "where the driver programs are"),
    STATEPATH("statepath", Kind.PATH, "directory", "built in", "where the drivers' sockets are; goes before upsd.conf"),
    MAXSTARTDELAY("maxstartdelay", Kind.SECONDS, "seconds", "75", "how long upsdrvctl waits for a driver to start"),
    MAXRETRY("maxretry", Kind.NUMBER, "number", "1", "how often upsdrvctl tries to start a driver"),
    RETRYDELAY("retrydelay", Kind.SECONDS, "seconds", "5", "how long upsdrvctl waits between two tries"),
    NOWAIT("nowait", Kind.FLAG, "", "off", "upsdrvctl does not wait until drivers are up"),
    POLLINTERVAL("pollinterval", Kind.SECONDS, "seconds", "2", "how often drivers ask their devices"),
    SYNCHRONOUS(
            "synchronous",
            Kind.CHOICE,
            "yes|no|auto",
            "auto",
            "whether drivers wait for slow readers of their sockets"),
    USER("user", Kind.TEXT, "name", "built in", "the user drivers run as when started by root"),
    GROUP("group", Kind.TEXT, "name", "built in", "the group of the drivers' sockets"),
    DEBUG_MIN("debug_min", Kind.NUMBER, "number", "0", "the least debug level of drivers and upsdrvctl"),
    LIBUSB_DEBUG("LIBUSB_DEBUG", Kind.NUMBER, "number", "unset", "how much the USB library logs"),
    RECONNECT_MAX_TRIES(
            "reconnect_max_tries", Kind.NUMBER, "number", "-1", "a driver gives up after so many failed reconnects"),
    RECONNECT_REPORT_FREQ(
            "reconnect_report_freq", Kind.NUMBER, "number", "0", "a driver reports every so many failed reconnects");

    private final Entry entry;

    UpsGlobal(String word, Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(word, kind, arguments, standard, meaning);
    }

    /// Whether the word in a file is this one: exact, but for the two that C reads in any case.
    boolean is(String found) {
        return (this == STATEPATH || this == DEBUG_MIN) ? word().equalsIgnoreCase(found) : word().equals(found);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
