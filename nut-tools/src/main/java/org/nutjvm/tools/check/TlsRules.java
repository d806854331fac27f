package org.nutjvm.tools.check;

import java.util.Optional;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.conf.UpsmonConf.Monitor;
import org.nutjvm.common.conf.UpsmonDirective;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.common.tls.ClientTls.Terms;
import org.nutjvm.tools.check.ConfSet.Part;

/// What can be said of encryption without a look at certificates. For those see {@link LiveTls}.
final class TlsRules {
    private TlsRules() {}

    static void look(ConfSet set, Findings found) {
        Part part = set.part(UpsmonConf.FILE).orElse(null);
        UpsmonConf conf = set.upsmon().orElse(null);
        if (part == null || conf == null) {
            return;
        }
        UpsmonConf.Tls tls = conf.tls();
        if (tls.certpath().isEmpty()) {
            if (verifies(tls)) {
                found.add(
                        Mistake.TLS_UNUSABLE,
                        part.file(),
                        part.line((tls.certverify() ? UpsmonDirective.CERTVERIFY : UpsmonDirective.CERTHOST).word()),
                        "servers' certificates are to be verified, but nothing says whose they may be",
                        "name the PEM file of the authority that signed them, or of a self-signed one itself, in"
                                + " CERTPATH");
            }
        }
        if (tls.forcessl() && !tls.certverify() && tls.hosts().isEmpty()) {
            found.add(
                    Mistake.TLS_UNVERIFIED,
                    part.file(),
                    part.line(UpsmonDirective.FORCESSL.word()),
                    "FORCESSL without CERTVERIFY: whoever gets in between can pretend to be the server");
        }
        // With a CERTPATH and no CERTFILE it may be C's upsd with a database of NSS.
        boolean unencrypted = set.upsd()
                .map(upsd -> upsd.certfile().isEmpty() && upsd.certpath().isEmpty())
                .orElse(false);
        if (unencrypted) {
            for (Monitor monitor : conf.monitors()) {
                if (LocalMonitors.local(monitor.sys()) && LocalMonitors.ours(set, monitor)) {
                    local(monitor, tls, part, found);
                }
            }
        }
    }

    /// Whether any server's certificate is to be verified.
    static boolean verifies(UpsmonConf.Tls tls) {
        boolean verifies = tls.certverify();
        for (UpsmonConf.CertHost one : tls.hosts()) {
            verifies |= one.certverify() == 1;
        }
        return verifies;
    }

    private static void local(Monitor monitor, UpsmonConf.Tls tls, Part part, Findings found) {
        Optional<UpsAddress> address = LocalMonitors.address(monitor.sys());
        if (address.isEmpty()) {
            return;
        }
        Terms terms = ClientTls.terms(tls, address.get().host(), address.get().port());
        if (terms.required()) {
            found.add(
                    Mistake.MONITOR_TLS,
                    part.file(),
                    monitor.line(),
                    "MONITOR " + monitor.sys() + ": " + (terms.verify() ? "CERTVERIFY" : "FORCESSL")
                            + " wants encryption, and upsd.conf has no CERTFILE");
        }
    }
}
