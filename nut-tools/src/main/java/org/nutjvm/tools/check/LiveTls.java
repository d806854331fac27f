package org.nutjvm.tools.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.conf.AuthConf;
import org.nutjvm.common.conf.AuthKey;
import org.nutjvm.common.conf.Complaint.Level;
import org.nutjvm.common.conf.ConfLine;
import org.nutjvm.common.conf.NutCgiConf;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.tls.CertLife;
import org.nutjvm.common.tls.ClientTls;
import org.nutjvm.common.tls.ServerTls;
import org.nutjvm.common.tls.TlsException;
import org.nutjvm.tools.check.ConfSet.Part;

/// Certificates and keys that the configuration names: read as the programs will read them, and how long they are good.
/// What this program may not read is left alone.
final class LiveTls {
    private static final String CERTFILE = "CERTFILE";
    private static final String CERTPATH = "CERTPATH";
    private static final List<String> WORDS =
            List.of(CERTFILE, CERTPATH, "CERTIDENT", "CERTREQUEST", "CERTVERIFY", "CERTHOST");

    private final ConfSet set;
    private final Instant now;
    private final Findings found;

    LiveTls(ConfSet set, Instant now, Findings found) {
        this.set = set;
        this.now = now;
        this.found = found;
    }

    /// Encryption that is tried out.
    private interface Attempt<T> {
        T make() throws TlsException;
    }

    void upsd(UpsdConf conf, Optional<Access> user) {
        Part part = set.part(UpsdConf.FILE).orElseThrow();
        boolean authorities = conf.certrequest().orElse(0) > 0;
        if (readable(conf.certfile(), part, CERTFILE) && readable(conf.certpath(), part, CERTPATH)) {
            if (attempt(part, () -> ServerTls.of(conf, now)).isPresent()) {
                conf.certfile().ifPresent(file -> certfile(Path.of(file), part, user, "upsd"));
                conf.certpath().filter(_ -> authorities).ifPresent(path -> certpath(Path.of(path), part));
            }
        }
    }

    /// How upsmon encrypts; as nobody does where it cannot.
    ClientTls upsmon(UpsmonConf conf, Optional<Access> user) {
        Part part = set.part(UpsmonConf.FILE).orElseThrow();
        UpsmonConf.Tls tls = conf.tls();
        if (!readable(tls.certfile(), part, CERTFILE) || !readable(tls.certpath(), part, CERTPATH)) {
            return ClientTls.NONE;
        }
        if (tls.certpath().isEmpty() && TlsRules.verifies(tls)) {
            return ClientTls.NONE; // TlsRules has told
        }
        Optional<ClientTls> made = attempt(part, () -> ClientTls.of(tls, now));
        if (made.isPresent()) {
            tls.certfile().ifPresent(file -> certfile(Path.of(file), part, user, "upsmon"));
            tls.certpath().ifPresent(path -> certpath(Path.of(path), part));
        }
        return made.orElse(ClientTls.NONE);
    }

    void cgi(NutCgiConf conf) {
        Part part = set.part(NutCgiConf.FILE).orElseThrow();
        Optional<String> named = conf.certfile();
        if (named.isPresent() && readable(named, part, CERTFILE)) {
            Path file = Path.of(named.get());
            if (attempt(part, () -> ServerTls.of(file, conf.certident(), now)).isPresent()) {
                certfile(file, part, Optional.empty(), "nut-cgi"); // which reads it as root
            }
        }
    }

