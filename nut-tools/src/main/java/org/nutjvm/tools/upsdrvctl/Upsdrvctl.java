package org.nutjvm.tools.upsdrvctl;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.conf.Complaint;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.Nearest;
import org.nutjvm.common.conf.UpsConf;
import org.nutjvm.common.io.Exit;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.io.Signals;
import org.nutjvm.common.log.PlainLog;
import org.nutjvm.tools.drivers.DriversConf;
import org.nutjvm.tools.drivers.ManagedUps;
import org.nutjvm.tools.shared.Failure;
import org.nutjvm.tools.shared.Json;

/// upsdrvctl: starts and stops the drivers of ups.conf, tells them things, shows how they are (drivers/upsdrvctl.c).
public final class Upsdrvctl {
    private static final String PROGRAM = "upsdrvctl";
    private static final Path SYSTEMD = Path.of("/run/systemd/system");

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final String home;
    private final Children children;
    private final Duration second;
    private final Crew crew;

    /// @param out for lists and tables
    /// @param err for everything else; drivers inherit this process's own
    public Upsdrvctl(Map<String, String> env, PrintStream out, PrintStream err) {
        this(
                env,
                out,
                err,
                System.getProperty("nut.home", ""),
                Children.inheriting(),
                Duration.ofSeconds(1),
                Crew.USUAL);
    }

    /// @param home the tree with drivers in `bin`, or empty
    /// @param second how long a second of ups.conf lasts
    Upsdrvctl(
            Map<String, String> env,
            PrintStream out,
            PrintStream err,
            String home,
            Children children,
            Duration second,
            Crew crew) {
        this.env = env;
        this.out = out;
        this.err = err;
        this.home = home;
        this.children = children;
        this.second = second;
        this.crew = crew;
    }

    public static void main(String[] args) {
        Exit.now(new Upsdrvctl(System.getenv(), System.out, System.err).run(List.of(args)));
    }

