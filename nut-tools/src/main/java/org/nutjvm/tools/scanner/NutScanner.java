package org.nutjvm.tools.scanner;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.nutjvm.common.NutVersion;
import org.nutjvm.common.cli.CommandLine;
import org.nutjvm.common.client.Credentials;
import org.nutjvm.common.conf.ConfException;
import org.nutjvm.common.conf.DriverCatalog;
import org.nutjvm.common.conf.ModelList;
import org.nutjvm.common.io.Exit;
import org.nutjvm.common.io.NutPaths;
import org.nutjvm.common.scan.KnownDevices;
import org.nutjvm.common.scan.SnmpModel;
import org.nutjvm.common.scan.UsbModel;
import org.nutjvm.common.scan.UsbPorts;
import org.nutjvm.tools.shared.Failure;
import org.nutjvm.tools.shared.Terminal;

/// nut-scanner: looks for devices, and writes sections of ups.conf for them (tools/nut-scanner/nut-scanner.c). What
/// drivers know of devices comes from their own tables, through {@link KnownDevices}.
public final class NutScanner {
    private static final String PROGRAM = "nut-scanner";

    /// For a command line that cannot be read: upstream's -1.
    private static final int BAD_OPTION = 255;

    private static final long PROGRESS_MILLIS = 250;

    private final Map<String, String> env;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;

    /// @param out for what was found
    /// @param err for everything else
    /// @param interactive whether that is a terminal
    public NutScanner(Map<String, String> env, PrintStream out, PrintStream err, boolean interactive) {
        this.env = env;
        this.out = out;
        this.err = err;
        this.interactive = interactive;
    }

    public static void main(String[] args) {
        Exit.now(new NutScanner(System.getenv(), System.out, System.err, isTerminal()).run(List.of(args)));
    }

