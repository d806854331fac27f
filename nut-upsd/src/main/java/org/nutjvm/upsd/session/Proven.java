package org.nutjvm.upsd.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.PasswordHash;

/// Passwords that have been shown to fit their check values: an upsmon that comes again need not wait. What is kept
/// is a digest with a secret of this process, one for each user.
final class Proven {
    private static final int SECRET_BYTES = 32;

    private final Map<String, byte[]> digests = new HashMap<>();
    private byte @Nullable [] secret;

    boolean knows(String user, PasswordHash hash, String password) {
        byte[] known = digests.get(user);
        return known != null && MessageDigest.isEqual(known, digest(hash, password));
    }

    void remember(String user, PasswordHash hash, String password) {
        digests.put(user, digest(hash, password));
    }

    private byte[] digest(PasswordHash hash, String password) {
        if (secret == null) {
            secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(secret);
            digest.update(hash.text().getBytes(StandardCharsets.ISO_8859_1));
            digest.update((byte) 0);
            return digest.digest(password.getBytes(StandardCharsets.ISO_8859_1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this run-time has no SHA-256", e);
        }
    }
}
