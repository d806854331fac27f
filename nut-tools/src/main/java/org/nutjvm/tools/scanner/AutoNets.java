package org.nutjvm.tools.scanner;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nutjvm.tools.shared.Failure;
import org.nutjvm.tools.shared.Numbers;

/// `-m auto`, `auto4`, `auto6`, each with `/LEN`: the networks this machine is in, if they are small enough
/// (tools/nut-scanner/nut-scanner.c: handle_arg_cidr).
///
/// @param bytes 4 or 16 for one family, 0 for both
/// @param hostBits networks with more bits for their hosts are left out
record AutoNets(int bytes, int hostBits) {
    private static final int USUAL_HOST_BITS = 8;

    /// Whether the word asks for this.
    static boolean isMeantBy(String word) {
        return word.startsWith("auto");
    }

    static AutoNets of(String word) throws Failure {
        int slash = word.indexOf('/');
        String family = slash < 0 ? word : word.substring(0, slash);
        int bytes = switch (family) {
            case "auto" -> 0;
            case "auto4" -> 4;
            case "auto6" -> 16;
            default ->
                throw new Failure(
                        "Unknown word for -m: " + Device.clean(word),
                        "It takes auto, auto4, auto6, each with or without a limit as in auto/8, or a network like"
                                + " 192.168.1.0/24.");
        };
        int most = bytes == 4 ? 32 : 128;
        int bits = slash < 0 ? USUAL_HOST_BITS : Numbers.unsigned(word.substring(slash + 1));
        if (bits < 0 || bits > most) {
            throw new Failure(
                    "Invalid auto-net limit value, should be an integer [0.." + most + "]: " + Device.clean(word));
        }
        return new AutoNets(bytes, bits);
    }

    /// The networks, and of those left out the reasons.
    List<IpRange> find(List<String> reasons) throws Failure {
        var ranges = new ArrayList<IpRange>();
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InterfaceAddress address : one.getInterfaceAddresses()) {
                    InetAddress host = address.getAddress();
                    int prefix = address.getNetworkPrefixLength();
                    String reason = reason(one, host, prefix);
                    if (reason.isEmpty()) {
                        ranges.add(IpRange.network(host, prefix));
                    } else {
                        reasons.add(one.getName() + " " + IpRange.text(host) + "/" + prefix + ": " + reason);
                    }
                }
            }
        } catch (SocketException e) {
            throw new Failure("Cannot list this machine's network interfaces: " + e.getMessage());
        }
        return ranges;
    }

    private String reason(NetworkInterface one, InetAddress host, int prefix) throws SocketException {
        int length = host.getAddress().length;
        int hosts = length * 8 - prefix;
        if (bytes != 0 && bytes != length) {
            return "not of the requested address family";
        }
        if (host.isAnyLocalAddress()) {
            return "no address";
        }
        if (hosts > hostBits) {
            return "too large: " + hostBits + " bits allowed, " + hosts + " bits of hosts";
        }
        if (one.isLoopback()) {
            return "loopback";
        }
        return one.isUp() && !one.isPointToPoint() ? "" : "not up, or no network that can be broadcast to";
    }
}
