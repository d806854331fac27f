package org.nutjvm.drivers.shut;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hid.DescriptorParser;
import org.nutjvm.drivers.hidups.HidException;
import org.nutjvm.drivers.hidups.HidTransport;
import org.nutjvm.drivers.usb.UsbId;

/// Reports, strings and descriptors of a device that speaks SHUT: requests are those of USB (drivers/libshut.c).
final class ShutTransport implements HidTransport {
    private static final int GET_STANDARD = 0x80;
    private static final int GET_FROM_INTERFACE = 0x81;
    private static final int GET_CLASS = 0xa1;
    private static final int SET_CLASS = 0x21;

    private static final int GET_DESCRIPTOR = 0x06;
    private static final int GET_REPORT = 0x01;
    private static final int SET_REPORT = 0x09;
    private static final int FEATURE = 0x03 << 8;

    private static final int DEVICE = 0x01;
    private static final int STRING = 0x03;
    private static final int HID = 0x21;
    private static final int REPORT = 0x22;

    private static final int DEVICE_LENGTH = 18;
    private static final int SHORTEST_DEVICE = 17;
    private static final int HID_LENGTH = 9;
    private static final int STRING_LENGTH = 128;

    private final ShutLink link;

    ShutTransport(ShutLink link) {
        this.link = link;
    }

    /// Who the device says it is.
    Identity identity() throws HidException {
        byte[] device = descriptor(GET_STANDARD, DEVICE, 0, DEVICE_LENGTH, a -> a.length >= SHORTEST_DEVICE);
        var id = new UsbId(number(device, 8), number(device, 10));
        int release = number(device, 12);
        int full = Identity.fullDescriptor(id, release);
        byte[] hid = descriptor(GET_FROM_INTERFACE, HID, full, HID_LENGTH, a -> a.length == HID_LENGTH);
        return new Identity(
                id,
                release,
                text(device[14], "Eaton"),
                text(device[15], "unknown"),
                text(device[16], "unknown"),
                full,
                number(hid, 7));
    }

    private String text(byte index, String otherwise) throws HidException {
        String text = index == 0 ? null : string(index & 0xff);
        return text == null || text.isEmpty() ? otherwise : text;
    }

    /// The report descriptor of a device.
    byte[] reportDescriptor(Identity of) throws HidException {
        int length = of.descriptorLength();
        if (length == 0 || length > DescriptorParser.LIMIT) {
            throw new HidException(HidException.Kind.BROKEN, "a report descriptor of " + length + " bytes");
        }
        byte[] request = request(GET_FROM_INTERFACE, GET_DESCRIPTOR, REPORT << 8 | of.descriptorIndex(), length);
        return link.get(request, length, answer -> answer.length == length);
    }

    private byte[] descriptor(int from, int type, int index, int length, Predicate<byte[]> fits) throws HidException {
        return link.get(
                request(from, GET_DESCRIPTOR, type << 8 | index, length),
                length,
                answer -> answer.length > 1 && answer[1] == type && fits.test(answer));
    }

    private static int number(byte[] descriptor, int at) {
        return (descriptor[at] & 0xff) | (descriptor[at + 1] & 0xff) << 8;
    }

    private static byte[] request(int type, int request, int value, int length) {
        return new byte[] {
            (byte) type, (byte) request, (byte) value, (byte) (value >> 8), 0, 0, (byte) length, (byte) (length >> 8)
        };
    }

    @Override
    public int getReport(int id, byte[] buffer) throws HidException {
        byte[] report = link.get(
                request(GET_CLASS, GET_REPORT, FEATURE | id, buffer.length),
                buffer.length,
                answer -> (answer[0] & 0xff) == id);
        System.arraycopy(report, 0, buffer, 0, report.length);
        return report.length;
    }

    @Override
    public void setReport(byte[] report) throws HidException {
        link.set(request(SET_CLASS, SET_REPORT, FEATURE | (report[0] & 0xff), report.length), report);
    }

    @Override
    public @Nullable String string(int index) throws HidException {
        byte[] answer = descriptor(
                GET_STANDARD, STRING, index, STRING_LENGTH, a -> (a[0] & 0xff) <= a.length && (a[0] & 1) == 0);
        char[] text =
                new String(answer, 2, Math.max(0, (answer[0] & 0xff) - 2), StandardCharsets.UTF_16LE).toCharArray();
        for (int i = 0; i < text.length; i++) {
            text[i] = text[i] > 0xff ? '?' : text[i];
        }
        return new String(text);
    }
}