    /// Does what the arguments ask.
    ///
    /// @return the exit code: 0, or 1 if anything failed
    public int run(List<String> args) {
        CommandLine line = Options.cli().parse(Json.withoutLong(args));
        if (env.containsKey(Handover.ASKED)) {
            return handOver(line);
        }
        if (line.has('V')) {
            out.println(banner());
            return 0;
        }
        int answered = Options.cli().answer(line, out, err);
        if (answered >= 0) {
            return answered;
        }
        if (!line.has('j') && !quiet()) {
            out.println(banner());
            out.flush();
        }
        try {
            Options options = Options.of(line);
            if (options == null) {
                out.print(Options.cli().help());
                return 0;
            }
            return run(options, PlainLog.onStderr(PROGRAM, env, err, line.count('D')));
        } catch (Failure e) {
            say(e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            out.flush();
        }
    }

    private void say(Failure e) {
        err.println(e.getMessage() + (e.hint().isEmpty() ? "" : "\n" + e.hint()));
    }

    private static String banner() {
        return NutVersion.banner(PROGRAM + " - UPS driver controller");
    }

    private boolean quiet() {
        String value = env.get("NUT_QUIET_INIT_BANNER");
        return value != null
                && (value.isEmpty() || value.toLowerCase(Locale.ROOT).equals("true") || value.startsWith("1"));
    }

    /// Tells the launcher what to become, if that is to become a driver; complaints are for the run that follows else.
    private int handOver(CommandLine line) {
        try {
            Options options = line.complaint().isEmpty() && !line.has('h') && !line.has('V') ? Options.of(line) : null;
            if (options == null
                    || options.action() != Action.START
                    || !options.foreground().foreground()
                    || options.test()) {
                return 0;
            }
            DriversConf conf = read();
            List<ManagedUps> upses = chosen(conf, options.ups());
            ManagedUps ups = upses.getFirst();
            if (upses.size() != 1 || ups.driver().isEmpty()) {
                return 0;
            }
            var log = PlainLog.onStderr(PROGRAM, env, err, line.count('D'));
            log.atLeast(conf.debugMin());
            var words = new ArrayList<String>();
            words.add(new DriverPath(conf.driverpath()).find(ups.driver()).toString());
            words.addAll(options.startWords(ups.name(), log.debugLevel()));
            log.debug(1, "Starting UPS: " + ups.name());
            log.debug(2, "exec:  " + String.join(" ", words));
            byte[] script = Handover.script(quiet() ? "" : banner(), words).getBytes(StandardCharsets.UTF_8);
            out.write(script, 0, script.length);
            out.flush();
            return 0;
        } catch (Failure e) {
            return 0;
        }
    }

    private int run(Options options, PlainLog log) throws Failure, InterruptedException {
        if (options.test()) {
            out.println("*** Testing mode: not calling exec/kill/signal");
            out.flush();
            log.atLeast(2);
        }
        UpsConf file = load();
        DriversConf conf = DriversConf.of(file, env, home, host());
        log.atLeast(conf.debugMin());
        if (!options.action().reports()) {
            for (Complaint complaint : file.complaints()) {
                log.warning(complaint.text());
            }
            conf.notes().forEach(log::notice);
        }
        var upses = chosen(conf, options.ups());
        String who = options.ups().isEmpty()
                ? "all drivers (" + upses.size() + " found)"
                : "one driver (" + options.ups() + ")";
        log.debug(1, "upsdrvctl commanding " + who + ": " + options.action().word());
        var report = new Report(log);
        switch (options.action()) {
            case LIST -> list(upses, options.json());
            case STATUS -> status(upses, conf, options.json());
            case START -> {
                int code = start(upses, conf, options, report);
                if (code >= 0) {
                    return code;
                }
            }
            case SHUTDOWN -> shutdown(upses, conf, options, report);
            case STOP -> stop(upses, conf, options, report);
            case COMMAND -> {
                var command = options.command();
                if (command != null) {
                    var commander = new Commander(options.test(), conf, pidFiles(), env, report);
                    work(options, Lanes.ofOthers(upses), report, ups -> commander.tell(ups, command));
                }
            }
        }
        warnOfServices(options.action(), log);
        return report.exitCode();
    }

    private UpsConf load() throws Failure {
        try {
            return UpsConf.load(NutPaths.of(env).confpath());
        } catch (ConfException e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
    }

    private DriversConf read() throws Failure {
        return DriversConf.of(load(), env, home, host());
    }

    /// What upstream's scripts ask `hostname` for.
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return InetAddress.getLoopbackAddress().getHostName();
        }
    }

    private List<ManagedUps> chosen(DriversConf conf, String name) throws Failure {
        if (conf.upses().isEmpty()) {
            throw new Failure(
                    "Error: no UPS definitions found in ups.conf!",
                    "Looked in " + NutPaths.of(env).conf(UpsConf.FILE) + "; a definition begins with [name].");
        }
        if (name.isEmpty()) {
            return conf.upses();
        }
        var ups = conf.ups(name);
        if (ups.isEmpty()) {
            var names = new ArrayList<String>();
            conf.upses().forEach(known -> names.add(known.name()));
            throw new Failure(
                    "UPS " + name + " not found in ups.conf",
                    Nearest.of(name, names)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse(""));
        }
        return List.of(ups.get());
    }

    private PidFiles pidFiles() {
        return new PidFiles(NutPaths.of(env).altpidpath());
    }

    private void work(Options options, List<List<List<ManagedUps>>> waves, Report report, Consumer<ManagedUps> task)
            throws InterruptedException {
        (options.test() ? Crew.ALONE : crew).work(waves, ups -> {
            try {
                task.accept(ups);
            } catch (RuntimeException e) {
                report.error("UPS [" + ups.name() + "]: " + e); // a fault of this program, which costs one UPS only
            }
        });
    }

