package org.nutjvm.drivers.metasys;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.Exit;
import org.nutjvm.drivers.core.DriverMain;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SystemPorts;

/// The program metasys (drivers/metasys.c): UPSes of Meta System. An instance runs once.
public final class Metasys {
    private final DriverMain main;

    /// A driver with this environment and these streams.
    public Metasys(Map<String, String> env, PrintStream out, PrintStream err) {
        this(new SystemPorts(), env, out, err);
    }

    private Metasys(SerialPort ports, Map<String, String> env, PrintStream out, PrintStream err) {
        main = new DriverMain(new MetasysProgram(ports), env, out, err);
    }

    /// The program.
    public static void main(String[] args) {
        main(new SystemPorts(), args);
    }

    /// The program with other ports than the machine's.
    public static void main(SerialPort ports, String[] args) {
        var program = new Metasys(ports, System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.main.run(List.of(args)));
    }
}
