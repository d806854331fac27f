package org.nutjvm.common.conf;

/// The words of upsd.conf.
public enum UpsdDirective implements Directive {
    MAXAGE(Kind.SECONDS, "seconds", "15", "how long a driver may be silent before its data count as stale"),
    TRACKINGDELAY(
            Kind.SECONDS, "seconds", "3600", "how long the outcome of a tracked command or setting can be asked for"),
    ALLOW_NO_DEVICE(Kind.BOOLEAN, "yes|no", "no", "start even if ups.conf defines no device"),
    ALLOW_NOT_ALL_LISTENERS(Kind.BOOLEAN, "yes|no", "no", "start if at least one of the LISTEN addresses can be used"),
    STATEPATH(
            Kind.PATH, "directory", "built in", "where the drivers' sockets are; statepath in ups.conf goes before it"),
    DATAPATH(Kind.PATH, "directory", "built in", "where cmdvartab is, the descriptions of variables and commands"),
    LISTEN(
            Kind.LIST,
            "address [port]",
            "127.0.0.1 and ::1, port 3493",
            "an address to serve, * for all; once per address; read at start only"),
    MAXCONN(Kind.NUMBER, "number", "what the system allows", "the most connections held at once"),
    MAXCONN_ADDRESS(
            Kind.NUMBER,
            "number",
            "three quarters of all",
            "the most connections of one address that have not logged in"),
    READ_REQUIRES_LOGIN(Kind.BOOLEAN, "yes|no", "no", "whether who only reads has to be a user of upsd.users, too"),
    CERTFILE(Kind.PATH, "file", "none", "PEM file with the server's certificate, its chain and the private key"),
    CERTPATH(
            Kind.PATH,
            "directory or file",
            "none",
            "certificates of the authorities that clients' certificates may come from"),
    CERTIDENT(Kind.LIST, "name password", "none", "which certificate to show, and the password of its key"),
    CERTREQUEST(Kind.CHOICE, "NO|REQUEST|REQUIRE", "NO", "whether clients have to show a certificate (0, 1, 2)"),
    DISABLE_WEAK_SSL(Kind.BOOLEAN, "yes|no", "no", "refuse TLS versions older than 1.2"),
    DEBUG_MIN(Kind.NUMBER, "number", "0", "the least debug level; a reload applies it at once"),
    ACCEPT(Kind.LIST, "name ...", "", "obsolete and ignored: use LISTEN and a firewall"),
    REJECT(Kind.LIST, "name ...", "", "obsolete and ignored: use LISTEN and a firewall"),
    ACL(Kind.LIST, "name block", "", "obsolete and ignored: use LISTEN and a firewall");

    private final Entry entry;

    UpsdDirective(Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(name(), kind, arguments, standard, meaning);
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
