package org.nutjvm.upsd;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.UpsdConf;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.io.Signals;
import org.nutjvm.common.log.Logging;
import org.nutjvm.upsd.net.Server;
import org.nutjvm.upsd.net.StartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The data server (server/upsd.c): command line, start, reload, end. It may run inside another program: it keeps no
/// static state and ends by returning.
public final class Upsd {
    private static final Logger LOG = LoggerFactory.getLogger("upsd");
    private static final String PROGRAM = "upsd";

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
        System.exit(upsd.run(List.of(args)));
    }

    /// Runs until {@link #stop}.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        var line = cli().parse(args);
        int answered = UpsdOptions.answer(cli(), line, out, err);
        if (answered >= 0) {
            return answered;
        }
        try (var logging = Logging.start(PROGRAM, env, err, line.count('D'))) {
            logging.quiet(line.count('q'));
            var control = new Control(env, configuration.paths().altPidFile(PROGRAM), out);
            if (line.has('c')) {
                return control.command(line);
            }
            if (control.alreadyRunning()) {
                return 1;
            }
            return serve(line, logging);
        } catch (StartException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println("Fatal error: " + Reasons.of(e));
            return 1;
        }
    }

    private static NutCli cli() {
        return UpsdOptions.cli();
    }

    private int serve(CommandLine line, Logging logging) throws StartException, IOException {
        out.println(NutVersion.banner(PROGRAM));
        var upsdConf = read(configuration::upsdConf);
        int debugArgs = logging.debugLevel();
        logging.debugLevel(Math.max(debugArgs, upsdConf.debugMin().orElse(0)));
        var descriptions = new DescriptionFile(configuration.cmdvartab(upsdConf));
        var random = new SplittableRandom(
                System.nanoTime() ^ (ProcessHandle.current().pid() << 32));
        try (var server = new Server(descriptions, NutVersion.VERSION, System::nanoTime, random::nextLong)) {
            server.listen(
                    upsdConf.listen(),
                    line.has('4'),
                    line.has('6'),
                    configuration.paths().conf(UpsdConf.FILE).toString(),
                    configuration.allowNotAllListeners(upsdConf));
            var upsConf = read(configuration::upsConf);
            var statepath = checked(configuration.statepath(upsdConf, upsConf));
            var reload = new Reload(configuration, server, logging, debugArgs, statepath);
            reload.start(upsdConf, upsConf);
            descriptions.check();
            return serve(line, server, reload);
        }
    }

    private int serve(CommandLine line, Server server, Reload reload) throws IOException {
        var pidFile = configuration.paths().altPidFile(PROGRAM);
        boolean writePid = line.foreground() != CommandLine.Foreground.YES;
        LOG.warn(
                writePid
                        ? "Running as foreground process, but saving a PID file anyway"
                        : "Running as foreground process, not saving a PID file");
        try {
            if (writePid) {
                PidFile.write(pidFile);
            }
            running.set(server);
            if (stopped.isEmpty()) {
                server.run(reload);
            }
            LOG.info(stopped);
            return 0;
        } finally {
            running.set(null);
            if (writePid) {
                PidFile.remove(pidFile);
            }
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
