package org.nutjvm.common.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// nut-cgi.conf: how the small server of status pages serves them. C NUT has no such program.
///
/// @param listen where it listens; empty for the usual place
/// @param certfile a PEM file; empty for no encryption
/// @param certident what the certificate is called and what opens its key; both may be empty
/// @param readers who may read pages; empty for everybody
/// @param servernames other names than the machine's that browsers know the server by
/// @param unprotected whether others than this machine may come without encryption or login
/// @param pollSeconds between two questions to a server of UPSes
/// @param history where values are kept; empty where none are
/// @param complaints what an administrator should look at
public record NutCgiConf(
        List<Listen> listen,
        Optional<String> certfile,
        UpsdConf.CertIdent certident,
        List<Reader> readers,
        List<String> servernames,
        boolean unprotected,
        int pollSeconds,
        Optional<String> history,
        List<Complaint> complaints) {
    /// The file's name in the configuration directory.
    public static final String FILE = "nut-cgi.conf";

    /// The usual port.
    public static final int PORT = 8080;

    private static final int LEAST_POLL = 1;
    private static final int MOST_POLL = 30;
    private static final int USUAL_POLL = 2;
    private static final int MOST = 256;

    /// An address to listen at.
    public record Listen(String address, int port) {
        /// An address and a port as one types them: `127.0.0.1:8080`, `[::1]:8080`, `*:8080`, or either alone.
        ///
        /// @return empty if the text is none
        public static Optional<Listen> of(String text) {
            int close = text.startsWith("[") ? text.indexOf(']') : -1;
            String host;
            String port;
            if (close > 0) {
                host = text.substring(1, close);
                port = text.substring(close + 1);
            } else {
                int colon = text.lastIndexOf(':');
                boolean several = colon >= 0 && text.indexOf(':') < colon;
                host = colon < 0 || several ? text : text.substring(0, colon);
                port = colon < 0 || several ? "" : text.substring(colon);
            }
            if (port.isEmpty() && Values.number(host).isPresent()) {
                port = ':' + host;
                host = "127.0.0.1";
            }
            OptionalInt number = port.isEmpty()
                    ? OptionalInt.of(PORT)
                    : port.startsWith(":") ? port(port.substring(1)) : OptionalInt.empty();
            return number.isEmpty() || host.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Listen(host, number.getAsInt()));
        }

        private static OptionalInt port(String word) {
            OptionalInt number = Values.number(word);
            return number.isPresent() && number.getAsInt() >= 0 && number.getAsInt() <= 0xffff
                    ? number
                    : OptionalInt.empty();
        }

        /// As one types it.
        @Override
        public String toString() {
            return (address.indexOf(':') >= 0 ? '[' + address + ']' : address) + ':' + port;
        }
    }

    /// Somebody who may read pages.
    ///
    /// @param password or a check value of it
    public record Reader(String name, String password) {
        @Override
        public String toString() {
            return "Reader[" + name + ']';
        }
    }

    /// What holds without a file.
    public static NutCgiConf usual() {
        return new NutCgiConf(
                List.of(),
                Optional.empty(),
                new UpsdConf.CertIdent("", ""),
                List.of(),
                List.of(),
                false,
                USUAL_POLL,
                Optional.empty(),
                List.of());
    }

    /// Reads the file.
    ///
    /// @throws ConfException when there is none or it cannot be read
    public static NutCgiConf load(Path file) throws ConfException {
        return of(ConfReader.read(file));
    }

    /// What the text says. A line that cannot be used is complained about and left out; the others stay.
    public static NutCgiConf of(ConfText text) {
        return new Lines(text).parse();
    }

    private static final class Lines {
        private final ConfText text;
        private final List<Complaint> complaints;
        private final List<Listen> listen = new ArrayList<>();
        private final List<Reader> readers = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private Optional<String> certfile = Optional.empty();
        private UpsdConf.CertIdent certident = new UpsdConf.CertIdent("", "");
        private Optional<String> history = Optional.empty();
        private boolean unprotected;
        private int poll = USUAL_POLL;

        Lines(ConfText text) {
            this.text = text;
            this.complaints = new ArrayList<>(text.complaints());
        }

        NutCgiConf parse() {
            int taken = 0;
            for (ConfLine line : text.lines()) {
                if (++taken > MOST) {
                    complain(Complaint.Cause.TOO_LONG, line, "", "only the first " + MOST + " lines are used");
                    break;
                }
                take(line);
            }
            return new NutCgiConf(
                    List.copyOf(listen),
                    certfile,
                    certident,
                    List.copyOf(readers),
                    List.copyOf(names),
                    unprotected,
                    poll,
                    history,
                    List.copyOf(complaints));
        }

        private void complain(Complaint.Cause cause, ConfLine line, String suggestion, String what) {
            complaints.add(Complaint.about(Complaint.Level.ERROR, cause, line, line.word(0), suggestion, what));
        }

        private void take(ConfLine line) {
            NutCgiDirective directive = directive(line.word(0));
            if (directive == null) {
                String nearest = Nearest.of(line.word(0), Directive.words(NutCgiDirective.values()))
                        .orElse("");
                complain(Complaint.Cause.UNKNOWN_WORD, line, nearest, "nut-cgi.conf does not know " + line.word(0));
                return;
            }
            boolean two = directive == NutCgiDirective.READER || directive == NutCgiDirective.CERTIDENT;
            if (line.size() < (two ? 3 : 2)) {
                complain(
                        Complaint.Cause.MISSING_VALUE,
                        line,
                        "",
                        "write " + directive.word() + " " + directive.entry().arguments());
                return;
            }
            take(directive, line);
        }

        private void take(NutCgiDirective directive, ConfLine line) {
            String value = line.word(1);
            switch (directive) {
                case LISTEN -> listen(line, value);
                case CERTFILE -> certfile = Optional.of(value);
                case CERTIDENT -> certident = new UpsdConf.CertIdent(value, line.word(2));
                case READER -> reader(line, value);
                case SERVERNAME -> names.add(value);
                case ALLOW_UNPROTECTED -> {
                    Optional<Boolean> yes = Values.bool(value);
                    unprotected = yes.orElse(false);
                    if (yes.isEmpty()) {
                        bad(line, "ALLOW_UNPROTECTED is yes or no");
                    }
                }
                case POLLINTERVAL -> {
                    int seconds = Values.number(value).orElse(0);
                    if (seconds < LEAST_POLL || seconds > MOST_POLL) {
                        bad(line, "POLLINTERVAL is a number of seconds from " + LEAST_POLL + " to " + MOST_POLL);
                    } else {
                        poll = seconds;
                    }
                }
                case HISTORY -> history = Optional.of(value);
            }
        }

        private void bad(ConfLine line, String what) {
            complain(Complaint.Cause.BAD_VALUE, line, "", what);
        }

        private void listen(ConfLine line, String address) {
            OptionalInt port = line.size() > 2 ? Listen.port(line.word(2)) : OptionalInt.of(PORT);
            if (port.isEmpty()) {
                bad(line, "LISTEN takes an address and a port from 0 to 65535");
            } else {
                listen.add(new Listen(address, port.getAsInt()));
            }
        }

        private void reader(ConfLine line, String name) {
            String password = line.word(2);
            if (PasswordHash.meant(password) && PasswordHash.of(password).isEmpty()) {
                bad(line, "READER " + name + " has a check value of a password that is damaged");
            }
            if (name.indexOf(':') >= 0 || password.isEmpty()) {
                bad(line, "READER takes a name without a colon, and a password");
            } else {
                readers.add(new Reader(name, password));
            }
        }

        private static @Nullable NutCgiDirective directive(String word) {
            for (NutCgiDirective directive : NutCgiDirective.values()) {
                if (directive.word().equals(word)) {
                    return directive;
                }
            }
            return null;
        }
    }
}
