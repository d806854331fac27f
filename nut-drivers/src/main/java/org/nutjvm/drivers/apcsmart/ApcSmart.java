package org.nutjvm.drivers.apcsmart;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.Exit;
import org.nutjvm.drivers.core.DriverMain;

/// The program apcsmart (drivers/apcsmart.c): an APC Smart-UPS on a serial line. An instance runs once.
public final class ApcSmart {
    private final DriverMain main;

    /// A driver with this environment and these streams.
    public ApcSmart(Map<String, String> env, PrintStream out, PrintStream err) {
        main = new DriverMain(new ApcsmartProgram(), env, out, err);
    }

    /// The program.
    public static void main(String[] args) {
        var program = new ApcSmart(System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.main.run(List.of(args)));
    }
}
