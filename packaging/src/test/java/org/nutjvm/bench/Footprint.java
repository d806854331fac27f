package org.nutjvm.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Memory of driver, upsd and upsmon, idle after some clients have come and gone.
final class Footprint {
    private static final int CLIENTS = 200;
    /// Longer than daemons keep what they could give back.
    private static final Duration SETTLE = Duration.ofSeconds(12);

    private Footprint() {}

    static void run(List<Stack> stacks, Report report) throws IOException, InterruptedException {
        for (Stack stack : stacks) {
            var clients = new ArrayList<Connection>();
            for (int i = 0; i < CLIENTS; i++) {
                var client = new Connection(stack.port());
                clients.add(client);
                client.login(Stack.UPS);
                client.list("VAR " + Stack.UPS);
            }
            for (Connection client : clients) {
                client.expect("LOGOUT", "OK Goodbye");
                client.close();
            }
        }
        settle();
        report.section("Memory, idle for " + SETTLE.toSeconds() + " s after " + CLIENTS + " clients");
        report.tableHead("process", "stack", "PSS MB", "private MB");
        for (Stack stack : stacks) {
            server(stack, report);
        }
        withUpsmon(stacks, report);
    }

    /// What is shared is then shared by three. The half of upsmon without root is nobody, as in a service.
    private static void withUpsmon(List<Stack> stacks, Report report) throws IOException, InterruptedException {
        var monitors = new ArrayList<Monitor>();
        try {
            for (Stack stack : stacks) {
                monitors.add(new Monitor(stack, Stack.UPS, stack.port(), Stack.NOBODY, "SHUTDOWNCMD /bin/true"));
            }
            settle();
            report.section("Memory with upsmon, " + SETTLE.toSeconds() + " s after its login");
            report.tableHead("process", "stack", "PSS MB", "private MB");
            for (int s = 0; s < stacks.size(); s++) {
                Stack stack = stacks.get(s);
                var both = server(stack, report);
                var upsmon = new ProcFs.Memory(0, 0);
                for (var process : monitors.get(s).family()) {
                    upsmon = upsmon.plus(ProcFs.memory(process.pid()));
                }
                row("upsmon, both halves", stack, upsmon, report);
                row("**all three**", stack, both.plus(upsmon), report);
            }
        } finally {
            monitors.forEach(Monitor::close);
        }
    }

    private static void settle() throws IOException, InterruptedException {
        // A fresh cache file still counts as private and dirty until it is on disk.
        new ProcessBuilder("sync").start().waitFor(30, TimeUnit.SECONDS);
        Thread.sleep(SETTLE);
    }

    private static ProcFs.Memory server(Stack stack, Report report) throws IOException {
        ProcFs.Memory upsd = ProcFs.memory(stack.upsdPid());
        ProcFs.Memory driver = ProcFs.memory(stack.driverPid());
        row("upsd", stack, upsd, report);
        row("dummy-ups", stack, driver, report);
        var sum = upsd.plus(driver);
        row("**together**", stack, sum, report);
        return sum;
    }

    private static void row(String process, Stack stack, ProcFs.Memory memory, Report report) {
        report.row(process, stack.name(), report.number(memory.pssMb()), report.number(memory.privateMb()));
    }
}
