package org.nutjvm.tools.upsdrvsvcctl;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.io.Exit;
import org.nutjvm.common.io.Reasons;
import org.nutjvm.tools.enumerator.Enumerator;
import org.nutjvm.tools.enumerator.NutDriverEnumerator;
import org.nutjvm.tools.enumerator.Systemctl;
import org.nutjvm.tools.shared.Failure;

/// upsdrvsvcctl: upsdrvctl's commands, carried out by systemd's `nut-driver@` services
/// (scripts/upsdrvsvcctl/upsdrvsvcctl).
public final class Upsdrvsvcctl {
    private static final String USAGE = """
            usage: upsdrvsvcctl [OPTIONS] (start | stop | shutdown | status | list | show-config) [<ups>]
                   upsdrvsvcctl [OPTIONS] (resync | reconfigure)

            Starts and stops UPS drivers through the service instances nut-driver-enumerator makes for them.

              -h                     print this help
              -V                     print the version
              -t                     testing mode: prints calls of systemctl without making them
              -D                     debug
              --timeout-cmd <prog>   limit the time of service calls with this program, such as timeout
              --timeout-args <args>  what it takes before the call, such as 90s

              start, stop [<ups>]    start or stop all drivers, or one
              shutdown [<ups>]       stop the services, run upsdrvctl shutdown, start the services
              status [<ups>]         SVC_NAME SVC_STATE and what upsdrvctl status prints
              list [<ups>]           service units and their devices, or the unit of one
              show-config [<ups>]    ups.conf in a normal form, or one section
              resync                 make the services those that ups.conf has sections for
              reconfigure            the same, anew from nothing
            """;
    private static final String LIMIT = "90s";

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private boolean test;
    private String timeoutCmd = "";
    private String timeoutArgs = "";

    public Upsdrvsvcctl(Map<String, String> env, PrintStream out, PrintStream err) {
        this.env = env;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        Exit.now(new Upsdrvsvcctl(System.getenv(), System.out, System.err).run(List.of(args)));
    }

