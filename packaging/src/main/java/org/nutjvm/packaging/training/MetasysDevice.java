package org.nutjvm.packaging.training;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A device that speaks Meta System's protocol, byte by byte: HF Millennium 820 on mains power. It answers orders, and
/// keeps them.
public final class MetasysDevice {
    private static final int BEGIN = 2;
    private static final int FIRST_ORDER = 0x0a;
    private static final int SET_BUZZER = 0x0d;

    private final Map<Integer, String> answers = new TreeMap<>(Map.of(
            0x00,
            "050200000207413142324333443445354636",
            0x01,
            "0602e60017001f00",
            0x02,
            "0d02e1001700ffff",
            0x03,
            "00009f",
            0x04,
            "98017c015e01",
            0x06,
            "ffffffffffffffff",
            0x08,
            "0000000000"));
    private final List<String> written = new ArrayList<>();
    private final ByteArrayOutputStream packet = new ByteArrayOutputStream();

    /// A device in its usual state.
    public MetasysDevice() {}

    /// Changes what it answers to a command.
    ///
    /// @param hex the data behind the command, in hexadecimal
    public synchronized void answer(int command, String hex) {
        answers.put(command, hex);
    }

    /// Orders that came so far, in hexadecimal.
    public synchronized List<String> written() {
        return List.copyOf(written);
    }

    /// Takes a byte and says what it has to say.
    public synchronized byte[] hear(int c) {
        if (packet.size() == 0 && c != BEGIN) {
            return new byte[0];
        }
        packet.write(c);
        byte[] all = packet.toByteArray();
        if (all.length < 2 || all.length < 2 + (all[1] & 0xff)) {
            return new byte[0];
        }
        packet.reset();
        String data = HexFormat.of().formatHex(all, 2, all.length - 1);
        int command = all[2];
        if (command >= FIRST_ORDER) {
            written.add(data);
            return packet(data.substring(0, 2) + (command <= SET_BUZZER ? "" : "00"));
        }
        String answer = answers.get(command);
        return answer == null ? new byte[0] : packet(data.substring(0, 2) + answer);
    }

    private static byte[] packet(String hex) {
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
        return all;
    }
}
