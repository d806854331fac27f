package org.nutjvm.drivers.metasys;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.nutjvm.drivers.port.ScriptedLine;

/// A UPS as the protocol's description has it, at the end of a scripted line.
final class PlayedMetasys {
    static final byte BEGIN = 2;

    final ScriptedLine line = new ScriptedLine();
    /// Data of its answers in hex, without the command, by command.
    final Map<Integer, String> answers = new TreeMap<>(Map.of(
            0x00, "050200000207" + HexFormat.of().formatHex("A1B2C3D4E5F6".getBytes(StandardCharsets.US_ASCII)),
            // 518 W, 230 V, 2.3 A, 3.1 A
            0x01, "0602e60017001f00",
            0x02, "0d02e1001700ffff",
            // on line, all right, 31 degrees
            0x03, "00009f",
            // 40.8 V
            0x04, "98017c015e01",
            0x06, "ffffffffffffffff",
            0x08, "0000000000",
            0x0a, "",
            0x0c, "",
            0x0d, ""));
    /// What the line makes of question and answer.
    BinaryOperator<String> trouble = (asked, answer) -> answer;
    /// Orders that came, in hex.
    final List<String> orders = new ArrayList<>();

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private int zeros;

    PlayedMetasys() {
        line.answers = this::hear;
    }

    /// A packet with these data, as text of single bytes.
    static String packet(String hex) {
        byte[] data = HexFormat.of().parseHex(hex);
        byte[] all = new byte[data.length + 3];
        all[0] = BEGIN;
        all[1] = (byte) (data.length + 1);
        byte sum = all[1];
        for (int i = 0; i < data.length; i++) {
            all[i + 2] = data[i];
            sum += data[i];
        }
        all[all.length - 1] = sum;
        return new String(all, StandardCharsets.ISO_8859_1);
    }

    /// How many zeros came between packets since the last call.
    int zeros() {
        int had = zeros;
        zeros = 0;
        return had;
    }

    private String hear(char c) {
        if (heard.size() == 0 && c != BEGIN) {
            zeros++;
            return "";
        }
        heard.write(c);
        byte[] all = heard.toByteArray();
        if (all.length < 2 || all.length < 2 + all[1]) {
            return "";
        }
        heard.reset();
        String asked = new String(all, StandardCharsets.ISO_8859_1);
        String hex = HexFormat.of().formatHex(all, 2, all.length - 1);
        if (!packet(hex).equals(asked)) {
            return "";
        }
        int command = all[2];
        if (command >= 0x0a) {
            orders.add(hex);
        }
        String data = answers.get(command);
        return data == null ? "" : trouble.apply(asked, packet(hex.substring(0, 2) + data));
    }
}
