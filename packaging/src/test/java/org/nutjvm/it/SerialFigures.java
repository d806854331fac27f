package org.nutjvm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.nutjvm.packaging.training.MetasysDevice;
import org.nutjvm.packaging.training.UpscodeDevice;

/// What drivers of serial lines cost beside C's, each with a played device at the other end of two pseudo terminals
/// that
/// answers at once: time from the program's start until a client of its socket has good data, processor time of a
/// poll, private memory. Run by `packaging/src/bench/serial`.
final class SerialFigures {
    private static final int SECONDS_BEFORE = 10;

    private final int starts;
    private final int seconds;
    private final Path shim;

    /// A driver, what it takes beside its port, and what plays its device until it is run.
    private record Case(String program, List<String> settings, Function<Path, Runnable> device) {}

    private SerialFigures(int starts, int seconds, Path shim) {
        this.starts = starts;
        this.seconds = seconds;
        this.shim = shim;
    }

    private static List<Case> cases() {
        return List.of(
                new Case("apcsmart", List.of(), far -> new DeviceOnPty(far, new SmartUps())::close),
                new Case("genericups", List.of("upstype=2"), far -> () -> {}),
                new Case(
                        "nutdrv_qx",
                        List.of("protocol=megatec"),
                        far -> new DeviceOnPty(far, new Q1Ups(QxIT.device("megatec"), null))::close),
                new Case("mge-shut", List.of(), far -> {
                    try {
                        return new DeviceOnPty(far, MgeShutIT.heard(MgeShutIT.device("eaton-3s-700")))::close;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }),
                new Case("metasys", List.of(), far -> new DeviceOnPty(far, new MetasysDevice()::hear)::close),
                new Case("upscode2", List.of(), far -> new DeviceOnPty(far, new UpscodeDevice()::hear)::close),
                new Case("powercom", List.of("type=Trust", "nobt"), far -> {
                    byte[] answer = HexFormat.of().parseHex("19a67b5e5e005e00000004");
                    return new DeviceOnPty(far, c -> c == 1 ? answer : new byte[0])::close;
                }),
                new Case("tripplite", List.of(), far -> new DeviceOnPty(far, new TrippliteIT.Played())::close),
                new Case("nhs_ser", List.of("ah=7"), SerialFigures::nobreak));
    }

    /// It speaks once a second of itself.
    private static Runnable nobreak(Path far) {
        byte[] data = NhsIT.packet("15447f050d3e257602810978032604198000");
        var device = new DeviceOnPty(far, c -> c == 0xfe ? NhsIT.HARDWARE : new byte[0]);
        Thread speaks = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    device.say(data);
                    TimeUnit.SECONDS.sleep(1);
                }
            } catch (InterruptedException e) {
                return; // the device is put away
            }
        });
        return () -> {
            speaks.interrupt();
            device.close();
        };
    }

    /// A driver that has good data.
    private final class Run implements AutoCloseable {
        final double startMs;
        final Proc driver;
        private final Sandbox box = new Sandbox();
        private final Runnable device;
        private final DriverTalk talk;

        Run(Maker maker, Case of, int interval) throws Exception {
            Path near = box.dir().resolve("near");
            Path far = box.dir().resolve("far");
            DeviceOnPty.line(box, near, far);
            device = of.device.apply(far);
            if (of.program.equals("genericups")) {
                Path lines = Files.writeString(box.dir().resolve("lines"), "0", StandardCharsets.US_ASCII);
                box.environment("LD_PRELOAD", shim.toString())
                        .environment("LINES_IN", lines.toString())
                        .environment("LINES_LOG", box.dir().resolve("log").toString());
            }
            var words = new ArrayList<>(
                    List.of("-F", "-s", "bessie", "-x", "port=" + near, "-i", Integer.toString(interval)));
            of.settings.forEach(setting -> words.addAll(List.of("-x", setting)));
            if (of.program.equals("upscode2") && maker == Maker.C) {
                words.add("-DDD"); // without, 2.8.0 understands nothing
            }
            Path socket = box.state().resolve(of.program + "-bessie");
            long begin = System.nanoTime();
            driver = box.daemon(maker, of.program, words.toArray(String[]::new));
            talk = new DriverTalk(driver.name(), socket);
            Await.until("socket of " + driver.name(), () -> Files.exists(socket) || !driver.alive());
            if (!driver.alive()) {
                throw new IllegalStateException(driver.name() + " has ended: " + driver.log());
            }
            Await.until("data of " + driver.name(), () -> !talk.stale());
            startMs = (System.nanoTime() - begin) / 1e6;
        }

        double processorMs() throws IOException {
            double nanos = 0;
            try (var tasks = Files.list(Path.of("/proc", Long.toString(driver.pid()), "task"))) {
                for (Path task : tasks.toList()) {
                    nanos += Double.parseDouble(
                            Files.readString(task.resolve("schedstat")).split(" ", -1)[0]);
                }
            }
            return nanos / 1e6;
        }

        /// Megabytes of these lines of smaps_rollup.
        double megabytes(String... lines) throws IOException {
            double kb = 0;
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(driver.pid()), "smaps_rollup"))) {
                for (String wanted : lines) {
                    if (line.startsWith(wanted + ":")) {
                        kb += Double.parseDouble(line.split("\\s+", -1)[1]);
                    }
                }
            }
            return kb / 1024;
        }

        @Override
        public void close() {
            try {
                talk.close();
                device.run();
            } finally {
                box.close();
            }
        }
    }

    private static List<Maker> makers(Case of) {
        return Maker.C.find(of.program).isPresent() ? List.of(Maker.C, Maker.OURS) : List.of(Maker.OURS);
    }

    private void measure() throws Exception {
        System.out.println("| | start, ms | processor time a poll, ms | private dirty, MB (with clean) |");
        System.out.println("| --- | --- | --- | --- |");
        for (var of : cases()) {
            var times = new TreeMap<Maker, List<Double>>();
            for (int i = 0; i <= starts; i++) {
                for (Maker maker : makers(of)) {
                    try (var run = new Run(maker, of, 2)) {
                        if (i > 0) { // the first warms the page cache
                            times.computeIfAbsent(maker, m -> new ArrayList<>()).add(run.startMs);
                        }
                    }
                }
            }
            for (Maker maker : makers(of)) {
                List<Double> all =
                        times.getOrDefault(maker, List.of()).stream().sorted().toList();
                row(maker, of, all);
            }
        }
    }

    private void row(Maker maker, Case of, List<Double> times) throws Exception {
        try (var run = new Run(maker, of, 1)) {
            TimeUnit.SECONDS.sleep(SECONDS_BEFORE);
            double before = run.processorMs();
            TimeUnit.SECONDS.sleep(seconds);
            double poll = (run.processorMs() - before) / seconds;
            new ProcessBuilder("sync").start().waitFor();
            System.out.printf(
                    Locale.ROOT,
                    "| %s, %s | %.0f (%.0f to %.0f) | %.2f | %.1f (%.1f) |%n",
                    of.program,
                    maker == Maker.C ? "C" : "ours",
                    times.get(times.size() / 2),
                    times.getFirst(),
                    times.getLast(),
                    poll,
                    run.megabytes("Private_Dirty"),
                    run.megabytes("Private_Dirty", "Private_Clean"));
        }
    }

    /// `[--starts N] [--seconds N]`
    public static void main(String[] args) throws Exception {
        var options = new TreeMap<>(Map.of("--starts", "5", "--seconds", "20"));
        for (int i = 0; i + 1 < args.length; i += 2) {
            if (options.replace(args[i], args[i + 1]) == null) {
                throw new IllegalArgumentException("serial [--starts N] [--seconds N], not " + args[i]);
            }
        }
        try (var workshop = new Sandbox()) {
            new SerialFigures(
                            Integer.parseInt(options.get("--starts")),
                            Integer.parseInt(options.get("--seconds")),
                            GenericupsIT.modemLines(workshop))
                    .measure();
        }
        System.exit(0);
    }
}
