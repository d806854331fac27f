package org.nutjvm.common.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a certificate is called, and whether that is what CERTIDENT, CERTHOST or the name of a server ask for
/// (server/netssl.c, clients/upsclient.c with OpenSSL).
final class CertName {
    private static final String COMMON_NAME = "2.5.4.3";
    private static final int DNS = 2;
    private static final int IP = 7;

    /// OpenSSL's short names of what names are made of.
    private static final Map<String, String> SHORT = Map.of(
            COMMON_NAME,
            "CN",
            "2.5.4.6",
            "C",
            "2.5.4.7",
            "L",
            "2.5.4.8",
            "ST",
            "2.5.4.10",
            "O",
            "2.5.4.11",
            "OU",
            "0.9.2342.19200300.100.1.25",
            "DC",
            "1.2.840.113549.1.9.1",
            "emailAddress");

    private CertName() {}

    /// Whether the certificate is called so: its common name, its whole subject as OpenSSL writes it
    /// (`/C=DE/CN=ups`), or one of its alternative names.
    static boolean is(X509Certificate certificate, String name) {
        for (var part : subject(certificate)) {
            if (part[0].equals("CN") && part[1].equalsIgnoreCase(name)) {
                return true;
            }
        }
        return oneline(certificate).equals(name) || serves(certificate, name, false);
    }

    /// Whether the certificate is one of this host, as typed: by its alternative names, or by its common name if it
    /// has none of these.
    static boolean isOf(X509Certificate certificate, String host) {
        return serves(certificate, host, true);
    }

    private static boolean serves(X509Certificate certificate, String host, boolean orCommonName) {
        byte[] address = address(host);
        boolean any = false;
        for (var alternative : alternatives(certificate)) {
            if (alternative.size() < 2 || !(alternative.get(0) instanceof Integer kind)) {
                continue;
            }
            if (kind != DNS && kind != IP) {
                continue;
            }
            any = true;
            String text = String.valueOf(alternative.get(1));
            if (kind == DNS ? matches(text, host) : sameAddress(address, text)) {
                return true;
            }
        }
        if (!any && orCommonName) {
            for (var part : subject(certificate)) {
                if (part[0].equals("CN") && matches(part[1], host)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /// A star stands for one label, the leftmost, of a name with at least three.
    static boolean matches(String pattern, String host) {
        String wanted = withoutDot(host).toLowerCase(Locale.ROOT);
        String given = withoutDot(pattern).toLowerCase(Locale.ROOT);
        if (given.equals(wanted)) {
            return true;
        }
        int dot = wanted.indexOf('.');
        return given.startsWith("*.")
                && given.indexOf('.', 2) > 0
                && dot > 0
                && address(host).length == 0
                && wanted.substring(dot).equals(given.substring(1));
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean sameAddress(byte[] address, String text) {
        return address.length > 0 && java.util.Arrays.equals(address, address(text));
    }

    /// The bytes of an address, none if it is a name. Nothing is looked up.
    private static byte[] address(String host) {
        try {
            int scope = host.indexOf('%');
            return InetAddress.ofLiteral(scope < 0 ? host : host.substring(0, scope))
                    .getAddress();
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /// The subject as OpenSSL writes it on one line, for messages and for CERTIDENT.
    static String oneline(X509Certificate certificate) {
        var line = new StringBuilder();
        for (var part : subject(certificate)) {
            line.append('/').append(part[0]).append('=').append(part[1]);
        }
        return line.toString();
    }

    /// The parts of the subject in order, each a kind and a value.
    private static List<String[]> subject(X509Certificate certificate) {
        var parts = new ArrayList<String[]>();
        try {
            var name = Der.one(certificate.getSubjectX500Principal().getEncoded(), Der.SEQUENCE);
            for (var set : name.parts()) {
                for (var pair : set.parts()) {
                    var both = pair.parts();
                    String oid = Der.part(both, 0, Der.OID).oid();
                    if (both.size() == 2) {
                        parts.add(new String[] {
                            SHORT.getOrDefault(oid, oid), both.get(1).text()
                        });
                    }
                }
            }
        } catch (Der.Malformed e) {
            return List.of(); // then it has no name we could know it by
        }
        return parts;
    }
}
