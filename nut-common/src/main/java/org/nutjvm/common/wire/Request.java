package org.nutjvm.common.wire;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One request of a network client, already split into words (server/netcmds.h and the functions it names). Malformed
/// input is a value, never an exception.
///
/// Verbs and the words that choose among their forms are read without regard to case; names are kept as typed, because
/// replies repeat them so.
public sealed interface Request {
    record Ver() implements Request {}

    /// `NETVER` and its newer name `PROTVER`.
    record ProtVer() implements Request {}

    record Help() implements Request {}

    record StartTls() implements Request {}

    record Username(String username) implements Request {}

    record Password(String password) implements Request {
        /// Without the secret, so that it cannot get into a log by accident.
        @Override
        public String toString() {
            return "Password[]";
        }
    }

    record Login(String ups) implements Request {}

    record Logout() implements Request {}

    record Primary(String ups) implements Request {}

    /// The name of {@link Primary} before NUT 2.8.
    record Master(String ups) implements Request {}

    record Fsd(String ups) implements Request {}

    record GetNumLogins(String ups) implements Request {}

    record GetUpsDesc(String ups) implements Request {}

    record GetVar(String ups, String var) implements Request {}

    record GetType(String ups, String var) implements Request {}

    record GetDesc(String ups, String var) implements Request {}

    record GetCmdDesc(String ups, String cmd) implements Request {}

    /// With an id what became of that command, without one whether this connection tracks its commands.
    record GetTracking(Optional<String> id) implements Request {}

    record ListUps() implements Request {}

    record ListVar(String ups) implements Request {}

    record ListRw(String ups) implements Request {}

    record ListCmd(String ups) implements Request {}

    record ListClient(String ups) implements Request {}

    record ListEnum(String ups, String var) implements Request {}

    record ListRange(String ups, String var) implements Request {}

    record SetVar(String ups, String var, String value) implements Request {}

    record SetTracking(boolean on) implements Request {}

    record Instcmd(String ups, String cmd, Optional<String> param) implements Request {}

    /// What cannot be a request.
    ///
    /// @param why the answer
    /// @param needsUser whether the verb was one that is looked at only after user and password were given, so that
    ///     their absence is the first complaint
    record Refused(NutError why, boolean needsUser) implements Request {}

    /// Reads the words of one line.
    static Request of(List<String> words) {
        if (words.isEmpty()) {
            return new Refused(NutError.UNKNOWN_COMMAND, false);
        }
        var args = words.subList(1, words.size());
        return switch (words.getFirst().toUpperCase(Locale.ROOT)) {
            case "GET" -> get(args);
            case "LIST" -> list(args);
            case "VER" -> args.isEmpty() ? new Ver() : invalid();
            case "NETVER", "PROTVER" -> args.isEmpty() ? new ProtVer() : invalid();
            case "HELP" -> args.isEmpty() ? new Help() : invalid();
            case "STARTTLS" -> new StartTls();
            case "USERNAME" -> args.size() == 1 ? new Username(args.getFirst()) : invalid();
            case "PASSWORD" -> args.size() == 1 ? new Password(args.getFirst()) : invalid();
            case "LOGOUT" -> args.isEmpty() ? new Logout() : invalid();
            case "LOGIN" -> args.size() == 1 ? new Login(args.getFirst()) : invalidFromUser();
            case "PRIMARY" -> args.size() == 1 ? new Primary(args.getFirst()) : invalidFromUser();
            case "MASTER" -> args.size() == 1 ? new Master(args.getFirst()) : invalidFromUser();
            case "FSD" -> args.size() == 1 ? new Fsd(args.getFirst()) : invalidFromUser();
            case "SET" -> set(args);
            case "INSTCMD" -> instcmd(args);
            default -> new Refused(NutError.UNKNOWN_COMMAND, false);
        };
    }

