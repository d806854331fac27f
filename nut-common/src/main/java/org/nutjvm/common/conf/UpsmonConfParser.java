package org.nutjvm.common.conf;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lines of upsmon.conf to its values (clients/upsmon.c: parse_conf_arg, addups, set_notifymsg, set_notifyflag).
final class UpsmonConfParser {
    private static final List<String> FLAGS = List.of("SYSLOG", "WALL", "EXEC", "IGNORE");

    private static final Pattern NUMBER_FIRST = Pattern.compile("[+-]?[0-9]");

    private final ConfText text;
    private final List<Complaint> complaints;
    private final List<UpsmonConf.Monitor> monitors = new ArrayList<>();
    private final Map<UpsmonDirective, Integer> numbers = new EnumMap<>(UpsmonDirective.class);
    private final Map<UpsmonDirective, String> texts = new EnumMap<>(UpsmonDirective.class);
    private final Map<NotifyType, String> messages = new EnumMap<>(NotifyType.class);
    private final Map<NotifyType, Set<NotifyFlag>> flags = new EnumMap<>(NotifyType.class);
    private final List<UpsmonConf.CertHost> hosts = new ArrayList<>();
    private List<String> shutdowncmd = List.of();
    private List<String> notifycmd = List.of();
    private Optional<UpsdConf.CertIdent> certident = Optional.empty();
    private OptionalInt debugMin = OptionalInt.empty();

    UpsmonConfParser(ConfText text) {
        this.text = text;
        complaints = new ArrayList<>(text.complaints());
    }

    UpsmonConf parse() {
        for (ConfLine line : text.lines()) {
            take(line);
        }
        return new UpsmonConf(
                List.copyOf(monitors),
                number(UpsmonDirective.MINSUPPLIES, 1),
                number(UpsmonDirective.POLLFREQ, 5),
                number(UpsmonDirective.POLLFREQALERT, 5),
                number(UpsmonDirective.POLLFAIL_LOG_THROTTLE_MAX, -1),
                number(UpsmonDirective.DEADTIME, 15),
                number(UpsmonDirective.HOSTSYNC, 15),
                number(UpsmonDirective.FINALDELAY, 5),
                number(UpsmonDirective.SHUTDOWNEXIT, 0),
                number(UpsmonDirective.NOCOMMWARNTIME, 300),
                number(UpsmonDirective.RBWARNTIME, 43200),
                number(UpsmonDirective.OFFDURATION, 30),
                number(UpsmonDirective.OVERDURATION, -1),
                Math.max(0, number(UpsmonDirective.OBLBDURATION, 0)),
                number(UpsmonDirective.ALARMCRITICAL, 1) == 1,
                shutdowncmd,
                notifycmd,
                Optional.ofNullable(texts.get(UpsmonDirective.POWERDOWNFLAG)),
                Optional.ofNullable(texts.get(UpsmonDirective.RUN_AS_USER)),
                Map.copyOf(messages),
                Map.copyOf(flags),
                new UpsmonConf.Tls(
                        Optional.ofNullable(texts.get(UpsmonDirective.CERTPATH)),
                        Optional.ofNullable(texts.get(UpsmonDirective.CERTFILE)),
                        certident,
                        List.copyOf(hosts),
                        number(UpsmonDirective.CERTVERIFY, 0) == 1,
                        number(UpsmonDirective.FORCESSL, 0) == 1),
                debugMin,
                List.copyOf(complaints));
    }

    private int number(UpsmonDirective directive, int standard) {
        return numbers.getOrDefault(directive, standard);
    }

