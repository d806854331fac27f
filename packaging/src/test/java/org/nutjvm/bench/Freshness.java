package org.nutjvm.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// How old what a client reads can be: the time from a change at the device until a polling client sees it.
final class Freshness {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final String VAR = "ups.id";

    private Freshness() {}

    /// Changes to dummy-ups's data file. The stacks are watched at the same time: nearly all of it is waiting.
    static void ofFile(List<Stack> stacks, int changes, Report report) throws IOException, InterruptedException {
        var times = new ArrayList<Samples>();
        var watchers = new ArrayList<Connection>();
        try {
            for (Stack stack : stacks) {
                times.add(new Samples());
                watchers.add(new Connection(stack.port()));
            }
            // Changes must not keep step with the drivers' polls.
            var pause = new Random(7);
            for (int i = 0; i < changes; i++) {
                Thread.sleep(pause.nextInt(1000));
                watch(stacks, watchers, times, "file-" + i);
            }
        } finally {
            for (Connection watcher : watchers) {
                watcher.close();
            }
        }
        print("A change in dummy-ups's data file until a client reads it (pollinterval 1 s)", stacks, times, report);
    }

    private static void watch(List<Stack> stacks, List<Connection> watchers, List<Samples> times, String value)
            throws IOException, InterruptedException {
        long[] start = new long[stacks.size()];
        boolean[] seen = new boolean[stacks.size()];
        int missing = stacks.size();
        for (int s = 0; s < stacks.size(); s++) {
            start[s] = System.nanoTime();
            stacks.get(s).change(VAR, value);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (missing > 0) {
            for (int s = 0; s < stacks.size(); s++) {
                if (!seen[s] && watchers.get(s).value(Stack.UPS, VAR).equals(value)) {
                    times.get(s).add(System.nanoTime() - start[s]);
                    seen[s] = true;
                    missing--;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("a change in the data file was not seen");
            }
            Thread.sleep(1);
        }
    }

    /// SET VAR on one connection, read on another. A slow stack gets fewer changes.
    static void ofSet(List<Stack> stacks, int changes, Report report) throws IOException {
        var times = new ArrayList<Samples>();
        for (Stack stack : stacks) {
            var samples = new Samples();
            try (var writer = new Connection(stack.port());
                    var reader = new Connection(stack.port())) {
                writer.identify();
                long end = System.nanoTime() + AT_MOST.toNanos();
                for (int i = 0; i < changes && System.nanoTime() < end; i++) {
                    String value = "set-" + i;
                    long start = System.nanoTime();
                    writer.expect("SET VAR " + Stack.UPS + " " + VAR + " \"" + value + "\"", "OK");
                    while (!reader.value(Stack.UPS, VAR).equals(value)) {
                        if (System.nanoTime() - start > PATIENCE.toNanos()) {
                            throw new IOException(stack.name() + ": SET VAR had no effect");
                        }
                    }
                    samples.add(System.nanoTime() - start);
                }
            }
            times.add(samples);
        }
        print("SET VAR until another client reads it", stacks, times, report);
    }

    private static void print(String title, List<Stack> stacks, List<Samples> times, Report report) {
        report.section(title);
        report.tableHead("stack", "changes", "median ms", "p99 ms", "ratio of medians");
        for (int s = 0; s < stacks.size(); s++) {
            double median = times.get(s).median();
            report.row(
                    stacks.get(s).name(),
                    times.get(s).size(),
                    report.number(median / 1e6),
                    report.number(times.get(s).percentile(99) / 1e6),
                    s == 0 ? "" : report.ratio(median / times.getFirst().median()));
        }
    }
}
