package org.nutjvm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How long command-line programs take from exec to exit, in turn, so that what disturbs the machine disturbs all.
final class StartUp {
    private StartUp() {}

    /// One command, the stack whose configuration it finds, what else it finds in its environment, and its times.
    private record Runner(String name, List<String> command, Stack stack, Map<String, String> env, Samples times) {
        Runner(String name, List<String> command, Stack stack) {
            this(name, command, stack, Map.of(), new Samples());
        }

        void once() throws IOException, InterruptedException {
            var builder = new ProcessBuilder(command);
            stack.environment(builder);
            builder.environment().putAll(env);
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            long start = System.nanoTime();
            Process process = builder.start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(name + " does not end");
            }
            times.add(System.nanoTime() - start);
            if (process.exitValue() != 0) {
                throw new IOException(name + " failed with exit code " + process.exitValue());
            }
        }
    }

    /// The smallest C program and the smallest Java program.
    private static List<Runner> yardsticks(Stack any) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var hello = List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Hello.class.getName());
        return List.of(new Runner("true", List.of("/bin/true"), any), new Runner("java Hello", hello, any));
    }

    /// Measures each stack's upsc against its own upsd.
    static void run(List<Stack> stacks, int repeats, Report report) throws IOException, InterruptedException {
        var runners = new ArrayList<>(yardsticks(stacks.getFirst()));
        for (Stack stack : stacks) {
            var upsc = List.of(stack.programs().upsc().toString(), Stack.UPS + "@127.0.0.1:" + stack.port());
            runners.add(new Runner("upsc, " + stack.name(), upsc, stack));
        }
        report.section("upsc of " + Stack.VARIABLES + " variables, from exec to exit");
        report.line(
                "Each " + repeats + " times, in turn, each upsc against the upsd of its own stack. The first row is the"
                        + " cost of starting any process from the benchmark.");
        measure(runners, stacks.getFirst(), repeats, report);
    }

    /// Measures each stack's upssched: an event that goes to its timer daemon, and one that runs a script.
    static void ofUpssched(List<Stack> stacks, int repeats, Report report) throws IOException, InterruptedException {
        var runners = new ArrayList<>(yardsticks(stacks.getFirst()));
        for (String type : List.of("ONLINE", "REPLBATT")) {
            for (Stack stack : stacks) {
                runners.add(upssched(stack, type));
            }
        }
        for (Stack stack : stacks) {
            Path dir = stack.dir();
            Files.writeString(
                    dir.resolve("upssched.conf"),
                    "CMDSCRIPT /bin/true\nPIPEFN " + dir.resolve("timers") + "\nLOCKFN " + dir.resolve("timers.lock")
                            + "\nAT ONBATT * START-TIMER outage 600\nAT ONLINE * CANCEL-TIMER other\n"
                            + "AT REPLBATT * EXECUTE replace\nAT SHUTDOWN * CANCEL-TIMER outage\n");
            upssched(stack, "ONBATT").once();
        }
        report.section("upssched, from exec to exit");
        report.line("Each " + repeats + " times, in turn. One event goes to a timer daemon that runs already, the other"
                + " runs /bin/true.");
        measure(runners, stacks.getFirst(), repeats, report);
        for (Stack stack : stacks) {
            upssched(stack, "SHUTDOWN").once(); // without timers the daemon ends by itself
        }
    }

    /// Measures what a web server waits for: a page of a template, JSON, a picture.
    ///
    /// @param tree the image whose sample of a template all use
    static void ofCgi(List<Stack> stacks, Path tree, int repeats, Report report)
            throws IOException, InterruptedException {
        var runners = new ArrayList<>(yardsticks(stacks.getFirst()));
        var pages = Map.of(
                "page", "upsstats.cgi?",
                "JSON", "upsstats.cgi?json",
                "picture", "upsimage.cgi?display=battery.charge&host=");
        var holders = new ArrayList<EtcNut>();
        try {
            for (Stack stack : stacks) {
                String ups = Stack.UPS + "@127.0.0.1:" + stack.port();
                Files.copy(tree.resolve("etc/upsstats.html.sample"), stack.dir().resolve("upsstats.html"));
                Files.writeString(stack.dir().resolve("hosts.conf"), "MONITOR " + ups + " Bench\n");
                boolean builtIn = stack.name().equals("C");
                if (builtIn && (!System.getProperty("user.name").equals("root") || !hasCgi(stack))) {
                    report.line(
                            "C's programs are left out: apt-get install nut-cgi, and be root, for they read /etc/nut.");
                    continue;
                }
                var within = new ArrayList<String>();
                if (builtIn) {
                    holders.add(new EtcNut(stack.dir()));
                    within.addAll(holders.getLast().prefix());
                    runners.add(new Runner("nsenter true", with(within, "/bin/true"), stack));
                }
                for (String what : List.of("page", "JSON", "picture")) {
                    if (builtIn && what.equals("JSON")) {
                        continue; // 2.8.0 has none
                    }
                    String[] words = pages.getOrDefault(what, "").split("\\?", -1);
                    String query = words[1].endsWith("host=") ? words[1] + ups : words[1];
                    var program = stack.programs().cgi().resolve(words[0]).toString();
                    var env = Map.of("GATEWAY_INTERFACE", "CGI/1.1", "REQUEST_METHOD", "GET", "QUERY_STRING", query);
                    runners.add(
                            new Runner(what + ", " + stack.name(), with(within, program), stack, env, new Samples()));
                }
            }
            report.section("A request to CGI programs, from exec to exit");
            report.line("Each " + repeats + " times, in turn, of one UPS with " + Stack.VARIABLES
                    + " variables. C's are started in a mount namespace by nsenter, whose own cost is a row.");
            measure(runners, stacks.getFirst(), repeats, report);
        } finally {
            holders.forEach(EtcNut::close);
        }
    }

    private static boolean hasCgi(Stack stack) {
        return Files.isExecutable(stack.programs().cgi().resolve("upsstats.cgi"));
    }

    private static List<String> with(List<String> before, String program) {
        var words = new ArrayList<>(before);
        words.add(program);
        return words;
    }

    private static Runner upssched(Stack stack, String type) {
        String what = type.equals("REPLBATT") ? "upssched, script, " : "upssched, timer, ";
        return new Runner(
                what + stack.name(),
                List.of(stack.programs().upssched().toString(), "message"),
                stack,
                Map.of("UPSNAME", Stack.UPS, "NOTIFYTYPE", type),
                new Samples());
    }

    private static void measure(List<Runner> runners, Stack first, int repeats, Report report)
            throws IOException, InterruptedException {
        for (Runner runner : runners) {
            new Runner(runner.name(), runner.command(), runner.stack(), runner.env(), new Samples()).once();
            new Runner(runner.name(), runner.command(), runner.stack(), runner.env(), new Samples()).once();
        }
        for (int i = 0; i < repeats; i++) {
            for (Runner runner : runners) {
                runner.once();
            }
        }
        Samples yardstick = runners.get(1).times();
        report.tableHead("program", "median ms", "p99 ms", "to java Hello", "to the same of " + first.name());
        for (Runner runner : runners) {
            double median = runner.times().median();
            report.row(
                    runner.name(),
                    report.number(median / 1e6),
                    report.number(runner.times().percentile(99) / 1e6),
                    report.ratio(median / yardstick.median()),
                    ofSame(runners, runner, first)
                            .map(same -> report.ratio(median / same.times().median()))
                            .orElse(""));
        }
    }

    /// The first stack's run of the same program.
    private static Optional<Runner> ofSame(List<Runner> runners, Runner one, Stack first) {
        String what = one.name().replaceFirst(", [^,]*$", "");
        return runners.stream()
                .filter(other -> other.name().equals(what + ", " + first.name()))
                .findFirst();
    }
}
