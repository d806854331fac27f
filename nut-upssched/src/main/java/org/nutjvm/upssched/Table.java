package org.nutjvm.upssched;

import java.time.Duration;
import java.util.List;

/// What `-l` shows: a line for each timer with its name, when it is due in seconds since 1970, in how many seconds that
/// is, and the events, UPSes and messages it was started for, with tabs between (clients/upssched.c: sock_arg).
final class Table {
    static final String BEGIN = "BEGIN LIST TIMERS\n";
    static final String END = "END LIST TIMERS\n";

    private Table() {}

    /// @param now on the timers' clock
    /// @param epochSeconds the same moment by the clock on the wall
    static String of(List<Timer> timers, Duration now, long epochSeconds) {
        var table = new StringBuilder(BEGIN);
        for (Timer timer : timers) {
            long left = seconds(timer.due().minus(now));
            table.append(timer.name()).append('\t');
            table.append(epochSeconds + left).append('\t').append(left).append('\t');
            table.append(cell(",", timer.types())).append('\t');
            table.append(cell(",", timer.upses())).append('\t');
            table.append(cell(Timer.MESSAGES, timer.messages())).append('\n');
        }
        return table.append(END).toString();
    }

    private static String cell(String between, List<String> items) {
        return items.isEmpty() ? "\"\"" : String.join(between, items);
    }

    /// Rounded up, so that a timer of 15 seconds that was just started shows 15.
    private static long seconds(Duration left) {
        return Math.max(0, left.plusNanos(999_999_999).toSeconds());
    }
}
