package org.nutjvm.upssched;

import java.util.List;
import org.nutjvm.common.conf.Values;
import org.nutjvm.common.wire.Words;

/// What is asked of the timer daemon, one line on its socket (clients/upssched.c: sendcmd, sock_arg). Lines of C
/// programs before 2.8.5, which end after the number or the command, are understood as well.
sealed interface Order {
    /// `START name seconds type ups message`, or `START-SHARED`.
    ///
    /// @param seconds negative when there was no such number: refused, not unknown
    record Start(String name, int seconds, boolean shared, Timer.Cause cause) implements Order {}

    /// `CANCEL name command type ups message`, or `CANCEL-MATCHED`.
    ///
    /// @param otherwise the command for when no such timer runs, or empty
    record Cancel(String name, String otherwise, boolean matched, Timer.Cause cause) implements Order {}

    /// `LIST-TIMERS`.
    record ListTimers() implements Order {}

    /// Anything else.
    record Unknown(List<String> words) implements Order {}

    /// What the words of a line mean.
    static Order of(List<String> words) {
        String verb = words.isEmpty() ? "" : words.getFirst();
        int size = words.size();
        return switch (verb) {
            case "LIST-TIMERS" -> new ListTimers();
            case "CANCEL", "CANCEL-MATCHED" ->
                size < 2
                        ? new Unknown(words)
                        : new Cancel(words.get(1), word(words, 2), verb.equals("CANCEL-MATCHED"), cause(words));
            case "START", "START-SHARED" ->
                size < 3
                        ? new Unknown(words)
                        : new Start(words.get(1), Values.atoi(words.get(2)), verb.equals("START-SHARED"), cause(words));
            default -> new Unknown(words);
        };
    }

    /// The line for it, with its newline.
    default String line() {
        return switch (this) {
            case Start s -> line(s.shared ? "START-SHARED" : "START", s.name, Integer.toString(s.seconds), s.cause);
            case Cancel c -> line(c.matched ? "CANCEL-MATCHED" : "CANCEL", c.name, c.otherwise, c.cause);
            case ListTimers _ -> "LIST-TIMERS\n";
            case Unknown u -> String.join(" ", u.words) + "\n";
        };
    }

    private static String line(String verb, String name, String second, Timer.Cause cause) {
        var line = new StringBuilder(verb);
        for (String word : List.of(name, second, cause.type(), cause.ups(), cause.message())) {
            line.append(' ').append(Words.quote(oneLine(word)));
        }
        return line.append('\n').toString();
    }

    /// A message may hold anything, a line only one line.
    private static String oneLine(String word) {
        var safe = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            safe.append(c < ' ' ? ' ' : c);
        }
        return safe.toString();
    }

    /// As C, all three or none.
    private static Timer.Cause cause(List<String> words) {
        return words.size() < 6
                ? new Timer.Cause("", "", "")
                : new Timer.Cause(words.get(3), words.get(4), words.get(5));
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }
}
