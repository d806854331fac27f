package org.nutjvm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How long `upsdrvctl start` takes for one driver and for ten. The driver is a shell script that takes half a second
/// to
/// start, as devices do, and no processor time: what is measured is whether starts wait for each other.
final class DriverStarts {
    private static final String SECONDS_TO_START = "0.5";

    private DriverStarts() {}

    private record Runner(String name, Path upsdrvctl, Path conf, Samples times) {
        void once() throws IOException, InterruptedException {
            var builder = new ProcessBuilder(upsdrvctl.toString(), "start");
            builder.environment().put("NUT_CONFPATH", conf.toString());
            builder.environment().put("NUT_STATEPATH", conf.toString());
            builder.environment().put("NUT_ALTPIDPATH", conf.toString());
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            long start = System.nanoTime();
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(name + " failed");
            }
            times.add(System.nanoTime() - start);
        }
    }

    static void run(List<Programs> all, Path parent, int repeats, Report report)
            throws IOException, InterruptedException {
        Path dir = Files.createDirectory(parent.resolve("driver-starts"));
        Path driver = Files.writeString(dir.resolve("slow"), "#!/bin/sh\nexec sleep " + SECONDS_TO_START + "\n");
        Files.setPosixFilePermissions(driver, PosixFilePermissions.fromString("rwxr-xr-x"));
        var runners = new ArrayList<Runner>();
        for (Programs programs : all) {
            for (int count : new int[] {1, 10}) {
                runners.add(new Runner(
                        "upsdrvctl start, " + programs.name() + ", drivers: " + count,
                        programs.upsdrvctl(),
                        configured(dir, programs.name() + count, count),
                        new Samples()));
            }
        }
        for (Runner runner : runners) {
            runner.once();
        }
        for (int i = 0; i < repeats; i++) {
            for (Runner runner : runners) {
                runner.once();
            }
        }
        report.section("Starting drivers that take " + SECONDS_TO_START + " s each");
        report.line("Each " + repeats + " times, in turn. Exit code 0 is asked for.");
        report.tableHead("command", "median ms", "to one driver");
        for (int i = 0; i < runners.size(); i++) {
            Runner runner = runners.get(i);
            Runner ofOne = runners.get(i - i % 2);
            report.row(
                    runner.name(),
                    report.number(runner.times().median() / 1e6),
                    report.ratio(runner.times().median() / ofOne.times().median()));
        }
    }

    private static Path configured(Path dir, String name, int count) throws IOException {
        var text = new StringBuilder("driverpath = " + dir + "\n");
        for (int i = 0; i < count; i++) {
            text.append("[ups")
                    .append(i)
                    .append("]\n  driver = slow\n  port = port")
                    .append(i)
                    .append('\n');
        }
        Path conf = Files.createDirectory(dir.resolve(name));
        Files.writeString(conf.resolve("ups.conf"), text);
        return conf;
    }
}
