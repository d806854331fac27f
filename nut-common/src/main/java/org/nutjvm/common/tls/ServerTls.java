package org.nutjvm.common.tls;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.nutjvm.common.conf.UpsdConf;

/// How a server encrypts: upsd (server/netssl.c: ssl_init, with OpenSSL) and the one for status pages. Nothing of TLS
/// is loaded before {@link #of} is
/// called.
public final class ServerTls {
    /// Sessions that may be taken up again without a handshake in full. What is needed for that is with the client,
    /// but for a few of TLS 1.2 without tickets.
    private static final int SESSIONS = 256;

    private final SSLContext context;
    private final int certrequest;
    private final List<String> warnings;

    private ServerTls(SSLContext context, int certrequest, List<String> warnings) {
        this.context = context;
        this.certrequest = certrequest;
        this.warnings = List.copyOf(warnings);
    }

    /// What upsd.conf asks for.
    ///
    /// @param now for certificates that have expired
    /// @return empty if there is no CERTFILE: no encryption then, as in C
    /// @throws TlsException it cannot be had as it is set up
    public static Optional<ServerTls> of(UpsdConf conf, Instant now) throws TlsException {
        int certrequest = conf.certrequest().orElse(0);
        if (certrequest > 2) {
            throw new TlsException(
                    "CERTREQUEST in upsd.conf has to be 0 (NO), 1 (REQUEST) or 2 (REQUIRE), not " + certrequest);
        }
        if (conf.certfile().isEmpty()) {
            if (conf.certpath().isPresent()
                    && CertFiles.isNss(Path.of(conf.certpath().get()))) {
                throw new TlsException(nss(conf));
            }
            if (certrequest == 2) {
                throw new TlsException("CERTREQUEST in upsd.conf requires certificates of clients, but there is no"
                        + " CERTFILE and so no encryption: name the PEM file of the server's certificate in CERTFILE");
            }
            return Optional.empty();
        }
        var identity = Identity.read(
                Path.of(conf.certfile().get()),
                conf.certident().map(UpsdConf.CertIdent::name).orElse(""),
                conf.certident().map(UpsdConf.CertIdent::password).orElse(""));
        var warnings = new ArrayList<String>();
        identity.warning(now).ifPresent(warnings::add);
        if (certrequest > 0 && conf.certpath().isEmpty()) {
            throw new TlsException("CERTREQUEST in upsd.conf asks for certificates of clients, but nothing says whose"
                    + " they may be: name the authorities' certificates, a PEM file or a directory, in CERTPATH");
        }
        var trust = certrequest > 0
                ? Trust.in(CertFiles.authorities(Path.of(conf.certpath().orElse(""))))
                : Trust.anybody();
        var context = Tls.context(identity, trust);
        context.getServerSessionContext().setSessionCacheSize(SESSIONS);
        return Optional.of(new ServerTls(context, certrequest, warnings));
    }

    /// For a server that asks nobody for a certificate.
    ///
    /// @param certfile certificate, chain and key, a PEM file
    /// @param ident what the certificate is called and what opens its key; may be empty
    /// @param now for certificates that have expired
    /// @throws TlsException it cannot be had as it is set up
    public static ServerTls of(Path certfile, UpsdConf.CertIdent ident, Instant now) throws TlsException {
        var identity = Identity.read(certfile, ident.name(), ident.password());
        var context = Tls.context(identity, Trust.anybody());
        context.getServerSessionContext().setSessionCacheSize(SESSIONS);
        return new ServerTls(context, 0, identity.warning(now).stream().toList());
    }

    private static String nss(UpsdConf conf) {
        String path = conf.certpath().orElse("");
        String name = conf.certident().map(UpsdConf.CertIdent::name).orElse("NAME");
        return "CERTPATH " + path + " in upsd.conf is a database of NSS, which is not read here: write the certificate"
                + " and its key to a PEM file (pk12util -d " + path + " -n '" + name + "' -o upsd.p12; openssl pkcs12"
                + " -in upsd.p12 -out upsd.pem), name that in CERTFILE, and in CERTPATH the authorities' PEM file";
    }

    /// What an administrator should look at.
    public List<String> warnings() {
        return warnings;
    }

    /// This end of one more connection.
    public SSLEngine engine() {
        var engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(Tls.PROTOCOLS);
        if (certrequest == 2) {
            engine.setNeedClientAuth(true);
        } else if (certrequest == 1) {
            engine.setWantClientAuth(true);
        }
        return engine;
    }
}
