package org.nutjvm.common.conf;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// upsmon.conf: what upsmon watches and what it does about it (clients/upsmon.c: parse_conf_arg). Numbers of
/// seconds are as written; what negative ones mean is said at the directive.
///
/// @param monitors the UPSes to watch, in order, each once
/// @param shutdownexit seconds upsmon stays after SHUTDOWNCMD; negative means for ever
/// @param shutdowncmd one word is a shell line; more are a shell word and its arguments; empty when the file has none
/// @param notifycmd one word is a shell line; more are a program and its arguments; empty when the file has none
/// @param messages texts the file replaces
/// @param flags where events go that the file names
/// @param complaints what an administrator should look at
public record UpsmonConf(
        List<Monitor> monitors,
        int minsupplies,
        int pollfreq,
        int pollfreqalert,
        int pollfailLogThrottleMax,
        int deadtime,
        int hostsync,
        int finaldelay,
        int shutdownexit,
        int nocommwarntime,
        int rbwarntime,
        int offduration,
        int overduration,
        int oblbduration,
        boolean alarmcritical,
        List<String> shutdowncmd,
        List<String> notifycmd,
        Optional<String> powerdownflag,
        Optional<String> runAsUser,
        Map<NotifyType, String> messages,
        Map<NotifyType, Set<NotifyFlag>> flags,
        Tls tls,
        OptionalInt debugMin,
        List<Complaint> complaints) {
    /// The file's name in the configuration directory.
    public static final String FILE = "upsmon.conf";

    /// Where an event goes that the file does not name.
    public static final Set<NotifyFlag> DEFAULT_FLAGS = Set.of(NotifyFlag.SYSLOG, NotifyFlag.WALL);

    /// One MONITOR line.
    ///
    /// @param sys the UPS as written, `ups@host:port`
    /// @param powervalue how many of this machine's supplies it feeds
    /// @param password left out of {@link #toString}
    /// @param primary whether the role is primary (or master); any other word is taken for secondary, as in C
    /// @param line the physical line
    public record Monitor(String sys, int powervalue, String user, String password, boolean primary, int line) {
        @Override
        public String toString() {
            return "Monitor[" + sys + ", " + powervalue + ", " + user + ", " + (primary ? "primary" : "secondary")
                    + "]";
        }
    }

    /// What the file says of TLS.
    ///
    /// @param certident which certificate to show
    /// @param hosts what single servers have to show
    public record Tls(
            Optional<String> certpath,
            Optional<String> certfile,
            Optional<UpsdConf.CertIdent> certident,
            List<CertHost> hosts,
            boolean certverify,
            boolean forcessl) {}

    /// One CERTHOST line.
    ///
    /// @param host with port, where one is written
    /// @param name what its certificate has to be called
    /// @param certverify 1 or 0, or -1 for what CERTVERIFY says
    /// @param forcessl 1 or 0, or -1 for what FORCESSL says
    public record CertHost(String host, String name, int certverify, int forcessl) {}

    /// Reads upsmon.conf, a file with passwords, from the directory.
    ///
    /// @throws ConfException when there is none or it cannot be read
    public static UpsmonConf load(Path file) throws ConfException {
        return of(ConfReader.readSecret(file));
    }

    /// What the text says.
    public static UpsmonConf of(ConfText text) {
        return new UpsmonConfParser(text).parse();
    }

    /// What an event says: the file's text, else the stock one.
    public String message(NotifyType type) {
        return messages.getOrDefault(type, type.stockMessage());
    }

    /// Where an event goes.
    public Set<NotifyFlag> flags(NotifyType type) {
        return flags.getOrDefault(type, DEFAULT_FLAGS);
    }

    /// Sum of all power values: less than MINSUPPLIES is a set-up that would go down at once.
    public int totalPowervalue() {
        int total = 0;
        for (Monitor monitor : monitors) {
            total += monitor.powervalue();
        }
        return total;
    }
}
