package org.nutjvm.tools.upslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.io.Background;
import org.nutjvm.common.io.Exit;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.io.OsUser;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.io.Privileges;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.io.Signals;
import org.nutjvm.common.log.PlainLog;
import org.nutjvm.tools.shared.Failure;
import org.nutjvm.tools.shared.Hints;
import org.nutjvm.tools.shared.Numbers;

/// upslog: writes values of UPSes to a log at regular times (clients/upslog.c). An instance runs once.
public final class Upslog {
    private static final String PROGRAM = "upslog";

    /// Above this distance a connection is not kept for the next line, as upstream: servers drop idle clients.
    private static final int KEEP_SECONDS = 30;

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final OutputStream lines;
    private final RealPace pace = new RealPace();

    /// @param out for what is said at the start
    /// @param lines standard output once more, without a buffer that hides errors
    public Upslog(Map<String, String> env, PrintStream out, PrintStream err, OutputStream lines) {
        this.env = env;
        this.out = out;
        this.err = err;
        this.lines = lines;
    }

    public static void main(String[] args) {
        var upslog = new Upslog(System.getenv(), System.out, System.err, new FileOutputStream(FileDescriptor.out));
        Signals.on("TERM", upslog::stop);
        Signals.on("INT", upslog::stop);
        Signals.on("USR1", upslog::logNow);
        Signals.on("HUP", upslog::reopen);
        Exit.now(upslog.run(List.of(args)));
    }

    /// Ends it; from any thread.
    public void stop() {
        pace.happened(Pace.Event.EXIT);
    }

    /// Writes a line now; from any thread.
    public void logNow() {
        pace.happened(Pace.Event.LOG_NOW);
    }

    /// Opens the files anew; from any thread.
    public void reopen() {
        pace.happened(Pace.Event.REOPEN);
    }