    private static boolean isTerminal() {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /// Does what the arguments ask.
    ///
    /// @return the exit code: 0, also if nothing was found; 1 if the search could not be done; 255 for an
    ///     unknown option
    public int run(List<String> args) {
        CommandLine line = Options.cli().parse(args);
        var terminal = new Terminal(env, InputStream.nullInputStream(), out, err);
        for (CommandLine.Option option : line.options()) {
            switch (option.letter()) {
                case 'h' -> {
                    return terminal.print(Options.cli().help()).finish();
                }
                case 'V' -> {
                    terminal.println(NutVersion.banner(PROGRAM));
                    return terminal.finish();
                }
                case 'a' -> {
                    Options.AVAILABLE.forEach(terminal::println);
                    return terminal.finish();
                }
                default -> {}
            }
        }
        if (!line.complaint().isEmpty()) {
            terminal.complain(PROGRAM + ": " + line.complaint());
            terminal.print(Options.cli().help()).flush();
            terminal.complain("""


                    WARNING: Some error has occurred while processing 'nut-scanner' command-line
                    arguments, see more details above the usage help text.
                    """);
            return BAD_OPTION;
        }
        terminal.debugLevel(line.count('D'));
        try {
            return search(Options.of(line), terminal);
        } catch (Failure e) {
            return terminal.fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int search(Options options, Terminal terminal) throws Failure, InterruptedException {
        var progress = new Progress(terminal, interactive && !options.quiet());
        options.remarks().forEach(progress::say);
        for (String name : options.unavailable()) {
            progress.say(name + " devices cannot be searched: this program has no access to " + name);
        }
        if (options.buses().isEmpty()) {
            return 1;
        }
        var running = new EnumMap<Bus, Future<List<Device>>>(Bus.class);
        boolean complete = true;
        var buses = new ArrayList<List<Device>>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (Bus bus : options.buses()) {
                String skipped = skipped(bus, options);
                if (!options.quiet()) {
                    progress.say(skipped.isEmpty() ? bus.announcement() : skipped);
                }
                if (skipped.isEmpty()) {
                    Search search = search(bus, options, progress);
                    running.put(bus, threads.submit(search::find));
                }
            }
            await(running, progress);
            progress.end();
            for (var one : running.entrySet()) {
                try {
                    buses.add(one.getValue().get());
                } catch (ExecutionException e) {
                    complete = complain(one.getKey(), e, progress) && complete;
                }
            }
        }
        terminal.print(Listing.of(buses, options.form()));
        int code = terminal.finish();
        return complete ? code : 1;
    }

    /// Why a bus is not searched; empty if it is.
    private static String skipped(Bus bus, Options options) {
        if (!options.targets().isEmpty()) {
            return "";
        }
        return switch (bus) {
            case SNMP -> "No IP range(s) requested, skipping SNMP";
            case NUT -> "No IP range(s) requested, skipping NUT bus (old libupsclient connect method)";
            default -> "";
        };
    }

    private static void await(Map<Bus, Future<List<Device>>> running, Progress progress) throws InterruptedException {
        long start = System.nanoTime();
        for (Future<List<Device>> one : running.values()) {
            while (!one.isDone()) {
                try {
                    one.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    progress.update((System.nanoTime() - start) / 1_000_000_000);
                } catch (ExecutionException e) {
                    break; // said when all are done
                }
            }
        }
    }

    /// Says why a search found nothing.
    ///
    /// @return whether that is no fault of this program
    private static boolean complain(Bus bus, ExecutionException failure, Progress progress) {
        boolean world = failure.getCause() instanceof IOException;
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        progress.say(world ? String.valueOf(cause.getMessage()) : "The search of " + bus + " failed: " + cause);
        return world;
    }

    private Search search(Bus bus, Options options, Progress progress) throws Failure {
        return switch (bus) {
            case USB ->
                new UsbSearch(
                        ports(),
                        usbModels(),
                        () -> new HardwareList(ModelList.standard(), DriverCatalog.standard()),
                        options.usbDetail(),
                        progress);
            case SNMP ->
                new SnmpSearch(
                        options.targets(),
                        SnmpSearch.PORT,
                        snmpModels(),
                        options.snmp(),
                        options.timeout(),
                        options.inFlight(),
                        progress);
            case XML -> new XmlSearch(options.targets(), XmlSearch.PORT, options.timeout(), progress);
            case NUT ->
                new NutSearch(
                        options.targets(),
                        options.port(),
                        options.timeout(),
                        options.inFlight(),
                        keys(progress),
                        progress);
            case SIMULATION -> new SimulationSearch(NutPaths.of(env).confpath(), progress);
            case AVAHI -> new MdnsSearch(MdnsSearch.GROUP, options.timeout(), keys(progress), progress);
            case SERIAL -> {
                String asked = options.serialPorts();
                yield new SerialSearch(SerialPorts.of(asked), SerialPorts.named(asked), progress);
            }
        };
    }

    /// Without the file nobody is told anything, so a search can do without.
    private Credentials keys(Progress progress) {
        try {
            var keys = Credentials.load("", env);
            keys.complaints().forEach(complaint -> progress.say(complaint.text()));
            return keys;
        } catch (ConfException e) {
            progress.say("WARNING: " + e.getMessage());
            return Credentials.none();
        }
    }

    private static UsbPorts ports() {
        return ServiceLoader.load(UsbPorts.class).findFirst().orElse(() -> {
            throw new IOException("USB cannot be searched: the program lacks its part for that");
        });
    }

    private static List<UsbModel> usbModels() throws Failure {
        var models = new ArrayList<UsbModel>();
        try {
            for (KnownDevices known : ServiceLoader.load(KnownDevices.class)) {
                models.addAll(known.usb());
            }
        } catch (IOException e) {
            throw new Failure("Cannot read what drivers know of devices: " + e.getMessage());
        }
        return models;
    }

    private static List<SnmpModel> snmpModels() throws Failure {
        var models = new ArrayList<SnmpModel>();
        try {
            for (KnownDevices known : ServiceLoader.load(KnownDevices.class)) {
                models.addAll(known.snmp());
            }
        } catch (IOException e) {
            throw new Failure("Cannot read what drivers know of devices: " + e.getMessage());
        }
        return models;
    }
}
