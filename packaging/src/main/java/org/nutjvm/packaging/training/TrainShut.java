package org.nutjvm.packaging.training;

import java.util.Map;
import org.nutjvm.drivers.shut.MgeShut;

/// mge-shut with a made-up device, which loses power now and then and is noisy now and then.
public final class TrainShut {
    private static final byte STATUS = 2;
    private static final byte ON_LINE = 5;
    private static final byte ON_BATTERY = 2;

    private TrainShut() {}

    /// Runs until stopped.
    ///
    /// @param args of the driver
    public static void main(String[] args) {
        TrainQx.lookAtPorts();
        byte[] device = {18, 1, 0x10, 1, 0, 0, 0, 8, 0x63, 4, (byte) 0xff, (byte) 0xff, 0, 1, 1, 2, 3, 1};
        var ups = new ShutDevice(
                device,
                TrainUsbHid.descriptor(),
                Map.of(1, "EATON", 2, "Rehearsal", 3, "1"),
                Map.of(
                        1,
                        new byte[] {1, 100},
                        (int) STATUS,
                        new byte[] {STATUS, ON_LINE},
                        3,
                        new byte[] {3, -1, -1},
                        4,
                        new byte[] {4, -1, -1}));
        var heard = new int[1];
        var line = new PlayedLine(c -> {
            heard[0]++;
            ups.report(STATUS, heard[0] / 300 % 2 == 0 ? ON_LINE : ON_BATTERY);
            return heard[0] % 101 == 0 ? new byte[0] : ups.hear(c);
        });
        MgeShut.main((port, settings, lock) -> line, args);
    }
}
