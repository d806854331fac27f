package org.nutjvm.common.io;

import sun.misc.Signal;

/// What a daemon does on a signal. The JVM runs each action in a thread of its own, so an action hands over to
/// the program's loop (sets a flag, wakes a selector) and returns.
///
/// HUP, TERM, INT, USR1, USR2, URG, WINCH, PIPE and ALRM can be caught; QUIT belongs to the JVM, which prints its
/// threads (C daemons take it for a clean exit), and KILL and STOP to nobody.
public final class Signals {
    private Signals() {}

    /// From now on the action runs when the signal (a name without `SIG`) comes.
    ///
    /// @throws IllegalArgumentException if there is no such signal or the JVM keeps it for itself
    public static void on(String name, Runnable action) {
        Signal.handle(new Signal(name), signal -> action.run());
    }
}
