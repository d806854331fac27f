package org.nutjvm.drivers.netxml;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import org.jspecify.annotations.Nullable;

/// User and password for a card that asks for them, by HTTP's Basic or Digest (drivers/netxml-ups.c:
/// netxml_authenticate). They are given once to each request, or a card that refuses them would be asked without end.
final class Login extends Authenticator {
    static {
        // Cards know no other. It is better than Basic, which is what they get when they do not ask for it.
        System.setProperty("http.auth.digest.reEnabledAlgorithms", "MD5");
    }

    private final @Nullable String name;
    private final @Nullable String password;
    private final ThreadLocal<Boolean> given = ThreadLocal.withInitial(() -> false);

    Login(@Nullable String name, @Nullable String password) {
        this.name = name;
        this.password = password;
    }

    /// The next request of this thread begins.
    void next() {
        given.set(false);
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        if (given.get() || (name == null && password == null)) {
            return null;
        }
        given.set(true);
        return new PasswordAuthentication(name == null ? "" : name, (password == null ? "" : password).toCharArray());
    }
}
