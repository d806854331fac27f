package org.nutjvm.drivers.core;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.io.Background;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.io.Signals;
import org.nutjvm.common.log.Logging;
import org.nutjvm.common.log.Priority;
import org.nutjvm.common.state.Variable;
import org.nutjvm.common.wire.Words;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A driver program from its command line to its exit code (drivers/main.c: main). An instance runs once.
public final class DriverMain {
    private static final Logger LOG = LoggerFactory.getLogger(DriverMain.class);
    private static final int SIGTERM = 15;

    private final DriverProgram program;
    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final Control control = new Control();
    private final Dstate dstate = new Dstate();
    private final NutPaths paths;

    /// @param env the environment
    /// @param out for data and help
    /// @param err for the log while in the foreground
    public DriverMain(DriverProgram program, Map<String, String> env, PrintStream out, PrintStream err) {
        this.program = program;
        this.env = env;
        this.out = out;
        this.err = err;
        this.paths = NutPaths.of(env);
    }

    /// Has the driver end as on SIGTERM, with exit code 0; from any thread, also before it runs.
    public void stop() {
        control.exit(SIGTERM);
    }

    /// Reads ups.conf again, as on SIGHUP; from any thread.
    public void reload() {
        control.reload(Control.Reload.POSSIBLE);
    }

    /// Makes this process's signals mean what they mean to a driver.
    public void catchSignals() {
        Signals.on("TERM", () -> control.exit(SIGTERM));
        Signals.on("INT", () -> control.exit(2));
        Signals.on("HUP", this::reload);
        Signals.on("USR1", () -> control.reload(Control.Reload.OR_EXIT));
        Signals.on("URG", control::dump);
    }

