package org.nutjvm.common.conf;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The words of nutauth.conf. Names of users and passwords are read in any case, and under a longer and a shorter
/// name.
public enum AuthKey implements Directive {
    USER("USER", Kind.TEXT, "name", "none", "the user to log in as; not in a section that names one"),
    PASS("PASS", Kind.TEXT, "password", "none", "the user's password"),
    CERTPATH(
            "CERTPATH",
            Kind.PATH,
            "directory or file",
            "none",
            "certificates of the authorities that servers' certificates may come from"),
    CERTFILE("CERTFILE", Kind.PATH, "file", "none", "PEM file with this client's certificate and key"),
    CERTIDENT_NAME("CERTIDENT_NAME", Kind.TEXT, "name", "none", "what the certificate in CERTFILE has to be called"),
    CERTIDENT_PASS("CERTIDENT_PASS", Kind.TEXT, "password", "none", "opens the key in CERTFILE"),
    CERTHOST("CERTHOST", Kind.TEXT, "name", "the server's", "what the server's certificate has to be called"),
    CERTVERIFY("CERTVERIFY", Kind.BOOLEAN, "yes|no", "no", "whether the server's certificate is verified"),
    FORCESSL(
            "FORCESSL",
            Kind.BOOLEAN,
            "yes|no",
            "TLS if possible",
            "whether there has to be TLS; no does without in any case"),
    SSLBACKEND("SSLBACKEND", Kind.TEXT, "name", "", "accepted: there is one library for TLS");

    private final Entry entry;

    AuthKey(String word, Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(word, kind, arguments, standard, meaning);
    }

    /// The word of a file.
    static Optional<AuthKey> named(String word) {
        @Nullable AuthKey found = null;
        for (var key : values()) {
            if (key.name().equalsIgnoreCase(word)) {
                found = key;
            }
        }
        if (word.equalsIgnoreCase("USERNAME")) {
            found = USER;
        } else if (word.equalsIgnoreCase("PASSWORD")) {
            found = PASS;
        }
        return Optional.ofNullable(found);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
