package org.nutjvm.drivers.snmp.agent;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;

/// How an agent is reached (drivers/snmp-ups.c: nut_snmp_init), from the options of ups.conf.
///
/// @param host name or address
/// @param port of UDP
/// @param version of SNMP
/// @param community for versions 1 and 2c
/// @param retries how often a request is repeated
/// @param timeout how long an answer is waited for, each time
/// @param user who we are in version 3, or null
/// @param trapPort UDP port its traps are heard on, 0 for none
public record AgentSettings(
        String host,
        int port,
        Version version,
        String community,
        int retries,
        Duration timeout,
        @Nullable User user,
        int trapPort) {
    private static final int PORT = 161;
    private static final int MOST_RETRIES = 20;
    private static final int LONGEST_TIMEOUT = 60;
    private static final int SHORTEST_PASSWORD = 8;

    /// Versions of SNMP.
    public enum Version {
        V1,
        V2C,
        V3
    }

    /// A user of version 3.
    ///
    /// @param auth name of the authentication protocol, or null without
    /// @param priv name of the privacy protocol, or null without
    public record User(
            String name,
            @Nullable String auth,
            String authPassword,
            @Nullable String priv,
            String privPassword) {
        /// Authentication protocols, as they are written in ups.conf.
        public static final List<String> AUTH = List.of("MD5", "SHA", "SHA224", "SHA256", "SHA384", "SHA512");

        /// Privacy protocols, as they are written in ups.conf; AES is AES128.
        public static final List<String> PRIV = List.of("DES", "3DES", "AES", "AES128", "AES192", "AES256");

        /// Keeps passwords out of logs.
        @Override
        public String toString() {
            return "User[" + name + ", " + auth + ", " + priv + "]";
        }
    }

    /// Reads the options.
    ///
    /// @throws DriverException when they make no sense, with what to write instead
    public static AgentSettings of(Device device) throws DriverException {
        String address = device.port();
        String lower = address.toLowerCase(Locale.ROOT);
        if (lower.startsWith("udp:") || lower.startsWith("udp6:")) {
            address = address.substring(address.indexOf(':') + 1);
        } else if (lower.startsWith("tcp:")
                || lower.startsWith("tcp6:")
                || lower.startsWith("dtlsudp:")
                || lower.startsWith("tlstcp:")) {
            throw new DriverException("port = " + address + ": only UDP is spoken; write host or host:port");
        }
        String host = address;
        int port = PORT;
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[") && address.indexOf(']') > 0;
        if (bracketed) {
            int end = address.indexOf(']');
            host = address.substring(1, end);
            if (end + 1 < address.length()) {
                port = port(device, address.substring(end + 2));
            }
        } else if (colon >= 0 && address.indexOf(':') == colon) {
            host = address.substring(0, colon);
            port = port(device, address.substring(colon + 1));
        }
        if (host.isEmpty()) {
            throw new DriverException("port = " + device.port() + ": the name or address of the device is missing");
        }
        var version = version(text(device, "snmp_version", "v1"));
        return new AgentSettings(
                host,
                port,
                version,
                text(device, "community", "public"),
                number(device, "snmp_retries", 5, 0, MOST_RETRIES),
                Duration.ofSeconds(number(device, "snmp_timeout", 1, 1, LONGEST_TIMEOUT)),
                version == Version.V3 ? user(device) : null,
                number(device, "trapport", 0, 1, 65_535));
    }

    private static int port(Device device, String text) throws DriverException {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new DriverException("port = " + device.port() + ": '" + text
                + "' is no UDP port; write host, host:port or [IPv6 address]:port");
    }

    private static Version version(String text) throws DriverException {
        return switch (text) {
            case "v1" -> Version.V1;
            case "v2c" -> Version.V2C;
            case "v3" -> Version.V3;
            default -> throw new DriverException("Bad SNMP version: " + text + " (snmp_version is v1, v2c or v3)");
        };
    }

    private static User user(Device device) throws DriverException {
        String level = text(device, "secLevel", "noAuthNoPriv");
        boolean auth = level.equals("authNoPriv") || level.equals("authPriv");
        boolean priv = level.equals("authPriv");
        if (!auth && !level.equals("noAuthNoPriv")) {
            throw new DriverException(
                    "Bad SNMPv3 securityLevel: " + level + " (secLevel is noAuthNoPriv, authNoPriv or authPriv)");
        }
        String name = device.getval("secName");
        if (name == null || name.isEmpty()) {
            throw new DriverException("securityName is required for SNMPv3 (secName = the user the device knows)");
        }
        return new User(
                name,
                auth ? protocol(device, "authProtocol", "MD5", User.AUTH) : null,
                auth ? password(device, "authPassword", level) : "",
                priv ? protocol(device, "privProtocol", "DES", User.PRIV) : null,
                priv ? password(device, "privPassword", level) : "");
    }

    private static String protocol(Device device, String option, String standard, List<String> known)
            throws DriverException {
        String name = text(device, option, standard);
        if (!known.contains(name)) {
            throw new DriverException(
                    "Bad SNMPv3 " + option + ": " + name + " (one of " + String.join(", ", known) + ")");
        }
        return name;
    }

    private static String password(Device device, String option, String level) throws DriverException {
        String password = device.getval(option);
        if (password == null) {
            throw new DriverException(option + " is required for SNMPv3 in " + level + " mode");
        }
        if (password.length() < SHORTEST_PASSWORD) {
            throw new DriverException(option + " has less than " + SHORTEST_PASSWORD
                    + " characters, which SNMPv3 does not allow (RFC 3414)");
        }
        return password;
    }

    private static String text(Device device, String option, String standard) {
        String given = device.getval(option);
        return given == null ? standard : given;
    }

    private static int number(Device device, String option, int standard, int least, int most) throws DriverException {
        String given = device.getval(option);
        if (given == null) {
            return standard;
        }
        try {
            int number = Integer.parseInt(given.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new DriverException(
                option + " = " + given + ": a whole number from " + least + " to " + most + " is expected");
    }
}
