package org.nutjvm.packaging.training;

import java.util.ArrayList;
import java.util.List;
import org.nutjvm.drivers.upscode2.Upscode;

/// upscode2 with a made-up device, which loses power now and then and is noisy now and then.
public final class TrainUpscode {
    private TrainUpscode() {}

    /// Runs until stopped.
    ///
    /// @param args of the driver
    public static void main(String[] args) {
        TrainQx.lookAtPorts();
        var ups = new UpscodeDevice();
        var heard = new int[1];
        var line = new PlayedLine(c -> {
            heard[0]++;
            ups.set("STUF", heard[0] / 100 % 2 == 0 ? "00" : "11");
            return heard[0] % 301 == 0 ? new byte[] {'x', '\n'} : ups.hear(c);
        });
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-x", "input_timeout=1"));
        Upscode.main((port, settings, lock) -> line, all.toArray(String[]::new));
    }
}
