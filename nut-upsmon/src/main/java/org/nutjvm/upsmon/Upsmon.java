package org.nutjvm.upsmon;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.UpsmonConf;
import org.nutjvm.common.io.Background;
import org.nutjvm.common.io.Exit;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.io.OsUser;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.io.Privileges;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.io.Signals;
import org.nutjvm.common.log.Logging;
import org.nutjvm.common.log.Priority;
import org.nutjvm.common.tls.TlsException;
import org.nutjvm.upsmon.run.Clocks;
import org.nutjvm.upsmon.run.Encryption;
import org.nutjvm.upsmon.run.Monitoring;
import org.nutjvm.upsmon.run.Network;
import org.nutjvm.upsmon.run.PowerdownFlag;
import org.nutjvm.upsmon.run.Processes;
import org.nutjvm.upsmon.run.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The monitor (clients/upsmon.c): command line, start, end. It may run inside another program: it keeps no
/// static state and ends by returning.
public final class Upsmon {
    private static final Logger LOG = LoggerFactory.getLogger("upsmon");
    private static final String PROGRAM = "upsmon";

    /// As on Debian.
    private static final String RUN_AS_USER = "nut";

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final NutPaths paths;
    private final Clocks clocks;
    private final AtomicReference<@Nullable Monitoring> running = new AtomicReference<>();
    private volatile String stopped = "";

    public Upsmon(Map<String, String> env, PrintStream out, PrintStream err) {
        this(env, out, err, Clocks.SYSTEM);
    }

    Upsmon(Map<String, String> env, PrintStream out, PrintStream err, Clocks clocks) {
        this.clocks = clocks;
        this.env = Map.copyOf(env);
        this.out = out;
        this.err = err;
        this.paths = NutPaths.of(this.env);
    }

    public static void main(String[] args) {
        var upsmon = new Upsmon(System.getenv(), System.out, System.err);
        Signals.on("TERM", () -> upsmon.stop("Signal 15: User requested EXIT"));
        Signals.on("INT", () -> upsmon.stop("Signal 2: User requested EXIT"));
        Signals.on("HUP", upsmon::reload);
        Signals.on("USR1", upsmon::fsd);
        Exit.now(upsmon.run(List.of(args)));
    }

