package org.nutjvm.drivers.netxml;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.Exit;
import org.nutjvm.drivers.core.DriverMain;

/// The program netxml-ups (drivers/netxml-ups.c): a UPS behind a network card with XML. May
/// run inside another program; an instance runs once.
public final class NetXmlUps {
    private final DriverMain main;

    /// A driver with this environment and these streams.
    public NetXmlUps(Map<String, String> env, PrintStream out, PrintStream err) {
        main = new DriverMain(new NetXmlProgram(), env, out, err);
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
        var program = new NetXmlUps(System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.run(List.of(args)));
    }
}
