package org.nutjvm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Runs the benchmark. See docs/performance.md.
final class Bench {
    private static final List<String> PHASES = List.of(
            "startup",
            "drivers",
            "memory",
            "rates",
            "crowd",
            "abuse",
            "reconnect",
            "freshness",
            "shutdown",
            "upssched",
            "cgi");

    private static final String USAGE =
            "usage: bench [--quick] [--tree DIR] [--also DIR] [--only C|ours|also] [--request TEXT] " + PHASES;

    private Bench() {}

    /// What the command line asks for.
    private record Options(boolean quick, Path tree, String also, String only, String request, Set<String> phases) {
        static Options of(List<String> args) {
            boolean quick = false;
            Path tree = Path.of("packaging/target/nut");
            String also = "";
            String only = "";
            String request = "";
            var phases = new TreeSet<String>();
            for (int i = 0; i < args.size(); i++) {
                String arg = args.get(i);
                boolean hasNext = i + 1 < args.size();
                if (arg.equals("--quick")) {
                    quick = true;
                } else if (arg.equals("--tree") && hasNext) {
                    tree = Path.of(args.get(++i));
                } else if (arg.equals("--also") && hasNext) {
                    also = args.get(++i);
                } else if (arg.equals("--only") && hasNext) {
                    only = args.get(++i);
                } else if (arg.equals("--request") && hasNext) {
                    request = args.get(++i);
                } else if (PHASES.contains(arg)) {
                    phases.add(arg);
                } else {
                    throw new IllegalArgumentException(USAGE);
                }
            }
            var wanted = phases.isEmpty() ? Set.copyOf(PHASES) : phases;
            return new Options(quick, tree.toAbsolutePath(), also, only, request, wanted);
        }
    }

    static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.of(List.of(args));
        var candidates = new ArrayList<>(List.of(Programs.debian(), Programs.tree("ours", options.tree())));
        if (!options.also().isEmpty()) {
            candidates.add(Programs.tree("also", Path.of(options.also()).toAbsolutePath()));
        }
        var wanted = candidates.stream()
                .filter(p -> options.only().isEmpty() || p.name().equals(options.only()))
                .toList();
        for (Programs programs : wanted) {
            String missing = programs.missing();
            if (!missing.isEmpty()) {
                System.err.println(missing);
                System.exit(1);
            }
        }
        // The kernel makes one side wait for the other often enough; they need not fight for one processor as well.
        boolean pin = Runtime.getRuntime().availableProcessors() > 1;
        Path dir = Files.createTempDirectory("nut-bench");
        var stacks = new ArrayList<Stack>();
        try {
            for (Programs programs : wanted) {
                stacks.add(Stack.start(programs, dir, pin ? "0" : ""));
            }
            var report = new Report(System.out);
            measure(stacks, options, pin, report);
            if (options.phases().contains("drivers")) {
                DriverStarts.run(wanted, dir, options.quick() ? 3 : 9, report);
            }
            if (options.phases().contains("reconnect")) {
                Reconnect.run(wanted, dir, pin ? "0" : "", report);
            }
        } finally {
            stacks.forEach(Stack::close);
            delete(dir);
        }
    }

    private static void measure(List<Stack> stacks, Options options, boolean pin, Report report)
            throws IOException, InterruptedException {
        boolean quick = options.quick();
        report.line("Machine: " + ProcFs.processorName() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, Linux "
                + System.getProperty("os.version") + ", Java " + Runtime.version() + ". Servers on processor 0"
                + (pin ? ", load client on processor 1." : ", load client too."));
        // Memory first: it is that of daemons which have not yet been under load.
        if (options.phases().contains("memory")) {
            Footprint.run(stacks, report);
        }
        if (options.phases().contains("startup")) {
            StartUp.run(stacks, quick ? 15 : 60, report);
        }
        if (options.phases().contains("upssched")) {
            StartUp.ofUpssched(stacks, quick ? 15 : 60, report);
        }
        if (options.phases().contains("cgi")) {
            StartUp.ofCgi(stacks, options.tree(), quick ? 15 : 60, report);
            for (Stack stack : stacks) {
                if (stack.name().equals("ours")) {
                    PageServer.run(stack, options.tree(), Duration.ofSeconds(quick ? 2 : 5), report);
                }
            }
        }
        if (pin) {
            pinThisThread("1");
        }
        if (options.phases().contains("rates")) {
            Rates.run(
                    stacks,
                    Rates.jobs(options.request()),
                    quick ? 3 : 11,
                    Duration.ofMillis(quick ? 300 : 700),
                    report);
        }
        if (options.phases().contains("crowd")) {
            Crowd.run(stacks, 10_000, 1_000, Duration.ofSeconds(quick ? 5 : 20), report);
        }
        if (options.phases().contains("abuse")) {
            Abuse.run(stacks, Duration.ofSeconds(quick ? 3 : 8), report);
        }
        if (options.phases().contains("freshness")) {
            Freshness.ofFile(stacks, quick ? 5 : 30, report);
            Freshness.ofSet(stacks, quick ? 50 : 500, report);
        }
        // Last: it leaves devices behind whose driver has gone.
        if (options.phases().contains("shutdown")) {
            Outages.run(stacks, quick ? 5 : 20, report);
        }
    }

    private static void pinThisThread(String processors) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder("taskset", "-cp", processors, Long.toString(ProcFs.threadId()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (taskset.waitFor() != 0) {
            throw new IOException("taskset failed");
        }
    }

    private static void delete(Path dir) throws IOException {
        try (var files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