    /// Runs until {@link #stop}, or until this machine is on its way down.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        var line = UpsmonOptions.cli("").parse(args);
        var file = line.has('f') ? Path.of(line.last('f', "")) : paths.conf(UpsmonConf.FILE);
        boolean unknownCommand =
                line.has('c') && Control.signal(line.last('c', "")).isEmpty();
        if (line.has('h') || line.has('V') || !line.complaint().isEmpty() || unknownCommand) {
            return answer(line, file);
        }
        try (var logging = Logging.start(PROGRAM, env, err, line.count('D'))) {
            return run(line, file, logging);
        }
    }

    private int answer(CommandLine line, Path file) {
        String flag = line.has('V') && !line.has('h') ? "" : powerdownflag(file);
        var cli = UpsmonOptions.cli(flag.isEmpty() ? "***NOT CONFIGURED***" : flag);
        int answered = cli.answer(line, out, err);
        if (answered < 0) {
            out.print(cli.help());
            return 0;
        }
        return answered;
    }

    /// For the help, which shows it if it can.
    private static String powerdownflag(Path file) {
        try {
            return UpsmonConf.load(file).powerdownflag().orElse("");
        } catch (ConfException e) {
            return "";
        }
    }

    private int run(CommandLine line, Path file, Logging logging) {
        try {
            var network = network(line);
            var control = new Control(env, paths.pidFile(PROGRAM), out);
            if (line.has('c')) {
                return control.command(line);
            }
            boolean background = line.foreground() == CommandLine.Foreground.NO && !line.has('K');
            if (background && !Background.isDaemon(env)) {
                return Background.start(env, out, err);
            }
            if (!line.has('K')) {
                out.println(NutVersion.banner(PROGRAM));
            }
            if (control.alreadyRunning(line.has('K'))) {
                return 1;
            }
            return line.has('K')
                    ? PowerdownFlag.check(UpsmonConf.load(file).powerdownflag().orElse(""))
                    : start(line, file, network, logging);
        } catch (IllegalArgumentException | ConfException e) {
            LOG.error("{}", e.getMessage());
            return 1;
        } catch (TlsException e) {
            LOG.error("Fatal error: SSL is required and cannot be set up: {}", e.getMessage());
            return 1;
        } catch (IOException e) {
            LOG.error("Fatal error: {}", Reasons.of(e));
            return 1;
        } catch (RuntimeException | Error e) {
            LOG.error("Fatal error: upsmon cannot go on", e);
            return 1;
        }
    }

    private static Network network(CommandLine line) {
        String timeout = line.last('W', "10");
        long seconds;
        try {
            seconds = Long.parseLong(timeout.strip());
        } catch (NumberFormatException e) {
            seconds = -1;
        }
        if (seconds < 0 || seconds > Integer.MAX_VALUE / 1000) {
            throw new IllegalArgumentException("Error: invalid network timeout: " + timeout);
        }
        var family = UpsdClient.Family.ANY;
        for (var option : line.options()) {
            if (option.letter() == '4') {
                family = UpsdClient.Family.IPV4;
            } else if (option.letter() == '6') {
                family = UpsdClient.Family.IPV6;
            }
        }
        return new Network(family, Duration.ofSeconds(seconds), UpsdClient.READ_TIMEOUT, new Encryption());
    }

    private int start(CommandLine line, Path file, Network network, Logging logging) throws IOException {
        var conf = UpsmonConf.load(file);
        int debugArgs = logging.debugLevel();
        logging.debugLevel(Math.max(debugArgs, conf.debugMin().orElse(0)));
        Settings.complain(conf);
        conf.powerdownflag().ifPresent(f -> LOG.info("Using power down flag file {}", f));
        sayWhatIsMissing(conf);
        boolean mayWriteFlag = conf.powerdownflag().map(PowerdownFlag::clear).orElse(false);
        if (conf.totalPowervalue() < conf.minsupplies()) {
            out.print("\nFatal error: insufficient power configured!\n\nSum of power values........: "
                    + conf.totalPowervalue() + "\nMinimum value (MINSUPPLIES): " + conf.minsupplies()
                    + "\n\nEdit your upsmon.conf and change the values.\n");
            return 1;
        }
        boolean background = line.foreground() == CommandLine.Foreground.NO;
        var systemd = SdNotify.of(env);
        systemd.prepare();
        if (background) {
            logging.prepareBackground();
        }
        boolean privileged = !line.has('p');
        var monitoring = new Monitoring(
                conf,
                mayWriteFlag ? conf.powerdownflag().orElse("") : "",
                new Monitoring.Means(
                        network, clocks, new Processes(env, !background), systemd, env, !background, privileged),
                () -> reread(file, network.encryption(), logging, debugArgs));
        return start(
                line,
                logging,
                monitoring,
                () -> network.encryption().configure(conf),
                line.last('u', conf.runAsUser().orElse(RUN_AS_USER)));
    }

    private void sayWhatIsMissing(UpsmonConf conf) {
        if (conf.shutdowncmd().isEmpty()) {
            out.println("Warning: no shutdown command defined"
                    + (conf.minsupplies() < 1 ? ", but that is OK for a monitoring-only client." : "!"));
        }
        if (conf.notifycmd().isEmpty()) {
            out.println("Warning: no custom notification command defined, just so you know");
        }
    }

    /// What is to be done once root is given up.
    private interface Unprivileged {
        void run() throws TlsException;
    }

    private int start(CommandLine line, Logging logging, Monitoring monitoring, Unprivileged then, String user)
            throws IOException {
        boolean privileged = !line.has('p');
        boolean root = Privileges.root();
        var pidFile = paths.pidFile(PROGRAM);
        boolean writePid = line.foreground() != CommandLine.Foreground.YES;
        if (!root) {
            LOG.warn("Not root, shutdown may fail");
        }
        try {
            if (privileged) {
                var account = root ? OsUser.named(user) : null;
                monitoring.startHelper();
                writePid(writePid, pidFile);
                if (account != null && account.uid() != 0) {
                    String done = Privileges.become(account);
                    LOG.debug("{}", done);
                } else if (root) {
                    LOG.warn("Warning: running as root, because the user to run as is {}", user);
                }
            } else {
                LOG.info("Warning: running as one big root process by request (upsmon -p)");
                writePid(writePid, pidFile);
            }
            then.run();
            switch (line.foreground()) {
                case NO -> {
                    logging.background();
                    Background.ready(env, out, err);
                }
                case YES -> LOG.info("Running as foreground process, not saving a PID file");
                case WITH_PID_FILE -> LOG.info("Running as foreground process, but saving a PID file anyway");
            }
            running.set(monitoring);
            if (!stopped.isEmpty()) {
                monitoring.stop(stopped);
            }
            return monitoring.run();
        } finally {
            running.set(null);
            monitoring.end();
            removePid(writePid, pidFile);
        }
    }

    /// As in C a monitor without its pid file works all the same.
    private static void writePid(boolean wanted, Path file) {
        try {
            if (wanted) {
                PidFile.write(file);
            }
        } catch (IOException e) {
            LOG.info(Priority.NOTICE, "writepid: fopen {}: {}", file, Reasons.of(e));
        }
    }

    /// Where only root may, the file stays, and names nobody.
    private static void removePid(boolean wanted, Path file) {
        try {
            if (wanted) {
                PidFile.remove(file);
            }
        } catch (IOException e) {
            LOG.debug("{} stays: {}", file, Reasons.of(e));
        }
    }

    private static Optional<UpsmonConf> reread(Path file, Encryption encryption, Logging logging, int debugArgs) {
        UpsmonConf conf;
        try {
            conf = UpsmonConf.load(file);
        } catch (ConfException e) {
            LOG.error("Reload failed: {}", e.getMessage());
            return Optional.empty();
        }
        Settings.complain(conf);
        if (Settings.broken(conf)) {
            LOG.error("Reload failed: {}: it has malformed lines; all stays as it was", file);
            return Optional.empty();
        }
        try {
            encryption.configure(conf);
        } catch (TlsException e) {
            LOG.error("Reload failed: {}: SSL is required and cannot be set up: {}", file, e.getMessage());
            return Optional.empty();
        }
        if (conf.debugMin().isPresent()) {
            LOG.info("Applying DEBUG_MIN {} from upsmon.conf", conf.debugMin().getAsInt());
        } else {
            LOG.info("Applying debug level {} from original command line arguments", debugArgs);
        }
        logging.debugLevel(conf.debugMin().orElse(debugArgs));
        return Optional.of(conf);
    }

    /// Ends {@link #run}; for any thread. Not once a shutdown has begun.
    public void stop() {
        stop("Asked to stop: User requested EXIT");
    }

    private void stop(String why) {
        stopped = why;
        var monitoring = running.get();
        if (monitoring != null) {
            monitoring.stop(why);
        }
    }

    /// Reads the configuration again; for any thread.
    public void reload() {
        var monitoring = running.get();
        if (monitoring != null) {
            monitoring.reload();
        }
    }

    /// Shuts down all this machine is primary of, and this machine; for any thread.
    public void fsd() {
        var monitoring = running.get();
        if (monitoring != null) {
            monitoring.fsd();
        }
    }

    /// The process that keeps root, or 0.
    long helper() {
        var monitoring = running.get();
        return monitoring == null ? 0 : monitoring.helperPid();
    }
}
