package org.nutjvm.tools.scanner;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.nutjvm.tools.shared.Failure;
import org.nutjvm.tools.shared.Numbers;

/// Addresses that follow one another (tools/nut-scanner/nutscan-ip.c).
///
/// @param bytes 4 or 16, as an address of the kind has
record IpRange(int bytes, BigInteger first, BigInteger last) {
    /// The addresses between two, whichever is the lower.
    ///
    /// @param one address or name
    /// @param other the same; may be the same
    static IpRange between(String one, String other) throws Failure {
        InetAddress start = address(one);
        InetAddress end = address(other);
        if (start.getAddress().length != end.getAddress().length) {
            throw new Failure("Invalid address range: " + one + " and " + other + " are not of one family");
        }
        BigInteger first = number(start);
        BigInteger last = number(end);
        return new IpRange(start.getAddress().length, first.min(last), first.max(last));
    }

    /// The network that an address is in, with its first and last address.
    ///
    /// @param cidr `192.168.1.0/24`, or an IPv6 address and the length of its prefix, with or without brackets
    static IpRange cidr(String cidr) throws Failure {
        int slash = cidr.indexOf('/');
        if (slash < 0) {
            throw new Failure(
                    "Bad netmask: none in '" + cidr + "'",
                    "Write a network like 192.168.1.0/24, or use -s for one address.");
        }
        InetAddress address = address(cidr.substring(0, slash));
        String mask = cidr.substring(slash + 1);
        int bits = Numbers.unsigned(mask);
        int all = address.getAddress().length * 8;
        if (bits < 1 || bits > all) {
            throw new Failure("Bad netmask: " + mask, "The number of bits is meant, 1 to " + all + ".");
        }
        return network(address, bits);
    }

    static IpRange network(InetAddress address, int prefix) {
        int bytes = address.getAddress().length;
        BigInteger hosts = BigInteger.ONE.shiftLeft(bytes * 8 - prefix).subtract(BigInteger.ONE);
        BigInteger number = number(address);
        return new IpRange(bytes, number.andNot(hosts), number.or(hosts));
    }

    /// How many addresses.
    BigInteger size() {
        return last.subtract(first).add(BigInteger.ONE);
    }

    /// The address so many places after the first.
    InetAddress at(int offset) {
        byte[] number = first.add(BigInteger.valueOf(offset)).toByteArray();
        byte[] address = new byte[bytes];
        int length = Math.min(number.length, bytes);
        System.arraycopy(number, number.length - length, address, bytes - length, length);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(Arrays.toString(address), e);
        }
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /// IPv4 goes first, as in C.
    private static InetAddress address(String text) throws Failure {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String name = bracketed ? text.substring(1, text.length() - 1) : text;
        if (name.isEmpty()) {
            throw new Failure("Invalid address: '" + text + "'");
        }
        try {
            InetAddress[] all = InetAddress.getAllByName(name);
            for (InetAddress one : all) {
                if (one.getAddress().length == 4) {
                    return one;
                }
            }
            return all[0];
        } catch (UnknownHostException e) {
            throw new Failure(
                    "Invalid address: " + Device.clean(text),
                    "That is neither an address, nor a name that can be looked up.");
        }
    }

    /// An address as people write it, without brackets: IPv6 with its longest row of zeros left out (RFC 5952).
    static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /// The same, in brackets if it is IPv6: as a part of something longer.
    static String bracketed(InetAddress address) {
        String text = text(address);
        return text.indexOf(':') >= 0 ? '[' + text + ']' : text;
    }
}
