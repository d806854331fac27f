package org.nutjvm.drivers.core;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.cli.NutCli;
import org.nutjvm.common.io.Background;
import org.nutjvm.common.io.Signals;
import org.nutjvm.common.log.Logging;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.spi.DriverProgram;
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

    /// @param env the environment
    /// @param out for data and help
    /// @param err for the log while in the foreground
    public DriverMain(DriverProgram program, Map<String, String> env, PrintStream out, PrintStream err) {
        this.program = program;
        this.env = env;
        this.out = out;
        this.err = err;
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
            return new DriverRun(program, env, out, err, control, DriverOptions.of(line), logging).run();
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
}
