package org.nutjvm.common.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// hosts.allow and hosts.deny, the files of TCP wrappers (hosts_access(5)), as C's upsd reads them through libwrap:
/// whether a client that wants to log in may, by its address.
///
/// What a rule would have to ask the name service for at each login is not known here: such a pattern fits nobody
/// in hosts.allow and everybody in hosts.deny, so that nobody gets in who should not, and a complaint says so.
///
/// @param allow rules of hosts.allow, in order
/// @param deny rules of hosts.deny
/// @param complaints what an administrator should look at
public record HostsAccess(List<Rule> allow, List<Rule> deny, List<Complaint> complaints) {
    /// Where there are no such files: everybody may.
    public static final HostsAccess OPEN = new HostsAccess(List.of(), List.of(), List.of());

    private static final String DAEMON = "upsd";

    /// One line that is about upsd.
    ///
    /// @param grants what it does for whom it fits
    public record Rule(Group clients, boolean grants) {}

    /// A list of patterns, without those that another list fits.
    public record Group(List<Pattern> patterns, Optional<Group> except) {
        boolean fits(String user, byte[] address) {
            for (var pattern : patterns) {
                if (pattern.fits(user, address)) {
                    return except.isEmpty() || !except.get().fits(user, address);
                }
            }
            return false;
        }
    }

    /// One pattern.
    public sealed interface Pattern {
        boolean fits(String user, byte[] address);

        /// Everybody, or nobody.
        record Any(boolean fits) implements Pattern {
            @Override
            public boolean fits(String user, byte[] address) {
                return fits;
            }
        }

        /// This machine itself.
        record Local() implements Pattern {
            @Override
            public boolean fits(String user, byte[] address) {
                return address.length == 4 ? address[0] == 127 : loopback6(address);
            }

            private static boolean loopback6(byte[] address) {
                for (int i = 0; i < address.length - 1; i++) {
                    if (address[i] != 0) {
                        return false;
                    }
                }
                return address.length == 16 && address[15] == 1;
            }
        }

        /// Addresses that begin with the same bits.
        record Net(List<Byte> address, int bits) implements Pattern {
            @Override
            public boolean fits(String user, byte[] other) {
                if (other.length != address.size()) {
                    return false;
                }
                for (int i = 0; i < bits; i++) {
                    int mask = 0x80 >> (i & 7);
                    if ((address.get(i >> 3) & mask) != (other[i >> 3] & mask)) {
                        return false;
                    }
                }
                return true;
            }
        }

        /// Only for whom this user name was given.
        record Of(String name, Pattern where) implements Pattern {
            @Override
            public boolean fits(String user, byte[] address) {
                return (name.equalsIgnoreCase("ALL") || name.equals(user)) && where.fits(user, address);
            }
        }
    }

    /// Whether a client may log in: the first rule that fits decides, hosts.allow before hosts.deny; without one it
    /// may.
    ///
    /// @param user the name it gave
    /// @param address 4 or 16 bytes; an IPv4 address within IPv6 counts as IPv4
    public boolean mayLogIn(String user, byte[] address) {
        byte[] plain = unmapped(address);
        for (var rules : List.of(allow, deny)) {
            for (var rule : rules) {
                if (rule.clients().fits(user, plain)) {
                    return rule.grants();
                }
            }
        }
        return true;
    }

    /// Whether there is no rule at all.
    public boolean open() {
        return allow.isEmpty() && deny.isEmpty();
    }

    private static byte[] unmapped(byte[] address) {
        if (address.length != 16 || address[10] != -1 || address[11] != -1) {
            return address;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return address;
            }
        }
        return new byte[] {address[12], address[13], address[14], address[15]};
    }

    /// What the two files say.
    ///
    /// @param allow hosts.allow; empty if there is none
    /// @param deny hosts.deny
    /// @param allowFile its name, for complaints
    public static HostsAccess of(String allow, String deny, String allowFile, String denyFile) {
        var complaints = new ArrayList<Complaint>();
        var granting = new HostsAccessParser(allowFile, true, complaints).rules(allow);
        var denying = new HostsAccessParser(denyFile, false, complaints).rules(deny);
        return new HostsAccess(granting, denying, List.copyOf(complaints));
    }

    static boolean isDaemon(String word) {
        String name = word.contains("@") ? word.substring(0, word.indexOf('@')) : word;
        return name.equals(DAEMON) || name.toUpperCase(Locale.ROOT).equals("ALL");
    }
}
