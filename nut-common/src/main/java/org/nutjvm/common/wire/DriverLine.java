package org.nutjvm.common.wire;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One line from a driver to whoever listens on its socket (drivers/dstate.c sends, server/sstate.c reads).
public sealed interface DriverLine {
    record SetInfo(String name, String value) implements DriverLine {}

    record DelInfo(String name) implements DriverLine {}

    record AddEnum(String name, String value) implements DriverLine {}

    record DelEnum(String name, String value) implements DriverLine {}

    record AddRange(String name, int min, int max) implements DriverLine {}

    record DelRange(String name, int min, int max) implements DriverLine {}

    /// For strings the longest length accepted.
    record SetAux(String name, long aux) implements DriverLine {}

    /// The flag words as sent: `RW`, `STRING`, `NUMBER`; none takes all flags away.
    record SetFlags(String name, List<String> flags) implements DriverLine {
        public SetFlags {
            flags = List.copyOf(flags);
        }
    }

    record AddCmd(String name) implements DriverLine {}

    record DelCmd(String name) implements DriverLine {}

    record DumpDone() implements DriverLine {}

    record Pong() implements DriverLine {}

    record DataOk() implements DriverLine {}

    record DataStale() implements DriverLine {}

    /// Answer to GETPID.
    record Pid(String id) implements DriverLine {}

    /// Answer to LOGOUT; the driver closes the connection after it.
    record Goodbye() implements DriverLine {}

    /// What became of a command sent with a tracking id; the status is a number of {@code include/extstate.h}.
    record Tracking(String id, int status) implements DriverLine {}

    /// Anything else, or a known word with the wrong number or kind of arguments.
    record Unknown(List<String> words) implements DriverLine {
        public Unknown {
            words = List.copyOf(words);
        }
    }

    /// Reads the words of one line; never throws.
    static DriverLine of(List<String> words) {
        return parse(words).orElseGet(() -> new Unknown(words));
    }

    private static Optional<DriverLine> parse(List<String> w) {
        if (w.isEmpty()) {
            return Optional.empty();
        }
        String verb = w.getFirst().toUpperCase(Locale.ROOT);
        int args = w.size() - 1;
        return switch (verb) {
            case "PONG" -> Optional.of(new Pong());
            case "PID" -> args < 1 ? Optional.empty() : Optional.of(new Pid(w.get(1)));
            case "OK" ->
                args == 1 && w.get(1).equalsIgnoreCase("Goodbye") ? Optional.of(new Goodbye()) : Optional.empty();
            case "DUMPDONE" -> Optional.of(new DumpDone());
            case "DATASTALE" -> Optional.of(new DataStale());
            case "DATAOK" -> Optional.of(new DataOk());
            case "DELINFO" -> args < 1 ? Optional.empty() : Optional.of(new DelInfo(w.get(1)));
            case "ADDCMD" -> args < 1 ? Optional.empty() : Optional.of(new AddCmd(w.get(1)));
            case "DELCMD" -> args < 1 ? Optional.empty() : Optional.of(new DelCmd(w.get(1)));
            case "SETINFO" -> args < 2 ? Optional.empty() : Optional.of(new SetInfo(w.get(1), w.get(2)));
            case "ADDENUM" -> args < 2 ? Optional.empty() : Optional.of(new AddEnum(w.get(1), w.get(2)));
            case "DELENUM" -> args < 2 ? Optional.empty() : Optional.of(new DelEnum(w.get(1), w.get(2)));
            case "SETFLAGS" ->
                args < 1 ? Optional.empty() : Optional.of(new SetFlags(w.get(1), w.subList(2, w.size())));
            case "SETAUX" -> args < 2 ? Optional.empty() : number(w.get(2)).map(n -> new SetAux(w.get(1), n));
            case "TRACKING" ->
                args < 2 ? Optional.empty() : number(w.get(2)).map(n -> new Tracking(w.get(1), n.intValue()));
            case "ADDRANGE" ->
                args < 3
                        ? Optional.empty()
                        : number(w.get(2))
                                .flatMap(min -> number(w.get(3))
                                        .map(max -> new AddRange(w.get(1), min.intValue(), max.intValue())));
            case "DELRANGE" ->
                args < 3
                        ? Optional.empty()
                        : number(w.get(2))
                                .flatMap(min -> number(w.get(3))
                                        .map(max -> new DelRange(w.get(1), min.intValue(), max.intValue())));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// The line as it travels, without the newline.
    default String text() {
        return switch (this) {
            case SetInfo(var name, var value) -> "SETINFO " + name + ' ' + Words.quote(value);
            case DelInfo(var name) -> "DELINFO " + name;
            case AddEnum(var name, var value) -> "ADDENUM " + name + ' ' + Words.quote(value);
            case DelEnum(var name, var value) -> "DELENUM " + name + ' ' + Words.quote(value);
            case AddRange(var name, var min, var max) -> "ADDRANGE " + name + ' ' + min + ' ' + max;
            case DelRange(var name, var min, var max) -> "DELRANGE " + name + ' ' + min + ' ' + max;
            case SetAux(var name, var aux) -> "SETAUX " + name + ' ' + aux;
            case SetFlags(var name, var flags) ->
                flags.isEmpty() ? "SETFLAGS " + name : "SETFLAGS " + name + ' ' + String.join(" ", flags);
            case AddCmd(var name) -> "ADDCMD " + name;
            case DelCmd(var name) -> "DELCMD " + name;
            case DumpDone() -> "DUMPDONE";
            case Pong() -> "PONG";
            case Pid(var id) -> "PID " + id;
            case Goodbye() -> "OK Goodbye";
            case DataOk() -> "DATAOK";
            case DataStale() -> "DATASTALE";
            case Tracking(var id, var status) -> "TRACKING " + id + ' ' + status;
            case Unknown(var words) -> String.join(" ", words);
        };
    }
}
