package org.nutjvm.drivers.usbhid;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.Exit;
import org.nutjvm.drivers.core.DriverMain;
import org.nutjvm.drivers.usb.LibUsbBus;
import org.nutjvm.drivers.usb.UsbBus;

/// The program usbhid-ups: UPSes of the HID Power Device class on USB (drivers/usbhid-ups.c). An
/// instance runs once.
public final class UsbHid {
    private static final UsbBus.Opener MACHINE = LibUsbBus::open;

    private final DriverMain main;

    /// A driver with this environment and these streams.
    public UsbHid(Map<String, String> env, PrintStream out, PrintStream err) {
        this(MACHINE, env, out, err);
    }

    private UsbHid(UsbBus.Opener bus, Map<String, String> env, PrintStream out, PrintStream err) {
        main = new DriverMain(new UsbHidProgram(bus), env, out, err);
    }

    /// Runs until stopped.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        return main.run(args);
    }

    /// The program.
    public static void main(String[] args) {
        main(MACHINE, args);
    }

    /// The program on another bus than the machine's; never returns.
    public static void main(UsbBus.Opener bus, String[] args) {
        var program = new UsbHid(bus, System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.run(List.of(args)));
    }
}
