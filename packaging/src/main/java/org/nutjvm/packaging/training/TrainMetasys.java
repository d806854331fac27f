package org.nutjvm.packaging.training;

import org.nutjvm.drivers.metasys.Metasys;

/// metasys with a made-up device, which loses power now and then and is noisy now and then.
public final class TrainMetasys {
    private static final int STATUS = 3;

    private TrainMetasys() {}

    /// Runs until stopped.
    ///
    /// @param args of the driver
    public static void main(String[] args) {
        TrainQx.lookAtPorts();
        var ups = new MetasysDevice();
        var heard = new int[1];
        var line = new PlayedLine(c -> {
            heard[0]++;
            ups.answer(STATUS, heard[0] / 200 % 2 == 0 ? "00009f" : "01019f");
            return heard[0] % 101 == 0 ? new byte[] {2, 3} : ups.hear(c);
        });
        Metasys.main((port, settings, lock) -> line, args);
    }
}
