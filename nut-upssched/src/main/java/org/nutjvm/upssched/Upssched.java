package org.nutjvm.upssched;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.UpsschedConf;
import org.nutjvm.common.io.Background;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.io.Signals;
import org.nutjvm.common.log.PlainLog;
import org.nutjvm.common.wire.Words;

/// upssched (clients/upssched.c): upsmon runs it at an event, it carries out the AT lines for that event and ends;
/// timers are kept by a daemon, which is this program again. It may run inside another program; then its daemon is a
/// thread.
public final class Upssched {
    private static final String PROGRAM = "upssched";

    /// In the environment of the daemon: the line with its first order.
    private static final String FIRST = "NUT_UPSSCHED_FIRST";

    private static final String UMASK = "0007";

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean ownProcess;
    private final Duration emptyWait;
    private final AtomicReference<@Nullable TimerDaemon> daemon = new AtomicReference<>();
    private Runnable ready = this::letStarterGo;
    private volatile boolean stopped;

    public Upssched(Map<String, String> env, PrintStream out, PrintStream err) {
        this(env, out, err, false, TimerDaemon.EMPTY_WAIT);
    }

    /// @param ownProcess whether the daemon may be had by running this process's command line again
    /// @param emptyWait how long the daemon stays with no timer
    Upssched(Map<String, String> env, PrintStream out, PrintStream err, boolean ownProcess, Duration emptyWait) {
        this.env = Map.copyOf(env);
        this.out = out;
        this.err = err;
        this.ownProcess = ownProcess;
        this.emptyWait = emptyWait;
    }

    public static void main(String[] args) {
        var upssched = new Upssched(System.getenv(), System.out, System.err, true, TimerDaemon.EMPTY_WAIT);
        if (System.getenv(FIRST) != null) {
            Signals.on("TERM", upssched::stop);
            Signals.on("INT", upssched::stop);
        }
        int code = upssched.run(List.of(args));
        System.out.flush();
        Runtime.getRuntime().halt(code); // nothing is left to do at exit
    }