    private void take(ConfLine line) {
        UpsmonDirective directive = directive(line.word(0));
        if (directive == null) {
            invalid(
                    Complaint.Cause.UNKNOWN_WORD,
                    line,
                    Nearest.of(line.word(0), Directive.words(UpsmonDirective.values()))
                            .orElse(""));
            return;
        }
        if (line.size() < directive.words()) {
            if (directive == UpsmonDirective.MONITOR && line.size() == 5) {
                warn(
                        Complaint.Level.ERROR,
                        Complaint.Cause.MISSING_VALUE,
                        line,
                        "MONITOR",
                        "Unable to use old-style MONITOR line without a username");
            }
            invalid(Complaint.Cause.MISSING_VALUE, line, "");
            return;
        }
        if (line.word(1).equals("=")) {
            warn(
                    Complaint.Level.WARNING,
                    Complaint.Cause.EQUALS,
                    line,
                    "=",
                    directive.word() + " takes no '=' before its value");
        }
        switch (directive) {
            case MONITOR -> monitor(line);
            case SHUTDOWNCMD -> shutdowncmd = rest(line);
            case NOTIFYCMD -> notifycmd = rest(line);
            case SHUTDOWNEXIT -> shutdownexit(line);
            case POWERDOWNFLAG, RUN_AS_USER, CERTPATH, CERTFILE -> texts.put(directive, line.word(1));
            case NOTIFYMSG -> notifymsg(line);
            case NOTIFYFLAG -> notifyflag(line);
            case CERTIDENT -> certident = Optional.of(new UpsdConf.CertIdent(line.word(1), line.word(2)));
            case CERTHOST ->
                hosts.add(new UpsmonConf.CertHost(
                        line.word(1), line.word(2), Values.atoi(line.word(3)), Values.atoi(line.word(4))));
            case DEBUG_MIN -> debugMin(line);
            case POLLFREQ, POLLFREQALERT, POLLFAIL_LOG_THROTTLE_MAX, MINSUPPLIES, FINALDELAY, DEADTIME, HOSTSYNC ->
                amount(directive, line, 0);
            case NOCOMMWARNTIME,
                    RBWARNTIME,
                    OFFDURATION,
                    OVERDURATION,
                    OBLBDURATION,
                    ALARMCRITICAL,
                    CERTVERIFY,
                    FORCESSL -> amount(directive, line, Integer.MIN_VALUE);
        }
    }

    private static @Nullable UpsmonDirective directive(String word) {
        for (UpsmonDirective directive : UpsmonDirective.values()) {
            if (directive.is(word)) {
                return directive;
            }
        }
        return null;
    }

    private static List<String> rest(ConfLine line) {
        return List.copyOf(line.words().subList(1, line.size()));
    }

    /// A number as atoi reads it, complained about if more follows. A word that begins with none leaves what held
    /// before:
    /// C takes it for 0, and a DEADTIME of 0 is a shutdown at the first silence on battery.
    private void amount(UpsmonDirective directive, ConfLine line, int least) {
        String word = line.word(1);
        int number = Values.atoi(word);
        if (Values.number(word).isEmpty()) {
            boolean none = !NUMBER_FIRST.matcher(word).lookingAt();
            warn(
                    Complaint.Level.WARNING,
                    Complaint.Cause.BAD_VALUE,
                    line,
                    word,
                    directive.word() + " has non numeric value " + word
                            + (none ? ", ignored" : ", taken as " + number));
            if (none) {
                return;
            }
        }
        if (number < least) {
            warn(
                    Complaint.Level.WARNING,
                    Complaint.Cause.BAD_VALUE,
                    line,
                    line.word(1),
                    "Ignoring invalid " + directive.word() + " value: " + number);
            return;
        }
        numbers.put(directive, number);
    }

    private void shutdownexit(ConfLine line) {
        int seconds;
        switch (line.word(1).toLowerCase(Locale.ROOT)) {
            case "on", "yes", "true" -> seconds = 0;
            case "off", "no", "false" -> seconds = -1;
            default -> {
                OptionalInt number = Values.number(line.word(1));
                if (number.isEmpty()) {
                    warn(
                            Complaint.Level.WARNING,
                            Complaint.Cause.BAD_VALUE,
                            line,
                            line.word(1),
                            "SHUTDOWNEXIT value not recognized, defaulting to 'yes'");
                }
                seconds = number.orElse(0);
            }
        }
        numbers.put(UpsmonDirective.SHUTDOWNEXIT, seconds);
    }

    private void debugMin(ConfLine line) {
        OptionalInt number = Values.number(line.word(1));
        if (number.isPresent() && number.getAsInt() >= 0) {
            debugMin = number;
        } else {
            warn(
                    Complaint.Level.NOTICE,
                    Complaint.Cause.BAD_VALUE,
                    line,
                    line.word(1),
                    "WARNING : Invalid DEBUG_MIN value found in upsmon.conf global settings");
        }
    }

