package org.nutjvm.drivers.qx;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.Exit;
import org.nutjvm.drivers.core.DriverMain;
import org.nutjvm.drivers.usb.LibUsbBus;
import org.nutjvm.drivers.usb.UsbBus;

/// The program blazer_usb (drivers/blazer_usb.c): nutdrv_qx as its predecessor for USB was set up. An instance runs
/// once.
public final class BlazerUsb {
    private static final UsbBus.Opener MACHINE = LibUsbBus::open;

    private final DriverMain main;

    /// A driver with this environment and these streams.
    public BlazerUsb(Map<String, String> env, PrintStream out, PrintStream err) {
        this(MACHINE, env, out, err);
    }

    private BlazerUsb(UsbBus.Opener usb, Map<String, String> env, PrintStream out, PrintStream err) {
        main = new DriverMain(new BlazerUsbProgram(usb), env, out, err);
    }

    /// The program.
    public static void main(String[] args) {
        main(MACHINE, args);
    }

    /// The program with another bus than the machine's.
    public static void main(UsbBus.Opener usb, String[] args) {
        var program = new BlazerUsb(usb, System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.main.run(List.of(args)));
    }
}