    /// Does what the arguments ask.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        try {
            return run(args, onPath("timeout"));
        } catch (Failure e) {
            err.println(e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println(Reasons.of(e));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int run(List<String> args, boolean canLimit) throws Failure, IOException, InterruptedException {
        timeoutCmd = canLimit ? "timeout" : "";
        timeoutArgs = canLimit ? LIMIT : "";
        int next = 0;
        while (next < args.size() && args.get(next).startsWith("-")) {
            String option = args.get(next++);
            String value = next < args.size() ? args.get(next) : "";
            switch (option) {
                case "-h" -> {
                    out.print(USAGE);
                    return 0;
                }
                case "-V" -> {
                    out.println(NutVersion.banner("upsdrvsvcctl - UPS driver controller"));
                    return 0;
                }
                case "-t" -> test = true;
                case "-D" -> {}
                case "-r", "-u" -> {
                    err.println("Option '" + option + " " + value + "' is not implemented via services currently");
                    next++;
                }
                case "--timeout-length", "--timeout-len", "--timeout-args" -> {
                    timeoutArgs = value;
                    next++;
                }
                case "--timeout-cmd" -> {
                    timeoutCmd = limiter(value);
                    next++;
                }
                default -> throw new Failure("Unrecognized argument: " + option);
            }
        }
        if (next >= args.size()) {
            throw new Failure("No action was requested!");
        }
        if (args.size() > next + 2) {
            throw new Failure("Unrecognized argument: " + args.get(next + 2));
        }
        return act(args.get(next), args.size() > next + 1 ? args.get(next + 1) : "");
    }

    private String limiter(String program) {
        if (program.isEmpty() || Files.isExecutable(Path.of(program)) || onPath(program)) {
            return program;
        }
        err.println("ERROR: Received a '" + program + "' argument for --timeout-cmd, and can not find such program;"
                + " clearing the option so the basic functionality can proceed");
        timeoutArgs = "";
        return "";
    }

    private boolean onPath(String program) {
        for (String directory : env.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }

    private Systemctl systemctl() {
        return Systemctl.limitedBy(timeoutCmd, timeoutArgs);
    }

    private Enumerator enumerator() {
        return NutDriverEnumerator.enumerator(env, Systemctl.of(env), err);
    }

    private int act(String action, String ups) throws Failure, IOException, InterruptedException {
        return switch (action) {
            case "start", "stop" -> service(action, ups);
            case "shutdown" -> shutdown(ups);
            case "status" -> status(ups);
            case "list" -> list(ups);
            case "show-config" -> {
                var lines =
                        ups.isEmpty() ? enumerator().everything() : enumerator().section(ups);
                lines.forEach(this::print);
                yield 0;
            }
            case "resync" -> enumerate("");
            case "reconf", "reconfigure" -> enumerate(" --reconfigure");
            default -> throw new Failure("Unrecognized argument: " + action);
        };
    }

    private int enumerate(String option) throws Failure, IOException {
        if (test) {
            out.println("nut-driver-enumerator" + option);
            return 0;
        }
        return option.isEmpty() ? enumerator().reconcile() : enumerator().reconfigure();
    }

    /// All units at once, and then waits for all.
    private int service(String action, String ups) throws Failure, IOException, InterruptedException {
        var units =
                ups.isEmpty() ? enumerator().services() : List.of(enumerator().serviceFor(ups));
        if (units.isEmpty()) {
            throw new Failure("No service units detected");
        }
        var calls = new HashMap<String, Process>();
        int failed = 0;
        for (String unit : units) {
            err.println((action.equals("start") ? "Starting " : "Stopping ") + unit + " ...");
            var words = systemctl().words(action, unit);
            if (test) {
                out.println(String.join(" ", words));
                continue;
            }
            try {
                calls.put(unit, new ProcessBuilder(words).inheritIO().start());
            } catch (IOException e) {
                err.println(e.getMessage());
                failed++;
            }
        }
        for (var call : calls.entrySet()) {
            int code = call.getValue().waitFor();
            if (code != 0) {
                err.println("Failed to " + action + " " + call.getKey() + " (exit code " + code + ")");
                failed++;
            }
        }
        return failed == 0 ? 0 : 1;
    }

    private int shutdown(String ups) throws Failure, IOException, InterruptedException {
        err.println("NOTE: Action 'shutdown' is not implemented via services currently, will call upsdrvctl");
        err.println("Stopping the driver service instance(s) to release exclusive resources, if any...");
        try {
            service("stop", ups);
        } catch (Failure e) {
            err.println(e.getMessage());
        }
        int code = 0;
        var words = upsdrvctl("shutdown", ups);
        if (test) {
            out.println(String.join(" ", words));
        } else {
            code = new ProcessBuilder(words).inheritIO().start().waitFor();
        }
        err.println("Starting the driver service instance(s) so they can reconnect when the UPS returns...");
        try {
            service("start", ups);
        } catch (Failure e) {
            err.println(e.getMessage());
        }
        return code;
    }

    private List<String> upsdrvctl(String action, String ups) {
        String home = System.getProperty("nut.home", "");
        String usual = home.isEmpty()
                ? "upsdrvctl"
                : Path.of(home, "sbin", "upsdrvctl").toString();
        String given = env.getOrDefault("UPSDRVCTL", "");
        var words = new ArrayList<>(List.of(given.isEmpty() ? usual : given, action));
        if (!ups.isEmpty()) {
            words.add(ups);
        }
        return words;
    }

    private int list(String ups) throws Failure, IOException {
        if (!ups.isEmpty()) {
            print(enumerator().serviceFor(ups));
            return 0;
        }
        var missing = new ArrayList<String>();
        enumerator().servicesForDevices(missing).forEach((unit, device) -> print(unit + "\t" + device));
        missing.forEach(device -> err.println("No service instances detected that match device '" + device + "'"));
        return missing.isEmpty() ? 0 : 1;
    }

    /// upsdrvctl's table with two columns before it.
    private int status(String ups) throws Failure, IOException, InterruptedException {
        var builder = new ProcessBuilder(upsdrvctl("status", ups)).redirectError(Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(env);
        builder.environment().put("NUT_QUIET_INIT_BANNER", "true");
        var process = builder.start();
        String table;
        try (var in = process.getInputStream()) {
            table = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        int code = process.waitFor();
        if (table.isEmpty()) {
            return code;
        }
        var missing = new ArrayList<String>();
        var services = enumerator().servicesForDevices(missing);
        boolean header = true;
        for (String line : table.split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            int tab = line.indexOf('\t');
            String device = (tab < 0 ? line : line.substring(0, tab)).strip();
            String unit = header ? "SVC_NAME" : "N/A";
            for (var service : services.entrySet()) {
                unit = !header && service.getValue().equals(device) ? service.getKey() : unit;
            }
            String state = header ? "SVC_STATE" : unit.equals("N/A") ? "N/A" : state(unit);
            print(padded(unit, 30, false) + "\t" + padded(state, 23, true) + "\t" + line);
            header = false;
        }
        return code == 0 && missing.isEmpty() ? 0 : 1;
    }

    /// `enabled,active`, `masked,inactive`, `enabled,failed`.
    private String state(String unit) {
        String enabled = systemctl().run("is-enabled", unit).out().strip();
        String active = systemctl().run("is-active", unit).out().strip();
        return (enabled.isEmpty() ? "disabled" : enabled) + "," + (active.isEmpty() ? "unknown" : active);
    }

    private static String padded(String text, int width, boolean right) {
        String blanks = " ".repeat(Math.max(0, width - text.length()));
        return right ? blanks + text : text + blanks;
    }

    private void print(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes, 0, bytes.length);
    }
}
