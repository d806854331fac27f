package org.nutjvm.cgi.serve;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.NutCgiConf.Reader;
import org.nutjvm.common.conf.PasswordHash;

/// Who may read pages, as HTTP's Basic scheme has it (RFC 7617). Check values of passwords take their time, so what was
/// right once is remembered, as a sum that is of no use to anybody else. For any thread.
final class Readers {
    private static final int REMEMBERED = 256;
    private static final int LONGEST = 1024;
    private static final String SCHEME = "basic ";

    private final List<Reader> readers;
    private final byte[] salt = new byte[32];
    private final LinkedHashMap<String, Boolean> known = new LinkedHashMap<>();

    Readers(List<Reader> readers) {
        this.readers = List.copyOf(readers);
        if (!readers.isEmpty()) {
            new SecureRandom().nextBytes(salt);
        }
    }

    /// Whether everybody may read.
    boolean open() {
        return readers.isEmpty();
    }

    private record Given(String name, String password) {
        @Override
        public String toString() {
            return "Given[" + name + ']';
        }
    }

    private static @Nullable Given given(String header) {
        if (header.length() > LONGEST || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            byte[] plain =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            String text = new String(plain, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? null : new Given(text.substring(0, colon), text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// Whether a name and a password are there at all.
    boolean tries(String header) {
        return given(header) != null;
    }

    /// Whether they were right before.
    synchronized boolean remembered(String header) {
        return known.containsKey(sum(header));
    }

    /// Whether they are right. It takes its time.
    boolean right(String header) {
        Given given = given(header);
        if (given == null) {
            return false;
        }
        boolean right = false;
        for (Reader reader : readers) {
            boolean same = MessageDigest.isEqual(bytes(reader.name()), bytes(given.name()));
            if (same && matches(reader.password(), given.password())) {
                right = true;
            }
        }
        if (right) {
            remember(sum(header));
        }
        return right;
    }

    private static boolean matches(String wanted, String password) {
        if (PasswordHash.meant(wanted)) {
            Optional<PasswordHash> hash = PasswordHash.of(wanted);
            return hash.isPresent() && hash.get().matches(password);
        }
        return MessageDigest.isEqual(bytes(wanted), bytes(password));
    }

    private synchronized void remember(String sum) {
        known.put(sum, true);
        var all = known.entrySet().iterator();
        while (known.size() > REMEMBERED && all.hasNext()) {
            Map.Entry<String, Boolean> oldest = all.next();
            if (!oldest.getKey().equals(sum)) {
                all.remove();
            }
        }
    }

    private String sum(String header) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return Base64.getEncoder().encodeToString(digest.digest(bytes(header)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this run-time has no SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
