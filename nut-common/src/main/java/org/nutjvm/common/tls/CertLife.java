package org.nutjvm.common.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How long a certificate is good, for who looks after it.
///
/// @param name whose it is, in OpenSSL's form
public record CertLife(String name, Instant from, Instant until) {
    /// Who has his certificates renewed by a program renews them earlier.
    private static final Duration SOON = Duration.ofDays(14);

    /// Of certificates that live for days only, this part of their life is soon.
    private static final int PART = 4;

    /// What is to be said of it.
    public enum State {
        EARLY,
        GOOD,
        SOON,
        OVER
    }

    static CertLife of(X509Certificate certificate) {
        return new CertLife(
                CertName.oneline(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /// Those of a CERTFILE: its own first, then the chain above it.
    ///
    /// @throws TlsException it cannot be read
    public static List<CertLife> inCertfile(Path file) throws TlsException {
        try {
            return of(CertFiles.certificates(Pem.blocks(CertFiles.text("CERTFILE", file))));
        } catch (Pem.Malformed e) {
            throw new TlsException("CERTFILE " + file + ", line " + e.line() + ": " + e.what(), e);
        }
    }

    /// The authorities of a CERTPATH, a file or a directory.
    ///
    /// @throws TlsException it cannot be read, or there are none
    public static List<CertLife> inCertpath(Path path) throws TlsException {
        return of(CertFiles.authorities(path));
    }

    private static List<CertLife> of(List<X509Certificate> certificates) {
        var lives = new ArrayList<CertLife>();
        for (X509Certificate certificate : certificates) {
            lives.add(of(certificate));
        }
        return lives;
    }

    public State state(Instant now) {
        if (now.isBefore(from)) {
            return State.EARLY;
        }
        if (now.isAfter(until)) {
            return State.OVER;
        }
        Duration part = Duration.between(from, until).dividedBy(PART);
        Duration soon = part.compareTo(SOON) < 0 ? part : SOON;
        return Duration.between(now, until).compareTo(soon) < 0 ? State.SOON : State.GOOD;
    }
}