    /// Runs until stopped.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        NutCli cli = DriverUsage.options(program.progname());
        CommandLine line = cli.parse(args);
        if (wantsBackground(line) && !Background.isDaemon(env)) {
            return Background.start(env, out, err);
        }
        boolean quiet = DriverUsage.quiet(env);
        if (!quiet || line.has('V') || line.has('h')) {
            out.println(DriverUsage.banner(program));
        }
        if (line.has('V')) {
            return 0;
        }
        if (line.has('h')) {
            out.print(DriverUsage.help(program));
            return 0;
        }
        if (line.has('L')) {
            out.print(DriverUsage.list(program));
            return 0;
        }
        if (!line.complaint().isEmpty()) {
            err.println(program.progname() + ": " + line.complaint());
        }
        try (Logging logging = Logging.start(program.progname(), env, err, line.count('D'))) {
            return run(line, logging);
        } finally {
            out.flush();
        }
    }

    /// A real run, detached. What is wrong with its settings the detached process will say.
    private static boolean wantsBackground(CommandLine line) {
        if (line.has('V') || line.has('h') || line.has('L')) {
            return false;
        }
        try {
            return DriverOptions.of(line).detached();
        } catch (DriverException e) {
            return false;
        }
    }

    private int run(CommandLine line, Logging logging) {
        try {
            if (line.has('q')) {
                logging.quiet(line.count('q'));
            }
            return new Run(DriverOptions.of(line), logging).run();
        } catch (DriverException e) {
            fatal(e.text());
            return e.exitCode();
        } catch (IllegalArgumentException e) {
            fatal(String.valueOf(e.getMessage()));
            return 1;
        } catch (IOException e) {
            fatal(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    /// The log takes single lines, and people read paragraphs.
    private static void fatal(String text) {
        for (String line : text.split("\n", -1)) {
            if (!line.isEmpty()) {
                LOG.error("{}", line);
            }
        }
    }

    private final class Run implements DriverLoop.Actions {
        private final DriverOptions options;
        private final Settings settings;
        private final Logging logging;
        private final SdNotify notify = SdNotify.of(env);
        private @Nullable Driver driver;

        Run(DriverOptions options, Logging logging) {
            this.options = options;
            this.logging = logging;
            settings = new Settings(program, dstate, env, new Debug(logging.debugLevel(), logging::debugLevel));
        }

        int run() throws IOException, DriverException {
            dstate.setinfo("driver.state", "init.starting");
            takeSettings();
            logging.tag(settings.upsname());
            settings.debug().assign(dstate);
            if (options.detached()) {
                logging.prepareBackground();
            }
            notify.prepare();
            Account.take(settings.user(), settings.chroot());
            Path statepath = settings.statepath().isEmpty() ? paths.statepath() : Path.of(settings.statepath());
            String name = program.progname() + "-" + settings.upsname();
            Path socketPath = statepath.resolve(name);
            Path pidPath = paths.altPidFile(name);
            var twin = new Twin(program.progname(), settings.upsname(), socketPath, pidPath, env, control);
            TwinCommand command = options.command();
            if (options.killpower() && twin.killpower()) {
                return 0;
            }
            if (command != null) {
                return twin.command(command, options.pid());
            }
            if (options.lasting()) {
                Statepath.check(statepath);
            }
            twin.replace(options.pidFileInUse());
            boolean pidFile = options.pidFileInUse() && options.lasting();
            if (pidFile) {
                writePid(pidPath);
            }
            try {
                return withDevice(socketPath);
            } finally {
                cleanUp();
                if (pidFile) {
                    removePid(pidPath);
                }
            }
        }

        private void takeSettings() throws IOException, DriverException {
            for (var option : options.settings()) {
                String value = option.value();
                switch (option.letter()) {
                    case 'a' -> {
                        name(value);
                        if (value.equals("default")) {
                            throw new DriverException(
                                    "Error: UPS name 'default' is reserved: give section [default] of "
                                            + paths.conf(UpsConf.FILE) + " another name");
                        }
                        settings.read(upsConf(), file());
                    }
                    case 's' -> name(value);
                    case 'x' -> settings.assign(value);
                    case 'i' -> settings.pollintervalFromCommandLine(value);
                    case 'r' -> settings.chrootFromCommandLine(value);
                    case 'u' -> settings.userFromCommandLine(value);
                    case 'g' -> settings.groupFromCommandLine(value);
                    default -> {
                        // not a setting
                    }
                }
            }
            if (settings.upsname().isEmpty()) {
                throw new DriverException("Error: specifying '-a id' or '-s id' is now mandatory. Try -h for help.");
            }
            if (settings.port() == null && options.command() == null) {
                throw new DriverException(
                        "Error: you must specify a port name in ups.conf or in '-x port=...' argument.\n" + "Section ["
                                + settings.upsname() + "] of " + file() + " has none. Try -h for help.");
            }
        }

        private void name(String name) throws DriverException {
            if (!settings.upsname().isEmpty()) {
                throw new DriverException(
                        "Error: options '-a id' and '-s id' are mutually exclusive and single-use only.");
            }
            if (name.isEmpty() || name.indexOf('/') >= 0) {
                throw new DriverException("Error: '" + name + "' cannot be the name of a UPS: it names a file, too");
            }
            settings.upsname(name);
        }

        private String file() {
            return paths.conf(UpsConf.FILE).toString();
        }

        private UpsConf upsConf() throws ConfException {
            UpsConf conf = UpsConf.load(paths.confpath());
            for (Complaint complaint : conf.complaints()) {
                if (!concerns(conf, complaint)) {
                    continue;
                }
                switch (complaint.level()) {
                    case ERROR -> LOG.error("{}", complaint);
                    case WARNING -> LOG.warn("{}", complaint);
                    case NOTICE -> LOG.info(Priority.NOTICE, "{}", complaint);
                }
            }
            return conf;
        }

        /// What stands in another device's section is that driver's business.
        private boolean concerns(UpsConf conf, Complaint complaint) {
            String section = settings.upsname();
            for (var candidate : conf.sections()) {
                if (candidate.line() <= complaint.line()) {
                    section = candidate.name();
                }
            }
            return section.equals(settings.upsname());
        }

        private int withDevice(Path socketPath) throws IOException, DriverException {
            dstate.setinfo("device.type", "ups");
            dstate.setinfo("driver.state", "init.device");
            var device = new ConfiguredDevice(settings, paths.confpath(), socketPath, dstate, control);
            Driver opened = program.initups(device);
            driver = opened;
            dstate.setinfo("driver.state", "init.quiet");
            dstate.setinfo("driver.version", NutVersion.VERSION);
            dstate.setinfo("driver.version.internal", program.version());
            dstate.setinfo("driver.name", program.progname());

            var loop = new DriverLoop(opened, dstate, settings, control, notify, System::nanoTime);
            var commands = new Commands(opened, dstate, settings, control, this::reloadNow);
            dstate.setinfo("driver.state", "init.info");
            try {
                opened.initinfo(dstate);
            } catch (IOException e) {
                loop.stale(e);
            }
            dstate.addcmd("shutdown.default");
            if (options.killpower()) {
                dstate.setinfo("driver.state", "fsd.killpower");
                LOG.info(Priority.NOTICE, "Initiating UPS [{}] shutdown", settings.upsname());
                return commands.shutdown() == Outcome.HANDLED ? 0 : 1;
            }
            dstate.setinfo("driver.state", "init.updateinfo");
            loop.update();
            dstate.setinfo("driver.state", "init.quiet");
            checkIgnorelb();
            if (options.dump() > 0) {
                publish();
                loop.runFor(options.dump(), this::dump);
                return exitCode();
            }
            return serve(loop, commands, socketPath);
        }

        private int serve(DriverLoop loop, Commands commands, Path socketPath) throws IOException, DriverException {
            try (var selector = Selector.open();
                    var socket = new DriverSocket(
                            SocketFile.listen(socketPath, Account.group(settings)),
                            selector,
                            () -> settings.synchronous() == Synchronous.YES,
                            settings::readerWasSlow)) {
                if (!env.containsKey("NUT_QUIET_INIT_LISTENER")) {
                    LOG.info("Listening on socket {}", socketPath);
                }
                publish();
                dstate.listener(socket::broadcast);
                settle();
                LOG.debug("Driver initialization completed, beginning regular infinite loop");
                notify.ready();
                loop.run(selector, socket, commands, this);
                LOG.info("Signal {}: exiting", control.exit());
                notify.stopping("Signal " + control.exit() + ": exiting");
                dstate.listener(line -> {});
                return exitCode();
            }
        }

        private void settle() throws IOException {
            switch (options.foreground()) {
                case YES -> LOG.warn("Running as foreground process, not saving a PID file");
                case WITH_PID_FILE -> LOG.warn("Running as foreground process, but saving a PID file anyway");
                case NO -> {
                    logging.background();
                    Background.ready(env, out, err);
                }
            }
        }

        private int exitCode() {
            return control.exit() == Control.EXIT_FAILURE ? 1 : 0;
        }

        /// What every driver shows and takes.
        private void publish() {
            dstate.setinfo("driver.parameter.pollinterval", settings.pollinterval());
            dstate.setinfo(
                    "driver.parameter.synchronous", settings.synchronous().word());
            remap("ups.mfr", "device.mfr");
            remap("ups.model", "device.model");
            remap("ups.serial", "device.serial");
            if (dstate.getinfo("driver.flag.allow_killpower") == null) {
                dstate.setinfo("driver.flag.allow_killpower", "0");
            }
            dstate.setflags("driver.flag.allow_killpower", Set.of(Variable.Flag.RW, Variable.Flag.NUMBER));
            dstate.addcmd("driver.killpower");
            dstate.addcmd("driver.reload");
            dstate.addcmd("driver.reload-or-exit");
            dstate.addcmd("driver.reload-or-error");
            dstate.setinfo("driver.state", "quiet");
        }

        private void remap(String from, String to) {
            String value = dstate.getinfo(from);
            if (value != null) {
                dstate.setinfo(to, value);
            }
        }

        private void checkIgnorelb() throws DriverException {
            if (dstate.getinfo("driver.flag.ignorelb") == null) {
                return;
            }
            boolean decidable = false;
            for (String name : List.of("battery.charge", "battery.runtime")) {
                if (dstate.getinfo(name) != null && dstate.getinfo(name + ".low") != null) {
                    LOG.info("using '{}' to set battery low state", name);
                    decidable = true;
                }
            }
            if (!decidable) {
                throw new DriverException("""
                        The 'ignorelb' flag is set, but there is no way to determine the
                        battery state of charge.

                        Only set this flag if both 'battery.charge' and 'battery.charge.low'
                        and/or 'battery.runtime' and 'battery.runtime.low' are available.""");
            }
        }

        private Outcome reloadNow() {
            try {
                return reloaded(false);
            } catch (DriverException e) {
                LOG.error("{}", e.text());
                return Outcome.INVALID;
            }
        }

        @Override
        public void reload(Control.Reload how) throws DriverException {
            reloaded(how == Control.Reload.OR_EXIT);
        }

        private Outcome reloaded(boolean orExit) throws DriverException {
            LOG.info("Handling requested live reload of NUT driver configuration for [{}]", settings.upsname());
            dstate.setinfo("driver.state", "reloading");
            notify.reloading();
            Outcome outcome = Outcome.HANDLED;
            try {
                var reloaded = settings.reload(upsConf(), file(), orExit);
                outcome = reloaded.restartNeeded() == 0 ? Outcome.HANDLED : Outcome.INVALID;
                for (String option : reloaded.options()) {
                    if (driver != null) {
                        driver.reloaded(option);
                    }
                }
            } catch (ConfException e) {
                LOG.warn("{}", e.getMessage());
            } catch (DriverException e) {
                if (orExit && e.exitCode() != 1) {
                    throw e;
                }
                LOG.error("{}", e.text());
                outcome = Outcome.INVALID;
            }
            settings.debug().assign(dstate);
            dstate.setinfo("driver.state", "quiet");
            notify.ready();
            LOG.info(
                    "Completed requested live reload of NUT driver configuration for [{}]: {}",
                    settings.upsname(),
                    outcome.code());
            return outcome;
        }

        @Override
        public void dump() {
            var text = new StringBuilder();
            for (var entry : dstate.tree().vars().entrySet()) {
                text.append(entry.getKey())
                        .append(": ")
                        .append(Words.escape(entry.getValue().value()))
                        .append('\n');
            }
            out.print(text);
            out.flush();
        }

        private void writePid(Path file) {
            try {
                PidFile.write(file);
            } catch (IOException e) {
                LOG.info(Priority.NOTICE, "writepid: fopen {}: {}", file, Reasons.of(e));
            }
        }

        private void removePid(Path file) {
            try {
                PidFile.remove(file);
            } catch (IOException e) {
                LOG.warn("Cannot remove {}: {}", file, String.valueOf(e.getMessage()));
            }
        }

        private void cleanUp() {
            var opened = driver;
            if (opened != null) {
                dstate.setinfo("driver.state", "cleanup.upsdrv");
                opened.close();
            }
        }
    }
}
