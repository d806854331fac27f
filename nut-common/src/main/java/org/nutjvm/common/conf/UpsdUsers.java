package org.nutjvm.common.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// upsd.users: who may do what (server/user.c).
public final class UpsdUsers {
    /// The file's name in the configuration directory.
    public static final String FILE = "upsd.users";

    /// No users at all, as where the file is missing.
    public static final UpsdUsers NONE = new UpsdUsers(List.of(), List.of());

    /// One user.
    ///
    /// @param name the name, case counts
    /// @param password the password; without one nobody can be this user
    /// @param actions what the user may do; compared in any case
    /// @param instcmds the instant commands the user may give; compared in any case, `all` means all
    /// @param line the physical line of the heading
    public record User(String name, Optional<String> password, List<String> actions, List<String> instcmds, int line) {
        /// The check value that stands in the place of the password, if one does.
        public Optional<PasswordHash> hash() {
            return password.flatMap(PasswordHash::of);
        }

        /// Whether this is the user's password. How long the answer takes does not depend on how much of it is right;
        /// where there is a check value in its place it takes long on purpose.
        public boolean passwordIs(String given) {
            if (password.isPresent() && PasswordHash.meant(password.get())) {
                return hash().map(hash -> hash.matches(given)).orElse(false);
            }
            String right = password.orElse("");
            int different = right.length() ^ given.length();
            for (int i = 0; i < given.length(); i++) {
                different |= given.charAt(i) ^ (right.isEmpty() ? 0 : right.charAt(i % right.length()));
            }
            return password.isPresent() && different == 0;
        }

        /// Whether the user may do this (user_matchaction).
        public boolean mayAct(String action) {
            return contains(actions, action);
        }

        /// Whether the user may give this instant command (user_matchinstcmd).
        public boolean mayCommand(String cmd) {
            return contains(instcmds, cmd) || contains(instcmds, "all");
        }

        /// Without the password.
        @Override
        public String toString() {
            return "User[" + name + ", actions " + actions + ", instcmds " + instcmds + "]";
        }

        private static boolean contains(List<String> words, String word) {
            for (String w : words) {
                if (w.equalsIgnoreCase(word)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final List<User> users;
    private final List<Complaint> complaints;

    UpsdUsers(List<User> users, List<Complaint> complaints) {
        this.users = List.copyOf(users);
        this.complaints = List.copyOf(complaints);
    }

    /// Reads upsd.users from the directory and warns if everybody can.
    ///
    /// @throws ConfException when there is none or it cannot be read; C goes on without users then
    public static UpsdUsers load(Path confpath) throws ConfException {
        return of(ConfReader.readSecret(confpath.resolve(FILE)));
    }

    /// What the text says.
    public static UpsdUsers of(ConfText text) {
        return new UpsdUsersParser(text).parse();
    }

    /// The users in the order of the file, each name once.
    public List<User> users() {
        return users;
    }

    /// What an administrator should look at, the text's complaints first.
    public List<Complaint> complaints() {
        return complaints;
    }

    /// The user of this name.
    public @Nullable User named(@Nullable String name) {
        for (User user : users) {
            if (user.name().equals(name)) {
                return user;
            }
        }
        return null;
    }

    /// Whether somebody with this name and password may do this, `SET`, `FSD`, `LOGIN`, `MASTER` ...
    /// (user_checkaction).
    public boolean mayAct(@Nullable String name, @Nullable String password, String action) {
        User user = checked(name, password);
        return user != null && user.mayAct(action);
    }

    /// Whether somebody with this name and password may give this instant command (user_checkinstcmd).
    public boolean mayCommand(@Nullable String name, @Nullable String password, String cmd) {
        User user = checked(name, password);
        return user != null && user.mayCommand(cmd);
    }

    private @Nullable User checked(@Nullable String name, @Nullable String password) {
        User user = named(name);
        return user != null && password != null && user.passwordIs(password) ? user : null;
    }

    /// A user while the file is being read.
    static final class Draft {
        final String name;
        final int line;

        @Nullable
        String password;

        final List<String> actions = new ArrayList<>();
        final List<String> instcmds = new ArrayList<>();

        Draft(String name, int line) {
            this.name = name;
            this.line = line;
        }

        User done() {
            return new User(name, Optional.ofNullable(password), List.copyOf(actions), List.copyOf(instcmds), line);
        }
    }
}
