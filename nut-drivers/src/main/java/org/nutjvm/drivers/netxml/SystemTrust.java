package org.nutjvm.drivers.netxml;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Whose certificates are believed: those this machine believes, which is where an administrator puts the one of a card
/// that signed its own (as neon's ne_ssl_trust_default_ca does for C's driver). Java's own list where there is no
/// other.
final class SystemTrust {
    /// Where the systems have them: Debian, Red Hat, Alpine.
    static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/cert.pem"));

    private SystemTrust() {}

    /// Sockets that believe the certificates of the first of these files that is there.
    ///
    /// @throws IOException when it cannot be used
    static SSLSocketFactory sockets(List<Path> bundles) throws IOException {
        for (var bundle : bundles) {
            if (Files.isReadable(bundle)) {
                return of(bundle);
            }
        }
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    private static SSLSocketFactory of(Path bundle) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(bundle))) {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + number++, certificate);
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the certificates of " + bundle + ": " + e.getMessage(), e);
        }
    }
}
