package org.nutjvm.drivers.qx;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.Exit;
import org.nutjvm.drivers.core.DriverMain;
import org.nutjvm.drivers.port.SerialPort;
import org.nutjvm.drivers.port.SystemPorts;
import org.nutjvm.drivers.usb.LibUsbBus;
import org.nutjvm.drivers.usb.UsbBus;

/// The program nutdrv_qx (drivers/nutdrv_qx.c): a device that speaks one of many dialects of Q1. An instance runs once.
public final class NutdrvQx {
    private static final UsbBus.Opener MACHINE = LibUsbBus::open;

    private final DriverMain main;

    /// A driver with this environment and these streams.
    public NutdrvQx(Map<String, String> env, PrintStream out, PrintStream err) {
        this(new SystemPorts(), MACHINE, env, out, err);
    }

    private NutdrvQx(SerialPort ports, UsbBus.Opener usb, Map<String, String> env, PrintStream out, PrintStream err) {
        main = new DriverMain(new QxProgram(ports, usb), env, out, err);
    }

    /// The program.
    public static void main(String[] args) {
        main(new SystemPorts(), MACHINE, args);
    }

    /// The program with other ports and another bus than the machine's.
    public static void main(SerialPort ports, UsbBus.Opener usb, String[] args) {
        var program = new NutdrvQx(ports, usb, System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.main.run(List.of(args)));
    }
}
