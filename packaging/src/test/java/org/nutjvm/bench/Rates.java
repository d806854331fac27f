package org.nutjvm.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Requests per second and the time an answer takes, both servers in turn.
final class Rates {
    private static final String LIST = "LIST VAR " + Stack.UPS;
    private static final String GET = "GET VAR " + Stack.UPS + " battery.charge";
    private static final List<Load.Job> JOBS = List.of(
            new Load.Job(LIST, 1, 1),
            new Load.Job(LIST, 50, 1),
            new Load.Job(LIST, 500, 1),
            new Load.Job(LIST, 1, 1, true),
            new Load.Job(LIST, 50, 1, true),
            new Load.Job(LIST, 500, 1, true),
            new Load.Job(GET, 1, 1),
            new Load.Job(GET, 50, 1),
            new Load.Job(GET, 500, 1),
            new Load.Job(GET, 50, 20),
            new Load.Job(GET, 50, 20, true));

    /// The kernel counts hundredths of seconds: of a server that did less than this nothing can be told.
    private static final double LEAST_CPU = 0.05;

    private Rates() {}

    /// The jobs whose request contains a text.
    static List<Load.Job> jobs(String request) {
        return JOBS.stream().filter(job -> job.text().contains(request)).toList();
    }

    /// The medians of the repeats of one job against one server.
    record Row(
            double perSecond, double medianMicros, double p99Micros, double clientCpu, double serverCpu, long errors) {
        /// Requests that the server answers in one second of processor time.
        double perCpuSecond() {
            return perSecond / serverCpu;
        }

        static Row of(List<Load.Result> results) {
            return new Row(
                    Samples.medianOf(
                            results.stream().mapToDouble(Load.Result::perSecond).toArray()),
                    Samples.medianOf(results.stream()
                                    .mapToDouble(r -> r.times().median())
                                    .toArray())
                            / 1e3,
                    Samples.medianOf(results.stream()
                                    .mapToDouble(r -> r.times().percentile(99))
                                    .toArray())
                            / 1e3,
                    Samples.medianOf(
                            results.stream().mapToDouble(Load.Result::clientCpu).toArray()),
                    Samples.medianOf(
                            results.stream().mapToDouble(Load.Result::serverCpu).toArray()),
                    results.stream().mapToLong(Load.Result::errors).sum());
        }
    }

    /// Measures all jobs against all stacks and prints a table; the first stack is the one compared with.
    static void run(List<Stack> stacks, List<Load.Job> jobs, int repeats, Duration measured, Report report)
            throws IOException {
        report.section("Requests per second");
        report.line("Medians of " + repeats + " runs of " + measured.toMillis()
                + " ms each, in turn; times are those of whole batches. A ratio is the median of those of each turn.");
        report.tableHead(
                "request",
                "connections",
                "at once",
                "server",
                "requests/s",
                "ratio",
                "median µs",
                "p99 µs",
                "p99 ratio",
                "server CPU",
                "client CPU",
                "ratio per CPU s",
                "errors");
        for (Load.Job job : jobs) {
            var results = new ArrayList<List<Load.Result>>();
            stacks.forEach(_ -> results.add(new ArrayList<>()));
            for (int i = 0; i < repeats; i++) {
                for (int s = 0; s < stacks.size(); s++) {
                    Stack stack = stacks.get(s);
                    // The first run also has to get a JIT compiler and its code warm.
                    Duration warmUp = Duration.ofMillis(i == 0 ? 1500 : 100);
                    try (var load = new Load(stack.port(), stack.upsdPid(), job)) {
                        results.get(s).add(load.run(warmUp, measured));
                    }
                }
            }
            Row first = Row.of(results.getFirst());
            for (int s = 0; s < stacks.size(); s++) {
                Row row = Row.of(results.get(s));
                report.row(
                        job.text(),
                        job.connections(),
                        job.pipelined(),
                        stacks.get(s).name(),
                        report.number(row.perSecond()),
                        s == 0 ? "" : report.ratio(ofPairs(results.getFirst(), results.get(s), Load.Result::perSecond)),
                        report.number(row.medianMicros()),
                        report.number(row.p99Micros()),
                        s == 0
                                ? ""
                                : report.ratio(ofPairs(
                                        results.getFirst(),
                                        results.get(s),
                                        one -> one.times().percentile(99))),
                        report.percent(row.serverCpu()),
                        report.percent(row.clientCpu()),
                        s == 0 || first.serverCpu() < LEAST_CPU
                                ? ""
                                : report.ratio(row.perCpuSecond() / first.perCpuSecond()),
                        row.errors());
            }
        }
    }

    /// How two servers compare: the median over the turns, in which both ran one after the other.
    private static double ofPairs(
            List<Load.Result> first, List<Load.Result> second, ToDoubleFunction<Load.Result> figure) {
        double[] ratios = new double[first.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(second.get(i)) / figure.applyAsDouble(first.get(i));
        }
        return Samples.medianOf(ratios);
    }
}
