package org.nutjvm.drivers.shut;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hidups.PlayedDevice;
import org.nutjvm.drivers.port.ScriptedLine;

/// A recorded HID UPS at the far end of a scripted line, which speaks SHUT as published: it sends a frame, waits for
/// the
/// sign that it has arrived, and sends it again when it has not.
final class PlayedShut {
    /// What becomes of something the device says: other bytes, or null for none.
    interface Fault {
        byte @Nullable [] of(byte[] said);
    }

    /// What the device does to the frames and signs it sends, to the next of them first.
    final Queue<Fault> faults = new ArrayDeque<>();

    final ScriptedLine line = new ScriptedLine();
    /// Feature reports that were written.
    final List<String> written = new ArrayList<>();
    /// Requests, in hexadecimal.
    final List<String> asked = new ArrayList<>();

    PlayedDevice ups;
    int release = 0x0100;
    /// Whether it is switched on.
    boolean on = true;
    /// Whether it takes its own frames for those of the driver: all comes back.
    boolean echoes;

    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private final ByteArrayOutputStream setting = new ByteArrayOutputStream();
    private final Queue<byte[]> sending = new ArrayDeque<>();
    private byte @Nullable [] setup;

    PlayedShut(String device) throws IOException {
        ups = PlayedDevice.load(device);
        line.answers = this::hear;
    }

    private String hear(char c) {
        if (echoes) {
            return String.valueOf(c);
        }
        var out = new StringBuilder();
        if (on) {
            hear((int) c, out);
        }
        return out.toString();
    }

    private void hear(int c, StringBuilder out) {
        if (frame.size() == 0 && c == 0x18) {
            sending.clear();
            setup = null;
            say(out, (byte) 0x18);
        } else if (frame.size() == 0 && c == 0x06) {
            sending.poll();
            resend(out);
        } else if (frame.size() == 0 && c == 0x15) {
            resend(out);
        } else {
            frame.write(c);
            byte[] all = frame.toByteArray();
            if (all.length > 1 && all.length == (all[1] & 0x0f) + 3) {
                frame.reset();
                take(all, out);
            }
        }
    }

    private void resend(StringBuilder out) {
        byte[] next = sending.peek();
        if (next != null) {
            say(out, next);
        }
    }

    private void take(byte[] all, StringBuilder out) {
        byte[] data = Arrays.copyOfRange(all, 2, all.length - 1);
        byte sum = 0;
        for (byte b : data) {
            sum ^= b;
        }
        if (sum != all[all.length - 1] || (all[0] & 0x0f) != 1) {
            say(out, (byte) 0x15);
            return;
        }
        boolean last = all[0] < 0;
        var begun = setup;
        if (begun == null) {
            asked.add(HexFormat.of().formatHex(data));
            if (last) {
                answer(data, out);
            } else {
                setup = data;
                setting.reset();
                say(out, (byte) 0x06);
            }
            return;
        }
        setting.writeBytes(data);
        say(out, (byte) 0x06);
        if (last) {
            setup = null;
            byte[] report = setting.toByteArray();
            int length = (begun[6] & 0xff) | (begun[7] & 0xff) << 8;
            written.add(HexFormat.of().formatHex(report) + (length == report.length ? "" : " not " + length));
        }
    }

    private void answer(byte[] asked, StringBuilder out) {
        byte[] answer = answer(asked[0] & 0xff, asked[1], asked[3] & 0xff, asked[2] & 0xff);
        if (answer == null) {
            say(out, (byte) 0x15);
            return;
        }
        say(out, (byte) 0x06);
        int length = Math.min(answer.length, (asked[6] & 0xff) | (asked[7] & 0xff) << 8);
        sending.clear();
        for (int from = 0; from < length; from += 8) {
            int size = Math.min(8, length - from);
            sending.add(FrameReader.frame(FrameReader.RESPONSE, from + size == length, answer, from, size));
        }
        resend(out);
    }

    private byte @Nullable [] answer(int kind, byte request, int type, int index) {
        return switch (kind << 16 | request << 8 | type) {
            case 0x80_06_01 -> deviceDescriptor();
            case 0x80_06_03 -> string(index);
            case 0x81_06_21 -> {
                int length = ups.descriptor().length;
                yield new byte[] {9, 0x21, 0x10, 1, 0, 1, 0x22, (byte) length, (byte) (length >> 8)};
            }
            case 0x81_06_22 -> ups.descriptor();
            case 0xa1_01_03 -> ups.features.get(index);
            default -> null;
        };
    }

    private byte[] deviceDescriptor() {
        int vendor = ups.id.vendor();
        int product = ups.id.product();
        return new byte[] {
            18,
            1,
            0x10,
            1,
            0,
            0,
            0,
            8,
            (byte) vendor,
            (byte) (vendor >> 8),
            (byte) product,
            (byte) (product >> 8),
            (byte) release,
            (byte) (release >> 8),
            index(ups.vendor),
            index(ups.product),
            index(ups.serial),
            1
        };
    }

    private byte index(@Nullable String text) {
        for (var known : ups.strings.entrySet()) {
            if (known.getValue().equals(text)) {
                return known.getKey().byteValue();
            }
        }
        return 0;
    }

    private byte @Nullable [] string(int index) {
        String text = ups.strings.get(index);
        if (text == null) {
            return null;
        }
        byte[] wide = text.getBytes(StandardCharsets.UTF_16LE);
        byte[] all = new byte[wide.length + 2];
        all[0] = (byte) all.length;
        all[1] = 3;
        System.arraycopy(wide, 0, all, 2, wide.length);
        return all;
    }

    private void say(StringBuilder out, byte... bytes) {
        var fault = faults.poll();
        byte[] said = fault == null ? bytes : fault.of(bytes);
        if (said != null) {
            out.append(new String(said, StandardCharsets.ISO_8859_1));
        }
    }
}
