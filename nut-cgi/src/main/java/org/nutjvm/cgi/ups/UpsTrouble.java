package org.nutjvm.cgi.ups;

/// Why a UPS's data cannot be had, or a request was not carried out. The message is one that all NUT clients give.
public final class UpsTrouble extends Exception {
    private static final long serialVersionUID = 1;

    /// Whose trouble it is.
    public enum Kind {
        /// hosts.conf has a name that is none.
        NAME,
        /// No connection to the server, or it broke.
        SERVER,
        /// The server has no such UPS.
        UNKNOWN_UPS,
        /// The server answers, but has no fresh data: the driver is gone or silent.
        DRIVER,
        /// User or password are wrong, or that user may not do this.
        ACCESS,
        /// The server refuses for another reason.
        REFUSED
    }

    private final Kind kind;
    private final String message;

    public UpsTrouble(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.message = message;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /// What whoever looks after the machine may do about it: a sentence.
    public String cure() {
        return switch (kind) {
            case NAME -> "Write it in hosts.conf as MONITOR ups@host:port \"description\".";
            case SERVER -> "See that upsd runs there and that a LISTEN line of its upsd.conf covers this address.";
            case UNKNOWN_UPS -> "See with upsc -l how the server calls its UPSes, and name it so in hosts.conf.";
            case DRIVER -> "See that the driver of this UPS runs (upsdrvctl status) and that its device is plugged in.";
            case ACCESS -> "See upsd.users on that server: user, password, actions = SET, instcmds.";
            case REFUSED -> "";
        };
    }
}
