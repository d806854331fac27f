package org.nutjvm.drivers.genericups;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.Exit;
import org.nutjvm.drivers.core.DriverMain;

/// The program genericups (drivers/genericups.c): a device that opens and closes contacts. An instance runs once.
public final class GenericContacts {
    private final DriverMain main;

    /// A driver with this environment and these streams.
    public GenericContacts(Map<String, String> env, PrintStream out, PrintStream err) {
        main = new DriverMain(new GenericProgram(), env, out, err);
    }

    /// The program.
    public static void main(String[] args) {
        var program = new GenericContacts(System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.main.run(List.of(args)));
    }
}
