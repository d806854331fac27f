package org.nutjvm.common.wire;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One line to a driver over its socket: from a server, a sibling driver or a control program (drivers/dstate.c:
/// sock_arg). Verbs are read without regard to case; a malformed line is a value, never an exception.
public sealed interface DriverRequest {
    record Ping() implements DriverRequest {}

    /// Everything known, ended by DUMPDONE.
    record DumpAll() implements DriverRequest {}

    /// One variable with its limits, ended by DUMPDONE.
    record DumpValue(String var) implements DriverRequest {}

    /// The same for `ups.status`.
    record DumpStatus() implements DriverRequest {}

    record GetPid() implements DriverRequest {}

    /// Whether this connection wants to hear of changes; every connection begins with yes.
    record Broadcast(boolean on) implements DriverRequest {}

    /// Runs an instant command.
    ///
    /// @param tracking under which id the outcome is to be reported
    record Instcmd(String cmd, Optional<String> param, Optional<String> tracking) implements DriverRequest {}

    /// Sets a variable.
    ///
    /// @param tracking under which id the outcome is to be reported
    record Set(String var, String value, Optional<String> tracking) implements DriverRequest {}

    record Logout() implements DriverRequest {}

    /// No such verb, or the wrong number of arguments.
    record Unknown(List<String> words) implements DriverRequest {
        public Unknown {
            words = List.copyOf(words);
        }
    }

    /// Reads the words of one line; never throws.
    static DriverRequest of(List<String> w) {
        if (w.isEmpty()) {
            return new Unknown(w);
        }
        int args = w.size() - 1;
        return switch (w.getFirst().toUpperCase(Locale.ROOT)) {
            case "PING" -> new Ping();
            case "DUMPALL" -> new DumpAll();
            case "DUMPSTATUS" -> new DumpStatus();
            case "DUMPVALUE" -> args < 1 ? new Unknown(w) : new DumpValue(w.get(1));
            case "GETPID" -> new GetPid();
            case "LOGOUT" -> new Logout();
            case "NOBROADCAST" -> new Broadcast(false);
            case "BROADCAST" -> new Broadcast(args < 1 || !belowOne(w.get(1)));
            case "INSTCMD" -> instcmd(w, args);
            case "SET" -> set(w, args);
            default -> new Unknown(w);
        };
    }

    private static DriverRequest instcmd(List<String> w, int args) {
        if (args == 1) {
            return new Instcmd(w.get(1), Optional.empty(), Optional.empty());
        }
        if (args == 2) {
            return new Instcmd(w.get(1), Optional.of(w.get(2)), Optional.empty());
        }
        if (args == 3 && w.get(2).equalsIgnoreCase("TRACKING")) {
            return new Instcmd(w.get(1), Optional.empty(), Optional.of(w.get(3)));
        }
        if (args == 4 && w.get(3).equalsIgnoreCase("TRACKING")) {
            return new Instcmd(w.get(1), Optional.of(w.get(2)), Optional.of(w.get(4)));
        }
        return new Unknown(w);
    }

    private static DriverRequest set(List<String> w, int args) {
        if (args < 2) {
            return new Unknown(w);
        }
        if (args != 4) {
            return new Set(w.get(1), w.get(2), Optional.empty());
        }
        return w.get(3).equalsIgnoreCase("TRACKING")
                ? new Set(w.get(1), w.get(2), Optional.of(w.get(4)))
                : new Unknown(w);
    }

    private static boolean belowOne(String text) {
        try {
            return Integer.parseInt(text.strip()) < 1;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /// The line as it travels, without the newline.
    default String text() {
        return switch (this) {
            case Ping() -> "PING";
            case DumpAll() -> "DUMPALL";
            case DumpValue(var name) -> "DUMPVALUE " + name;
            case DumpStatus() -> "DUMPSTATUS";
            case GetPid() -> "GETPID";
            case Broadcast(var on) -> on ? "BROADCAST 1" : "NOBROADCAST";
            case Instcmd(var cmd, var param, var tracking) ->
                "INSTCMD " + cmd + param.map(p -> ' ' + Words.quote(p)).orElse("") + tracked(tracking);
            case Set(var name, var value, var tracking) -> "SET " + name + ' ' + Words.quote(value) + tracked(tracking);
            case Logout() -> "LOGOUT";
            case Unknown(var words) -> String.join(" ", words);
        };
    }

    private static String tracked(Optional<String> id) {
        return id.isPresent() ? " TRACKING " + id.get() : "";
    }
}
