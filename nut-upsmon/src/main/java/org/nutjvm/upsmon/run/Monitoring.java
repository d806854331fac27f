package org.nutjvm.upsmon.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.nutjvm.common.conf.NotifyType;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.log.Priority;
import org.nutjvm.upsmon.decide.Happening;
import org.nutjvm.upsmon.decide.Policy;
import org.nutjvm.upsmon.decide.Polled;
import org.nutjvm.upsmon.decide.Supplies;
import org.nutjvm.upsmon.decide.Verdict;
import org.nutjvm.upsmon.decide.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop (clients/upsmon.c: main). Its thread owns all that is known and decides; everything it hears comes through
/// one queue, and nothing it does waits for a server, a notifier or the half that keeps root.
public final class Monitoring {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");

    /// More than all UPSes of a large site have on their way at once.
    private static final int WAITING_EVENTS = 4096;

    private static final Duration LONGEST_TURN = Duration.ofSeconds(20);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration NOPARENT_AGAIN = Duration.ofMinutes(2);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(3);

    /// What it works with beside upsmon.conf.
    ///
    /// @param privileged whether a process of its own, started before root was given up, calls SHUTDOWNCMD
    public record Means(
            Network network,
            Clocks clocks,
            CommandRunner runner,
            SdNotify systemd,
            Map<String, String> env,
            boolean foreground,
            boolean privileged) {}

    /// Reads upsmon.conf again; its complaints are logged by then.
    public interface Rereading {
        /// What it says now, or empty if it all stays as it was, which then has been logged.
        Optional<UpsmonConf> read();
    }

    private final Means means;
    private final Clocks.Watch watch;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(WAITING_EVENTS);
    private final Roster roster;
    private final Notifier notifier;
    private final Announcer announcer;
    private final Helper helper;
    private final Rereading rereading;

    private UpsmonConf conf;
    private Policy policy;
    private int epoch;
    private Optional<WayDown> wayDown = Optional.empty();
    private boolean helperGone;
    private Optional<Duration> noparentTold = Optional.empty();
    private String stop = "";
    private boolean impossible;

    /// @param flag POWERDOWNFLAG if it may be written, else empty
    public Monitoring(UpsmonConf conf, String flag, Means means, Rereading rereading) {
        this.conf = conf;
        this.policy = Settings.policy(conf);
        this.means = means;
        this.rereading = rereading;
        this.watch = means.clocks().start();
        this.roster = new Roster(means.network(), this::hear);
        this.notifier = new Notifier(means.runner(), conf.notifycmd(), this::hear);
        this.announcer = new Announcer(conf, notifier);
        this.helper = new Helper(conf.shutdowncmd(), flag, means.env(), means.foreground(), this::hear);
    }

    /// Starts the half that keeps root; to be done while this process has it.
    public void startHelper() throws IOException {
        helper.start();
    }

    /// The process that keeps root, or 0.
    public long helperPid() {
        return helper.pid();
    }

