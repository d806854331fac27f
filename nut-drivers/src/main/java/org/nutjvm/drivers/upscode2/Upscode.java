package org.nutjvm.drivers.upscode2;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.Exit;
import org.nutjvm.drivers.core.DriverMain;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SystemPorts;

/// The program upscode2 (drivers/upscode2.c): UPSes that speak UPScode II. An instance runs once.
public final class Upscode {
    private final DriverMain main;

    /// A driver with this environment and these streams.
    public Upscode(Map<String, String> env, PrintStream out, PrintStream err) {
        this(new SystemPorts(), env, out, err);
    }

    private Upscode(SerialPort ports, Map<String, String> env, PrintStream out, PrintStream err) {
        main = new DriverMain(new UpscodeProgram(ports), env, out, err);
    }

    /// The program.
    public static void main(String[] args) {
        main(new SystemPorts(), args);
    }

    /// The program with other ports than the machine's.
    public static void main(SerialPort ports, String[] args) {
        var program = new Upscode(ports, System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.main.run(List.of(args)));
    }
}
