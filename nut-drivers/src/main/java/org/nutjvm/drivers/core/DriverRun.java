package org.nutjvm.drivers.core;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.io.Background;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.io.PidFile;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.common.io.SdNotify;
import org.nutjvm.common.log.Logging;
import org.nutjvm.common.log.Priority;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a driver: settings, twins, device, loop, and everything put away again (drivers/main.c: main).
final class DriverRun implements DriverLoop.Actions {
    private static final Logger LOG = LoggerFactory.getLogger(DriverRun.class);

    private final DriverProgram program;
    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final Control control;
    private final NutPaths paths;
    private final Dstate dstate = new Dstate();
    private final DriverOptions options;
    private final Settings settings;
    private final Logging logging;
    private final SettingsReader reader;
    private final SdNotify notify;
    private @Nullable Driver driver;

    DriverRun(
            DriverProgram program,
            Map<String, String> env,
            PrintStream out,
            PrintStream err,
            Control control,
            DriverOptions options,
            Logging logging) {
        this.program = program;
        this.env = env;
        this.out = out;
        this.err = err;
        this.control = control;
        this.options = options;
        this.logging = logging;
        paths = NutPaths.of(env);
        notify = SdNotify.of(env);
        settings = new Settings(program, dstate, env, new Debug(logging.debugLevel(), logging::debugLevel));
        reader = new SettingsReader(paths, settings);
    }

    /// Runs to the end.
    ///
    /// @return the exit code
    int run() throws IOException, DriverException {
        dstate.setinfo("driver.state", "init.starting");
        reader.take(options);
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

    private int withDevice(Path socketPath) throws IOException, DriverException {
        dstate.setinfo("device.type", "ups");
        dstate.setinfo("driver.state", "init.device");
        var device = new ConfiguredDevice(settings, paths.confpath(), socketPath, dstate, control);
        Driver opened = program.initups(device);
        driver = opened;
        dstate.setinfo("driver.state", "init.quiet");
        Published.identity(dstate, program);

        var loop = new DriverLoop(opened, dstate, settings, control, notify, System::nanoTime);
        var commands = new Commands(opened, dstate, settings, control, this::reloadNow);
        dstate.setinfo("driver.state", "init.info");
        try {
            opened.initinfo(dstate);
        } catch (IOException e) {
            loop.stale(e);
        } catch (DriverException e) {
            if (!options.killpower()) {
                throw e;
            }
            // A device that does not say what it is may still do as it is told, and there is no later.
            LOG.warn("{}; trying to switch it off all the same", e.text());
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
        Published.checkIgnorelb(dstate);
        if (options.dump() > 0) {
            Published.rest(dstate, settings);
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
            Published.rest(dstate, settings);
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
            var reloaded = reader.reload(orExit);
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

    private void cleanUp() {
        var opened = driver;
        if (opened != null) {
            dstate.setinfo("driver.state", "cleanup.upsdrv");
            opened.close();
        }
    }

    @Override
    public void dump() {
        out.print(Published.dump(dstate));
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
}