    /// Takes an event from any thread. The queue is never full unless the loop is stuck, and then waiting is right.
    private void hear(Event event) {
        try {
            events.put(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// SIGHUP; for any thread.
    public void reload() {
        hear(new Event.Reload());
    }

    /// SIGUSR1; for any thread.
    public void fsd() {
        hear(new Event.UserFsd());
    }

    /// SIGTERM; for any thread.
    public void stop(String why) {
        hear(new Event.Stop(why));
    }

    /// Runs until told to stop or the machine is on its way down.
    ///
    /// @return the exit code
    public int run() {
        for (var monitor : conf.monitors()) {
            roster.add(monitor);
        }
        means.systemd().ready();
        try {
            return loop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /// Lets the half that keeps root go; does nothing where it is on its way down.
    public void end() {
        helper.release();
        notifier.end();
    }

    private int loop() throws InterruptedException {
        var before = now();
        var sleeps = new Sleeps(watch);
        while (true) {
            var pause = pause(before);
            var event = events.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
            var now = now();
            sleeps.noticed(now, now.minus(before).minus(pause)).ifPresent(by -> woken(now, by));
            while (event != null) {
                if (event instanceof Event.Broken broken) {
                    return broken(broken.cause());
                }
                take(event, now);
                event = events.poll();
            }
            turn(now);
            means.systemd().watchdog();
            if (impossible) {
                stop = "Impossible power configuration, unable to continue";
                leave();
                return 1;
            }
            if (ended(now)) {
                return wayDown.isPresent() ? 0 : leave();
            }
            before = now();
        }
    }

    private Duration now() {
        return watch.passed();
    }

    /// How long nothing has to be done but listen.
    private Duration pause(Duration now) {
        var until = now.plus(LONGEST_TURN);
        boolean lost = false;
        for (var ups : roster.all()) {
            if (!ups.polling && wayDown.isEmpty()) {
                until = earlier(until, ups.due(policy));
            }
            lost |= ups.known.comm() == Watched.Comm.LOST;
        }
        if (lost) {
            until = earlier(until, now.plus(TICK));
        }
        if (wayDown.isPresent()) {
            until = earlier(until, wayDown.get().due(now));
        }
        var watchdog = means.systemd().watchdogPeriod();
        if (watchdog.isPresent()) {
            until = earlier(until, now.plus(watchdog.get().dividedBy(2)));
        }
        var pause = until.minus(now);
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    private static Duration earlier(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private void take(Event event, Duration now) {
        switch (event) {
            case Event.Polled polled -> polled(polled, now);
            case Event.Login login -> login(login, now);
            case Event.Fsd fsd -> fsd(fsd);
            case Event.Logins logins -> logins(logins);
            case Event.Left _ -> roster.left();
            case Event.HelperSaid said -> helperSaid(said.line());
            case Event.HelperGone gone -> {
                if (gone.pid() == helper.pid()) {
                    helperGone(now);
                }
            }
            case Event.Reload _ -> reloaded(now);
            case Event.UserFsd _ -> {
                LOG.info("Signal 10: User requested FSD");
                if (wayDown.isEmpty()) {
                    LOG.warn("Got an FSD signal, initiating forced shutdown");
                    goDown(now);
                }
            }
            case Event.Stop asked -> {
                LOG.info("{}", asked.why());
                stop = asked.why();
            }
            case Event.Broken _ -> throw new IllegalStateException("a broken thread is the loop's business");
        }
    }

    private void polled(Event.Polled event, Duration now) {
        var found = roster.of(event.from());
        if (found.isEmpty()) {
            return; // removed meanwhile
        }
        var ups = found.get();
        ups.polling = false;
        if (event.epoch() != epoch) {
            ups.polled = Optional.empty(); // read before the machine slept
            return;
        }
        ups.polled = Optional.of(now);
        if (wayDown.isPresent()) {
            return;
        }
        var polled = Polled.after(ups.known, event.reading(), now, policy);
        ups.known = polled.ups();
        announcer.say(polled.said());
        judge(ups, now);
        decide(now);
    }

    private void judge(Ups ups, Duration now) {
        var verdict = Verdict.of(ups.known, now, policy);
        announcer.say(verdict.news(ups.verdict));
        if (verdict.critical()) {
            LOG.debug("Critical UPS: {}", ups.monitor.sys());
        }
        ups.verdict = verdict;
        ups.known = verdict.ups();
    }

    private void decide(Duration now) {
        if (wayDown.isPresent()) {
            return;
        }
        var verdicts = new ArrayList<Verdict>(roster.all().size());
        for (var ups : roster.all()) {
            verdicts.add(ups.verdict);
        }
        var supplies = Supplies.of(verdicts, policy);
        LOG.debug(Priority.D3, "Current power value: {}", supplies.healthy());
        LOG.debug(Priority.D3, "Minimum power value: {}", supplies.minsupplies());
        if (supplies.shutdown()) {
            announcer.say(supplies.said());
            goDown(now);
        }
    }

    private void goDown(Duration now) {
        means.systemd().stopping("Executing automatic power-fail shutdown");
        wayDown = Optional.of(new WayDown(roster.all(), new DownCommands(), policy, now));
    }

    /// What time has brought.
    private void turn(Duration now) {
        if (wayDown.isPresent()) {
            wayDown.get().turn(now);
            means.systemd().extendTimeout(Duration.ofMinutes(1));
            return;
        }
        boolean lost = false;
        for (var ups : roster.all()) {
            if (ups.known.comm() == Watched.Comm.LOST) {
                judge(ups, now); // nothing but time can change it, so it need not wait for the next attempt
                lost = true;
            }
            if (!ups.polling && ups.due(policy).compareTo(now) <= 0) {
                ups.polling = true;
                ups.poller.ask(new Poller.Ask.Poll(epoch, ups.loginDue(now, policy)));
            }
        }
        if (lost) {
            decide(now);
        }
        if (helperGone) {
            noparent(now);
        }
    }

    private boolean ended(Duration now) {
        if (wayDown.isEmpty()) {
            return !stop.isEmpty();
        }
        // A shutdown that has begun goes on to its command, whoever asks to stop.
        return wayDown.get().ended(!stop.isEmpty(), now);
    }

    /// The machine slept, or somebody set the clock: nothing that was read before counts, and everything is read again.
    private void woken(Duration now, Duration by) {
        var text = new StringBuilder();
        text.append(by.toMillis() / 1000.0).append(" seconds");
        LOG.warn("It seems we have slept without warning or the system clock was changed by {}", text);
        announcer.notice(NotifyType.SUSPEND_TIMEJUMP_UNEXPECTED, "", text.toString());
        epoch++;
        for (var ups : roster.all()) {
            ups.known = ups.known.woken(now);
            ups.verdict = Verdict.none(ups.known);
            ups.polled = Optional.empty();
        }
    }

    private void login(Event.Login event, Duration now) {
        var found = roster.of(event.from());
        if (found.isEmpty()) {
            return;
        }
        var ups = found.get();
        ups.refusal = event.refusal();
        if (event.refusal().isEmpty()) {
            ups.refusalTold = Optional.empty();
            ups.loginTried = Optional.empty();
            return;
        }
        ups.loginTried = Optional.of(now);
        var told = ups.refusalTold;
        if (told.isEmpty() || now.minus(told.get()).compareTo(policy.nocommwarntime()) >= 0) {
            ups.refusalTold = Optional.of(now);
            announcer.notice(NotifyType.NOLOGIN, ups.monitor.sys(), event.refusal());
        }
    }

    private void fsd(Event.Fsd event) {
        roster.of(event.from()).ifPresent(ups -> {
            ups.settingFsd = false;
            if (event.set() && !ups.known.fsdTold()) {
                ups.known = ups.known.withFsdTold();
                announcer.notice(NotifyType.FSD, ups.monitor.sys(), "");
            }
        });
    }

    private void logins(Event.Logins event) {
        roster.of(event.from()).ifPresent(ups -> {
            ups.countingLogins = false;
            ups.logins = OptionalInt.of(event.count().orElse(0));
        });
    }

    private void helperSaid(String line) {
        if (line.equals(Helper.CALLING)) {
            LOG.info("{}", line);
            wayDown.ifPresent(WayDown::commandCalled);
        } else {
            LOG.error("{}", line);
        }
    }

    private void helperGone(Duration now) {
        if (wayDown.isPresent() && wayDown.get().helperGone()) {
            return;
        }
        helperGone = means.privileged();
        noparent(now);
    }

    private void noparent(Duration now) {
        boolean due = noparentTold
                .map(t -> now.minus(t).compareTo(NOPARENT_AGAIN) >= 0)
                .orElse(true);
        if (helperGone && due) {
            noparentTold = Optional.of(now);
            announcer.notice(NotifyType.NOPARENT, "", "");
            LOG.error(Priority.ALERT, "Parent died - shutdown impossible");
        }
    }

    private int broken(Throwable cause) {
        LOG.error("Fatal error: upsmon cannot go on", cause);
        return 1;
    }

    private void reloaded(Duration now) {
        LOG.info("Signal 1: User requested RELOAD");
        if (wayDown.isPresent()) {
            LOG.warn("Not reloading: a shutdown has begun");
            return;
        }
        means.systemd().reloading();
        LOG.info("Reloading configuration");
        rereading.read().ifPresent(next -> apply(next, now));
        means.systemd().ready();
    }

    private void apply(UpsmonConf next, Duration now) {
        if (means.privileged()) {
            restartNeeded("SHUTDOWNCMD", !Helper.line(next.shutdowncmd()).equals(Helper.line(conf.shutdowncmd())));
            restartNeeded("POWERDOWNFLAG", !next.powerdownflag().equals(conf.powerdownflag()));
        }
        if (next.totalPowervalue() < next.minsupplies()) {
            LOG.error(
                    Priority.CRIT,
                    "Fatal error: total power value ({}) less than MINSUPPLIES ({})",
                    next.totalPowervalue(),
                    next.minsupplies());
            LOG.error("Impossible power configuration, unable to continue");
            impossible = true;
            return;
        }
        conf = next;
        policy = Settings.policy(next);
        announcer.conf(next);
        roster.redefine(next.monitors());
        decide(now);
    }

    private static void restartNeeded(String directive, boolean changed) {
        if (changed) {
            LOG.warn("Warning: {} redefined in split-process mode!", directive);
            LOG.warn("You must restart upsmon for this change to work");
        }
    }

    /// Logs out of every server, for a while, and without a word where that is not answered.
    private int leave() throws InterruptedException {
        LOG.info("{}", stop.replace("User requested EXIT", "exiting"));
        means.systemd().stopping(stop);
        logOut();
        return 0;
    }

    private void logOut() throws InterruptedException {
        roster.askToLeave();
        long end = means.clocks().nanos().getAsLong() + LEAVE_LIMIT.toNanos();
        while (roster.leaving() > 0) {
            var event = events.poll(end - means.clocks().nanos().getAsLong(), TimeUnit.NANOSECONDS);
            if (event == null) {
                LOG.debug("{} servers did not answer a LOGOUT in time", roster.leaving());
                break;
            }
            if (event instanceof Event.Left) {
                roster.left();
            } else if (event instanceof Event.HelperSaid said) {
                helperSaid(said.line());
            }
        }
        roster.abort();
    }

    /// What the way down can have done here.
    private final class DownCommands implements WayDown.Commands {
        @Override
        public void say(Happening what) {
            announcer.say(what);
        }

        @Override
        public void wall(String text) {
            notifier.wall(text);
        }

        @Override
        public void order() {
            means.systemd().stopping("calling shutdown command");
            LOG.debug(
                    means.privileged()
                            ? "doshutdown: call parent pipe for shutdown (async)"
                            : "doshutdown: directly call shutdown command");
            helper.order();
        }

        @Override
        public void leave() {
            roster.askToLeave();
        }

        @Override
        public int leaving() {
            return roster.leaving();
        }
    }
}
