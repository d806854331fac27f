package org.nutjvm.tools.scanner;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.nutjvm.tools.shared.Failure;

/// The addresses to ask, each of them once.
final class Targets {
    /// At most so many addresses are asked by one scan: those of a /16.
    static final int LIMIT = 1 << 16;

    private final LinkedHashSet<InetAddress> addresses = new LinkedHashSet<>();
    private BigInteger asked = BigInteger.ZERO;

    /// Takes a range in.
    ///
    /// @param option how it was asked for, for a complaint
    /// @throws Failure if these are too many
    Targets add(String option, IpRange range) throws Failure {
        asked = asked.add(range.size());
        if (asked.compareTo(BigInteger.valueOf(LIMIT)) > 0) {
            throw new Failure(
                    "Too many addresses: " + option + " makes them " + asked + ", and at most " + LIMIT
                            + " are scanned at once",
                    "Give a smaller network, as 192.168.1.0/24, or scan one part after the other.");
        }
        for (int i = 0; i < range.size().intValue(); i++) {
            addresses.add(range.at(i));
        }
        return this;
    }

    List<InetAddress> all() {
        return new ArrayList<>(addresses);
    }
}
