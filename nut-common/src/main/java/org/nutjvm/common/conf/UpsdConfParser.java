package org.nutjvm.common.conf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Lines of upsd.conf to its values (server/conf.c: parse_upsd_conf_args, load_upsdconf).
final class UpsdConfParser {
    private final ConfText text;
    private final List<Complaint> complaints;
    private int maxage = 15;
    private int trackingDelay = 3600;
    private Optional<Boolean> allowNoDevice = Optional.empty();
    private Optional<Boolean> allowNotAllListeners = Optional.empty();
    private Optional<String> statepath = Optional.empty();
    private Optional<String> datapath = Optional.empty();
    private final List<UpsdConf.Listen> listen = new ArrayList<>();
    private OptionalInt maxconn = OptionalInt.empty();
    private OptionalInt maxconnAddress = OptionalInt.empty();
    private boolean readRequiresLogin;
    private Optional<String> certfile = Optional.empty();
    private Optional<String> certpath = Optional.empty();
    private Optional<UpsdConf.CertIdent> certident = Optional.empty();
    private OptionalInt certrequest = OptionalInt.empty();
    private boolean disableWeakSsl;
    private OptionalInt debugMin = OptionalInt.empty();

    UpsdConfParser(ConfText text) {
        this.text = text;
        complaints = new ArrayList<>(text.complaints());
    }

    UpsdConf parse() {
        int errors = 0;
        for (Complaint complaint : complaints) {
            if (complaint.level() == Complaint.Level.ERROR) {
                errors++; // parse errors count
            }
        }
        for (ConfLine line : text.lines()) {
            if (!take(line)) {
                errors++;
            }
        }
        if (errors > 0) {
            complaints.add(new Complaint(
                    Complaint.Level.ERROR,
                    Complaint.Cause.SUMMARY,
                    text.file(),
                    0,
                    "",
                    "",
                    "Encountered " + errors + " config errors, those entries were ignored"));
        }
        return new UpsdConf(
                maxage,
                trackingDelay,
                allowNoDevice,
                allowNotAllListeners,
                statepath,
                datapath,
                List.copyOf(listen),
                maxconn,
                maxconnAddress,
                readRequiresLogin,
                certfile,
                certpath,
                certident,
                certrequest,
                disableWeakSsl,
                debugMin,
                List.copyOf(complaints));
    }

    /// False for a line that C counts as an error.
    private boolean take(ConfLine line) {
        UpsdDirective directive = directive(line.word(0));
        if (directive == null) {
            return unknown(line);
        }
        int needed = directive == UpsdDirective.ACL || directive == UpsdDirective.CERTIDENT ? 3 : 2;
        if (line.size() < needed) {
            return invalid(
                    Complaint.Cause.MISSING_VALUE,
                    line,
                    directive.word() + " needs " + directive.entry().arguments());
        }
        String value = line.word(1);
        if (value.equals("=") && !obsolete(directive)) {
            complaints.add(Complaint.about(
                    Complaint.Level.WARNING,
                    Complaint.Cause.EQUALS,
                    line,
                    "=",
                    "upsd.conf: " + directive.word() + " takes no '=' before its value"));
        }
        int read = directive == UpsdDirective.LISTEN ? 3 : needed;
        if (line.size() > read && !obsolete(directive)) {
            complaints.add(Complaint.about(
                    Complaint.Level.WARNING,
                    Complaint.Cause.EXTRA_WORDS,
                    line,
                    directive.word(),
                    "upsd.conf: " + directive.word() + " takes "
                            + directive.entry().arguments()
                            + ", the rest of the line is ignored (a value with blanks stands in quotes)"));
        }
        switch (directive) {
            case MAXAGE, TRACKINGDELAY, MAXCONN, MAXCONN_ADDRESS -> {
                return number(directive, value, line);
            }
            case ALLOW_NO_DEVICE, ALLOW_NOT_ALL_LISTENERS, DISABLE_WEAK_SSL, READ_REQUIRES_LOGIN -> {
                return bool(directive, value, line);
            }
            case STATEPATH -> statepath = Optional.of(value);
            case DATAPATH -> datapath = Optional.of(value);
            case LISTEN ->
                listen.add(new UpsdConf.Listen(
                        value, line.size() < 3 ? UpsdConf.DEFAULT_PORT : line.word(2), line.line()));
            case CERTFILE -> certfile = Optional.of(value);
            case CERTPATH -> certpath = Optional.of(value);
            case CERTIDENT -> certident = Optional.of(new UpsdConf.CertIdent(value, line.word(2)));
            case CERTREQUEST -> {
                return request(value, line);
            }
            case DEBUG_MIN -> debugMin(value, line);
            case ACCEPT, REJECT, ACL ->
                complaints.add(Complaint.about(
                        Complaint.Level.WARNING,
                        Complaint.Cause.OBSOLETE,
                        line,
                        directive.word(),
                        directive.word() + " in upsd.conf is no longer supported - switch to LISTEN"));
        }
        return true;
    }