    /// Whether it asks what devices are and how they are.
    default boolean reads() {
        return switch (this) {
            case GetNumLogins _, GetUpsDesc _, GetVar _, GetType _, GetDesc _, GetCmdDesc _ -> true;
            case ListUps _, ListVar _, ListRw _, ListCmd _, ListEnum _, ListRange _, ListClient _ -> true;
            default -> false;
        };
    }

    /// Whether user and password must have been given, though not yet that they are right (FLAG_USER).
    default boolean needsUser() {
        return switch (this) {
            case Login _, Primary _, Master _, Fsd _, SetVar _, SetTracking _, Instcmd _ -> true;
            case Refused refused -> refused.needsUser();
            case Ver _,
                    ProtVer _,
                    Help _,
                    StartTls _,
                    Username _,
                    Password _,
                    Logout _,
                    GetNumLogins _,
                    GetUpsDesc _,
                    GetVar _,
                    GetType _,
                    GetDesc _,
                    GetCmdDesc _,
                    GetTracking _,
                    ListUps _,
                    ListVar _,
                    ListRw _,
                    ListCmd _,
                    ListClient _,
                    ListEnum _,
                    ListRange _ -> false;
        };
    }

    private static Refused invalid() {
        return new Refused(NutError.INVALID_ARGUMENT, false);
    }

    private static Refused invalidFromUser() {
        return new Refused(NutError.INVALID_ARGUMENT, true);
    }

    private static Request get(List<String> args) {
        if (args.isEmpty()) {
            return invalid();
        }
        String what = args.getFirst().toUpperCase(Locale.ROOT);
        if (what.equals("TRACKING")) {
            return new GetTracking(args.size() > 1 ? Optional.of(args.get(1)) : Optional.empty());
        }
        if (args.size() < 2) {
            return invalid();
        }
        boolean named = args.size() > 2;
        return switch (what) {
            case "NUMLOGINS" -> new GetNumLogins(args.get(1));
            case "UPSDESC" -> new GetUpsDesc(args.get(1));
            case "VAR" -> named ? new GetVar(args.get(1), args.get(2)) : invalid();
            case "TYPE" -> named ? new GetType(args.get(1), args.get(2)) : invalid();
            case "DESC" -> named ? new GetDesc(args.get(1), args.get(2)) : invalid();
            case "CMDDESC" -> named ? new GetCmdDesc(args.get(1), args.get(2)) : invalid();
            default -> invalid();
        };
    }

    private static Request list(List<String> args) {
        if (args.isEmpty()) {
            return invalid();
        }
        String what = args.getFirst().toUpperCase(Locale.ROOT);
        if (what.equals("UPS")) {
            return new ListUps();
        }
        if (args.size() < 2) {
            return invalid();
        }
        return switch (what) {
            case "VAR" -> new ListVar(args.get(1));
            case "RW" -> new ListRw(args.get(1));
            case "CMD" -> new ListCmd(args.get(1));
            case "CLIENT" -> new ListClient(args.get(1));
            case "ENUM" -> args.size() > 2 ? new ListEnum(args.get(1), args.get(2)) : invalid();
            case "RANGE" -> args.size() > 2 ? new ListRange(args.get(1), args.get(2)) : invalid();
            default -> invalid();
        };
    }

    private static Request set(List<String> args) {
        if (args.size() >= 4 && args.getFirst().equalsIgnoreCase("VAR")) {
            return new SetVar(args.get(1), args.get(2), args.get(3));
        }
        if (args.size() >= 2 && args.getFirst().equalsIgnoreCase("TRACKING")) {
            return switch (args.get(1).toUpperCase(Locale.ROOT)) {
                case "ON" -> new SetTracking(true);
                case "OFF" -> new SetTracking(false);
                default -> invalidFromUser();
            };
        }
        return invalidFromUser();
    }

    /// As in C a parameter counts only when nothing follows it.
    private static Request instcmd(List<String> args) {
        if (args.size() < 2) {
            return invalidFromUser();
        }
        return new Instcmd(args.get(0), args.get(1), args.size() == 3 ? Optional.of(args.get(2)) : Optional.empty());
    }
}
