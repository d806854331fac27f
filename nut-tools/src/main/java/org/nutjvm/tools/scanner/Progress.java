package org.nutjvm.tools.scanner;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.nutjvm.tools.shared.Terminal;

/// What is said while the search goes on, on standard error: messages, and on a terminal a line on how far it is, which
/// is always the last one and leaves no trace.
final class Progress {
    private static final String ERASE = "\r\033[K";

    private final Terminal terminal;
    private final boolean shown;
    private final List<Counter> counters = new ArrayList<>();
    private String line = "";

    /// How far one search is.
    static final class Counter {
        private final String label;
        private final int all;
        private final AtomicInteger done = new AtomicInteger();

        private Counter(String label, int all) {
            this.label = label;
            this.all = all;
        }

        void step() {
            done.incrementAndGet();
        }
    }

    /// @param shown whether there is a terminal to show it on, and somebody who wants to see it
    Progress(Terminal terminal, boolean shown) {
        this.terminal = terminal;
        this.shown = shown;
    }

    /// Begins to count.
    ///
    /// @param all how many there are
    synchronized Counter counter(String label, int all) {
        var counter = new Counter(label, all);
        counters.add(counter);
        return counter;
    }

    /// Says something to the user.
    synchronized void say(String text) {
        erase();
        terminal.complain(text);
        show();
    }

    /// Says something to developers.
    synchronized void debug(int level, String text) {
        if (terminal.debugs(level)) {
            erase();
            terminal.debug(level, text);
            show();
        }
    }

    /// Brings the line up to date.
    ///
    /// @param seconds since the beginning
    synchronized void update(long seconds) {
        if (shown) {
            erase();
            var text = new StringBuilder("Searching: ");
            for (Counter counter : counters) {
                text.append(counter.label)
                        .append(' ')
                        .append(counter.done.get())
                        .append('/')
                        .append(counter.all);
                text.append(", ");
            }
            line = text.append(seconds).append(" s").toString();
            show();
        }
    }

    /// Takes the line away for good.
    synchronized void end() {
        erase();
        line = "";
    }

    private void erase() {
        if (!line.isEmpty()) {
            terminal.complainInPlace(ERASE);
        }
    }

    private void show() {
        if (!line.isEmpty()) {
            terminal.complainInPlace(line);
        }
    }
}