    private void monitor(ConfLine line) {
        String sys = line.word(1);
        OptionalInt powervalue = Values.number(line.word(2));
        if (powervalue.isEmpty() || powervalue.getAsInt() < 0) {
            warn(
                    Complaint.Level.WARNING,
                    Complaint.Cause.BAD_VALUE,
                    line,
                    line.word(2),
                    "UPS [" + sys + "]: ignoring invalid power value [" + line.word(2) + "]");
            return;
        }
        for (UpsmonConf.Monitor known : monitors) {
            if (known.sys().equals(sys)) {
                warn(
                        Complaint.Level.WARNING,
                        Complaint.Cause.REPEATED,
                        line,
                        sys,
                        "Warning: ignoring duplicate UPS [" + sys + "]");
                return;
            }
        }
        String role = line.word(5).toLowerCase(Locale.ROOT);
        boolean primary = role.equals("primary") || role.equals("master");
        if (!primary && !role.equals("secondary") && !role.equals("slave")) {
            warn(
                    Complaint.Level.WARNING,
                    Complaint.Cause.BAD_VALUE,
                    line,
                    "MONITOR",
                    "UPS [" + sys + "]: the last word of MONITOR has to be primary or secondary, taken as secondary"
                            + " (a password with blanks needs quotes)");
        }
        monitors.add(
                new UpsmonConf.Monitor(sys, powervalue.getAsInt(), line.word(3), line.word(4), primary, line.line()));
    }

    private void notifymsg(ConfLine line) {
        type(line, "'" + line.word(1) + "' is not a valid notify event name")
                .ifPresent(type -> messages.put(type, line.word(2)));
    }

    private void notifyflag(ConfLine line) {
        type(line, "Warning: invalid notify type [" + line.word(1) + "]").ifPresent(type -> {
            var chosen = EnumSet.noneOf(NotifyFlag.class);
            for (String word : line.word(2).split("\\+", -1)) {
                flag(word)
                        .ifPresentOrElse(
                                chosen::add,
                                () -> complaints.add(Complaint.about(
                                        Complaint.Level.WARNING,
                                        Complaint.Cause.BAD_VALUE,
                                        line,
                                        word,
                                        Nearest.of(word, FLAGS).orElse(""),
                                        "Invalid notify flag: [" + word + "]")));
            }
            flags.put(type, Set.copyOf(chosen));
        });
    }

    private static Optional<NotifyFlag> flag(String word) {
        for (NotifyFlag flag : NotifyFlag.values()) {
            if (flag.name().equals(word)) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }

    private Optional<NotifyType> type(ConfLine line, String ifUnknown) {
        var type = NotifyType.named(line.word(1));
        if (type.isEmpty()) {
            var names = new ArrayList<String>();
            for (NotifyType known : NotifyType.values()) {
                names.add(known.name());
            }
            complaints.add(Complaint.about(
                    Complaint.Level.WARNING,
                    Complaint.Cause.BAD_VALUE,
                    line,
                    line.word(1),
                    Nearest.of(line.word(1), names).orElse(""),
                    ifUnknown));
        }
        return type;
    }

    private void warn(Complaint.Level level, Complaint.Cause cause, ConfLine line, String word, String sentence) {
        complaints.add(Complaint.about(level, cause, line, word, sentence));
    }

    /// C's words for a line it does not take, without the rest of a line that may hold a password.
    private void invalid(Complaint.Cause cause, ConfLine line, String suggestion) {
        var message = new StringBuilder(text.file())
                .append(" line ")
                .append(line.line())
                .append(": invalid directive ")
                .append(line.word(0));
        if (Nearest.of(line.word(0), List.of("MONITOR", "CERTIDENT")).isPresent()) {
            message.append(" ...");
        } else {
            for (int i = 1; i < line.size(); i++) {
                message.append(' ').append(line.word(i));
            }
        }
        complaints.add(
                Complaint.about(Complaint.Level.WARNING, cause, line, line.word(0), suggestion, message.toString()));
    }
}