    void auth(AuthConf conf) {
        Part part = set.part(AuthConf.FILE).orElseThrow();
        Set<String> told = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, AuthConf.Settings> entry : conf.all().entrySet()) {
            AuthConf.Settings settings = entry.getValue();
            String section = entry.getKey().isEmpty() ? "" : "[" + entry.getKey() + "]: ";
            try {
                Credentials.tls(settings);
            } catch (TlsException e) {
                if (mine(settings.value(AuthKey.CERTFILE))
                        && mine(settings.value(AuthKey.CERTPATH))
                        && told.add(e.getMessage())) {
                    found.add(Mistake.TLS_UNUSABLE, part.file(), line(part, e.getMessage()), section + e.getMessage());
                }
                continue;
            }
            settings.value(AuthKey.CERTFILE)
                    .filter(seen::add)
                    .ifPresent(file -> certfile(Path.of(file), part, Optional.empty(), "who logs in"));
            settings.value(AuthKey.CERTPATH).filter(seen::add).ifPresent(path -> certpath(Path.of(path), part));
        }
    }

    /// What this program may not read says nothing of those who may.
    private static boolean mine(Optional<String> named) {
        return named.isEmpty() || !Files.exists(Path.of(named.get())) || Files.isReadable(Path.of(named.get()));
    }

    /// Whether there is nothing there that cannot be read. What is missing is told of.
    private boolean readable(Optional<String> named, Part part, String word) {
        if (named.isEmpty() || Files.isReadable(Path.of(named.get()))) {
            return true;
        }
        if (!Files.exists(Path.of(named.get()))) {
            found.add(
                    Mistake.FILE_MISSING,
                    part.file(),
                    part.line(word),
                    word + ": there is no " + named.get(),
                    "correct the path, or put the file there");
        }
        return false;
    }

    private <T> Optional<T> attempt(Part part, Attempt<T> attempt) {
        try {
            return Optional.of(attempt.make());
        } catch (TlsException e) {
            found.add(Mistake.TLS_UNUSABLE, part.file(), line(part, e.getMessage()), e.getMessage());
            return Optional.empty();
        }
    }

    /// The line of the first word that the message names and the file has.
    private static int line(Part part, String message) {
        int place = Integer.MAX_VALUE;
        int line = 0;
        for (String word : WORDS) {
            int at = message.indexOf(word);
            if (at >= 0 && at < place && line(part.text().lines(), word) > 0) {
                place = at;
                line = line(part.text().lines(), word);
            }
        }
        return line;
    }

    private static int line(List<ConfLine> lines, String word) {
        int line = 0;
        for (ConfLine one : lines) {
            String first = one.word(0).toUpperCase(Locale.ROOT);
            if (first.equals(word) || first.startsWith(word + '=')) {
                line = one.line();
            }
        }
        return line;
    }

    private void certfile(Path file, Part part, Optional<Access> user, String program) {
        int line = line(part.text().lines(), CERTFILE);
        int mode = Access.mode(file);
        if (mode >= 0 && (mode & Access.READ) != 0) {
            found.add(
                    Mistake.EXPOSED_FILE,
                    part.file(),
                    line,
                    CERTFILE + " " + file + " has a private key, and can be read by everybody on this machine",
                    "chmod o-rwx " + file);
        }
        if (user.isPresent() && !user.get().may(file, Access.READ)) {
            found.add(
                    Mistake.UNREADABLE_FOR_USER,
                    part.file(),
                    line,
                    user.get().name() + " cannot read " + CERTFILE + " " + file + ", and that is the user of " + program
                            + ": no renewed certificate can be taken up by a reload",
                    "chgrp " + user.get().name() + " " + file + "; chmod g+r " + file);
        }
        try {
            boolean own = true;
            for (CertLife life : CertLife.inCertfile(file)) {
                // Of an authority above it clients may know another certificate.
                life(CERTFILE + " " + file, life, own ? Level.ERROR : Level.WARNING, part, line);
                own = false;
            }
        } catch (TlsException e) {
            found.add(Mistake.TLS_UNUSABLE, part.file(), line, e.getMessage()); // it has changed meanwhile
        }
    }

    /// Authorities may expire when others are there; the last of them may not.
    private void certpath(Path path, Part part) {
        int line = line(part.text().lines(), CERTPATH);
        try {
            CertLife last = null;
            for (CertLife life : CertLife.inCertpath(path)) {
                last = last == null || life.until().isAfter(last.until()) ? life : last;
            }
            if (last != null) {
                life(CERTPATH + " " + path, last, Level.ERROR, part, line);
            }
        } catch (TlsException e) {
            found.add(Mistake.TLS_UNUSABLE, part.file(), line, e.getMessage());
        }
    }

    private void life(String where, CertLife life, Level bad, Part part, int line) {
        String what = what(life, now);
        if (!what.isEmpty()) {
            boolean soon = life.state(now) == CertLife.State.SOON;
            Mistake mistake = soon ? Mistake.CERTIFICATE_EXPIRES : Mistake.CERTIFICATE_EXPIRED;
            found.add(mistake, soon ? Level.WARNING : bad, part.file(), line, where + ": " + what, mistake.cure());
        }
    }

    /// What is to be said of how long a certificate is good; empty for nothing.
    static String what(CertLife life, Instant now) {
        return switch (life.state(now)) {
            case GOOD -> "";
            case SOON -> "the certificate " + life.name() + " expires on " + day(life.until());
            case OVER -> "the certificate " + life.name() + " has expired on " + day(life.until());
            case EARLY -> "the certificate " + life.name() + " is valid only from " + day(life.from()) + " on";
        };
    }

    private static String day(Instant time) {
        return time.toString().substring(0, 10);
    }
}
