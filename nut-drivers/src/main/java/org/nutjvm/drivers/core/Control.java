package org.nutjvm.drivers.core;

import java.nio.channels.Selector;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// What signals, the state socket and other threads ask of the driver loop. Every method may be called from any
/// thread, before the loop runs as well.
final class Control {
    /// Exit asked for by the program itself, as a failure (common.h: EF_EXIT_FAILURE).
    static final int EXIT_FAILURE = -1;

    /// The same as a success.
    static final int EXIT_SUCCESS = -2;

    private static final int ASKED_LIMIT = 1024;

    /// How far a reload may go.
    enum Reload {
        NONE,
        /// Take over what can change while running (HUP).
        POSSIBLE,
        /// End the program if something changed that cannot (USR1).
        OR_EXIT
    }

    private final ArrayBlockingQueue<Runnable> asked = new ArrayBlockingQueue<>(ASKED_LIMIT);
    private volatile int exit;
    private volatile Reload reload = Reload.NONE;
    private volatile boolean dump;
    private volatile boolean poll;
    private volatile @Nullable Selector selector;

    /// Names what the loop sleeps in.
    void sleepsIn(Selector loopSelector) {
        selector = loopSelector;
    }

    /// Asks for the end. A signal's number, {@link #EXIT_FAILURE} or {@link #EXIT_SUCCESS}.
    void exit(int why) {
        exit = why;
        wakeup();
    }

    /// 0 while the program is to go on.
    int exit() {
        return exit;
    }

    void reload(Reload how) {
        reload = how;
        wakeup();
    }

    Reload takeReload() {
        Reload taken = reload;
        reload = Reload.NONE;
        return taken;
    }

    void dump() {
        dump = true;
        wakeup();
    }

    boolean takeDump() {
        boolean taken = dump;
        dump = false;
        return taken;
    }

    void pollSoon() {
        poll = true;
        wakeup();
    }

    boolean takePoll() {
        boolean taken = poll;
        poll = false;
        return taken;
    }

    boolean asked(Runnable work) {
        boolean taken = asked.offer(work);
        wakeup();
        return taken;
    }

    void runAsked() {
        for (Runnable work = asked.poll(); work != null; work = asked.poll()) {
            work.run();
        }
    }

    private void wakeup() {
        Selector sleeping = selector;
        if (sleeping != null) {
            sleeping.wakeup();
        }
    }
}
