package org.nutjvm.cgi.serve;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What this server may be called by browsers. A page of somebody else's site can have its own name lead here, and
/// would then count as ours for a browser: so names nobody has told us of are refused. Addresses cannot be misused so.
final class Names {
    private final Set<String> names = new HashSet<>();

    /// @param names other names besides `localhost` and that of this machine
    /// @param machine the name of this machine, with or without its domain
    Names(List<String> names, String machine) {
        this.names.add("localhost");
        this.names.add("");
        String own = machine.toLowerCase(Locale.ROOT);
        int dot = own.indexOf('.');
        this.names.add(own);
        this.names.add(dot < 0 ? own : own.substring(0, dot));
        this.names.add((dot < 0 ? own : own.substring(0, dot)) + ".local");
        for (String name : names) {
            this.names.add(name.toLowerCase(Locale.ROOT));
        }
    }

    /// @param host in small letters, without the port
    boolean known(String host) {
        return address(host) || names.contains(host) || names.contains("*");
    }

    private static boolean address(String host) {
        if (host.startsWith("[")) {
            return host.endsWith("]");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return false;
            }
        }
        return !host.isEmpty();
    }
}
