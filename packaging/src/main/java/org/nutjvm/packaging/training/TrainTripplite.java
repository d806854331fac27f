package org.nutjvm.packaging.training;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.nutjvm.drivers.tripplite.Tripplite;

/// tripplite with a made-up device, which loses power now and then and is silent now and then.
public final class TrainTripplite {
    private static final Map<String, String> ANSWERS =
            Map.of(":W", "84", ":L", "60", ":V", "12", ":X", "20", ":B", "86", ":M", "7B", ":I", "70", ":C", "0");

    private TrainTripplite() {}

    /// Runs until stopped.
    ///
    /// @param args of the driver
    public static void main(String[] args) {
        TrainQx.lookAtPorts();
        var command = new StringBuilder();
        var heard = new int[1];
        var line = new PlayedLine(c -> {
            if (c != '\r') {
                command.append((char) c);
                return new byte[0];
            }
            String asked = command.toString();
            command.setLength(0);
            heard[0]++;
            String status = heard[0] / 23 % 2 == 0 ? "11780280A000140025258" : "11000180A000140025258";
            String said = asked + "\r\n" + ANSWERS.getOrDefault(asked, status) + "\r\n";
            return heard[0] % 31 == 0 ? new byte[0] : said.getBytes(StandardCharsets.US_ASCII);
        });
        Tripplite.main((port, settings, lock) -> line, args);
    }
}
