package org.nutjvm.tools.enumerator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.conf.Values;
import org.nutjvm.common.io.Background;
import org.nutjvm.common.io.Exit;
import org.nutjvm.common.io.Signals;
import org.nutjvm.tools.shared.Failure;

/// nut-driver-enumerator, also called nut-driver-enumerator.sh: keeps a systemd service for each section of ups.conf,
/// and
/// tells which is whose (scripts/upsdrvsvcctl/nut-driver-enumerator.sh).
public final class NutDriverEnumerator {
    private static final String NAME = "nut-driver-enumerator";
    private static final int FREQUENCY_SECONDS = 60;
    private static final String USAGE = """
            usage: nut-driver-enumerator [OPTION]

            Without an option: make the services those that ups.conf has sections for.

              --daemon[=<secs>]            do so again and again, every minute or so often, and on SIGHUP
              --daemon-after[=<secs>]      the same, after a first time in the foreground
              --reconfigure                stop and remove all services, and make them anew
              --get-service-framework      print what manages services here: systemd
              --list-devices               print the names of sections
              --list-services              print the units
              --list-instances             print the instances, the part after the @
              --get-service-for-device <device>
              --get-device-for-service <unit or instance>
              --list-services-for-devices  print units and devices, with a tab between
              --show-all-configs           print ups.conf in a normal form (--show-configs)
              --show-device-config <device>          one section (--show-config); "" is what comes before them
              --show-device-config-value <device> <key>...   values, one a line (--show-config-value)
              -V, --version                print the version
              -h, --help                   print this help

            Exit code: 0 nothing to do, or answered; 42 services were changed and agree now (0 if REPORT_RESTART_42=no);
            13 they still do not agree; 1 not found, or a mistake; 2 no readable ups.conf.
            Environment: AUTO_START=no leaves new services alone; SYSTEMD_CONFPATH, UPSCONF, TIMEOUT_CMD, TIMEOUT_ARGS,
            REPORT_RESTART_42, and DEPSVC_* and DEPREQ_* for what units want. All can be in nut-driver-enumerator.conf.
            """;

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final String host;

    /// What wakes a daemon: whether to end.
    private final LinkedBlockingQueue<Boolean> woken = new LinkedBlockingQueue<>();

    public NutDriverEnumerator(Map<String, String> env, PrintStream out, PrintStream err) {
        this.env = env;
        this.out = out;
        this.err = err;
        this.host = host();
    }

    public static void main(String[] args) {
        var program = new NutDriverEnumerator(System.getenv(), System.out, System.err);
        if (args.length == 1 && args[0].startsWith("--daemon")) {
            Signals.on("HUP", () -> program.woken.add(false));
            Signals.on("TERM", () -> program.woken.add(true));
            Signals.on("INT", () -> program.woken.add(true));
        }
        Exit.now(program.run(List.of(args)));
    }

    /// This machine's name.
    public static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /// The enumerator for this environment.
    public static Enumerator enumerator(Map<String, String> env, Systemctl systemctl, PrintStream err) {
        int level = Math.max(
                Values.atoi(env.getOrDefault("NUT_DEBUG_LEVEL", "0")),
                env.getOrDefault("DEBUG", "").isEmpty() ? 0 : 1);
        return new Enumerator(env, systemctl, host(), new Log(err, level > 0));
    }

    /// Does what the arguments ask.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        var log = new Log(err, !env.getOrDefault("DEBUG", "").isEmpty());
        var enumerator = new Enumerator(env, Systemctl.of(env), host, log);
        String option = args.isEmpty() ? "" : args.getFirst();
        if (option.equals("-h") || option.equals("-help") || option.equals("--help")) {
            out.print(USAGE);
            return 0;
        }
        if (option.equals("-V") || option.equals("--version")) {
            out.println(NutVersion.banner(NAME));
            return 0;
        }
        try {
            if (!option.equals("--get-service-framework") && !option.startsWith("--get-") && !enumerator.readable()) {
                log.error("The '" + enumerator.file() + "' file does not exist or is not readable");
                return Enumerator.NO_FILE;
            }
            if (option.isEmpty()) {
                return enumerator.reconcile();
            }
            if (option.startsWith("--daemon")) {
                return daemon(option, log);
            }
            return option.equals("--reconfigure") ? enumerator.reconfigure() : answer(enumerator, args, log);
        } catch (Failure e) {
            log.error(e.getMessage());
            return 1;
        } catch (IOException e) {
            log.error(e.getMessage() == null ? e.toString() : e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            out.flush();
        }
    }