    /// Does what upsmon runs it for, or serves as the timer daemon until there is nothing to do.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        NutCli cli = cli();
        CommandLine line = cli.parse(args);
        if (line.has('h')) {
            out.print(cli.help());
            return 0;
        }
        if (line.has('V')) {
            out.println(NutVersion.banner(PROGRAM));
            return 0;
        }
        if (!line.complaint().isEmpty()) {
            err.println(PROGRAM + ": " + line.complaint());
            err.println("Error: unknown option -?. Try -h for help.");
            return 1;
        }
        var log = new PlainLog(PROGRAM, env, err, line.count('D'));
        try {
            var conf = conf(line, log);
            String first = env.get(FIRST);
            if (first != null) {
                return serve(conf, Order.of(Words.split(first)), log);
            }
            if (line.has('l')) {
                return list(conf, log);
            }
            if (conf == null) {
                return 1;
            }
            return handle(conf, line.operands().isEmpty() ? "" : line.operands().getFirst(), log);
        } catch (IOException e) {
            log.error(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private static NutCli cli() {
        return new NutCli(PROGRAM, "Carries out what upssched.conf says about an event of upsmon.")
                .usage("[-D] [<message>]")
                .usage("[-D] -l")
                .flag(
                        'l',
                        "show the timers that run: name, due (seconds since 1970), seconds left, events, UPSes, messages")
                .flag('D', "say more about what happens; repeat for more")
                .flag('V', "show the version")
                .flag('h', "show this help")
                .note("upsmon runs it as its NOTIFYCMD, with the event in NOTIFYTYPE and the UPS in UPSNAME.");
    }

    /// Reads upssched.conf; null if this is a call for an event and the environment does not say for which, which is
    /// told first, as in C.
    private @Nullable UpsschedConf conf(CommandLine line, PlainLog log) throws ConfException {
        boolean event = !line.has('l') && !env.containsKey(FIRST);
        if (event && (!env.containsKey("UPSNAME") || !env.containsKey("NOTIFYTYPE"))) {
            out.println("Error: environment variables UPSNAME and NOTIFYTYPE must be set.");
            out.println("This program should only be run from upsmon(8).");
            return null;
        }
        var conf = UpsschedConf.load(NutPaths.of(env).conf(UpsschedConf.FILE));
        log.atLeast(conf.debugMin().orElse(0));
        if (event) {
            complain(conf, log);
        }
        return conf;
    }

    private static void complain(UpsschedConf conf, PlainLog log) {
        int errors = 0;
        for (Complaint complaint : conf.complaints()) {
            switch (complaint.level()) {
                case ERROR -> {
                    errors++;
                    log.error(complaint.text());
                }
                case WARNING -> log.warning(complaint.text());
                case NOTICE -> log.notice(complaint.text());
            }
        }
        if (errors > 0) {
            log.error("Encountered " + errors + " config errors, those entries were ignored");
        }
    }

    /// Goes through the AT lines. What is for the daemon is given to it at once; scripts are waited for at the end, so
    /// that one that hangs does not keep a timer from being started or cancelled.
    private int handle(UpsschedConf conf, String message, PlainLog log) {
        var cause = new Timer.Cause(env.getOrDefault("NOTIFYTYPE", ""), env.getOrDefault("UPSNAME", ""), message);
        log.debug(1, "Handling NOTIFYTYPE='" + cause.type() + "' for UPSNAME='" + cause.ups() + "'");
        if (conf.unusable().isPresent()) {
            out.println(conf.unusable().get());
            return 1;
        }
        var ended = new Semaphore(0);
        var scripts = new Scripts(conf.cmdscript(), env, true, log, ended::release);
        boolean failed = false;
        for (UpsschedConf.At at : conf.rules()) {
            if (at.matches(cause.type(), cause.ups())) {
                log.debug(1, "processing line " + at.line() + ": " + at.command());
                failed |= !carryOut(conf, at.command(), cause, scripts, log);
            }
        }
        await(scripts, ended);
        scripts.leave();
        return failed ? 1 : 0;
    }

    private boolean carryOut(
            UpsschedConf conf, UpsschedConf.Command command, Timer.Cause cause, Scripts scripts, PlainLog log) {
        return switch (command) {
            case UpsschedConf.Command.Start s ->
                give(conf, new Order.Start(s.name(), s.seconds(), s.shared(), cause), log) == Caller.Outcome.DONE;
            case UpsschedConf.Command.Cancel c -> {
                String otherwise = c.otherwise().orElse("");
                var outcome = give(conf, new Order.Cancel(c.name(), otherwise, c.matched(), cause), log);
                if (outcome == Caller.Outcome.NO_DAEMON && !otherwise.isEmpty()) {
                    log.detail("Cancel " + c.name() + ", event: " + otherwise);
                    scripts.run(otherwise, cause, now());
                }
                yield outcome != Caller.Outcome.FAILED;
            }
            case UpsschedConf.Command.Execute e -> {
                log.detail("Executing command: " + e.command());
                scripts.run(e.command(), cause, now());
                yield true;
            }
        };
    }

    private Caller.Outcome give(UpsschedConf conf, Order order, PlainLog log) {
        Path pipefn = Path.of(conf.pipefn().orElse(""));
        String unfit = TimerSocket.unfit(pipefn);
        if (!unfit.isEmpty()) {
            log.error(unfit);
            return Caller.Outcome.FAILED;
        }
        return new Caller(pipefn, Path.of(conf.lockfn().orElse("")), this::startDaemon, log).give(order);
    }

    private static void await(Scripts scripts, Semaphore ended) {
        try {
            while (scripts.busy(now())) {
                Duration next = scripts.untilNext(now());
                ended.tryAcquire(next == null ? 1000 : next.toMillis() + 1, TimeUnit.MILLISECONDS);
                scripts.work(now());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int list(@Nullable UpsschedConf conf, PlainLog log) throws IOException {
        if (conf == null || conf.pipefn().isEmpty()) {
            log.error("upssched.conf: invalid configuration for timer listing: lacks PIPEFN");
            return 1;
        }
        String table = new Caller(Path.of(conf.pipefn().get()), Path.of(""), this::startDaemon, log).list();
        if (table == null) {
            log.error("upssched timer is not running");
            return 1;
        }
        out.print(table);
        return 0;
    }

    private int startDaemon(String firstLine) {
        var daemonEnv = new HashMap<>(env);
        daemonEnv.put(FIRST, firstLine);
        if (ownProcess) {
            return Background.start(daemonEnv, out, err, UMASK);
        }
        return startThread(daemonEnv);
    }

    private int startThread(Map<String, String> daemonEnv) {
        var inThread = new Upssched(daemonEnv, out, err, false, emptyWait);
        var answered = new CountDownLatch(1);
        var code = new AtomicInteger(0);
        inThread.ready = answered::countDown;
        var thread = new Thread(
                () -> {
                    code.set(inThread.run(List.of()));
                    answered.countDown();
                },
                "timers");
        thread.setDaemon(true);
        thread.start();
        try {
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return code.get();
    }

    private int serve(@Nullable UpsschedConf conf, Order first, PlainLog log) throws IOException {
        if (conf == null || conf.pipefn().isEmpty() || conf.lockfn().isEmpty()) {
            log.error("PIPEFN and LOCKFN must be set before any ATs in the config file!");
            return 1;
        }
        var inherited = new HashMap<>(env);
        for (String own : List.of(FIRST, Background.CHILD, "UPSNAME", "NOTIFYTYPE", "NOTIFYMSG")) {
            inherited.remove(own);
        }
        var timerDaemon = new TimerDaemon(
                Path.of(conf.pipefn().get()),
                Path.of(conf.lockfn().get()),
                NutPaths.of(env).pidFile(PROGRAM),
                conf.cmdscript(),
                inherited,
                emptyWait,
                log);
        daemon.set(timerDaemon);
        if (stopped) {
            timerDaemon.stop();
        }
        return timerDaemon.run(first, () -> {
            ready.run();
            log.background();
        });
    }

    private void letStarterGo() {
        try {
            Background.ready(env, out, err);
        } catch (IOException e) {
            err.println("Unable to enter background: " + Reasons.of(e));
        }
    }

    /// Ends the timer daemon, if this is one; for any thread.
    public void stop() {
        stopped = true;
        var running = daemon.get();
        if (running != null) {
            running.stop();
        }
    }

    private static Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }
}
