package org.nutjvm.common.conf;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/// nutauth.conf: as whom clients log in where, and how connections are encrypted (clients/authconf.c). What a
/// section does not say it has from the server's section, and that from the lines before all sections.
public final class AuthConf {
    /// The file's name in the directories where it is looked for.
    public static final String FILE = "nutauth.conf";

    /// Nothing, as where there is no file.
    public static final AuthConf NONE = new AuthConf(Map.of(), Map.of(), List.of());

    private final Map<AuthKey, String> global;
    private final Map<String, Map<AuthKey, String>> sections;
    private final List<Complaint> complaints;

    AuthConf(Map<AuthKey, String> global, Map<String, Map<AuthKey, String>> sections, List<Complaint> complaints) {
        this.global = Map.copyOf(global);
        this.sections = Map.copyOf(sections);
        this.complaints = List.copyOf(complaints);
    }

    /// Reads the file, and those it includes.
    ///
    /// @throws ConfException it, or one it requires, cannot be read
    public static AuthConf load(Path file) throws ConfException {
        return AuthConfParser.load(file);
    }

    /// What an administrator should look at.
    public List<Complaint> complaints() {
        return complaints;
    }

    /// What holds for a server.
    ///
    /// @param user who is to log in there; empty for whom the file names
    public Settings settings(String user, String host, int port) {
        String server = '@' + host.toLowerCase(Locale.ROOT) + ':' + port;
        var values = new EnumMap<AuthKey, String>(AuthKey.class);
        values.putAll(global);
        values.putAll(sections.getOrDefault(server, Map.of()));
        if (!user.isEmpty()) {
            if (!user.equals(values.getOrDefault(AuthKey.USER, user))) {
                values.remove(AuthKey.PASS); // somebody else's
            }
            values.put(AuthKey.USER, user);
            values.putAll(sections.getOrDefault(user + server, Map.of()));
        }
        return new Settings(values);
    }

    /// Whether the file has a section for that server itself.
    public boolean names(String host, int port) {
        return sections.containsKey('@' + host.toLowerCase(Locale.ROOT) + ':' + port);
    }

    /// What holds for each section, with what it has from others; first, without a name, for what is in none.
    public SequencedMap<String, Settings> all() {
        var all = new LinkedHashMap<String, Settings>();
        all.put("", new Settings(global));
        for (String section : new TreeSet<>(sections.keySet())) {
            var values = new EnumMap<AuthKey, String>(AuthKey.class);
            values.putAll(global);
            values.putAll(sections.getOrDefault(section.substring(section.lastIndexOf('@')), Map.of()));
            values.putAll(sections.getOrDefault(section, Map.of()));
            all.put(section, new Settings(values));
        }
        return all;
    }

    /// What holds for one connection.
    public static final class Settings {
        private final Map<AuthKey, String> values;

        Settings(Map<AuthKey, String> values) {
            this.values = values;
        }

        /// The value of a word, if the file has it.
        public Optional<String> value(AuthKey key) {
            return Optional.ofNullable(values.get(key));
        }

        /// A yes or no, if the file has it.
        public Optional<Boolean> flag(AuthKey key) {
            return value(key).flatMap(Values::bool);
        }

        /// Whether anything is said of encryption.
        public boolean tls() {
            for (var key : values.keySet()) {
                if (key != AuthKey.USER && key != AuthKey.PASS && key != AuthKey.SSLBACKEND) {
                    return true;
                }
            }
            return false;
        }

        /// The words that are set, without their values: there are passwords among them.
        @Override
        public String toString() {
            return values.keySet().toString();
        }
    }
}
