package org.nutjvm.drivers.shut;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.nutjvm.fuzz.Input;

/// A device that frames what it says as SHUT wants it, and says what the input has.
final class FramedDevice implements UnaryOperator<byte[]> {
    private static final int GET_DESCRIPTOR = 0x06;
    private static final int DEVICE = 0x01;
    private static final int STRING = 0x03;
    private static final int HID = 0x21;
    private static final int REPORT = 0x22;
    private static final byte[] NOTHING = {};

    private final Input input;
    private final byte[] descriptor;
    private final Queue<byte[]> sending = new ArrayDeque<>();
    private boolean setting;

    FramedDevice(Input input) {
        this.input = input;
        input.next(); // said that it is one of these
        descriptor = input.take(input.below(1024));
    }

    @Override
    public byte[] apply(byte[] written) {
        if (written.length == 1) {
            return sign(written[0]);
        }
        boolean last = written[0] < 0;
        if (setting || !last) {
            setting = !last;
            return new byte[] {FrameReader.SIGN_OK};
        }
        int how = input.endless();
        if (how >= 0xf8) {
            return new byte[] {FrameReader.SIGN_NOK};
        }
        byte[] answer = answer(written[3], written[4] & 0xff, written[5] & 0xff);
        int length = Math.min(answer.length, (written[8] & 0xff) | (written[9] & 0xff) << 8);
        sending.clear();
        for (int from = 0; from < length; from += FrameReader.LONGEST) {
            int size = Math.min(FrameReader.LONGEST, length - from);
            sending.add(FrameReader.frame(FrameReader.RESPONSE, from + size == length, answer, from, size));
        }
        byte[] first = next();
        byte[] all = new byte[first.length + 1];
        all[0] = FrameReader.SIGN_OK;
        System.arraycopy(first, 0, all, 1, first.length);
        return all;
    }

    private byte[] sign(byte sign) {
        switch (sign) {
            case FrameReader.SIGN_SYNC_OFF -> {
                sending.clear();
                return new byte[] {FrameReader.SIGN_SYNC_OFF};
            }
            case FrameReader.SIGN_OK -> sending.poll();
            default -> {}
        }
        return next();
    }

    private byte[] next() {
        byte[] frame = sending.peek();
        return frame == null ? NOTHING : frame.clone();
    }

    private byte[] answer(byte request, int index, int type) {
        if (request != GET_DESCRIPTOR) {
            byte[] report = bytes(1 + input.endless() % 16);
            report[0] = (byte) (input.endless() < 0xf0 ? index : input.endless());
            return report;
        }
        return switch (type) {
            case DEVICE -> {
                byte[] device = bytes(18);
                device[1] = DEVICE;
                if (input.endless() < 0xe0) {
                    device[8] = 0x63;
                    device[9] = 0x04;
                }
                yield device;
            }
            case STRING -> {
                byte[] text = bytes(2 + 2 * (input.endless() % 20));
                text[0] = (byte) (input.endless() < 0xf0 ? text.length : input.endless());
                text[1] = STRING;
                yield text;
            }
            case HID -> {
                byte[] hid = bytes(9);
                hid[1] = HID;
                if (input.endless() < 0xf0) {
                    hid[7] = (byte) descriptor.length;
                    hid[8] = (byte) (descriptor.length >> 8);
                }
                yield hid;
            }
            case REPORT -> descriptor;
            default -> bytes(input.endless());
        };
    }

    private byte[] bytes(int count) {
        byte[] all = new byte[count];
        for (int i = 0; i < count; i++) {
            all[i] = (byte) input.endless();
        }
        return all;
    }
}
