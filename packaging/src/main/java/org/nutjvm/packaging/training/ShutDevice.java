package org.nutjvm.packaging.training;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A device that speaks SHUT as published, byte by byte: it knows its descriptors, strings and feature reports, and
/// keeps
/// what is written. A report or string nobody has told it is zeros
/// or empty: C's driver would ask for ever for one that is refused.
public final class ShutDevice {
    private static final int DATA = 8;

    private final byte[] descriptor;
    private final byte[] device;
    private final Map<Integer, String> strings;
    private final Map<Integer, byte[]> reports;
    private final List<String> written = new ArrayList<>();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private final ByteArrayOutputStream setting = new ByteArrayOutputStream();
    private final Queue<byte[]> sending = new ArrayDeque<>();
    private byte @Nullable [] setup;

    /// @param device its device descriptor, 18 bytes
    /// @param descriptor its report descriptor
    /// @param reports by id, which is their first byte
    public ShutDevice(byte[] device, byte[] descriptor, Map<Integer, String> strings, Map<Integer, byte[]> reports) {
        this.device = device.clone();
        this.descriptor = descriptor.clone();
        this.strings = Map.copyOf(strings);
        this.reports = new TreeMap<>(reports);
    }

    /// Feature reports that were written so far, in hexadecimal.
    public List<String> written() {
        return List.copyOf(written);
    }

    /// Changes a report.
    public void report(byte... report) {
        reports.put(report[0] & 0xff, report.clone());
    }

    /// Takes a byte and says what it has to say.
    public byte[] hear(int c) {
        if (frame.size() == 0) {
            switch (c) {
                case 0x16, 0x17, 0x18 -> {
                    sending.clear();
                    setup = null;
                    return new byte[] {(byte) c};
                }
                case 0x06 -> {
                    sending.poll();
                    return next();
                }
                case 0x15 -> {
                    return next();
                }
                default -> {}
            }
        }
        frame.write(c);
        byte[] all = frame.toByteArray();
        if (all.length < 2 || all.length < (all[1] & 0x0f) + 3) {
            return new byte[0];
        }
        frame.reset();
        return take(all);
    }

    private byte[] next() {
        byte[] next = sending.peek();
        return next == null ? new byte[0] : next;
    }

    private byte[] take(byte[] all) {
        byte[] data = Arrays.copyOfRange(all, 2, all.length - 1);
        if (checksum(data) != all[all.length - 1] || (all[0] & 0x0f) != 1) {
            return new byte[] {0x15};
        }
        boolean last = all[0] < 0;
        if (setup == null && last) {
            return answer(data);
        }
        if (setup == null) {
            setup = data;
            setting.reset();
        } else {
            setting.writeBytes(data);
            if (last) {
                setup = null;
                written.add(HexFormat.of().formatHex(setting.toByteArray()));
            }
        }
        return new byte[] {0x06};
    }

    private static byte checksum(byte[] data) {
        byte sum = 0;
        for (byte b : data) {
            sum ^= b;
        }
        return sum;
    }

    private byte[] answer(byte[] asked) {
        int most = (asked[6] & 0xff) | (asked[7] & 0xff) << 8;
        byte[] answer = answer((asked[0] & 0xff) << 16 | asked[1] << 8 | (asked[3] & 0xff), asked[2] & 0xff, most);
        if (answer == null) {
            return new byte[] {0x15};
        }
        int length = Math.min(answer.length, most);
        sending.clear();
        for (int from = 0; from < length; from += DATA) {
            byte[] part = Arrays.copyOfRange(answer, from, Math.min(from + DATA, length));
            var out = new ByteArrayOutputStream();
            out.write(from + DATA >= length ? 0x84 : 0x04);
            out.write(part.length << 4 | part.length);
            out.writeBytes(part);
            out.write(checksum(part));
            sending.add(out.toByteArray());
        }
        var out = new ByteArrayOutputStream();
        out.write(0x06);
        out.writeBytes(next());
        return out.toByteArray();
    }

    private byte @Nullable [] answer(int what, int index, int most) {
        return switch (what) {
            case 0x80_06_01 -> device;
            case 0x80_06_03 -> string(index);
            case 0x81_06_21 ->
                new byte[] {9, 0x21, 0x10, 1, 0, 1, 0x22, (byte) descriptor.length, (byte) (descriptor.length >> 8)};
            case 0x81_06_22 -> descriptor;
            case 0xa1_01_03 -> reports.computeIfAbsent(index, id -> empty(id, most));
            default -> null;
        };
    }

    private static byte[] empty(int id, int length) {
        byte[] report = new byte[Math.max(1, length)];
        report[0] = (byte) id;
        return report;
    }

    private byte[] string(int index) {
        String text = strings.getOrDefault(index, "");
        byte[] wide = text.getBytes(StandardCharsets.UTF_16LE);
        var all = new ByteArrayOutputStream();
        all.write(wide.length + 2);
        all.write(3);
        all.writeBytes(wide);
        return all.toByteArray();
    }
}
