package org.nutjvm.drivers.core;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.log.Priority;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.Dstate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a running driver (drivers/main.c: the loop of main; drivers/dstate.c: dstate_poll_fds): poll the
/// device, then serve the socket until the next poll is due. One thread owns driver, state and socket.
final class DriverLoop {
    private static final Logger LOG = LoggerFactory.getLogger(DriverLoop.class);
    private static final long SECOND = 1_000_000_000L;

    /// What a reload and a dump mean.
    interface Actions {
        void reload(Control.Reload how) throws DriverException;

        void dump();
    }

    private final Driver driver;
    private final Dstate dstate;
    private final Settings settings;
    private final Control control;
    private final SdNotify notify;
    private final LongSupplier nanoTime;
    private String trouble = "";

    DriverLoop(
            Driver driver, Dstate dstate, Settings settings, Control control, SdNotify notify, LongSupplier nanoTime) {
        this.driver = driver;
        this.dstate = dstate;
        this.settings = settings;
        this.control = control;
        this.notify = notify;
        this.nanoTime = nanoTime;
    }

    /// Polls once. Success makes the data good, an {@link IOException} makes them stale and is logged once.
    void update() {
        try {
            driver.updateinfo(dstate);
            dstate.dataok();
            if (!trouble.isEmpty()) {
                LOG.info(Priority.NOTICE, "Communications with UPS re-established");
                trouble = "";
            }
        } catch (IOException e) {
            stale(e);
        }
    }

    void stale(IOException e) {
        dstate.datastale();
        String why = String.valueOf(e.getMessage());
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.warn("Communications with UPS lost: {}", why);
        }
    }

    /// Runs until an exit is asked for.
    void run(Selector selector, DriverSocket socket, DriverSocket.Requests requests, Actions actions)
            throws IOException, DriverException {
        control.sleepsIn(selector);
        long watchdog = notify.watchdogPeriod().map(Duration::toNanos).orElse(Long.MAX_VALUE) / 2;
        while (control.exit() == 0) {
            notify.watchdog();
            long due = nanoTime.getAsLong() + settings.pollinterval() * SECOND;
            poll();
            socket.acceptAgain();
            // Once before sleeping, too: something may have been asked for before there was a loop to wake.
            odds(actions);
            socket.flush();
            // At least once, also when a device that does not answer made the poll last longer than the interval: a
            // driver that is busy with it must still say that its data are stale.
            do {
                long left = Math.max(0, due - nanoTime.getAsLong());
                serve(selector, Math.min(left, watchdog), socket, requests);
                notify.watchdog();
                odds(actions);
                socket.flush();
            } while (control.exit() == 0 && !control.takePoll() && due - nanoTime.getAsLong() > 0);
        }
        socket.flush();
    }

    private void poll() {
        dstate.rememberCharge();
        dstate.setinfo("driver.state", "updateinfo");
        update();
        dstate.setinfo("driver.state", "quiet");
    }

    private void odds(Actions actions) throws DriverException {
        control.runAsked();
        if (control.takeDump()) {
            actions.dump();
        }
        var reload = control.takeReload();
        if (reload != Control.Reload.NONE && control.exit() == 0) {
            actions.reload(reload);
        }
    }

    private static void serve(Selector selector, long nanos, DriverSocket socket, DriverSocket.Requests requests)
            throws IOException {
        selector.select(nanos / 1_000_000 + 1);
        var keys = selector.selectedKeys();
        for (var key : keys) {
            if (key.isValid()) {
                socket.ready(key, requests);
            }
        }
        keys.clear();
    }

    /// Polls so often, then hands over (`-d`).
    void runFor(int loops, Runnable dump) {
        for (int i = 0; i <= loops && control.exit() == 0; i++) {
            poll();
            if (i < loops) {
                pause();
            }
        }
        if (control.exit() == 0) {
            dstate.setinfo("driver.state", "dumping");
            dump.run();
        }
    }

    private void pause() {
        long due = nanoTime.getAsLong() + SECOND;
        while (control.exit() == 0 && nanoTime.getAsLong() < due) {
            control.runAsked();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                control.exit(Control.EXIT_SUCCESS);
            }
        }
    }

    /// Why the data are stale, or empty.
    @Nullable
    String trouble() {
        return trouble.isEmpty() ? null : trouble;
    }
}
