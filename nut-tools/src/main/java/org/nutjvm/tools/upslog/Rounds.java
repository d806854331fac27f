package org.nutjvm.tools.upslog;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.log.PlainLog;

/// upslog's daily work: at each round a line for each UPS (clients/upslog.c: main, the loop).
final class Rounds {
    /// The most a round waits for a server that does not answer.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /// What is logged.
    ///
    /// @param upshost the UPS as it was named to the program
    record Logged(String upshost, Readings readings, Target target) {}

    private final List<Logged> logged;
    private final LogFormat format;
    private final Duration interval;
    private final long most;
    private final String host;
    private final Pace pace;
    private final PlainLog log;
    private final SdNotify notify;

    /// @param most how many rounds there are; 0 for no end
    /// @param host this machine's name
    Rounds(
            List<Logged> logged,
            LogFormat format,
            Duration interval,
            long most,
            String host,
            Pace pace,
            PlainLog log,
            SdNotify notify) {
        this.logged = List.copyOf(logged);
        this.format = format;
        this.interval = interval;
        this.most = most;
        this.host = host;
        this.pace = pace;
        this.log = log;
        this.notify = notify;
    }

    /// Goes on until told to exit, or until there have been enough rounds.
    void run() throws InterruptedException {
        var schedule = new Schedule(interval.toNanos(), pace.nanos());
        long beat = notify.watchdogPeriod().map(period -> period.toNanos() / 2).orElse(Long.MAX_VALUE / 4);
        long rounds = 0;
        while (true) {
            notify.watchdog();
            long now = pace.nanos();
            if (schedule.due(now)) {
                schedule.taken(now);
                round();
                rounds++;
            } else {
                var event = pace.await(Math.min(schedule.next(), now + beat));
                if (event == Pace.Event.EXIT) {
                    log.info("Signal 15: exiting");
                    notify.stopping("Signal 15: exiting");
                    return;
                }
                if (event == Pace.Event.REOPEN) {
                    reopen();
                } else if (event == Pace.Event.LOG_NOW) {
                    round();
                    rounds++;
                }
            }
            if (most > 0 && rounds >= most) {
                log.info(most + " loops have elapsed");
                notify.stopping(most + " loops have elapsed");
                return;
            }
        }
    }

    private void reopen() {
        notify.reloading();
        log.info("Signal 1: reopening log file");
        var done = new HashSet<Target>();
        for (Logged one : logged) {
            if (done.add(one.target)) {
                one.target.reopen();
            }
        }
        notify.ready();
    }

    private void round() {
        ZonedDateTime time = pace.wall();
        logged.forEach(one -> one.readings.ask());
        long most = Math.min(interval.toNanos(), LONGEST_WAIT.toNanos());
        long end = System.nanoTime() + most;
        for (Logged one : logged) {
            long left = Math.max(TimeUnit.MILLISECONDS.toNanos(1), end - System.nanoTime());
            var values = one.readings.answer(Duration.ofNanos(left));
            String line =
                    format.line(time, host, one.upshost, ProcessHandle.current().pid(), values);
            one.target.write(line, pace.nanos());
        }
    }
}
