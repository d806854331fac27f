package org.nutjvm.cgi.serve;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.nutjvm.cgi.pages.Seal;

/// Marks made with a key that lives as long as this process. For any thread.
final class Seals implements Seal {
    private static final int BYTES = 32;
    private static final int SECRET_BYTES = 18;
    private static final long LASTS_SECONDS = 3600;
    private static final String MAC = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final byte[] key = new byte[BYTES];
    private final LongSupplier seconds;

    /// @param seconds a clock that only goes forward
    Seals(LongSupplier seconds) {
        this.seconds = seconds;
        random.nextBytes(key);
    }

    @Override
    public String secret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    @Override
    public String mark(String secret, String purpose) {
        return mark(seconds.getAsLong(), secret, purpose);
    }

    private String mark(long at, String secret, String purpose) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            byte[] sum = mac.doFinal((at + "\n" + secret + '\n' + purpose).getBytes(StandardCharsets.UTF_8));
            return at + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this run-time has no " + MAC, e);
        }
    }

    @Override
    public boolean genuine(String mark, String secret, String purpose) {
        int dot = mark.indexOf('.');
        if (dot <= 0 || dot > 18 || secret.isEmpty()) {
            return false;
        }
        long at;
        try {
            at = Long.parseLong(mark.substring(0, dot));
        } catch (NumberFormatException e) {
            return false;
        }
        long age = seconds.getAsLong() - at;
        return age >= 0
                && age <= LASTS_SECONDS
                && MessageDigest.isEqual(
                        mark.getBytes(StandardCharsets.UTF_8),
                        mark(at, secret, purpose).getBytes(StandardCharsets.UTF_8));
    }
}
