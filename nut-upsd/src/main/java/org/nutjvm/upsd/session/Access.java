package org.nutjvm.upsd.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may do what (server/user.c). The first user with the given name decides.
public final class Access {
    /// A section of upsd.users.
    ///
    /// @param password null when the section has none: then nobody can be this user
    /// @param actions what the user may do: `SET`, `FSD`, `LOGIN`, `MASTER`
    /// @param instcmds commands the user may give; `ALL` stands for every command
    public record User(String name, @Nullable String password, List<String> actions, List<String> instcmds) {
        public User {
            actions = List.copyOf(actions);
            instcmds = List.copyOf(instcmds);
        }

        /// Without the secret, so that it cannot get into a log by accident.
        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    private final List<User> users;

    public Access(List<User> users) {
        this.users = List.copyOf(users);
    }

    /// Whether this is a user with that password and may do that (user_checkaction).
    public boolean action(@Nullable String name, @Nullable String password, String action) {
        var user = user(name, password);
        return user != null && contains(user.actions(), action);
    }

    /// Whether this is a user with that password and may give that command (user_checkinstcmd).
    public boolean instcmd(@Nullable String name, @Nullable String password, String cmd) {
        var user = user(name, password);
        return user != null && (contains(user.instcmds(), cmd) || contains(user.instcmds(), "ALL"));
    }

    private @Nullable User user(@Nullable String name, @Nullable String password) {
        if (name == null || password == null) {
            return null;
        }
        for (var user : users) {
            String secret = user.password();
            if (secret != null && user.name().equals(name)) {
                return same(secret, password) ? user : null;
            }
        }
        return null;
    }

    /// Takes as long for a wrong password as for the right one: only the length given has an influence.
    private static boolean same(String secret, String given) {
        int difference = secret.length() ^ given.length();
        for (int i = 0; i < given.length(); i++) {
            char c = secret.isEmpty() ? 0 : secret.charAt(i % secret.length());
            difference |= c ^ given.charAt(i);
        }
        return difference == 0;
    }

    private static boolean contains(List<String> words, String word) {
        for (var known : words) {
            if (known.equalsIgnoreCase(word)) {
                return true;
            }
        }
        return false;
    }
}
