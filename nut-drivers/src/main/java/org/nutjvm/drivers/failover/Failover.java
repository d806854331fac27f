package org.nutjvm.drivers.failover;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.Exit;
import org.nutjvm.drivers.core.DriverMain;

/// The program failover (drivers/failover.c): the best of several drivers' devices as one. May
/// run inside another program; an instance runs once.
public final class Failover {
    private final DriverMain main;

    /// A driver with this environment and these streams.
    public Failover(Map<String, String> env, PrintStream out, PrintStream err) {
        main = new DriverMain(new FailoverProgram(), env, out, err);
    }

    /// Runs until stopped.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        return main.run(args);
    }

    /// Ends {@link #run} with exit code 0, from any thread.
    public void stop() {
        main.stop();
    }

    /// The program.
    public static void main(String[] args) {
        var program = new Failover(System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.run(List.of(args)));
    }
}
