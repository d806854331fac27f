package org.nutjvm.tools.scanner;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.tools.shared.Failure;

/// How SNMP agents are spoken to (tools/nut-scanner/scan_snmp.c: init_session): version 1 with a community, or version
/// 3
/// if a security level is given and no community.
///
/// @param community for version 1
/// @param secLevel null for version 1
/// @param secName who we are in version 3, else null
/// @param authProtocol as given, or null
/// @param authPassword as given, or null
/// @param privProtocol as given, or null
/// @param privPassword as given, or null
record SnmpAccess(
        String community,
        @Nullable String secLevel,
        @Nullable String secName,
        @Nullable String authProtocol,
        @Nullable String authPassword,
        @Nullable String privProtocol,
        @Nullable String privPassword) {
    private static final List<String> AUTH = List.of("MD5", "SHA", "SHA256", "SHA384", "SHA512");
    private static final List<String> PRIV = List.of("DES", "AES", "AES192", "AES256");
    private static final int SHORTEST_PASSWORD = 8;

    static SnmpAccess of(CommandLine line) throws Failure {
        String level = line.has('c') ? null : given(line, 'l');
        var access = new SnmpAccess(
                line.last('c', "public"),
                level,
                given(line, 'u'),
                given(line, 'w'),
                given(line, 'W'),
                given(line, 'x'),
                given(line, 'X'));
        if (level != null) {
            access.check(level);
        }
        return access;
    }

    private void check(String level) throws Failure {
        if (!List.of("noAuthNoPriv", "authNoPriv", "authPriv").contains(level)) {
            throw new Failure(
                    "Bad SNMPv3 securityLevel: " + Device.clean(level),
                    "-l takes noAuthNoPriv, authNoPriv or authPriv.");
        }
        if (secName == null) {
            throw new Failure("securityName is required for SNMPv3", "-u takes the user that the devices know.");
        }
        if (authenticates()) {
            protocol("authProtocol", "-w", authProtocol, AUTH);
            password("authPassword", "-W", authPassword, level);
        }
        if (encrypts()) {
            protocol("privProtocol", "-x", privProtocol, PRIV);
            password("privPassword", "-X", privPassword, level);
        }
    }

    private static void protocol(String what, String option, @Nullable String given, List<String> known)
            throws Failure {
        if (given != null && !known.contains(given)) {
            throw new Failure(
                    "Bad SNMPv3 " + what + ": " + Device.clean(given),
                    option + " takes one of " + String.join(", ", known) + ".");
        }
    }

    private static void password(String what, String option, @Nullable String given, String level) throws Failure {
        if (given == null) {
            throw new Failure(what + " is required for SNMPv3 in " + level + " mode", option + " takes it.");
        }
        if (given.length() < SHORTEST_PASSWORD) {
            throw new Failure(what + " has less than " + SHORTEST_PASSWORD
                    + " characters, which SNMPv3 does not allow (RFC 3414)");
        }
    }

    private static @Nullable String given(CommandLine line, char letter) {
        return line.has(letter) ? line.last(letter, "") : null;
    }

    boolean version3() {
        return secLevel != null;
    }

    boolean authenticates() {
        return "authNoPriv".equals(secLevel) || "authPriv".equals(secLevel);
    }

    boolean encrypts() {
        return "authPriv".equals(secLevel);
    }

    /// What snmp-ups needs to know of this, added to a device.
    Device addTo(Device device) {
        if (!version3()) {
            return device.with("community", community);
        }
        return device.with("snmp_version", "v3")
                .with("secLevel", secLevel)
                .with("secName", secName)
                .with("authPassword", authPassword)
                .with("privPassword", privPassword)
                .with("authProtocol", authProtocol)
                .with("privProtocol", privProtocol);
    }

    /// Keeps passwords out of logs.
    @Override
    public String toString() {
        return "SnmpAccess[" + (version3() ? "v3 " + secName : "v1") + "]";
    }
}
