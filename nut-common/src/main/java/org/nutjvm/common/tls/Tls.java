package org.nutjvm.common.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The JDK's TLS, as both sides use it.
final class Tls {
    /// No others: what is older the JDK no longer speaks.
    static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private Tls() {}

    static SSLContext context(@Nullable Identity identity, X509ExtendedTrustManager trust) throws TlsException {
        // Read once, when TLS is first used: nobody has to keep renegotiating, and it would cost us most.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        try {
            var context = SSLContext.getInstance("TLS");
            var keys = identity == null ? new KeyManager[0] : new KeyManager[] {identity.keyManager()};
            context.init(keys, new TrustManager[] {trust}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }
}
