package org.nutjvm.common.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nutjvm.common.conf.AuthConf;
import org.nutjvm.common.conf.AuthKey;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.common.tls.TlsException;

/// What nutauth.conf says to a program: where the file is, who to log in as, and how to encrypt
/// (clients/authconf.c: upscli_read_authconf_file; upsclient.c: upscli_init_authconf).
public final class Credentials {
    /// The file that is found where one usually is; there has to be one.
    private static final String DEFAULT = "default";

    private static final String NO_FILE = "none";

    private final AuthConf conf;

    private Credentials(AuthConf conf) {
        this.conf = conf;
    }

    /// Without any file.
    public static Credentials none() {
        return new Credentials(AuthConf.NONE);
    }

    /// What the file says that is asked for, or that is found.
    ///
    /// @param choice `-A`: a file, `default`, `none`; empty for a file if there is one
    /// @throws ConfException there is none where there has to be one, or it cannot be read
    public static Credentials load(String choice, Map<String, String> env) throws ConfException {
        if (choice.equals(NO_FILE)) {
            return none();
        }
        if (!choice.isEmpty() && !choice.equals(DEFAULT)) {
            return new Credentials(AuthConf.load(Path.of(choice)));
        }
        boolean required = !choice.isEmpty();
        String named = env.getOrDefault("NUT_AUTHCONF_FILE", "");
        if (named.equals(NO_FILE) && !required) {
            return none();
        }
        for (var place : places(named, env)) {
            if (Files.exists(place) && (required || !named.isEmpty() || Files.isReadable(place))) {
                return new Credentials(AuthConf.load(place));
            }
        }
        if (required || !named.isEmpty()) {
            throw ConfException.missing("Can't open a user/site-provided default nutauth.conf file: there is none at "
                    + String.join(
                            ", ",
                            places(named, env).stream().map(Path::toString).toList())
                    + " (-A can name one, and -A none does without)");
        }
        return none();
    }

    private static List<Path> places(String named, Map<String, String> env) {
        if (!named.isEmpty()) {
            return List.of(Path.of(named));
        }
        String directory = env.getOrDefault("NUT_AUTHCONF_PATH", "");
        if (!directory.isEmpty()) {
            return List.of(Path.of(directory, AuthConf.FILE));
        }
        var places = new ArrayList<Path>();
        String home = env.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            places.add(Path.of(home, ".config", "nut", AuthConf.FILE));
            places.add(Path.of(home, '.' + AuthConf.FILE));
        }
        places.add(NutPaths.of(env).conf(AuthConf.FILE));
        return places;
    }

    /// What an administrator should look at.
    public List<Complaint> complaints() {
        return conf.complaints();
    }

    /// As whom to log in at a server, if that is known: a name with a password.
    ///
    /// @param user who was asked for, or empty
    public Optional<Account> account(String user, UpsAddress server) {
        var settings = conf.settings(user, server.host(), server.port());
        var name = settings.value(AuthKey.USER);
        var password = settings.value(AuthKey.PASS);
        return name.isEmpty() || password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Account(name.get(), password.get()));
    }

    /// A user and the password, which is left out of {@link #toString}.
    public record Account(String user, String password) {
        @Override
        public String toString() {
            return "Account[" + user + "]";
        }
    }

    /// How connections to a server are encrypted. Of TLS nothing is loaded where the file says nothing of it.
    ///
    /// @param user who was asked for, or empty
    /// @throws TlsException it cannot be had as it is set up
    public ClientTls tls(String user, UpsAddress server) throws TlsException {
        return tls(conf.settings(user, server.host(), server.port()));
    }

    /// Whether the file has a section for that server itself.
    public boolean names(UpsAddress server) {
        return conf.names(server.host(), server.port());
    }

    /// How connections with these settings are encrypted.
    ///
    /// @throws TlsException it cannot be had as it is set up
    public static ClientTls tls(AuthConf.Settings settings) throws TlsException {
        if (!settings.tls()) {
            return ClientTls.IF_POSSIBLE;
        }
        var mode = settings.flag(AuthKey.FORCESSL)
                .map(force -> force ? ClientTls.Mode.FORCE : ClientTls.Mode.NEVER)
                .orElse(ClientTls.Mode.TRY);
        var terms = new ClientTls.Terms(
                mode,
                settings.flag(AuthKey.CERTVERIFY).orElse(false),
                settings.value(AuthKey.CERTHOST).orElse(""));
        var name = settings.value(AuthKey.CERTIDENT_NAME);
        var password = settings.value(AuthKey.CERTIDENT_PASS);
        Optional<UpsdConf.CertIdent> ident = name.isEmpty() && password.isEmpty()
                ? Optional.empty()
                : Optional.of(new UpsdConf.CertIdent(name.orElse(""), password.orElse("")));
        return ClientTls.of(
                terms, settings.value(AuthKey.CERTPATH), settings.value(AuthKey.CERTFILE), ident, Instant.now());
    }
}
