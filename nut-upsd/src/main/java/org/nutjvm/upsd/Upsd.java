package org.nutjvm.upsd;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.io.Background;
import org.nutjvm.common.io.Exit;
import org.nutjvm.common.io.OsUser;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.io.Privileges;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.io.Signals;
import org.nutjvm.common.log.Logging;
import org.nutjvm.common.log.Priority;
import org.nutjvm.common.tls.ServerTls;
import org.nutjvm.common.tls.TlsException;
import org.nutjvm.upsd.net.Descriptors;
import org.nutjvm.upsd.net.Server;
import org.nutjvm.upsd.net.StartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The data server (server/upsd.c): command line, start, reload, end. It may run inside another program: it keeps no
/// static state and ends by returning.
public final class Upsd {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");
    private static final String PROGRAM = "upsd";

    /// As on Debian.
    private static final String RUN_AS_USER = "nut";

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final Configuration configuration;
    private final AtomicReference<@Nullable Server> running = new AtomicReference<>();
    private volatile String stopped = "";

    public Upsd(Map<String, String> env, PrintStream out, PrintStream err) {
        this.env = Map.copyOf(env);
        this.out = out;
        this.err = err;
        this.configuration = new Configuration(this.env);
    }

    public static void main(String[] args) {
        var upsd = new Upsd(System.getenv(), System.out, System.err);
        Signals.on("TERM", () -> upsd.stop("Signal 15: exiting"));
        Signals.on("INT", () -> upsd.stop("Signal 2: exiting"));
        Signals.on("HUP", upsd::reload);
        Exit.now(upsd.run(List.of(args)));
    }

    /// Runs until {@link #stop}.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        var cli = UpsdOptions.cli();
        var line = cli.parse(args);
        int answered = UpsdOptions.answer(cli, line, out, err);
        if (answered >= 0) {
            return answered;
        }
        try (var logging = Logging.start(PROGRAM, env, err, line.count('D'))) {
            return run(line, logging);
        }
    }

    private int run(CommandLine line, Logging logging) {
        try {
            logging.quiet(line.count('q'));
            var control = new Control(env, configuration.paths().altPidFile(PROGRAM), out);
            if (line.has('c')) {
                return control.command(line);
            }
            if (line.foreground() == CommandLine.Foreground.NO && !Background.isDaemon(env)) {
                return Background.start(env, out, err);
            }
            out.println(NutVersion.banner(PROGRAM));
            return control.alreadyRunning() ? 1 : serve(line, logging);
        } catch (StartException | IllegalArgumentException e) {
            LOG.error(e.getMessage());
            return 1;
        } catch (IOException e) {
            LOG.error("Fatal error: {}", Reasons.of(e));
            return 1;
        }
    }

    private int serve(CommandLine line, Logging logging) throws StartException, IOException {
        var user = Privileges.root() ? OsUser.named(line.last('u', RUN_AS_USER)) : null;
        var descriptors = Descriptors.ofThisProcess();
        var systemd = SdNotify.of(env);
        systemd.prepare();
        if (line.foreground() == CommandLine.Foreground.NO) {
            logging.prepareBackground();
        }
        if (line.has('r')) {
            Privileges.chroot(Path.of(line.last('r', "/")));
        }
        var upsdConf = read(configuration::upsdConf);
        int debugArgs = logging.debugLevel();
        logging.debugLevel(Math.max(debugArgs, upsdConf.debugMin().orElse(0)));
        var descriptions = new DescriptionFile(configuration.cmdvartab(upsdConf));
        var random = new SplittableRandom(
                System.nanoTime() ^ (ProcessHandle.current().pid() << 32));
        try (var server =
                new Server(descriptors, descriptions, NutVersion.VERSION, System::nanoTime, random::nextLong)) {
            server.listen(
                    upsdConf.listen(),
                    line.has('4'),
                    line.has('6'),
                    configuration.paths().conf(UpsdConf.FILE).toString(),
                    configuration.allowNotAllListeners(upsdConf));
            if (user != null && user.uid() != 0) {
                String done = Privileges.become(user);
                LOG.debug("{}", done);
            }
            var upsConf = read(configuration::upsConf);
            var statepath = checked(configuration.statepath(upsdConf, upsConf));
            var reload = new Reload(configuration, server, logging, debugArgs, statepath, upsdConf.listen(), systemd);
            reload.start(upsdConf, upsConf);
            descriptions.check();
            server.tls(tls(upsdConf));
            return serve(line, logging, server, reload, systemd);
        }
    }

    private int serve(CommandLine line, Logging logging, Server server, Reload reload, SdNotify systemd)
            throws IOException {
        var pidFile = configuration.paths().altPidFile(PROGRAM);
        boolean writePid = line.foreground() != CommandLine.Foreground.YES;
        try {
            if (writePid) {
                writePid(pidFile);
            }
            switch (line.foreground()) {
                case NO -> {
                    logging.background();
                    Background.ready(env, out, err);
                }
                case YES -> LOG.warn("Running as foreground process, not saving a PID file");
                case WITH_PID_FILE -> LOG.warn("Running as foreground process, but saving a PID file anyway");
            }
            running.set(server);
            systemd.ready();
            if (stopped.isEmpty()) {
                server.run(reload);
            }
            LOG.info(stopped);
            systemd.stopping(stopped);
            return 0;
        } finally {
            running.set(null);
            if (writePid) {
                PidFile.remove(pidFile);
            }
        }
    }

    /// As in C a server without its pid file serves all the same.
    private static void writePid(Path file) {
        try {
            PidFile.write(file);
        } catch (IOException e) {
            LOG.info(Priority.NOTICE, "writepid: fopen {}: {}", file, Reasons.of(e));
        }
    }

    /// As in C after root is given up: the user upsd runs as has to be able to read the key again at each reload.
    private Optional<ServerTls> tls(UpsdConf conf) throws StartException {
        try {
            return configuration.tls(conf);
        } catch (TlsException e) {
            throw new StartException(
                    "SSL configuration was specified, but NUT server failed to initialize it: " + e.getMessage());
        }
    }

    private interface Reading<T> {
        T read() throws ConfException;
    }

    private static <T> T read(Reading<T> reading) throws StartException {
        try {
            return reading.read();
        } catch (ConfException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        }
    }

    /// C changes into the directory, and ends when it cannot.
    private static Path checked(Path statepath) throws StartException {
        if (!Files.isDirectory(statepath)) {
            throw new StartException("Can't chdir to " + statepath + ": "
                    + (Files.exists(statepath) ? "Not a directory" : "No such file or directory")
                    + " (STATEPATH in upsd.conf, statepath in ups.conf or NUT_STATEPATH must name the directory of the"
                    + " drivers' sockets)");
        }
        if (!Files.isExecutable(statepath)) {
            throw new StartException("Can't chdir to " + statepath + ": Permission denied");
        }
        if (Permissions.openToAll(statepath)) {
            LOG.warn("WARNING: {} is world readable (hope you don't have passwords there)", statepath);
        }
        return statepath;
    }

    /// Ends {@link #run}; for any thread.
    public void stop() {
        stop("Asked to stop: exiting");
    }

    private void stop(String why) {
        stopped = why;
        var server = running.get();
        if (server != null) {
            server.stop();
        }
    }

    /// Reads the configuration again; for any thread.
    public void reload() {
        var server = running.get();
        if (server != null) {
            server.reload();
        }
    }

    /// The port of the first listener once clients are served, else 0. `LISTEN 127.0.0.1 0` takes any free one, which C
    /// does not know.
    public int port() {
        var server = running.get();
        return server == null ? 0 : server.port();
    }
}