    /// Logs until told to stop.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        CommandLine line = Options.cli().parse(args);
        if (line.has('V') || line.has('h')) {
            return Options.cli().answer(line, out, err);
        }
        if (!line.complaint().isEmpty()) {
            err.println(PROGRAM + ": " + line.complaint());
        }
        try {
            Options options = Options.of(line);
            if (options == null) {
                out.print(Options.cli().help());
                return 0;
            }
            var reach = new Reach(credentials(line), connectTimeout(line));
            boolean detached = options.detached(line.count('D'));
            if (detached && !Background.isDaemon(env)) {
                return Background.start(env, out, err);
            }
            if (!quiet()) {
                out.println(NutVersion.banner(PROGRAM));
            }
            return log(options, reach, detached, new PlainLog(PROGRAM, env, err, line.count('D')));
        } catch (Failure e) {
            err.println(e.getMessage() + (e.hint().isEmpty() ? "" : "\n" + e.hint()));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            out.flush();
        }
    }

    private boolean quiet() {
        String value = env.get("NUT_QUIET_INIT_BANNER");
        return value != null
                && (value.isEmpty() || value.toLowerCase(Locale.ROOT).equals("true") || value.startsWith("1"));
    }

    private Duration connectTimeout(CommandLine line) throws Failure {
        Duration timeout = UpsdClient.CONNECT_TIMEOUT;
        String fromEnv = env.get("NUT_DEFAULT_CONNECT_TIMEOUT");
        if (fromEnv != null && !Numbers.seconds(fromEnv).isNegative()) {
            timeout = Numbers.seconds(fromEnv);
        }
        if (line.has('W')) {
            timeout = Numbers.seconds(line.last('W', ""));
            if (timeout.isNegative()) {
                throw new Failure("Error: invalid network timeout: " + line.last('W', ""));
            }
        }
        return timeout;
    }

    private Credentials credentials(CommandLine line) throws Failure {
        try {
            var credentials = Credentials.load(line.last('A', ""), env);
            credentials.complaints().forEach(complaint -> err.println(complaint.text()));
            return credentials;
        } catch (ConfException e) {
            throw new Failure("Error: " + e.getMessage());
        }
    }

    private int log(Options options, Reach reach, boolean detached, PlainLog log) throws Failure, InterruptedException {
        LogFormat format = LogFormat.of(options.format());
        var targets = new LinkedHashMap<String, Target>();
        var logged = new ArrayList<Rounds.Logged>();
        try {
            for (Options.Tuple tuple : expanded(options.tuples(), reach, log)) {
                out.println("logging status of " + tuple.ups() + " to "
                        + (tuple.file().equals(Target.STDOUT) ? "stdout" : tuple.file()) + " ("
                        + options.intervalSeconds() + "s intervals)");
                out.flush();
                Target target = targets.get(tuple.file());
                if (target == null) {
                    target = opened(tuple.file(), detached, log);
                    targets.put(tuple.file(), target);
                } else if (!format.namesTheUps()) {
                    log.info((target.isStdout()
                                    ? ""
                                    : "NOTE: File " + target.name() + " is already receiving other logs. ")
                            + "NOTE: Consider adding %UPSHOST% to the log formatting string, e.g. pass -N on CLI");
                }
                var address = address(tuple.ups());
                reach.prepare(address);
                var readings = new ServerReadings(
                        tuple.ups(),
                        address,
                        format.variables(),
                        reach,
                        options.intervalSeconds() <= KEEP_SECONDS,
                        log);
                readings.start();
                logged.add(new Rounds.Logged(tuple.ups(), readings, target));
            }
            var notify = SdNotify.of(env, log::info, text -> log.debug(1, text));
            Path pidFile = becomeDaemon(options, detached, notify, log);
            notify.ready();
            new Rounds(
                            logged,
                            format,
                            Duration.ofSeconds(options.intervalSeconds()),
                            options.most(),
                            host(),
                            pace,
                            log,
                            notify)
                    .run();
            removePid(pidFile, log);
            return 0;
        } finally {
            logged.forEach(one -> one.readings().close());
            targets.values().forEach(Target::close);
        }
    }

    private Target opened(String file, boolean detached, PlainLog log) throws Failure {
        var target = new Target(file, detached ? OutputStream.nullOutputStream() : lines, log);
        try {
            target.open();
            return target;
        } catch (IOException e) {
            throw new Failure("could not open logfile " + file + ": " + Reasons.of(e));
        }
    }

    private static UpsAddress address(String ups) throws Failure {
        try {
            return UpsAddress.ofUps(ups);
        } catch (UpsAddress.Malformed e) {
            throw new Failure(
                    e.getMessage() + "\nError: invalid UPS definition.  Required format: upsname[@hostname[:port]]",
                    Hints.malformed(ups));
        }
    }

    /// With all UPSes of a server in the place of `*`.
    private static List<Options.Tuple> expanded(List<Options.Tuple> tuples, Reach reach, PlainLog log) throws Failure {
        var all = new ArrayList<Options.Tuple>();
        for (Options.Tuple tuple : tuples) {
            UpsAddress address = address(tuple.ups());
            if (!address.ups().equals("*")) {
                all.add(tuple);
                continue;
            }
            log.info("Querying " + address.server() + " for currently served devices");
            var names = served(address, reach);
            if (names.isEmpty()) {
                log.warning("Data server at " + address.server() + " does not currently serve any devices");
            }
            names.forEach(name -> all.add(new Options.Tuple(name + "@" + address.server(), tuple.file())));
        }
        if (all.isEmpty()) {
            throw new Failure("Queries failed to find anything");
        }
        return all;
    }

    private static List<String> served(UpsAddress address, Reach reach) throws Failure {
        reach.prepare(address);
        try (var client = reach.connect(address)) {
            var names = new ArrayList<>(client.listUps().keySet());
            client.logout();
            return names;
        } catch (NutException e) {
            throw new Failure("Error: " + e.getMessage(), Hints.connecting(address, e));
        }
    }

    /// Pid file, other user, background. Files are open by then, and may be root's.
    private @Nullable Path becomeDaemon(Options options, boolean detached, SdNotify notify, PlainLog log)
            throws Failure {
        try {
            OsUser user = Privileges.root() ? OsUser.named(options.user()) : null;
            notify.prepare();
            Path pidFile = writtenPid(options.pidBase(), log);
            if (user != null && user.uid() != 0) {
                log.debug(1, Privileges.become(user));
            }
            if (detached) {
                log.background();
                Background.ready(env, out, err);
            }
            return pidFile;
        } catch (IOException e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Path writtenPid(String base, PlainLog log) {
        Path file = base.startsWith("/") ? Path.of(base) : NutPaths.of(env).pidFile(base);
        try {
            PidFile.write(file);
            return file;
        } catch (IOException e) {
            log.notice("writepid: fopen " + file + ": " + Reasons.of(e));
            return null;
        }
    }

    /// It can stay where this is not root any more; whoever reads it looks whose number it is.
    private static void removePid(@Nullable Path file, PlainLog log) {
        if (file != null) {
            try {
                PidFile.remove(file);
            } catch (IOException e) {
                log.debug(1, "Can't remove " + file + ": " + Reasons.of(e));
            }
        }
    }

    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