    private int answer(Enumerator enumerator, List<String> args, Log log) throws Failure, IOException {
        String argument = args.size() > 1 ? args.get(1) : "";
        switch (args.getFirst()) {
            case "--get-service-framework" -> print(List.of("systemd"));
            case "--list-devices" -> {
                return list(enumerator.devices(), "No devices detected in '" + enumerator.file() + "'", log);
            }
            case "--list-services" -> {
                return list(enumerator.services(), "No service units detected", log);
            }
            case "--list-instances" -> {
                return list(enumerator.instances(), "No service instances detected", log);
            }
            case "--get-service-for-device" -> print(List.of(enumerator.serviceFor(argument)));
            case "--get-device-for-service" -> print(List.of(enumerator.deviceFor(argument)));
            case "--list-services-for-devices" -> {
                var missing = new ArrayList<String>();
                enumerator.servicesForDevices(missing).forEach((unit, device) -> print(List.of(unit + "\t" + device)));
                missing.forEach(device -> log.warn("No service instances detected that match device '" + device + "'"));
                return missing.isEmpty() ? 0 : 1;
            }
            case "--show-configs", "--show-device-configs", "--show-all-configs", "--show-all-device-configs" -> {
                print(enumerator.everything());
                return enumerator.devices().isEmpty() ? 1 : 0;
            }
            case "--show-config", "--show-device-config" -> {
                if (argument.isEmpty()) {
                    log.warn("Device name argument empty, will show global config");
                }
                print(enumerator.section(argument));
            }
            case "--show-config-value", "--show-device-config-value" -> {
                return values(enumerator, argument, args.subList(Math.min(2, args.size()), args.size()), log);
            }
            default -> throw new Failure("Unrecognized argument: " + args.getFirst());
        }
        return 0;
    }

    private int values(Enumerator enumerator, String device, List<String> keys, Log log) throws Failure {
        if (keys.isEmpty()) {
            throw new Failure("At least one configuration key name argument is required");
        }
        int code = 0;
        var values = enumerator.values(device, keys);
        for (int i = 0; i < keys.size(); i++) {
            String value = values.get(i);
            print(List.of(value == null ? "" : value));
            if (value == null) {
                log.error("Section [" + device + "] or key '" + keys.get(i) + "' in it was not found in the '"
                        + enumerator.file() + "' file");
                code = 1;
            }
        }
        return code;
    }

    private int list(List<String> lines, String none, Log log) {
        print(lines);
        if (lines.isEmpty()) {
            log.warn(none);
            return 1;
        }
        return 0;
    }

    private void print(List<String> lines) {
        for (String line : lines) {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
            out.write(bytes, 0, bytes.length);
        }
    }

    /// Keeps at it. Ends when services do not agree or, unless REPORT_RESTART_42=no, were changed: systemd then starts
    /// it
    /// again, and what depends on it.
    private int daemon(String option, Log log) throws Failure, IOException, InterruptedException {
        int equals = option.indexOf('=');
        String word = equals < 0 ? option : option.substring(0, equals);
        int seconds = equals < 0 ? FREQUENCY_SECONDS : Values.atoi(option.substring(equals + 1));
        if ((!word.equals("--daemon") && !word.equals("--daemon-after")) || seconds < 1) {
            throw new Failure("Unrecognized argument: " + option);
        }
        if (!Background.isDaemon(env)) {
            if (word.equals("--daemon-after")) {
                var quietly = new HashMap<>(env);
                quietly.put("REPORT_RESTART_42", "no");
                int code = new Enumerator(quietly, Systemctl.of(env), host, log).reconcile();
                if (code != 0) {
                    return code;
                }
            }
            // Standard error stays: it is the daemon's log, and systemctl would die of a pipe that nobody reads.
            var talking = new HashMap<>(env);
            talking.put("NUT_DEBUG_SYSLOG", "stderr");
            return Background.start(talking, out, err);
        }
        Background.ready(env, out, err);
        var enumerator = new Enumerator(env, Systemctl.of(env), host, log);
        while (true) {
            int code = enumerator.reconcile();
            if (code != 0) {
                return code;
            }
            Boolean end = woken.poll(seconds, TimeUnit.SECONDS);
            if (end != null && end) {
                log.info("Received an interruption signal, terminating " + NAME + " now");
                return 0;
            }
        }
    }
}
