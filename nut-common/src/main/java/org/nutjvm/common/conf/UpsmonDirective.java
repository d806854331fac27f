package org.nutjvm.common.conf;

/// The words of upsmon.conf.
public enum UpsmonDirective implements Directive {
    MONITOR(
            Kind.LIST,
            "ups@host[:port] powervalue user password primary|secondary",
            "none, one is needed",
            "a UPS to watch; powervalue is how many of this machine's supplies it feeds, 0 only tells of events",
            6),
    MINSUPPLIES(Kind.NUMBER, "number", "1", "shut down when fewer supplies than this are fed"),
    POLLFREQ(Kind.SECONDS, "seconds", "5", "time between two readings of a healthy UPS"),
    POLLFREQALERT(
            Kind.SECONDS, "seconds", "5", "time between two readings of a UPS on battery or otherwise in trouble"),
    POLLFAIL_LOG_THROTTLE_MAX(
            Kind.NUMBER, "number", "-1", "log a poll that goes on failing only every so many times, 0 only once"),
    DEADTIME(
            Kind.SECONDS,
            "seconds",
            "15",
            "how long a UPS last seen on battery may be silent before it counts as empty"),
    HOSTSYNC(
            Kind.SECONDS,
            "seconds",
            "15",
            "how long a primary waits for its secondaries, and a secondary for the order to go down"),
    FINALDELAY(Kind.SECONDS, "seconds", "5", "time between the SHUTDOWN notice and SHUTDOWNCMD"),
    SHUTDOWNCMD(Kind.TEXT, "command", "none", "run as root to bring this machine down"),
    SHUTDOWNEXIT(Kind.TEXT, "yes|no|seconds", "yes", "whether and when upsmon ends after SHUTDOWNCMD"),
    POWERDOWNFLAG(Kind.PATH, "file", "none", "written before SHUTDOWNCMD, so that the last script cuts the UPS"),
    NOTIFYCMD(Kind.TEXT, "command", "none", "run for events with EXEC, the message as its last argument"),
    NOTIFYMSG(Kind.LIST, "type text", "stock texts", "what an event says; %s is the UPS", 3),
    NOTIFYFLAG(
            Kind.LIST,
            "type flag[+flag]",
            "SYSLOG+WALL",
            "where an event is told: SYSLOG, WALL, EXEC, or IGNORE alone",
            3),
    NOCOMMWARNTIME(Kind.SECONDS, "seconds", "300", "time between two notices that a UPS cannot be reached"),
    RBWARNTIME(Kind.SECONDS, "seconds", "43200", "time between two notices that a battery is to be replaced"),
    OFFDURATION(
            Kind.SECONDS, "seconds", "30", "how long OFF must last to count as power lost; 0 at once, negative never"),
    OVERDURATION(
            Kind.SECONDS,
            "seconds",
            "-1",
            "how long a UPS that falls silent must have been overloaded to count as lost; negative never"),
    OBLBDURATION(Kind.SECONDS, "seconds", "0", "how long a UPS must be on battery and low before that is acted on"),
    ALARMCRITICAL(Kind.BOOLEAN, "0|1", "1", "whether a UPS that falls silent in alarm counts as lost"),
    RUN_AS_USER(Kind.TEXT, "user", "nut", "whom the part without privileges runs as"),
    CERTPATH(
            Kind.PATH,
            "directory or file",
            "none",
            "certificates of the authorities that servers' certificates may come from"),
    CERTFILE(Kind.PATH, "file", "none", "PEM file with this client's certificate and key"),
    CERTIDENT(Kind.LIST, "name password", "none", "which certificate to show, and the password of its key", 3),
    CERTHOST(
            Kind.LIST,
            "host[:port] name verify force",
            "none",
            "what one server's certificate has to be called, whether it is verified (0, 1) and TLS forced (0, 1)",
            5),
    CERTVERIFY(Kind.BOOLEAN, "0|1", "0", "whether servers' certificates are verified"),
    FORCESSL(Kind.BOOLEAN, "0|1", "0", "whether servers without TLS are refused"),
    DEBUG_MIN(Kind.NUMBER, "number", "0", "the least debug level; a reload applies it at once");

    private final Entry entry;
    private final int words;

    UpsmonDirective(Kind kind, String arguments, String standard, String meaning) {
        this(kind, arguments, standard, meaning, 2);
    }

    UpsmonDirective(Kind kind, String arguments, String standard, String meaning, int words) {
        this.entry = new Entry(name(), kind, arguments, standard, meaning);
        this.words = words;
    }

    /// How many words a line of it has at least, itself included.
    int words() {
        return words;
    }

    /// Whether the word in a file is this one: exact, but for DEBUG_MIN, which C reads in any case.
    boolean is(String found) {
        return (this == DEBUG_MIN) ? name().equalsIgnoreCase(found) : name().equals(found);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
