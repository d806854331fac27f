package org.nutjvm.common.conf;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A password as only a check value of it: `$pbkdf2-sha256$rounds$salt$value`, the form that passlib writes, too. C
/// NUT does not know it.
public final class PasswordHash {
    /// What a value made here takes: a tenth of a second on a PC, a second on a small board, once for each start of
    /// upsd.
    public static final int ROUNDS = 100_000;

    private static final String BEGIN = "$pbkdf2-";
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int LEAST_SALT = 8;
    private static final int MOST_BYTES = 64;
    private static final int BYTES = 32;

    private final String text;
    private final String digest;
    private final int rounds;
    private final byte[] salt;
    private final byte[] value;

    private PasswordHash(String text, String digest, int rounds, byte[] salt, byte[] value) {
        this.text = text;
        this.digest = digest;
        this.rounds = rounds;
        this.salt = salt;
        this.value = value;
    }

    /// Whether this is meant to be one: it is no password then, even if it is damaged.
    public static boolean meant(String password) {
        return password.startsWith(BEGIN);
    }

    /// What the text says; empty if it is none.
    public static Optional<PasswordHash> of(String text) {
        String[] parts = text.split("\\$", -1);
        if (!meant(text) || parts.length != 5) {
            return Optional.empty();
        }
        String digest = parts[1].substring(BEGIN.length() - 1).toLowerCase(Locale.ROOT);
        int rounds = Values.number(parts[2]).orElse(0);
        if (!(digest.equals("sha256") || digest.equals("sha512")) || rounds < 1 || rounds > MOST_ROUNDS) {
            return Optional.empty();
        }
        try {
            byte[] salt = Base64.getDecoder().decode(parts[3].replace('.', '+'));
            byte[] value = Base64.getDecoder().decode(parts[4].replace('.', '+'));
            boolean usable = salt.length >= LEAST_SALT
                    && salt.length <= MOST_BYTES
                    && value.length >= BYTES / 2
                    && value.length <= MOST_BYTES;
            return usable ? Optional.of(new PasswordHash(text, digest, rounds, salt, value)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Makes one.
    ///
    /// @param salt random bytes, at least eight, that belong to this password alone
    public static PasswordHash make(String password, int rounds, byte[] salt) {
        byte[] value = derived("sha256", password, salt, rounds, BYTES);
        var encoder = Base64.getEncoder().withoutPadding();
        String text =
                BEGIN + "sha256$" + rounds + '$' + encoder.encodeToString(salt).replace('+', '.') + '$'
                        + encoder.encodeToString(value).replace('+', '.');
        return new PasswordHash(text, "sha256", rounds, salt.clone(), value);
    }

    /// Whether this is the password. It takes its time, on purpose.
    public boolean matches(String password) {
        return MessageDigest.isEqual(value, derived(digest, password, salt, rounds, value.length));
    }

    private static byte[] derived(String digest, String password, byte[] salt, int rounds, int bytes) {
        if (password.isEmpty()) {
            return new byte[0]; // nobody has an empty one; the JDK refuses it
        }
        try {
            // upsd's clients and files know ASCII alone, so that it does not matter how characters become bytes.
            var spec = new PBEKeySpec(password.toCharArray(), salt, rounds, bytes * 8);
            return SecretKeyFactory.getInstance("PBKDF2WithHmac" + digest.toUpperCase(Locale.ROOT))
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this run-time has no PBKDF2", e);
        }
    }

    /// As it stands in the file.
    public String text() {
        return text;
    }

    /// Without the value.
    @Override
    public String toString() {
        return BEGIN + digest + '$' + rounds;
    }
}
