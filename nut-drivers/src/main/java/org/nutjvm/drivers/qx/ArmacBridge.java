package org.nutjvm.drivers.qx;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;
import org.nutjvm.drivers.usb.UsbHandle.Endpoint;

/// Armac, and what else has Richcomm's older chip: the first byte of a packet tells how many of the others count. Newer
/// ones have two endpoints of 64 bytes.
final class ArmacBridge implements UsbBridge {
    private static final int NEW_IN = 0x82;
    private static final int NEW_OUT = 0x02;
    private static final int LARGE = 64;
    private static final int SMALL = 8;
    private static final int DATA = 3;
    private static final int MOST_STALE = 10;
    /// Where in an answer to Q1 its bits begin; some devices have a zero byte for "no" there.
    private static final int BITS = 38;
    /// It stays silent to these, and long.
    private static final Set<String> UNKNOWN = Set.of("QGS\r", "QS\r", "QPI\r", "M\r", "D\r");

    private final Pause pause;
    private @Nullable UsbHandle known;
    private boolean large;

    ArmacBridge(Pause pause) {
        this.pause = pause;
    }

    @Override
    public String ask(UsbHandle handle, String question) throws UsbException {
        if (UNKNOWN.contains(question)) {
            return question;
        }
        if (!handle.equals(known)) {
            large = large(handle.soleEndpoints(0));
            known = handle;
        }
        if (large) {
            sendWhole(handle, question);
        } else {
            drain(handle);
            for (int i = 0; i < question.length(); i += DATA) {
                String part = question.substring(i, Math.min(question.length(), i + DATA));
                byte[] packet = Arrays.copyOf(UsbBridge.bytes((char) (0xa0 + part.length()) + part), DATA + 1);
                if (handle.control(TO_INTERFACE, SET_REPORT, 0x200, 0, packet, 5000) <= 0) {
                    throw new UsbException(UsbException.Kind.TIMEOUT, "the device takes no report");
                }
            }
        }
        pause.millis(2);
        return answer(handle);
    }

    private static boolean large(List<Endpoint> endpoints) {
        return endpoints.size() == 2
                && endpoints.contains(new Endpoint(NEW_IN, true, LARGE))
                && endpoints.stream().anyMatch(one -> one.address() == NEW_OUT && one.interrupt());
    }

    private static void sendWhole(UsbHandle handle, String question) throws UsbException {
        String part = question.substring(0, Math.min(question.length(), LARGE - 2));
        byte[] packet = UsbBridge.bytes((char) (0xa0 + part.length()) + part);
        if (handle.interruptOut(NEW_OUT, packet, 5000) <= 0) {
            throw new UsbException(UsbException.Kind.TIMEOUT, "the device takes no packet");
        }
    }

    private static void drain(UsbHandle handle) throws UsbException {
        byte[] rest = new byte[SMALL];
        for (int i = 0; i < MOST_STALE && handle.interruptIn(IN, rest, 100) > 0; i++) {
            // An old answer.
        }
    }

    @Override
    public boolean drained(UsbHandle handle) throws UsbException {
        return handle.interruptIn(large ? NEW_IN : IN, new byte[large ? LARGE : SMALL], 100) > 0;
    }

    private String answer(UsbHandle handle) throws UsbException {
        byte[] packet = new byte[large ? LARGE : SMALL];
        var answer = new StringBuilder();
        while (answer.length() + packet.length + 1 < LONGEST) {
            int count = handle.interruptIn(large ? NEW_IN : IN, packet, 1000);
            int data = count <= 0 ? 0 : Math.min(packet[0] & 0x3f, count - 1);
            if (data == 0) {
                break;
            }
            for (int i = 1; i <= data; i++) {
                if (packet[i] == 0 && answer.length() < BITS) {
                    return answer.toString();
                }
                answer.append(packet[i] == 0 ? '0' : (char) (packet[i] & 0xff));
                if (packet[i] == '\r') {
                    return answer.toString();
                }
            }
            if (data <= 2) {
                pause.millis(10);
            }
        }
        return answer.toString();
    }
}
