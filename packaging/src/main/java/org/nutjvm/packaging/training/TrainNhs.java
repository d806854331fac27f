package org.nutjvm.packaging.training;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.nutjvm.drivers.nhs.NhsSer;

/// nhs_ser with a made-up device, which loses power now and then.
public final class TrainNhs {
    private static final int END = 0xfe;
    private static final byte[] HARDWARE = HexFormat.of().parseHex("ff12531f070c40025f8cbefa78dc2019b0fe");

    private TrainNhs() {}

    /// Runs until stopped.
    ///
    /// @param args of the driver
    public static void main(String[] args) {
        TrainQx.lookAtPorts();
        var said = new int[1];
        var line = new PlayedLine(
                c -> c == END ? HARDWARE : new byte[0], () -> data((byte) (said[0]++ / 5 % 2 == 0 ? 0x80 : 0x01)));
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-x", "ah=7"));
        NhsSer.main((port, settings, lock) -> line, all.toArray(String[]::new));
    }

    private static byte[] data(byte status) {
        byte[] packet = HexFormat.of().parseHex("ff15447f050d3e2576028109780326041900000000");
        packet[17] = status;
        byte sum = 0;
        for (int i = 1; i < 19; i++) {
            sum += packet[i];
        }
        packet[19] = sum;
        packet[20] = (byte) END;
        return packet;
    }
}
