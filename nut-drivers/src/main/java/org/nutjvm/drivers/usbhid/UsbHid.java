package org.nutjvm.drivers.usbhid;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.nutjvm.common.io.Exit;
import org.nutjvm.drivers.core.DriverMain;

/// The program usbhid-ups: UPSes of the HID Power Device class on USB (drivers/usbhid-ups.c). An
/// instance runs once.
public final class UsbHid {
    private final DriverMain main;

    /// A driver with this environment and these streams.
    public UsbHid(Map<String, String> env, PrintStream out, PrintStream err) {
        main = new DriverMain(new UsbHidProgram(), env, out, err);
    }

    /// Runs until stopped.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        return main.run(args);
    }

    /// The program.
    public static void main(String[] args) {
        var program = new UsbHid(System.getenv(), System.out, System.err);
        program.main.catchSignals();
        Exit.now(program.run(List.of(args)));
    }
}