    private static boolean obsolete(UpsdDirective directive) {
        return directive == UpsdDirective.ACL || directive == UpsdDirective.ACCEPT || directive == UpsdDirective.REJECT;
    }

    private static @Nullable UpsdDirective directive(String word) {
        for (UpsdDirective directive : UpsdDirective.values()) {
            if (directive.is(word)) {
                return directive;
            }
        }
        return null;
    }

    private boolean number(UpsdDirective directive, String value, ConfLine line) {
        OptionalInt number = Values.leadingNumber(value);
        if (number.isEmpty()) {
            return bad(directive, "non numeric value", value, line);
        }
        switch (directive) {
            case MAXAGE -> maxage = number.getAsInt();
            case TRACKINGDELAY -> trackingDelay = number.getAsInt();
            case MAXCONN_ADDRESS -> maxconnAddress = number;
            default -> maxconn = number;
        }
        return true;
    }

    private boolean bool(UpsdDirective directive, String value, ConfLine line) {
        boolean strict = directive == UpsdDirective.DISABLE_WEAK_SSL || directive == UpsdDirective.READ_REQUIRES_LOGIN;
        Optional<Boolean> meant = strict ? Values.bool(value) : Values.boolOrNumber(value);
        if (meant.isEmpty()) {
            return bad(directive, strict ? "non boolean value" : "non numeric and non boolean value", value, line);
        }
        switch (directive) {
            case ALLOW_NO_DEVICE -> allowNoDevice = meant;
            case ALLOW_NOT_ALL_LISTENERS -> allowNotAllListeners = meant;
            case READ_REQUIRES_LOGIN -> readRequiresLogin = meant.get();
            default -> disableWeakSsl = meant.get();
        }
        return true;
    }

    private boolean request(String value, ConfLine line) {
        OptionalInt number = switch (value) {
            case "NO" -> OptionalInt.of(0);
            case "REQUEST" -> OptionalInt.of(1);
            case "REQUIRE" -> OptionalInt.of(2);
            default -> Values.leadingNumber(value);
        };
        if (number.isEmpty()) {
            return bad(UpsdDirective.CERTREQUEST, "non numeric value", value, line);
        }
        certrequest = number;
        return true;
    }

    private void debugMin(String value, ConfLine line) {
        OptionalInt number = Values.number(value);
        if (number.isPresent() && number.getAsInt() >= 0) {
            debugMin = number;
        } else {
            complaints.add(Complaint.about(
                    Complaint.Level.NOTICE,
                    Complaint.Cause.BAD_VALUE,
                    line,
                    value,
                    "DEBUG_MIN has non numeric or negative value in upsd.conf: " + value));
        }
    }

    private boolean bad(UpsdDirective directive, String what, String value, ConfLine line) {
        complaints.add(Complaint.about(
                Complaint.Level.ERROR,
                Complaint.Cause.BAD_VALUE,
                line,
                value,
                directive.word() + " has " + what + " (" + value + ")!"));
        return invalid(
                Complaint.Cause.SUMMARY,
                line,
                directive.word() + " takes " + directive.entry().arguments());
    }

    private boolean invalid(Complaint.Cause cause, ConfLine line, String why) {
        complaints.add(Complaint.about(Complaint.Level.WARNING, cause, line, line.word(0), all(line) + ": " + why));
        return false;
    }

    private boolean unknown(ConfLine line) {
        complaints.add(Complaint.about(
                Complaint.Level.WARNING,
                Complaint.Cause.UNKNOWN_WORD,
                line,
                line.word(0),
                Nearest.of(line.word(0), Directive.words(UpsdDirective.values()))
                        .orElse(""),
                all(line)));
        return false;
    }

    /// C's words for a line it does not take. Where a password may be among the rest, the rest is left out.
    private static String all(ConfLine line) {
        var message = new StringBuilder("upsd.conf: invalid directive ").append(line.word(0));
        if (mayHoldPassword(line.word(0))) {
            return message.append(" ...").toString();
        }
        for (int i = 1; i < line.size(); i++) {
            message.append(' ').append(line.word(i));
        }
        return message.toString();
    }

    private static boolean mayHoldPassword(String word) {
        return Nearest.of(word, List.of("MONITOR", UpsdDirective.CERTIDENT.word(), "password", "passwd", "pass"))
                .isPresent();
    }
}