    /// @return the exit code if that is all, -1 else
    private int start(List<ManagedUps> upses, DriversConf conf, Options options, Report report)
            throws InterruptedException {
        var starter = new Starter(options, conf, report, children, second);
        boolean stays = options.foreground().foreground();
        if (upses.size() > 1 && !options.detaches(report.log().debugLevel())) {
            report.log()
                    .warning("Starting \"all\" drivers but requested the "
                            + (stays ? "foreground mode" : "debug mode without backgrounding")
                            + "! This request will not wait for driver(s) to complete their initialization"
                            + (stays ? ", but upsdrvctl tool will stay foregrounded." : "."));
        }
        var waves = options.test() ? Lanes.ofOthers(upses) : Lanes.ofStart(upses);
        work(options, waves, report, starter::start);
        starter.revise();
        if (!stays || options.test()) {
            return -1;
        }
        if (report.errors() > 0) {
            starter.running().values().forEach(Process::destroy);
            return 1;
        }
        var watch = new Watch(report);
        Signals.on("TERM", watch::leave);
        Signals.on("INT", watch::leave);
        Signals.on("HUP", () -> watch.tell(DriverCommand.RELOAD));
        Signals.on("USR1", () -> watch.tell(DriverCommand.RELOAD_OR_EXIT));
        Signals.on("URG", () -> watch.tell(DriverCommand.DATA_DUMP));
        return watch.over(starter.running(), starter::start);
    }

    private void shutdown(List<ManagedUps> upses, DriversConf conf, Options options, Report report)
            throws InterruptedException {
        var starter = new Starter(options, conf, report, children, second);
        var waves = options.ups().isEmpty() ? Lanes.ofShutdown(upses) : Lanes.ofOthers(upses);
        work(options, waves, report, starter::shutdown);
        starter.revise();
    }

    private void stop(List<ManagedUps> upses, DriversConf conf, Options options, Report report)
            throws InterruptedException {
        var stopper = new Stopper(options.test(), conf, pidFiles(), env, report, second);
        work(options, Lanes.ofOthers(upses), report, stopper::stop);
    }

    private void list(List<ManagedUps> upses, boolean json) {
        var text = new StringBuilder();
        for (ManagedUps ups : upses) {
            if (json) {
                text.append(text.isEmpty() ? "[\n  " : ",\n  ");
                Json.string(text, ups.name());
            } else {
                text.append(ups.name()).append('\n');
            }
        }
        print(json ? text + "\n]\n" : text.toString());
    }

    private void status(List<ManagedUps> upses, DriversConf conf, boolean json) throws InterruptedException {
        var seen = new ConcurrentHashMap<ManagedUps, StatusReport>();
        var pidFiles = pidFiles();
        crew.work(Lanes.ofOthers(upses), ups -> seen.put(ups, StatusReport.of(ups, conf, pidFiles, env)));
        var text = new StringBuilder(json ? "[\n" : StatusReport.HEADER);
        String between = "";
        for (ManagedUps ups : upses) {
            @Nullable StatusReport status = seen.get(ups);
            if (status == null) {
                throw new IllegalStateException(ups.name() + " was not looked at");
            }
            if (json) {
                text.append(between);
                status.json(text);
                between = ",\n";
            } else {
                status.text(text);
            }
        }
        print(text + (json ? "\n]\n" : ""));
    }

    private void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    private void warnOfServices(Action action, PlainLog log) {
        boolean acts = action == Action.START || action == Action.STOP || action == Action.SHUTDOWN;
        if (acts && !env.containsKey("NUT_QUIET_INIT_NDE_WARNING") && Files.isDirectory(SYSTEMD)) {
            log.warning("WARNING: upsdrvctl was called directly on a system with systemd support."
                    + " 'upsdrvsvcctl' keeps clear of the nut-driver services that nut-driver-enumerator prepares"
                    + " (NUT_QUIET_INIT_NDE_WARNING with any value hides this).");
        }
    }
}
