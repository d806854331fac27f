package org.nutjvm.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How long command-line programs take from exec to exit, in turn, so that what disturbs the machine disturbs all.
final class StartUp {
    private StartUp() {}

    /// One command, the stack whose configuration it finds, and its times.
    private record Runner(String name, List<String> command, Stack stack, Samples times) {
        void once() throws IOException, InterruptedException {
            var builder = new ProcessBuilder(command);
            stack.environment(builder);
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

    /// Measures each stack's upsc against its own upsd, and the smallest Java program.
    static void run(List<Stack> stacks, int repeats, Report report) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var hello = List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Hello.class.getName());
        var runners = new ArrayList<Runner>();
        runners.add(new Runner("true", List.of("/bin/true"), stacks.getFirst(), new Samples()));
        runners.add(new Runner("java Hello", hello, stacks.getFirst(), new Samples()));
        for (Stack stack : stacks) {
            var upsc = List.of(stack.programs().upsc().toString(), Stack.UPS + "@127.0.0.1:" + stack.port());
            runners.add(new Runner("upsc, " + stack.name(), upsc, stack, new Samples()));
        }
        for (Runner runner : runners) {
            runner.once();
            runner.once();
        }
        Samples yardstick = runners.get(1).times();
        Samples upscOfFirst = runners.get(2).times();
        for (int i = 0; i < repeats; i++) {
            for (Runner runner : runners) {
                runner.once();
            }
        }
        report.section("upsc of " + Stack.VARIABLES + " variables, from exec to exit");
        report.line(
                "Each " + repeats + " times, in turn, each upsc against the upsd of its own stack. The first row is the"
                        + " cost of starting any process from the benchmark.");
        report.tableHead(
                "program",
                "median ms",
                "p99 ms",
                "to java Hello",
                "to upsc, " + stacks.getFirst().name());
        for (Runner runner : runners) {
            double median = runner.times().median();
            report.row(
                    runner.name(),
                    report.number(median / 1e6),
                    report.number(runner.times().percentile(99) / 1e6),
                    report.ratio(median / yardstick.median()),
                    report.ratio(median / upscOfFirst.median()));
        }
    }
}
