package org.nutjvm.packaging.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.nutjvm.drivers.powercom.Powercom;

/// powercom with a made-up device, which loses power now and then and is noisy now and then.
public final class TrainPowercom {
    private static final byte[] ANSWER = HexFormat.of().parseHex("37c47a7961005f000000004ba800005b");
    private static final int STATUS = 9;

    private TrainPowercom() {}

    /// Runs until stopped.
    ///
    /// @param args of the driver
    public static void main(String[] args) {
        TrainQx.lookAtPorts();
        var heard = new int[1];
        var line = new PlayedLine(c -> {
            if (c != 1) {
                return new byte[0];
            }
            heard[0]++;
            byte[] answer = ANSWER.clone();
            answer[STATUS] = (byte) (heard[0] / 7 % 2);
            return heard[0] % 13 == 0 ? Arrays.copyOf(answer, 3) : answer;
        });
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-x", "type=KIN"));
        Powercom.main((port, settings, lock) -> line, all.toArray(String[]::new));
    }
}
