package org.nutjvm.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Memory of driver and upsd, idle after some clients have come and gone.
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
        // A fresh cache file still counts as private and dirty until it is on disk.
        new ProcessBuilder("sync").start().waitFor(30, TimeUnit.SECONDS);
        Thread.sleep(SETTLE);

        report.section("Memory, idle for " + SETTLE.toSeconds() + " s after " + CLIENTS + " clients");
        report.tableHead("process", "stack", "PSS MB", "private MB");
        for (Stack stack : stacks) {
            ProcFs.Memory upsd = ProcFs.memory(stack.upsdPid());
            ProcFs.Memory driver = ProcFs.memory(stack.driverPid());
            row("upsd", stack, upsd, report);
            row("dummy-ups", stack, driver, report);
            var sum = new ProcFs.Memory(upsd.pssKb() + driver.pssKb(), upsd.privateKb() + driver.privateKb());
            row("**together**", stack, sum, report);
        }
    }

    private static void row(String process, Stack stack, ProcFs.Memory memory, Report report) {
        report.row(process, stack.name(), report.number(memory.pssMb()), report.number(memory.privateMb()));
    }
}
