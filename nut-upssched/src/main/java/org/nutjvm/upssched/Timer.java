package org.nutjvm.upssched;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One timer that runs.
///
/// @param name also the argument of CMDSCRIPT
/// @param due when it fires, on the daemon's monotonic clock
/// @param types the events it was started for
/// @param upses the UPSes it was started for
/// @param messages what upsmon said each time
record Timer(String name, Duration due, List<String> types, List<String> upses, List<String> messages) {
    /// What stands between the messages of several causes.
    static final String MESSAGES = ".\t";

    /// What upsmon called upssched for.
    ///
    /// @param type NOTIFYTYPE
    /// @param ups UPSNAME
    /// @param message the notice, or empty
    record Cause(String type, String ups, String message) {}

    Timer {
        types = List.copyOf(types);
        upses = List.copyOf(upses);
        messages = List.copyOf(messages);
    }

    static Timer of(String name, Duration due, Cause cause) {
        return new Timer(name, due, List.of(), List.of(), List.of()).with(cause);
    }

    /// The same, started for one more reason; each is kept once.
    Timer with(Cause cause) {
        return new Timer(
                name, due, plus(types, cause.type()), plus(upses, cause.ups()), plus(messages, cause.message()));
    }

    /// Whether it was started for the same UPS and the same event, as far as they are given.
    boolean startedFor(Cause cause) {
        return (cause.type().isEmpty() || types.contains(cause.type()))
                && (cause.ups().isEmpty() || upses.contains(cause.ups()));
    }

    /// All it was started for, in one: what CMDSCRIPT is told.
    Cause cause() {
        return new Cause(String.join(",", types), String.join(",", upses), String.join(MESSAGES, messages));
    }

    private static List<String> plus(List<String> list, String item) {
        if (item.isEmpty() || list.contains(item)) {
            return list;
        }
        var longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }
}
