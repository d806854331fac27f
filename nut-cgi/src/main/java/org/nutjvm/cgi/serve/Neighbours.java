package org.nutjvm.cgi.serve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/// Addresses as they are shown, and as what counts as one: whoever has one of IPv6 has 2^64 of them.
final class Neighbours {
    private Neighbours() {}

    /// The address as text, without the name of an interface.
    static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    /// What it counts as.
    static String of(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return Server.LOOPBACK;
        }
        if (address instanceof Inet6Address) {
            return Arrays.toString(Arrays.copyOf(address.getAddress(), 8));
        }
        return text(address);
    }
}
